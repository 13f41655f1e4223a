"""The hours of an event are typed and shown by the clock of its place, whoever sits where."""

from datetime import UTC, datetime

import pytest

from portal.models import User
from stories.forms import EventForm
from stories.models import Event
from tests.factories import EventFactory, appointed, open_region

pytestmark = pytest.mark.django_db


@pytest.fixture
def nairobi():
    return open_region(name="Kenya", timezone="Africa/Nairobi")


def form_for(user, instance=None, **data):
    form_class = Event.get_edit_handler().get_form_class()
    assert issubclass(form_class, EventForm)
    return form_class(data or None, instance=instance or Event(), for_user=user)


def ambassador(region):
    return User.objects.get(pk=appointed(region).person.pk)


def typed(region, **changes):
    return {
        "name": "Evening",
        "region": region.pk,
        "kind": "meetup",
        "starts_wall": "2027-03-03 18:00",
        "ends_wall": "2027-03-03 20:30",
        "timezone": "Africa/Nairobi",
        "address": "Ngong Road 112",
        "languages": ["en"],
        "tags": "",
        **{f"{rows}-{number}": "0" for rows in ("expected", "co_hosts") for number in ("TOTAL_FORMS", "INITIAL_FORMS")},
        **changes,
    }


def test_what_is_typed_is_the_time_on_the_wall_of_the_place(nairobi):
    form = form_for(ambassador(nairobi), **typed(nairobi))
    assert form.is_valid(), form.errors
    assert form.instance.starts_at == datetime(2027, 3, 3, 15, 0, tzinfo=UTC)
    assert form.instance.ends_at == datetime(2027, 3, 3, 17, 30, tzinfo=UTC)


def test_it_is_shown_as_it_was_typed(nairobi):
    event = EventFactory(region=nairobi, starts_at=datetime(2027, 3, 3, 15, 0, tzinfo=UTC))
    form = form_for(ambassador(nairobi), instance=event)
    assert form["starts_wall"].value() == datetime(2027, 3, 3, 18, 0)


def test_an_hour_that_the_clocks_skip_is_refused_beside_the_field(nairobi):
    changes = {"timezone": "Europe/Madrid", "starts_wall": "2027-03-28 02:30", "ends_wall": "2027-03-28 05:00"}
    form = form_for(ambassador(nairobi), **typed(nairobi, **changes))
    assert list(form.errors) == ["starts_wall"]


def test_a_new_event_begins_with_the_clock_and_the_region_of_its_writer(nairobi):
    form = form_for(ambassador(nairobi))
    assert (form["region"].value(), form["timezone"].value()) == (nairobi.pk, "Africa/Nairobi")
    assert [choice.pk for choice in form.fields["region"].queryset] == [nairobi.pk]


def test_another_region_is_refused_beside_the_field(nairobi):
    taiwan = open_region(name="Taiwan")
    form = form_for(ambassador(nairobi), **typed(taiwan))
    assert list(form.errors) == ["region"]
