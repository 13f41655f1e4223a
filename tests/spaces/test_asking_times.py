"""From what is typed to times that can be: series, nights, clocks that are turned, and the next times that fit."""

from datetime import UTC, date, datetime, time, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st

from spaces.asking.times import any_day_fits, fits, moments_of, next_that_fit, wanted
from spaces.availability import DAY, Span, on_the_wall, whole_days, without

TODAY = date(2027, 5, 3)  # a Monday
SIX, NINE, TWO = time(18), time(21), time(2)


def told(pattern="once", day=TODAY, begins=SIX, last_day=None, ends=NINE):
    return [f"{a:%a %d %b %H:%M}-{b:%a %H:%M}" for a, b in wanted(pattern, day, begins, last_day, ends, today=TODAY).spans]


def wrong(*args, **kwargs):
    with pytest.raises(ValidationError) as error:
        told(*args, **kwargs)
    return {field: words[0] for field, words in error.value.message_dict.items()}


def test_one_evening_and_one_that_ends_after_midnight():
    assert told() == ["Mon 03 May 18:00-Mon 21:00"]
    assert told(ends=TWO) == ["Mon 03 May 18:00-Tue 02:00"]
    assert told(ends=time(0)) == ["Mon 03 May 18:00-Tue 00:00"]
    assert told(begins=SIX, last_day=date(2027, 5, 5), ends=time(16)) == ["Mon 03 May 18:00-Wed 16:00"]


BEFORE = "It ends before it begins. Does it last into the next day? Then give the last day."


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"ends": time(17)}, "ends", BEFORE),
        ({"ends": SIX}, "ends", "It ends when it begins."),
        ({"day": date(2027, 5, 2)}, "day", "This day is over."),
        ({"day": date(2028, 6, 1)}, "day", "At most a year ahead."),
        ({"last_day": date(2037, 5, 3)}, "last_day", "At most a year ahead."),
        ({"last_day": date(2027, 5, 1)}, "last_day", "The last day comes before the first one."),
        ({"last_day": date(2027, 5, 20)}, "last_day", "At most two weeks at once. For longer, talk to the host."),
        ({"pattern": "weekly"}, "last_day", "Until which day does it repeat?"),
        ({"pattern": "flexible"}, "last_day", "Until which day would it do?"),
        ({"pattern": "weekly", "last_day": date(2027, 6, 1), "ends": time(17)}, "ends", BEFORE),
        ({"pattern": "weekly", "last_day": date(2028, 5, 3)}, "last_day", "At most 52 dates in one request."),
    ],
)
def test_what_cannot_be_meant_is_refused_at_its_field(typed, field, words):
    assert wrong(**typed) == {field: words}


def test_series():
    assert told("weekly", last_day=date(2027, 5, 17)) == [
        "Mon 03 May 18:00-Mon 21:00",
        "Mon 10 May 18:00-Mon 21:00",
        "Mon 17 May 18:00-Mon 21:00",
    ]
    assert [each[:10] for each in told("fortnightly", last_day=date(2027, 6, 1))] == ["Mon 03 May", "Mon 17 May", "Mon 31 May"]
    assert [each[:10] for each in told("monthly", last_day=date(2027, 7, 31))] == ["Mon 03 May", "Mon 07 Jun", "Mon 05 Jul"]
    assert [each[:10] for each in told("monthly", date(2027, 5, 31), last_day=date(2027, 7, 31))] == [
        "Mon 31 May",  # the last Monday: not every month has a fifth
        "Mon 28 Jun",
        "Mon 26 Jul",
    ]
    assert told("flexible", last_day=date(2027, 5, 17)) == []


BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("span", "field"),
    [
        (Span(datetime(2027, 3, 28, 2, 30), datetime(2027, 3, 28, 5)), "begins"),  # summer time begins
        (Span(datetime(2027, 3, 27, 22), datetime(2027, 3, 28, 2, 30)), "ends"),
        (Span(datetime(2027, 10, 31, 2, 30), datetime(2027, 10, 31, 5)), "begins"),  # and ends
    ],
)
def test_times_that_never_come_or_come_twice_are_refused(span, field):
    with pytest.raises(ValidationError) as error:
        moments_of([span], BERLIN)
    assert list(error.value.message_dict) == [field]


