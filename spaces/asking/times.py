"""From what somebody typed (days, times, how often) to times in a space's own clock, and which of them can be. A leaf."""

from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

from dateutil.rrule import MONTHLY, WEEKLY, rrule, weekday
from django.core.exceptions import ValidationError
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _

from portal.walltimes import readings
from spaces.availability import DAY, Span, covers, on_day

LONGEST_NIGHT = timedelta(hours=12)  # who types 20:00 to 02:00 means the next day; 18:00 to 15:00 is a slip
LONGEST = timedelta(days=14)
AHEAD = timedelta(days=366)  # a year, as in the week of a space
MOST_DATES = 52
SEARCHED = 60  # days in which the next free times are looked for
ABOUT = timedelta(hours=2)
WEEKS = {"weekly": 1, "fortnightly": 2}


class Wanted(NamedTuple):
    """What is asked for, by the clock of the place: the spans (none of a flexible request) and their last day."""

    spans: list
    last_day: date


def wanted(pattern, day, begins, last_day, ends, *, today):
    """Refuses, at the field that is to blame: a dict of words. `today` by the clock of the place."""
    if day < today:
        raise ValidationError({"day": _("This day is over.")})
    if max(day, last_day or day) > today + AHEAD:
        raise ValidationError({"last_day" if last_day and last_day > day else "day": _("At most a year ahead.")})
    if last_day and last_day < day:
        raise ValidationError({"last_day": _("The last day comes before the first one.")})
    if pattern == "once":
        return once(day, begins, last_day, ends)
    if not last_day or last_day == day:
        words = {"flexible": _("Until which day would it do?")}.get(pattern, _("Until which day does it repeat?"))
        raise ValidationError({"last_day": words})
    evening(day, begins, ends)
    if pattern == "flexible":
        return Wanted([], last_day)
    days = repeated(pattern, day, last_day)
    if len(days) > MOST_DATES:
        raise ValidationError({"last_day": _("At most %(most)s dates in one request.") % {"most": MOST_DATES}})
    return Wanted([evening(each, begins, ends) for each in days], last_day)


def once(day, begins, last_day, ends):
    if not last_day or last_day == day:
        span = evening(day, begins, ends)
    else:
        span = Span(datetime.combine(day, begins), datetime.combine(last_day, ends))
    if span.end - span.start > LONGEST:
        raise ValidationError({"last_day": _("At most two weeks at once. For longer, talk to the host.")})
    return Wanted([span], span.end.date())


def evening(day, begins, ends):
    """From a time to another, on one day or past its midnight."""
    span = on_day(day, begins, ends)
    if ends <= begins and span.end - span.start > LONGEST_NIGHT:
        if ends == begins:
            raise ValidationError({"ends": _("It ends when it begins.")})
        raise ValidationError({"ends": _("It ends before it begins. Does it last into the next day? Then give the last day.")})
    return span


def repeated(pattern, day, last_day):
    start, until = datetime.combine(day, time()), datetime.combine(last_day, time())
    if pattern in WEEKS:
        rule = rrule(WEEKLY, interval=WEEKS[pattern], dtstart=start, until=until)
    else:
        rule = rrule(MONTHLY, byweekday=nth_of_month(day), dtstart=start, until=until)
    return [each.date() for each in rule[: MOST_DATES + 1]]


def nth_of_month(day):
    """(2nd Wednesday) as a rule of RFC 5545; the last of a month, where there may be no fifth."""
    is_last = day.day + 7 > monthrange(day.year, day.month)[1]
    return weekday(day.weekday(), -1 if is_last and day.day > 28 else (day.day - 1) // 7 + 1)  # noqa: PLR2004


def moments_of(spans, zone):
    """(begin, end) in UTC. Times that the clock of the place never shows, or shows twice, are refused in words."""
    found = []
    for span in spans:
        for field, at in (("begins", span.start), ("ends", span.end)):
            read = readings(at, zone)
            if not read:
                words = _("On %(day)s clocks are turned forward, and there is no %(time)s. Take another time.")
                raise ValidationError({field: words % in_words(at)})
            if len(read) > 1:
                words = _("On %(day)s clocks are turned back, and %(time)s comes twice. Take another time.")
                raise ValidationError({field: words % in_words(at)})
        found.append(tuple(readings(at, zone)[0] for at in span))
    return found


def in_words(at):
    return {"day": date_format(at, "DATE_FORMAT"), "time": time_format(at)}


def fits(space, span):
    """Whether a space can be had for all of this time."""
    return covers(space.askable(span.start.date(), span.end.date()), span)


def any_day_fits(space, first, last, begins, ends, *, now):
    spans = space.askable(first, last + DAY)
    wishes = [on_day(first + number * DAY, begins, ends) for number in range((last - first).days + 1)]
    return any(wish.start > now and covers(spans, wish) for wish in wishes)


def next_that_fit(space, span, now, number=3):
    """The next times of the same length that it can give, one a day: at about the same hour, else at whatever hour goes."""
    first, long, found, otherwise = max(span.start.date(), now.date()), span.end - span.start, [], []
    spans = space.askable(first, first + SEARCHED * DAY)
    for days in range(SEARCHED):
        wish = datetime.combine(first + days * DAY, span.start.time())
        starts = [start for each in spans if (start := nearest(each, wish, long)) and start.date() == wish.date()]
        if starts := [start for start in starts if start > now]:
            best = min(starts, key=lambda start: abs(start - wish))
            (found if abs(best - wish) <= ABOUT else otherwise).append(Span(best, best + long))
        if len(found) == number:
            return found
    return sorted([*found, *otherwise[: number - len(found)]])


def nearest(free, wish, long):
    """The start nearest to a wish at which something so long goes into a free time, or None."""
    latest = free.end - long
    return min(max(wish, free.start), latest) if free.start <= latest else None


def today_in(space, now):
    return now.astimezone(UTC).astimezone(space.zone).date()
