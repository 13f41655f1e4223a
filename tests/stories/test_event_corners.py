"""What happens to an event while something else happens to its booking, its seats, or its form."""

from datetime import UTC, datetime, timedelta

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portal.models import OutgoingMail
from spaces.models import Booking, Case
from stories.desk import stories_to_tell, trainings_to_record
from stories.importers.events import import_events
from stories.models import Event, EventOutcome, EventStep, Seat
from stories.organising.daily import run
from stories.organising.forms import OwnOutcomeForm, PlanForm
from stories.organising.links import path
from stories.storytelling import draft_of
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
    is_over,
    open_region,
    planned_event,
)
from tests.spaces.asking import Person
from tests.stories.test_import import calendar, entry

pytestmark = pytest.mark.django_db
SOME_DAY = datetime(2037, 5, 3, 15, tzinfo=UTC)


@pytest.fixture
def kenya():
    return open_region(name="Kenya", slug="kenya", timezone="Africa/Nairobi")


@pytest.fixture
def hall(kenya):
    return hosted_space(kenya, name="Blue Hall", slug="blue-hall")


@pytest.fixture
def attic(kenya):
    return hosted_space(kenya, name="Attic", slug="attic", email="achieng@example.org", step_free="yes")


def seat_of(event, name):
    return Seat.objects.ask(event, name=name, email=f"{name.lower()}@example.org", language="en", is_confirmed=True)


def offered(asked, space):
    (offer,) = Case.objects.open().get().ask_substitutes([space], asked.as_organiser)
    return offer


