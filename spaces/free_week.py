"""What a space's page shows of the days to come: for each when the space is free, in words and as a bar. A leaf."""

from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from .availability import DAY, Span, within
from .hours import until_midnight

DAYS = 7
FARTHEST = timedelta(days=365)
MINUTE = timedelta(minutes=1)


class Day(NamedTuple):
    """A day and what of it is free: (words, minutes since midnight, how many minutes)."""

    day: date
    times: list


class Week(NamedTuple):
    """Days in a row; `earlier` and `later` begin the ones beside, where somebody may still ask for them."""

    days: list
    earlier: date | None
    later: date | None


def first_day(text: str, today: date) -> date:
    """The day that an address asks for; whatever cannot be read, or is no day to ask for, is today."""
    try:
        asked = date.fromisoformat(text)
    except ValueError:
        return today
    return asked if today <= asked <= today + FARTHEST else today


def week(space, text: str, now: datetime) -> Week:
    """`now` by the clock of the place, without a zone: what is over is not free."""
    today = now.date()
    first = first_day(text, today)
    last = first + (DAYS - 1) * DAY
    spans = within(space.free(first, last), Span(now.replace(second=0, microsecond=0), datetime.combine(last + DAY, time())))
    days = [day_of(spans, first + number * DAY) for number in range(DAYS)]
    earlier = max(first - DAYS * DAY, today) if first > today else None
    later = last + DAY if last + DAY <= today + FARTHEST else None
    return Week(days, earlier, later)


def day_of(spans, day):
    midnight = datetime.combine(day, time())
    own = within(spans, Span(midnight, midnight + DAY))
    return Day(
        day, [(until_midnight(*each), (each.start - midnight) // MINUTE, (each.end - each.start) // MINUTE) for each in own]
    )
