"""When a space can be had: its hours, other hours on some days, without the times at which it is closed.

All of it is reckoned by the clock of the place, as people say it ("18:00 to 21:00"), and only then turned into moments:
so nothing moves when summer time begins. A minute belongs to an opening when the clock shows a time within it; on the
night on which an hour comes twice it is counted twice, and an hour that never comes is not counted. A leaf: it is handed
rows, and its times are naive (`datetime` without a zone).
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import NamedTuple

DAY = timedelta(days=1)
WIDEST = timedelta(hours=26)  # no clock is farther from UTC
SHARP = timedelta(seconds=1)
LAST_MINUTE = time(23, 59)


class Span(NamedTuple):
    """From a time to another, which does not belong to it."""

    start: datetime
    end: datetime


def on_day(day: date, opens: time, closes: time) -> Span:
    """An opening that begins on a day; closing at or before the time of opening, it ends on the next one.

    Who writes 23:59 means midnight.
    """
    closes = time() if closes == LAST_MINUTE else closes
    return Span(datetime.combine(day, opens), datetime.combine(day + DAY if closes <= opens else day, closes))


def opened(weekly: Iterable, special: Iterable, first: date, last: date) -> list[Span]:
    """The openings that touch these days. Special hours of a day hold instead of the weekly ones that begin on it."""
    weekly, special, found = list(weekly), list(special), []
    days_apart = {each.day for each in special}
    for number in range(-1, (last - first).days + 1):  # what began the evening before
        day = first + number * DAY
        rules = special if day in days_apart else weekly
        found += [on_day(day, rule.opens, rule.closes) for rule in rules if rule.holds_on(day)]
    return within(merged(found), Span(datetime.combine(first, time()), datetime.combine(last + DAY, time())))


def whole_days(first: date, last: date) -> list[Span]:
    return [Span(datetime.combine(first, time()), datetime.combine(last + DAY, time()))]


def free(
    weekly: Iterable, special: Iterable, closures: Iterable, first: date, last: date, *, booked: Iterable[Span] = ()
) -> list[Span]:
    """The openings without closures, and without what is booked: by the clock, so an hour that comes twice goes twice."""
    return without(opened(weekly, special, first, last), [*(closure.span for closure in closures), *booked])


def merged(spans: Iterable[Span]) -> list[Span]:
    """The same time in as few spans as possible, in order."""
    found = []
    for span in sorted(spans):
        if found and span.start <= found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return found


def without(spans: Iterable[Span], taken: Iterable[Span]) -> list[Span]:
    left = list(spans)
    for gone in taken:
        pieces = [(Span(span.start, min(span.end, gone.start)), Span(max(span.start, gone.end), span.end)) for span in left]
        left = [piece for pair in pieces for piece in pair if piece.start < piece.end]
    return merged(left)


def within(spans: Iterable[Span], frame: Span) -> list[Span]:
    cut = [Span(max(span.start, frame.start), min(span.end, frame.end)) for span in spans]
    return [span for span in cut if span.start < span.end]


def covers(spans: Iterable[Span], wanted: Span) -> bool:
    return any(span.start <= wanted.start and wanted.end <= span.end for span in spans)


def moments(span: Span, zone: tzinfo) -> Iterator[Span]:
    """When the clock of a zone shows a time within the span, in UTC: mostly one stretch, two where the clock was changed."""
    begin, end = (at.replace(tzinfo=UTC) for at in span)
    found = []
    for stretch, offset in stretches(Span(begin - WIDEST, end + WIDEST), zone):
        found += within([Span(begin - offset, end - offset)], stretch)
    yield from merged(found)


def on_the_wall(begin: datetime, end: datetime, zone: tzinfo) -> list[Span]:
    """What the clock of a zone shows between two moments: mostly one span, two where the clock was changed."""
    shown = stretches(Span(begin.astimezone(UTC), end.astimezone(UTC)), zone)
    return merged(Span(*((at + offset).replace(tzinfo=None) for at in stretch)) for stretch, offset in shown)


def stretches(span: Span, zone: tzinfo) -> Iterator[tuple[Span, timedelta]]:
    """The parts of a span in UTC during which a clock is apart from UTC by the same."""
    start, at, offset = span.start, span.start, offset_at(span.start, zone)
    while at < span.end:
        later = min(at + DAY, span.end)
        if offset_at(later, zone) != offset:
            change = moment_of_change(at, later, zone)
            yield Span(start, change), offset
            start, later, offset = change, change, offset_at(change, zone)
        at = later
    yield Span(start, span.end), offset


def offset_at(moment: datetime, zone: tzinfo) -> timedelta:
    return moment.astimezone(zone).utcoffset()


def moment_of_change(before: datetime, after: datetime, zone: tzinfo) -> datetime:
    """The first second at which the clock is no more as far from UTC as before."""
    offset = offset_at(before, zone)
    while after - before > SHARP:
        middle = (before + (after - before) / 2).replace(microsecond=0)
        middle = middle if middle > before else before + SHARP
        before, after = (middle, after) if offset_at(middle, zone) == offset else (before, middle)
    return after