class TestBookings:
    def test_a_draft_follows_its_booking_to_the_substitute(self, hall, attic):
        asked = booked(hall, evening(4))
        event = Event.plan(asked.bookings.get())
        asked.withdraw("A fire.", HOST)
        offered(asked, attic).accept(HOST)
        event.refresh_from_db()
        assert (event.space, event.seeks_space, event.accessibility, event.sequence) == (attic, False, ["step_free"], 0)

    def test_nobody_steps_in_for_what_is_cancelled(self, hall, attic):
        asked = booked(hall, evening(4))
        event = planned_event(asked.bookings.get())
        asked.withdraw("A fire.", HOST)
        offer = offered(asked, attic)
        event.cancel()
        offer.refresh_from_db()
        assert (offer.status, Case.objects.open().exists()) == ("lapsed", False)
        with pytest.raises(ValidationError):
            offer.accept(HOST)
        assert not Booking.objects.taken().exists()

    def test_nobody_agrees_to_a_proposal_for_what_is_cancelled(self, kenya, hall):
        event = EventFactory(region=kenya, space=hall, address="")
        event.announce()
        event.refresh_from_db()
        asked = event.request
        later = event.starts_at + timedelta(days=2)
        asked.propose(later, later + timedelta(hours=2), HOST)
        event.cancel()
        asked.refresh_from_db()
        assert asked.status == "cancelled"
        with pytest.raises(ValidationError):
            asked.agree(asked.as_organiser)

    def test_a_host_who_declines_is_heard(self, kenya, hall, client):
        event = EventFactory(region=kenya, space=hall, address="")
        event.announce()
        event.refresh_from_db()
        seat_of(event, "Ann")
        event.request.decline("We paint the walls.", HOST)
        assert OutgoingMail.objects.filter(purpose="seat_lose_space").count() == 1
        amina = appointed(kenya).person
        client.force_login(amina)
        assert f"“{event.name}” has no room" in client.get("/admin/").content.decode()

    def test_a_draft_whose_room_is_lost_asks_anew_when_announced(self, hall):
        asked = booked(hall, evening(10))
        event = Event.plan(asked.bookings.get())
        event.expect("trained", 3)
        asked.withdraw("A fire.", HOST)
        event.announce()
        event.refresh_from_db()
        assert (event.booking.status, event.booking.request == asked, event.request.email) == ("sent", False, asked.email)

    def test_a_draft_with_a_room_is_moved_by_verbs_and_tells_nobody(self, kenya, hall, attic):
        asked = booked(hall, evening(10))
        event = Event.plan(asked.bookings.get())
        OutgoingMail.objects.all().delete()
        event.relocate(space=attic)
        event.refresh_from_db()
        assert (event.status, event.space, event.booking, event.sequence, event.was_at) == ("draft", attic, None, 0, None)
        assert Booking.objects.get().status == "cancelled"
        form = Event.get_edit_handler().get_form_class()(instance=event, for_user=appointed(kenya).person)
        assert not form.fields["starts_wall"].disabled

    def test_a_meeting_without_its_room_may_be_told_after_all(self, hall):
        asked = booked(hall, evening(10))
        event = planned_event(asked.bookings.get())
        asked.withdraw("A fire.", HOST)
        is_over(event)
        assert event.may_tell_outcome
        assert list(Event.objects.to_ask_about(timezone.now())) == [event]
        assert run(timezone.now())["outcomes of events asked for"] == 1

    @pytest.mark.parametrize("kind", ["meetup", "training"])
    def test_what_was_held_without_its_room_is_worth_a_story_and_a_record(self, kenya, hall, kind):
        amina = appointed(kenya, person=UserFactory(email="amina@example.org")).person
        asked = booked(hall, evening(10))
        event = planned_event(asked.bookings.get(), kind=kind, training="newcomers" if kind == "training" else "")
        seat_of(event, "Ann").tick(True)
        asked.withdraw("A fire.", HOST)
        is_over(event)
        assert [*stories_to_tell(amina), *trainings_to_record(amina)] == []
        EventOutcome.objects.create(event=event, held=True, came=1)
        assert len([*stories_to_tell(amina)]) == 1
        assert len([*trainings_to_record(amina)]) == (1 if kind == "training" else 0)

    def test_the_story_of_what_was_online_names_no_room(self, kenya):
        event = announced_event(kenya, address="", online_url="https://meet.example.org/evening", starts_at=SOME_DAY)
        assert draft_of(event, "en")["summary"] == "3 May 2037, online."

    def test_the_organiser_reads_that_it_was_moved_and_not_cancelled(self, kenya, hall):
        amina = appointed(kenya, person=UserFactory(first_name="Amina", email="amina@example.org")).person
        event = planned_event(booked(hall, evening(10)).bookings.get())
        OutgoingMail.objects.all().delete()
        day = event.starts_wall + timedelta(days=1)
        event.reschedule(day, day + timedelta(hours=2), amina, "A strike.")
        to_organiser = [mail.purpose for mail in OutgoingMail.objects.order_by("pk") if "wanjiru@example.org" in mail.to]
        assert to_organiser == ["event_reschedule"]
        to_host = [mail.purpose for mail in OutgoingMail.objects.order_by("pk") if hall.hosts.get().email in mail.to]
        assert to_host == ["request_cancel", "request_confirm"]


class TestSeats:
    def test_the_waiting_list_moves_up_after_a_postponement(self, kenya):
        event = announced_event(kenya, capacity=1)
        first, second = seat_of(event, "Ann"), seat_of(event, "Ben")
        event.postpone()
        first.cancel()
        second.refresh_from_db()
        assert second.status == "waiting"
        day = event.starts_wall + timedelta(days=5)
        event.reschedule(day, day + timedelta(hours=1))
        second.refresh_from_db()
        assert second.status == "going"

    def test_what_is_postponed_is_not_over(self, kenya):
        event = announced_event(kenya, starts_at=timezone.now() + timedelta(hours=1))
        seat = seat_of(event, "Ann")
        event.postpone()
        Event.objects.update(starts_at=timezone.now() - timedelta(days=9), ends_at=timezone.now() - timedelta(days=8))
        event = Event.objects.get()
        assert (event.is_past, list(Event.objects.upcoming()), list(Event.objects.past())) == (False, [event], [])
        seat.cancel()
        assert seat.status == "cancelled"

    def test_who_gave_up_their_place_is_not_changed_by_strangers(self, kenya):
        event = announced_event(kenya)
        seat = seat_of(event, "Ann")
        seat.cancel()
        Seat.objects.update(created_at=timezone.now() - timedelta(days=20))
        Seat.objects.ask(event, name="Mallory", email="ann@example.org", language="es")
        seat.refresh_from_db()
        assert (seat.status, seat.name, seat.language) == ("cancelled", "Ann", "en")
        page = Person(Client(enforce_csrf_checks=True))
        page.open(seat.confirmation_path())
        page.press("form button")
        seat.refresh_from_db()
        assert seat.status == "going"

    def test_a_reminder_comes_again_for_another_day(self, kenya):
        event = announced_event(kenya, starts_at=timezone.now() + timedelta(hours=20))
        seat_of(event, "Ann")
        assert run(timezone.now())["people reminded of an event"] == 1
        day = event.starts_wall + timedelta(days=10)
        event.reschedule(day, day + timedelta(hours=1))
        event.refresh_from_db()
        assert run(event.starts_at - timedelta(hours=20))["people reminded of an event"] == 1


