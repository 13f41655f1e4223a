"""From a promised space, or from nothing, to an event that people are told of; and once more on another day."""

from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from regions.models import UserGroup
from spaces.models import Booking, SpaceRequest
from stories.models import Event, EventPage
from stories.organising.daily import run
from stories.repeating import rule_of
from tests.factories import (
    HOST,
    EventFactory,
    UserFactory,
    announced_event,
    appointed,
    asked_for,
    booked,
    evening,
    hosted_space,
    open_region,
    planned_event,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def kenya():
    return open_region(name="Kenya", slug="kenya", timezone="Africa/Nairobi")


@pytest.fixture
def hall(kenya):
    return hosted_space(kenya, name="Blue Hall", slug="blue-hall", capacity=30, step_free="yes")


def refused(verb, *args, **kwargs):
    with pytest.raises(ValidationError) as error:
        verb(*args, **kwargs)
    return " ".join(error.value.messages)


def test_all_that_the_request_has_said_stands_in_the_event(kenya, hall):
    group = UserGroup.objects.create(region=kenya, name="Nairobi Mappers")
    asked = booked(hall, people=20, group=group)
    event = Event.plan(asked.bookings.get(), UserFactory())
    assert (event.name, event.region, event.space, event.capacity) == (asked.title, kenya, hall, 30)
    assert (event.languages, event.accessibility, event.timezone) == (["en"], ["step_free"], "Africa/Nairobi")
    assert event.communities == ["Nairobi Mappers"]
    assert [(each.kind, each.target) for each in event.expected.all()] == [("people", 20)]
    page = event.pages.get()
    assert (page.live, page.title, page.locale.language_code) == (False, asked.title, "en")
    assert Event.plan(asked.bookings.get()) == event
    assert (Event.objects.count(), EventPage.objects.count()) == (1, 1)


def test_nothing_is_planned_before_the_host_has_said_yes(hall):
    asked = asked_for(hall)
    assert "as soon as the space is promised" in refused(Event.plan, asked.bookings.get())
    assert Event.objects.count() == 0


def test_the_dates_of_one_request_are_a_series(hall):
    spans = [evening(7), evening(14), evening(21)]
    asked = booked(hall, *spans, pattern="weekly")
    events = [Event.plan(each) for each in Event.unplanned(asked)]
    assert len({event.series for event in events}) == 1
    assert events[0].series.rule.startswith("FREQ=WEEKLY;INTERVAL=1;BYDAY=")
    assert Event.unplanned(asked) == []


def test_who_announces_says_what_it_is_meant_to_bring(kenya):
    event = EventFactory(region=kenya, hopes={"people": 20})
    assert "at least 2 things" in refused(event.announce)
    event.refresh_from_db()
    assert (event.status, event.pages.count()) == ("draft", 0)
    event.expect("contributions", 5)
    event.announce()
    event.refresh_from_db()
    assert (event.status, event.pages.get().live, event.announced_at is not None) == ("scheduled", True, True)


def test_the_host_of_a_space_that_nobody_asked_is_asked(kenya, hall, client):
    amina = UserFactory(first_name="Amina", last_name="Otieno", email="amina@example.org", language="en")
    appointed(kenya, person=amina)
    event = EventFactory(region=kenya, space=hall, address="")
    event.announce(by=amina)
    event.refresh_from_db()
    asked = event.request
    assert (asked.organiser, asked.email, asked.person, asked.people) == ("Amina Otieno", "amina@example.org", amina, 20)
    assert (event.booking.status, event.seeks_space) == ("sent", True)
    address = event.pages.get().get_url()
    assert "asked for and not confirmed yet" in client.get(address).content.decode()
    asked.accept(HOST)
    event.refresh_from_db()
    assert not event.seeks_space
    assert "not confirmed yet" not in client.get(address).content.decode()


def test_a_room_that_is_taken_cannot_be_announced(kenya, hall):
    asked = booked(hall, evening(7))
    booking = asked.bookings.get()
    event = EventFactory(region=kenya, space=hall, address="", starts_at=booking.starts_at, ends_at=booking.ends_at)
    assert "taken" in refused(event.announce)
    event.refresh_from_db()
    assert (event.status, event.booking, SpaceRequest.objects.count()) == ("draft", None, 1)


def test_a_host_who_proposes_another_time_moves_the_event(kenya, hall):
    event = EventFactory(region=kenya, space=hall, address="")
    event.announce()
    event.refresh_from_db()
    asked, later = event.request, event.starts_at + timedelta(days=1)
    asked.propose(later, later + timedelta(hours=2), HOST)
    asked.refresh_from_db()
    asked.agree(asked.as_organiser)
    event.refresh_from_db()
    assert (event.starts_at, event.booking, event.seeks_space) == (later, asked.bookings.get(), False)
    assert event.is_rescheduled
    assert event.steps.last().verb == "reschedule"


def test_do_it_again_copies_all_but_the_date(kenya, hall):
    event = planned_event(booked(hall, evening(7)).bookings.get(), other_communities="Wiki Nairobi", capacity=12)
    event.tags.add("maps")
    page = event.pages.get()
    page.summary = "Bring a laptop."
    page.save_revision().publish()
    day = (timezone.now() + timedelta(days=60)).date()
    copy = event.again(day)
    event.refresh_from_db()
    assert (copy.starts_wall.date(), copy.starts_wall.time()) == (day, event.starts_wall.time())
    assert copy.ends_at - copy.starts_at == event.ends_at - event.starts_at
    assert (copy.name, copy.capacity, copy.space, copy.other_communities) == (event.name, 12, hall, "Wiki Nairobi")
    assert (copy.status, copy.booking, copy.sequence, copy.announced_at) == ("draft", None, 0, None)
    assert (copy.series, list(copy.tags.names())) == (event.series, ["maps"])
    assert sorted(map(str, copy.expected.all())) == sorted(map(str, event.expected.all()))
    page, original = copy.pages.get(), event.pages.get()
    assert (page.title, page.summary, page.live) == (original.title, "Bring a laptop.", False)
    assert copy.key != event.key
    assert "This day is over." in refused(event.again, date(2020, 1, 1))


def test_a_rule_makes_dated_instances_that_may_each_differ(kenya):
    event = announced_event(kenya, name="Evening")
    first = event.starts_wall.date()
    copies = event.repeat("fortnightly", first + timedelta(days=56))
    assert [copy.starts_wall.date() for copy in copies] == [first + timedelta(days=14 * number) for number in (1, 2, 3, 4)]
    copies[0].name = "With a guest"
    copies[0].save()
    assert Event.objects.filter(name="Evening").count() == 4
    assert event.repeat("fortnightly", first + timedelta(days=70))[0].starts_wall.date() == first + timedelta(days=70)
    assert {each.series for each in Event.objects.all()} == {event.series}
    assert "Until which day" in refused(event.repeat, "weekly", first)


@pytest.mark.parametrize(
    ("pattern", "day", "rule"),
    [
        ("weekly", date(2027, 5, 5), "FREQ=WEEKLY;INTERVAL=1;BYDAY=WE;UNTIL=20270630T235959Z"),
        ("fortnightly", date(2027, 5, 9), "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU;UNTIL=20270630T235959Z"),
        ("monthly", date(2027, 5, 12), "FREQ=MONTHLY;BYDAY=2WE;UNTIL=20270630T235959Z"),
        ("monthly", date(2027, 5, 31), "FREQ=MONTHLY;BYDAY=-1MO;UNTIL=20270630T235959Z"),
    ],
)
def test_the_rule_is_that_of_the_standard(pattern, day, rule):
    assert rule_of(pattern, day, date(2027, 6, 30)) == rule


def test_no_two_groups_in_one_room(kenya, hall):
    event = announced_event(kenya, space=hall, address="")
    assert Booking.objects.taken().get().space == hall
    other = asked_for(hall, evening(40))
    other.bookings.update(starts_at=event.starts_at, ends_at=event.ends_at)
    assert "Somebody else has this time already" in refused(other.accept, HOST)


def test_what_was_said_stays_when_the_rules_of_a_zone_change(kenya):
    event = announced_event(kenya, starts_at=datetime(2030, 5, 3, 15, tzinfo=timezone.get_fixed_timezone(0)))
    assert event.starts_wall == datetime(2030, 5, 3, 18)
    # As it would have been reckoned by other rules.
    Event.objects.filter(pk=event.pk).update(starts_at=event.starts_at + timedelta(hours=1))
    assert run(timezone.now())["events whose clocks are read anew"] == 1
    event.refresh_from_db()
    assert (event.starts_wall, event.starts_at.hour, event.sequence) == (datetime(2030, 5, 3, 18), 15, 1)
    assert "events whose clocks are read anew" not in run(timezone.now())


def test_what_stays_is_not_asked_for_one_by_one(kenya):
    counts = []
    for number in (3, 17):
        for _ in range(number):
            announced_event(kenya)
        with CaptureQueriesContext(connection) as queries:
            run(timezone.now())
        counts.append(len(queries))
    assert counts[0] == counts[1]