def test_a_night_on_which_clocks_are_turned_is_as_long_as_it_is():
    spring = Span(datetime(2027, 3, 27, 22), datetime(2027, 3, 28, 4))
    ((begin, end),) = moments_of([spring], BERLIN)
    assert end - begin == timedelta(hours=5)


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(["Europe/Berlin", "Asia/Kathmandu", "Australia/Lord_Howe", "America/New_York", "UTC"]),
    st.datetimes(datetime(2027, 1, 1), datetime(2027, 12, 31)).map(lambda at: at.replace(second=0, microsecond=0)),
    st.integers(15, 60 * 30),
)
def test_what_is_booked_is_taken_off_the_clock_on_the_wall(zone, at, minutes):
    """There and back again: the minutes of a booking are the minutes that the clock shows during it."""
    zone = ZoneInfo(zone)
    begin, end = at.replace(tzinfo=UTC), at.replace(tzinfo=UTC) + timedelta(minutes=minutes)
    spans = on_the_wall(begin, end, zone)
    for number in range(-90, minutes + 90, 7):
        moment = begin + timedelta(minutes=number)
        shown = moment.astimezone(zone).replace(tzinfo=None)
        is_in = any(span.start <= shown < span.end for span in spans)
        if 0 <= number < minutes:
            assert is_in
        elif is_in:  # only in an hour that comes twice, or beside one that never comes
            assert moment.astimezone(zone).utcoffset() != begin.astimezone(zone).utcoffset() or shown in {
                (begin + timedelta(minutes=each)).astimezone(zone).replace(tzinfo=None) for each in range(minutes)
            }


# -- What a space can give ---------------------------------------------------------------------------------------------


def space(*taken):
    """Open all day but where it is taken."""
    spans = [Span(datetime.fromisoformat(a), datetime.fromisoformat(b)) for a, b in taken]
    return SimpleNamespace(zone=BERLIN, askable=lambda first, last: without(whole_days(first, last), spans))


def test_the_next_three_times_are_at_the_same_hour_where_that_goes():
    hall = space(("2027-05-03T12:00", "2027-05-04T12:00"), ("2027-05-05T17:00", "2027-05-05T20:00"))
    asked = Span(datetime(2027, 5, 3, 18), datetime(2027, 5, 3, 21))
    assert not fits(hall, asked)
    found = next_that_fit(hall, asked, datetime(2027, 5, 3, 11))
    assert found == [
        Span(datetime(2027, 5, 4, 18), datetime(2027, 5, 4, 21)),
        Span(datetime(2027, 5, 5, 20), datetime(2027, 5, 5, 23)),  # at six it is taken: about the same hour
        Span(datetime(2027, 5, 6, 18), datetime(2027, 5, 6, 21)),
    ]
    assert all(fits(hall, each) for each in found)


def test_at_another_hour_where_no_day_goes_at_about_the_same():
    evenings = [(f"{TODAY + days * DAY}T15:00", f"{TODAY + (days + 1) * DAY}T00:00") for days in range(-1, 70)]
    found = next_that_fit(space(*evenings), Span(datetime(2027, 5, 3, 18), datetime(2027, 5, 3, 21)), datetime(2027, 5, 3, 11))
    assert found == [Span(datetime(2027, 5, day, 12), datetime(2027, 5, day, 15)) for day in (3, 4, 5)]


def test_a_space_that_is_never_free_offers_nothing():
    hall = space(("2027-01-01T00:00", "2029-01-01T00:00"))
    assert next_that_fit(hall, Span(datetime(2027, 5, 3, 18), datetime(2027, 5, 3, 21)), datetime(2027, 5, 3)) == []


def test_any_day_of_several_will_do():
    hall = space(("2027-05-03T00:00", "2027-05-06T19:00"))
    assert not any_day_fits(hall, TODAY, TODAY + 3 * DAY, SIX, NINE, now=datetime(2027, 5, 3, 11))
    assert any_day_fits(hall, TODAY, TODAY + 4 * DAY, SIX, NINE, now=datetime(2027, 5, 3, 11))
    assert any_day_fits(hall, TODAY, TODAY + 3 * DAY, time(22), TWO, now=datetime(2027, 5, 3, 11))