class TestForms:
    def test_it_did_not_take_place(self, kenya):
        event = is_over(announced_event(kenya, planned_by=UserFactory()))
        organiser = Person(Client(enforce_csrf_checks=True)).open(path(event, "en"))
        organiser.press("[value=outcome]", held="no")
        outcome = EventOutcome.objects.get()
        assert (outcome.held, outcome.came, outcome.learned) == (False, None, "")
        event = Event.objects.get()
        assert (event.was_held, event.may_tell_story, event.may_tell_outcome) == (False, False, False)

    def test_it_is_told_once(self, kenya):
        event = is_over(announced_event(kenya))
        forms = [OwnOutcomeForm(QueryDict("held=yes&came=3"), {}, event=Event.objects.get(pk=event.pk)) for _each in range(2)]
        assert all(form.is_valid() for form in forms)
        forms[0].save()
        with pytest.raises(ValidationError):
            forms[1].save()
        assert EventStep.objects.filter(verb="outcome").count() == 1

    def test_what_was_announced_meanwhile_is_not_made_a_draft_again(self, kenya):
        event = EventFactory(region=kenya)
        event.make_face()
        form = PlanForm(QueryDict("kind=talk&target_people=3&target_trained=2"), event=Event.objects.get(pk=event.pk))
        assert form.is_valid(), form.errors
        event.announce()
        with pytest.raises(ValidationError):
            form.save()
        assert Event.objects.get().status == "scheduled"

    def test_what_stands_in_another_form_is_said_above(self, kenya):
        event = EventFactory(region=kenya, address="", online_url="https://meet.example.org/x")
        event.make_face()
        form = PlanForm(QueryDict("kind=talk&online_url=&target_people=3&target_trained=2"), event=event)
        assert not form.is_valid()
        assert form.non_field_errors() == ["Say where: a space, an address, or online."]

    def test_the_workplace_shows_what_will_be_read_and_what_is_missing(self, kenya, client):
        event = EventFactory(region=kenya, hopes={"people": 3})
        event.make_face()
        client.force_login(appointed(kenya).person)
        page = client.get(reverse(event.snippet_viewset.get_url_name("verb"), args=[event.pk, "announce"]))
        text = BeautifulSoup(page.content, "html.parser").main.get_text()
        assert "Ngong Road 112" in text
        assert "say at least two things" in text


