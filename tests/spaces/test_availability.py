"""What is free: hours, special hours and closures, held against a count of every minute; zones that turn their clocks."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spaces.availability import Span, covers, free, merged, moments, opened, without
from spaces.models import Closure, OpeningHours, SpecialHours

ZONES = [
    "UTC",
    "Africa/Nairobi",
    "Europe/Berlin",
    "America/New_York",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Africa/Casablanca",
]
MINUTE = timedelta(minutes=1)


def weekly(weekday, opens, closes):
    return OpeningHours(weekday=weekday, opens=time.fromisoformat(opens), closes=time.fromisoformat(closes))


def special(day, opens, closes):
    return SpecialHours(day=date.fromisoformat(day), opens=time.fromisoformat(opens), closes=time.fromisoformat(closes))


def closed(first, last, begins="", ends=""):
    days = {"first_day": date.fromisoformat(first), "last_day": date.fromisoformat(last)}
    times = {"begins": time.fromisoformat(begins) if begins else None, "ends": time.fromisoformat(ends) if ends else None}
    return Closure(**days, **times)


def told(spans):
    return [f"{span.start:%a %H:%M}-{span.end:%a %H:%M}" for span in spans]


MONDAY, SUNDAY = date(2026, 11, 30), date(2026, 12, 6)
EVENINGS = [weekly(day, "18:00", "23:00") for day in (0, 2)]


@pytest.mark.parametrize(
    ("hours", "days", "closures", "expected"),
    [
        ([], [], [], []),
        (EVENINGS, [], [], ["Mon 18:00-Mon 23:00", "Wed 18:00-Wed 23:00"]),
        (EVENINGS, [special("2026-12-02", "10:00", "12:00")], [], ["Mon 18:00-Mon 23:00", "Wed 10:00-Wed 12:00"]),
        (
            EVENINGS,
            [special("2026-12-04", "10:00", "12:00")],
            [],
            ["Mon 18:00-Mon 23:00", "Wed 18:00-Wed 23:00", "Fri 10:00-Fri 12:00"],
        ),
        (EVENINGS, [], [closed("2026-12-01", "2026-12-02")], ["Mon 18:00-Mon 23:00"]),
        (EVENINGS, [], [closed("2026-11-30", "2026-12-02", "20:00", "19:00")], ["Mon 18:00-Mon 20:00", "Wed 19:00-Wed 23:00"]),
        (
            EVENINGS,
            [],
            [closed("2026-11-30", "2026-11-30", "19:00", "20:00")],
            ["Mon 18:00-Mon 19:00", "Mon 20:00-Mon 23:00", "Wed 18:00-Wed 23:00"],
        ),
        ([weekly(0, "22:00", "02:00")], [], [], ["Mon 22:00-Tue 02:00"]),
        ([weekly(6, "22:00", "02:00")], [], [], ["Mon 00:00-Mon 02:00", "Sun 22:00-Mon 00:00"]),  # cut at the frame
        (
            [weekly(0, "22:00", "02:00")],
            [special("2026-12-01", "10:00", "11:00")],
            [],
            ["Mon 22:00-Tue 02:00", "Tue 10:00-Tue 11:00"],
        ),
        ([weekly(day, "00:00", "00:00") for day in (1, 2)], [], [], ["Tue 00:00-Thu 00:00"]),
        ([weekly(0, "09:00", "12:00"), weekly(0, "12:00", "14:00")], [], [], ["Mon 09:00-Mon 14:00"]),
    ],
)
def test_what_is_free_in_a_week(hours, days, closures, expected):
    assert told(free(hours, days, closures, MONDAY, SUNDAY)) == expected


def test_a_span_is_covered_only_by_one_that_holds_all_of_it():
    spans = [
        Span(datetime(2026, 12, 1, 9), datetime(2026, 12, 1, 12)),
        Span(datetime(2026, 12, 1, 13), datetime(2026, 12, 1, 18)),
    ]
    assert covers(spans, Span(datetime(2026, 12, 1, 9), datetime(2026, 12, 1, 12)))
    assert not covers(spans, Span(datetime(2026, 12, 1, 11), datetime(2026, 12, 1, 14)))
    assert covers(
        merged([*spans, Span(datetime(2026, 12, 1, 12), datetime(2026, 12, 1, 13))]),
        Span(datetime(2026, 12, 1, 11), datetime(2026, 12, 1, 14)),
    )


@pytest.mark.parametrize(
    ("zone", "start", "end", "expected"),
    [
        # Summer time begins: from two to three there is no such time.
        ("Europe/Berlin", "2026-03-29T01:00", "2026-03-29T05:00", ["00:00-03:00"]),
        ("Europe/Berlin", "2026-03-29T02:10", "2026-03-29T02:50", []),
        ("Europe/Berlin", "2026-03-29T02:30", "2026-03-29T03:30", ["01:00-01:30"]),
        # It ends: from two to three comes twice.
        ("Europe/Berlin", "2026-10-25T01:00", "2026-10-25T05:00", ["23:00-04:00"]),
        ("Europe/Berlin", "2026-10-25T02:00", "2026-10-25T02:30", ["00:00-00:30", "01:00-01:30"]),
        ("Asia/Kathmandu", "2026-12-01T18:00", "2026-12-01T21:00", ["12:15-15:15"]),
        ("Australia/Lord_Howe", "2026-10-04T01:30", "2026-10-04T03:00", ["15:00-16:00"]),  # by half an hour
        ("Pacific/Kiritimati", "2026-12-01T00:00", "2026-12-02T00:00", ["10:00-10:00"]),
        ("Pacific/Apia", "2011-12-29T12:00", "2011-12-31T12:00", ["22:00-22:00"]),  # a day that was never there
    ],
)
def test_moments_by_the_clock_of_a_place(zone, start, end, expected):
    found = moments(Span(datetime.fromisoformat(start), datetime.fromisoformat(end)), ZoneInfo(zone))
    assert [f"{span.start:%H:%M}-{span.end:%H:%M}" for span in found] == expected


times = st.integers(0, 47).map(lambda half: time(half // 2, half % 2 * 30))
hours = st.builds(SimpleNamespace, opens=times, closes=times)
rules = st.lists(st.tuples(st.integers(0, 6), hours), max_size=6)
# Days around which clocks are turned somewhere, and quiet ones.
days = st.sampled_from(
    [date(2026, 3, 28), date(2026, 10, 24), date(2026, 10, 3), date(2026, 4, 4), date(2026, 11, 1), date(2027, 1, 1)]
)


@settings(max_examples=60, deadline=None)
@given(
    first=days,
    zone=st.sampled_from(ZONES),
    weeks=rules,
    apart=st.lists(st.tuples(st.integers(-1, 3), hours), max_size=3),
    shut=st.lists(st.tuples(st.integers(-1, 3), times, st.integers(0, 2), times), max_size=2),
)
def test_every_minute_is_counted_right(first, zone, weeks, apart, shut):
    """Held against a count that knows nothing but the clock on the wall: it asks for every minute whether a rule holds."""
    zone, last = ZoneInfo(zone), first + timedelta(days=2)
    regular = [OpeningHours(weekday=day, opens=each.opens, closes=each.closes) for day, each in weeks]
    special = [SpecialHours(day=first + timedelta(days=day), opens=each.opens, closes=each.closes) for day, each in apart]
    closures = [
        Closure(first_day=first + timedelta(days=day), begins=begins, last_day=first + timedelta(days=day + more), ends=ends)
        for day, begins, more, ends in shut
        if more or ends > begins
    ]

    def until(closure):  # midnight is the one at the end of the last day
        return closure.last_day, time.max if closure.ends == time() else closure.ends

    def rules_of(day):
        own = [each for each in special if each.day == day]
        return own or [each for each in regular if each.weekday == day.weekday()]

    def is_free(clock):
        today, now = clock.date(), clock.time()
        opens_today = any(r.opens <= now and (now < r.closes or r.closes <= r.opens) for r in rules_of(today))
        is_night = any(now < r.closes <= r.opens for r in rules_of(today - timedelta(days=1)))
        is_closed = any((c.first_day, c.begins) <= (today, now) < until(c) for c in closures)
        return (opens_today or is_night) and not is_closed

    found = [stretch for span in free(regular, special, closures, first, last) for stretch in moments(span, zone)]
    begin = datetime.combine(first, time(), UTC) - timedelta(hours=15)
    for number in range(0, 5 * 24 * 60, 5):  # every clock here turns by whole multiples of five minutes
        minute = begin + number * MINUTE
        clock = minute.astimezone(zone).replace(tzinfo=None)
        expected = first <= clock.date() <= last and is_free(clock)
        assert any(span.start <= minute < span.end for span in found) == expected, (minute, clock)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 50), st.integers(1, 20))), st.lists(st.tuples(st.integers(0, 50), st.integers(1, 20))))
def test_spans_are_sets_of_minutes(some, others):
    start = datetime(2026, 1, 1)
    spans, taken = ([Span(start + a * MINUTE, start + (a + b) * MINUTE) for a, b in each] for each in (some, others))

    def minutes(these):
        return {number for number in range(80) if any(s.start <= start + number * MINUTE < s.end for s in these)}

    left = without(merged(spans), taken)
    assert minutes(left) == minutes(spans) - minutes(taken)
    assert left == merged(left)
    assert all(one.end < other.start for one, other in pairwise(left))


def test_openings_are_asked_for_by_the_day_on_which_they_begin():
    assert told(opened([weekly(6, "20:00", "04:00")], [], MONDAY, MONDAY)) == ["Mon 00:00-Mon 04:00"]
