"""A month of events as a sheet of weeks. A leaf: it is handed (key, begin, end) by the clock of the place."""

from calendar import Calendar
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils.formats import date_format, get_format

SHOWN = 3  # events on one day; the others are a number that leads to the day
DAY = timedelta(days=1)
FIRST_YEAR, LAST_YEAR = 2000, 2100


@dataclass
class Day:
    """One day of the sheet, with the keys of what is shown, and how many more there are."""

    date: date
    is_outside: bool
    is_today: bool
    keys: list = field(default_factory=list)
    more: int = 0
    events: list = field(default_factory=list)

    def add(self, key):
        if len(self.keys) < SHOWN:
            self.keys.append(key)
        else:
            self.more += 1

    @property
    def number(self):
        return len(self.keys) + self.more


class Month:
    """The weeks that touch a month, each from the first to the last day as the reader's calendars have it."""

    def __init__(self, first, today):
        self.first = first
        starts_with = (get_format("FIRST_DAY_OF_WEEK") - 1) % 7  # Django counts from Sunday, Python from Monday
        weeks = Calendar(starts_with).monthdatescalendar(first.year, first.month)
        self.weeks = [[Day(day, day.month != first.month, day == today) for day in week] for week in weeks]
        self.days = {day.date: day for week in self.weeks for day in week}

    @property
    def begins(self):
        return min(self.days)

    @property
    def ends(self):
        return max(self.days)

    @property
    def names(self):
        """(name, short name) of the weekdays, in order."""
        return [(date_format(day.date, "l"), date_format(day.date, "D")) for day in self.weeks[0]]

    @property
    def before(self):
        return (self.first - DAY).replace(day=1)

    @property
    def after(self):
        return (self.first + 32 * DAY).replace(day=1)

    def lay_out(self, spans):
        """Put each event on every day of the sheet that it touches."""
        for key, begins, ends in spans:
            day, last = begins.date(), max(begins, ends - timedelta(minutes=1)).date()
            while day <= last:
                if day in self.days:
                    self.days[day].add(key)
                day += DAY

    @property
    def keys(self):
        return {key for day in self.days.values() for key in day.keys}

    def fill(self, events):
        """{key: event} of all that is shown."""
        for day in self.days.values():
            day.events = [events[key] for key in day.keys if key in events]


def month_from(text, today):
    """The first day of what an address asks for (`2027-05`); of nonsense, of this month."""
    year, _dash, month = (text or "").partition("-")
    if not (year.isascii() and year.isdigit() and month.isascii() and month.isdigit() and len(year) == 4 and len(month) < 3):  # noqa: PLR2004
        return today.replace(day=1)
    if not (FIRST_YEAR <= int(year) <= LAST_YEAR and 1 <= int(month) <= 12):  # noqa: PLR2004
        return today.replace(day=1)
    return date(int(year), int(month), 1)