class TestImports:
    def test_the_same_moment_in_another_zone_is_no_news(self, kenya):
        import_events(calendar(entry()), kenya, "other")
        event = Event.objects.get()
        event.expect("people", 3)
        event.expect("trained", 3)
        event.announce()
        year = event.starts_wall.year
        utc = {"DTSTART": f"{year}0503T150000Z", "DTEND": f"{year}0503T180000Z"}
        import_events(calendar(entry(**utc)), kenya, "other")
        event.refresh_from_db()
        assert (event.sequence, event.steps.last().verb) == (0, "announce")

    def test_another_place_is_told(self, kenya):
        import_events(calendar(entry()), kenya, "other")
        event = Event.objects.get()
        event.expect("people", 3)
        event.expect("trained", 3)
        event.announce()
        seat_of(event, "Ann")
        import_events(calendar(entry(LOCATION="Kenyatta Avenue 2")), kenya, "other")
        event.refresh_from_db()
        assert (event.address, event.sequence) == ("Kenyatta Avenue 2", 1)
        assert OutgoingMail.objects.filter(purpose="seat_relocate").count() == 1

    def test_a_space_of_the_directory_is_known_by_its_name(self, kenya, hall):
        report = import_events(calendar(entry(LOCATION="blue hall")), kenya, "other")
        event = Event.objects.get()
        assert (event.space, event.address, report.rows[0].reason) == (hall, "", "in Blue Hall")
        assert import_events(calendar(entry(LOCATION="blue hall")), kenya, "other").rows[0].outcome == "unchanged"

    def test_the_page_of_an_event_is_no_meeting_room(self, kenya):
        import_events(calendar(entry(URL="https://example.org/hack", LOCATION=None)), kenya, "other")
        event = Event.objects.get()
        assert (event.online_url, event.address) == ("", "to be announced")
        assert "https://example.org/hack" in str(event.pages.get().body[0].value)

    def test_a_cancelled_draft_is_thrown_away(self, kenya):
        import_events(calendar(entry()), kenya, "other")
        import_events(calendar(entry(STATUS="CANCELLED")), kenya, "other")
        assert Event.objects.count() == 0

    @pytest.mark.parametrize("rule", ["FREQ=SECONDLY", "FREQ=MINUTELY", "FREQ=DAILY;BYMINUTE=1,2,3"])
    def test_what_repeats_every_moment_is_refused(self, kenya, rule):
        report = import_events(calendar(entry(RRULE=rule)), kenya, "other")
        assert (report.rows[0].outcome, Event.objects.count()) == ("refused", 0)

    @pytest.mark.parametrize("line", ["RECURRENCE-ID:never", "RECURRENCE-ID;VALUE=PERIOD:x/y", "RECURRENCE-ID:"])
    def test_a_damaged_date_is_said(self, kenya, line):
        report = import_events(calendar(f"{entry()}\n{line}"), kenya, "other")
        assert [row.outcome for row in report.rows] == ["refused"]

    def test_what_is_over_is_left_out(self, kenya):
        lines = "UID:old\nDTSTART:19990503T180000\nDTEND:19990503T190000\nSUMMARY:Old\nLOCATION:Here"
        report = import_events(calendar(lines), kenya, "other")
        assert (report.rows[0].outcome, Event.objects.count()) == ("unchanged", 0)

    def test_the_feed_of_the_whole_portal_makes_no_second_event(self, kenya, client):
        uganda = open_region(name="Uganda", slug="uganda", timezone="Africa/Kampala")
        announced_event(uganda, name="There")
        report = import_events(client.get("/en/events/calendar.ics").content, kenya, "own")
        assert ([row.outcome for row in report.rows], Event.objects.count()) == (["refused"], 1)


def test_no_sign_breaks_the_feed(kenya, client):
    announced_event(kenya, address="Moi Avenue\x0b1 <b>", starts_at=datetime(2031, 5, 3, 15, tzinfo=UTC))
    answer = client.get("/en/regions/kenya/feed.atom?kind=meetup")
    feed = BeautifulSoup(answer.content, "xml")
    assert feed.author.find("name").string
    assert "&lt;b&gt;" in feed.entry.summary.string
    assert feed.link["href"].endswith("/en/events/?kind=meetup&region=kenya")
    assert client.get("/en/events/feed.atom?regoin=kenya").status_code == 422


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01"])
def test_days_without_a_sheet(kenya, client, day):
    assert client.get(f"/en/events/?on={day}").status_code == 200
    assert client.get(f"/api/v1/events?on={day}").status_code == 422


def test_asked_for_is_not_yet_told(hall):
    asked = asked_for(hall, evening(9))
    assert Event.unplanned(asked) == []
