"""What happens to events that people were told of: each step tells whoever holds a seat, and what is not possible says so."""

from datetime import datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from portal.models import OutgoingMail
from spaces.models import Booking, Case
from stories.models import Event, EventStep, Seat
from tests.factories import HOST, announced_event, booked, evening, hosted_space, is_over, open_region, planned_event

pytestmark = pytest.mark.django_db


@pytest.fixture
def kenya():
    return open_region(name="Kenya", slug="kenya", timezone="Africa/Nairobi", languages=["en", "es"])


@pytest.fixture
def hall(kenya):
    return hosted_space(kenya, name="Blue Hall", slug="blue-hall")


@pytest.fixture
def event(hall):
    event = planned_event(booked(hall, evening(10)).bookings.get())
    for name, language in (("Brian", "en"), ("Lucía", "es")):
        seat = Seat.objects.create(event=event, name=name, email=f"{name[0].lower()}@example.org", language=language)
        seat.confirm()
    OutgoingMail.objects.all().delete()
    return event


def told(purpose):
    return {mail.to[0]: mail for mail in OutgoingMail.objects.filter(purpose=purpose)}


def refused(verb, *args, **kwargs):
    before = [list(model.objects.order_by("pk").values()) for model in (Event, Booking, EventStep, OutgoingMail)]
    with pytest.raises(ValidationError) as error:
        verb(*args, **kwargs)
    assert [list(model.objects.order_by("pk").values()) for model in (Event, Booking, EventStep, OutgoingMail)] == before
    return " ".join(error.value.messages)


def test_postponed_then_another_time(event, hall, client):
    event.postpone(reason="The river is high.")
    event.refresh_from_db()
    assert (event.status, event.booking, event.sequence) == ("postponed", None, 1)
    assert event.status_in_calendars == "TENTATIVE"
    assert Booking.objects.get().status == "cancelled"
    letters = told("seat_postpone")
    assert set(letters) == {"b@example.org", "l@example.org"}
    assert "The river is high." in letters["b@example.org"].body
    assert letters["l@example.org"].headers["Content-Language"] == "es"
    page = client.get(event.pages.get().get_url()).content.decode()
    assert "This event is postponed." in page
    assert "A new time is not known yet." in page
    assert f"/en/events/{event.slug}/rsvp/" not in page
    day = event.starts_wall + timedelta(days=7)
    event.reschedule(day, day + timedelta(hours=2))
    event.refresh_from_db()
    assert (event.status, event.sequence, event.booking.status) == ("scheduled", 2, "sent")
    assert event.was_at == event.starts_at - timedelta(days=7)
    assert "Before: " in told("seat_reschedule")["b@example.org"].body
    assert Case.objects.count() == 0


def test_online_instead(event, client):
    event.go_online("https://meet.example.org/evening", reason="A fire in the hall.")
    event.refresh_from_db()
    assert (event.space, event.address, event.booking, event.went_online) == (None, "", None, True)
    assert "https://meet.example.org/evening" in told("seat_go_online")["b@example.org"].body
    assert "This event was moved online." in client.get(event.pages.get().get_url()).content.decode()
    assert Booking.objects.get().status == "cancelled"


def test_cancelled_stays_readable_and_opens_the_case(event, client):
    event.cancel(reason="Nobody can come.")
    event.refresh_from_db()
    assert (event.status, event.status_in_calendars, event.booking.status) == ("cancelled", "CANCELLED", "cancelled")
    page = client.get(event.pages.get().get_url())
    assert page.status_code == 200
    assert "This event is cancelled." in page.content.decode()
    assert "Nobody can come." in page.content.decode()
    assert Case.objects.get().kind == "cancelled"
    assert Case.objects.get().planned[0]["name"] == event.name
    mail = told("seat_cancel")["b@example.org"]
    assert mail.attachments[0][2] == "text/calendar; method=CANCEL"
    assert not told("seat_lose_space")
    event.cancel()
    assert event.steps.filter(verb="cancel").count() == 1


def test_to_an_address(event):
    event.relocate(address="Moi Avenue 1", reason="The hall is too small.")
    event.refresh_from_db()
    assert (event.space, event.address, event.booking) == (None, "Moi Avenue 1", None)
    assert "Moi Avenue 1" in told("seat_relocate")["b@example.org"].body


def test_to_another_space_whose_host_is_asked(event, kenya):
    attic = hosted_space(kenya, name="Attic", slug="attic", email="achieng@example.org")
    event.relocate(space=attic)
    event.refresh_from_db()
    assert (event.space, event.booking.space, event.seeks_space) == (attic, attic, True)
    assert "It is there already." in refused_after_accept(event, attic)


def refused_after_accept(event, space):
    event.booking.request.accept(HOST)
    event.refresh_from_db()
    return refused(event.relocate, space=space)


def test_what_cannot_be_says_so_and_changes_nothing(event, kenya, hall):
    day = event.starts_wall
    assert "ends after it starts" in refused(event.reschedule, day, day - timedelta(hours=1))
    past = day - timedelta(days=300)
    assert "begun already" in refused(event.reschedule, past, past + timedelta(hours=1))
    assert "Say where" in refused(event.relocate)
    other = booked(hall, evening(20)).bookings.get()
    wall = other.local
    assert "Blue Hall is not free then." in refused(event.reschedule, wall.start, wall.end)
    event.cancel()
    for verb, arguments in (("postpone", []), ("go_online", ["https://example.org/"]), ("reschedule", [day, day])):
        assert "not possible now: cancelled" in refused(getattr(Event.objects.get(), verb), *arguments)
    over = is_over(announced_event(kenya))
    assert "not possible now: it is over" in refused(over.cancel)


def test_the_next_free_times_are_offered(event, hall):
    other = booked(hall, evening(20)).bookings.get()
    said = refused(event.reschedule, *other.local)
    assert said.count("18:00") == 3


def test_a_time_that_never_comes_is_refused():
    madrid = open_region(name="Spain", slug="spain", timezone="Europe/Madrid")
    event = announced_event(madrid, timezone="Europe/Madrid")
    year = next(year for year in range(timezone.now().year + 1, timezone.now().year + 3))
    last_sunday = max(day for day in range(25, 32) if datetime(year, 3, day).weekday() == 6)
    never = datetime(year, 3, last_sunday, 2, 30)
    assert "clocks are turned forward" in refused(event.reschedule, never, never + timedelta(hours=3))


def test_a_draft_is_nobodys_news(hall):
    event = Event.plan(booked(hall, evening(10)).bookings.get())
    OutgoingMail.objects.all().delete()
    event.request.withdraw("The roof leaks.", HOST)
    event.refresh_from_db()
    assert (event.status, event.seeks_space) == ("draft", True)
    assert not told("seat_lose_space")
    assert [step.verb for step in event.steps.all()] == ["plan"]
