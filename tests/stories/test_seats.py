"""Who comes: confirmed by letter, as many as there are places, the others in the order in which they came."""

from datetime import timedelta
from uuid import uuid4

import pytest
from allauth.account.models import EmailAddress
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.models import OutgoingMail
from portal.personal_data import kinds_of_data
from regions.models import TrainingRecord
from stories.models import Event, Seat
from stories.organising.links import DOOR, path
from stories.personal_data import erase_seats, forget_seats
from tests.factories import EventFactory, UserFactory, announced_event, is_over, open_region
from tests.spaces.asking import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def kenya():
    return open_region(name="Kenya", slug="kenya", timezone="Africa/Nairobi", languages=["en", "es"])


@pytest.fixture
def event(kenya):
    return announced_event(kenya, name="Evening", capacity=2)


def seat_of(event, name, is_confirmed=True):
    email = f"{name.lower()}@example.org"
    return Seat.objects.ask(event, name=name, email=email, language="en", is_confirmed=is_confirmed)


def standing(event):
    return {seat.name: seat.status for seat in event.seats.order_by("pk")}


def test_the_waiting_list_moves_up_by_itself(event):
    first, _second, third, _fourth = (seat_of(event, name) for name in ("Ann", "Ben", "Cy", "Di"))
    assert standing(event) == {"Ann": "going", "Ben": "going", "Cy": "waiting", "Di": "waiting"}
    third.cancel()
    assert standing(event)["Di"] == "waiting"
    first.cancel()
    assert standing(event) == {"Ann": "cancelled", "Ben": "going", "Cy": "cancelled", "Di": "going"}
    # Whoever changes their mind stands at the end.
    first.confirm()
    assert standing(event)["Ann"] == "waiting"
    event.capacity = 3
    event.save()
    event.fill()
    assert standing(event)["Ann"] == "going"


def test_an_unconfirmed_address_has_no_seat(event, client):
    seat = seat_of(event, "Ann", is_confirmed=False)
    assert (seat.status, event.count_seats()) == ("draft", 0)
    page = Person(Client(enforce_csrf_checks=True))
    page.open(seat.confirmation_path())
    assert Seat.objects.get().status == "draft"  # a scanner that follows links takes no seat
    page.press("form button")
    assert Seat.objects.get().status == "going"


def test_who_has_said_so_already_gets_the_link_once_more(event):
    seat_of(event, "Ann")
    OutgoingMail.objects.all().delete()
    again = Seat.objects.ask(event, name="Annabel", email="ANN@example.org", language="es")
    mail = OutgoingMail.objects.get()
    assert (mail.purpose, mail.to) == ("seat_already", ["ann@example.org"])
    assert (again.name, event.seats.count()) == ("Ann", 1)


def test_the_form_does_not_tell_who_comes(event):
    seat_of(event, "Ann")
    pages = []
    for email in ("ann@example.org", "new@example.org"):
        person = Person(Client(enforce_csrf_checks=True))
        person.open(f"/en/events/{event.slug}/rsvp/")
        person.press("form.form button", name="Somebody", email=email)
        pages.append((person.path, person.text))
    assert pages[0] == pages[1]


@pytest.mark.parametrize("typed", [{"name": "", "email": "a@example.org"}, {"name": "A", "email": "nonsense"}])
def test_bad_input_is_said_beside_the_field_and_stays(event, typed):
    person = Person(Client(enforce_csrf_checks=True))
    person.open(f"/en/events/{event.slug}/rsvp/")
    person.press("form.form button", **typed)
    assert person.soup.select(".field-error")
    assert {name: person.value(name) for name in typed} == typed
    assert Seat.objects.count() == 0


def test_one_click_when_signed_in(event):
    user = UserFactory(first_name="Wei", last_name="Lin", email="wei@example.org")
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    client = Client(enforce_csrf_checks=True)
    client.force_login(user)
    person = Person(client)
    person.open(event.pages.get().get_url())
    person.press(".seats button")
    seat = Seat.objects.get()
    assert (seat.person, seat.email, seat.name, seat.status) == (user, "wei@example.org", "Wei Lin", "going")
    assert person.path == seat.path("en")
    person.open(event.pages.get().get_url())
    assert "You have a place." in person.text
    assert not person.soup.select(".seats button")
    assert "Evening" in person.open("/en/account/events/").text


def test_nobody_takes_a_seat_in_the_name_of_another(event):
    user = UserFactory(first_name="Wei", email="wei@example.org")
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    person = Person(Client())
    person.client.force_login(user)
    person.open(f"/en/events/{event.slug}/rsvp/")
    person.press("form.form button", name="Wei", email="wei@example.org", form_person="forged")
    assert Seat.objects.get().status == "draft"


def test_it_is_too_late(kenya, event):
    seat = seat_of(event, "Ann")
    unconfirmed = seat_of(event, "Ben", is_confirmed=False)
    is_over(event)
    for verb in (seat.cancel, unconfirmed.confirm):
        with pytest.raises(ValidationError):
            verb()
    assert standing(event) == {"Ann": "going", "Ben": "draft"}
    client = Client()
    answer = client.get(f"/en/events/{event.slug}/rsvp/")
    assert (answer.status_code, answer.url) == (302, event.pages.get().get_url())


def test_a_draft_has_no_door_for_the_public(kenya):
    event = EventFactory(region=kenya)
    event.make_face()
    for address in ("rsvp/", "event.ics", "share.png"):
        assert Client().get(f"/en/events/{event.slug}/{address}").status_code == 404


def test_ticked_at_the_door(kenya, event):
    seat_of(event, "Ann")
    door = Person(Client(enforce_csrf_checks=True))
    door.open(path(event, "en", DOOR))
    assert "Ann" in door.text
    assert not door.soup.select("main button")  # a week before nobody can be there
    event = announced_event(kenya, name="Soon", starts_at=timezone.now() + timedelta(hours=2))
    seat_of(event, "Ann")
    seat_of(event, "Ben")
    door.open(path(event, "en", DOOR))
    door.press("li:has(.door-name:-soup-contains('Ben')) button")
    assert {seat.name: seat.came for seat in event.seats.all()} == {"Ann": None, "Ben": True}
    door.press("li:has(.door-name:-soup-contains('Ben')) button")
    assert not event.seats.filter(came=True).exists()
    door.press("[value=walk_in]", name="Cy who walked in")
    assert event.seats.get(came=True).name == "Cy who walked in"
    assert "@example.org" not in door.answer.content.decode()
    door.press("[value=walk_in]", name="")
    assert door.soup.select(".field-error")


def test_no_more_are_written_down_than_a_door_can_see(kenya, monkeypatch):
    monkeypatch.setattr("stories.organising.views.MOST_WALK_INS", 1)
    event = announced_event(kenya, name="Soon", starts_at=timezone.now() + timedelta(hours=2))
    door = Person(Client(enforce_csrf_checks=True))
    door.open(path(event, "en", DOOR))
    door.press("[value=walk_in]", name="Cy")
    door.press("[value=walk_in]", name="Di")
    assert "Not more than 1 people" in door.soup.select_one(".field-error").text
    assert door.soup.select_one("[name=name]")["value"] == "Di"
    assert event.seats.get().name == "Cy"


def test_in_public_stands_how_many_never_who(event, client):
    seat_of(event, "Ann")
    for address in (
        event.pages.get().get_url(),
        f"/en/events/{event.slug}/event.ics",
        "/en/events/calendar.ics",
        "/api/v1/events",
    ):
        text = client.get(address).content.decode()
        assert "ann@example.org" not in text.lower()
        assert "ATTENDEE" not in text
    assert client.get("/api/v1/events").json()["items"][0]["going"] == 1


def test_links_of_others_open_nothing(event, client):
    seat = seat_of(event, "Ann")
    token = seat.path("en").split("/")[-2]
    assert client.get(f"/en/status/{token}/").status_code == 200
    assert client.get(f"/en/status/{token[:-3]}abc/").status_code == 404
    assert client.get(f"/en/door/{token}/").status_code == 404
    Seat.objects.all().delete()
    assert client.get(f"/en/status/{token}/").status_code == 410


class TestData:
    def test_whoever_leaves_gives_up_their_seats(self, event):
        user = UserFactory(email="wei@example.org")
        EmailAddress.objects.create(user=user, email=user.email, verified=True)
        seat = Seat.objects.ask(event, name="Wei", email=user.email, language="en", person=user, is_confirmed=True)
        seat_of(event, "Ann")
        waiting = seat_of(event, "Ben")
        kind = next(kind for kind in kinds_of_data() if kind.key == "seats")
        assert [row["Name"] for row in kind.export(user)] == ["Wei"]
        assert len(kind.warn(user)) == 1
        erase_seats(user)
        seat.refresh_from_db()
        waiting.refresh_from_db()
        assert (seat.status, seat.name, seat.email, seat.person) == ("cancelled", "", "", None)
        assert waiting.status == "going"
        assert kind.export(user) == []

    def test_ones_own_trainings_are_listed_and_nobody_elses(self, event, client):
        user = UserFactory(email="wei@example.org")
        EmailAddress.objects.create(user=user, email=user.email, verified=True)
        people = [("Wei", "wei@example.org", None), ("Ann", "ann@example.org", None)]
        facts = {"region": event.region, "date": timezone.localdate(), "event_key": event.key, "by": UserFactory()}
        TrainingRecord.objects.record(people[:1], kind="newcomers", title="First steps", **facts)
        facts["event_key"] = uuid4()
        TrainingRecord.objects.record(people[1:], kind="speaking", title="On the stage", **facts)
        client.force_login(user)
        page = client.get("/en/account/events/").content.decode()
        assert ("First steps" in page, "On the stage" in page) == (True, False)
        assert TrainingRecord.objects.record(people[1:], kind="speaking", title="On the stage", **facts) == 0

    def test_time_takes_names_away_and_leaves_numbers(self, event):
        seat_of(event, "Ann")
        seat_of(event, "Ben", is_confirmed=False)
        now = timezone.now()
        assert forget_seats(now) == 0
        assert forget_seats(now + timedelta(days=8)) == 1
        is_over(event)
        assert forget_seats(now + timedelta(days=170)) == 0
        assert forget_seats(now + timedelta(days=181)) == 1
        assert (event.seats.get().email, event.count_seats()) == ("", 1)


def test_as_many_queries_however_many_come(event, client):
    event.capacity = None
    event.save()
    pages, counts = (event.pages.get().get_url(), path(event, "en", DOOR), path(event, "en")), {}
    for number in (3, 20):
        for each in range(event.seats.count(), number):
            seat_of(event, f"Person{each}")
        for address in pages:
            client.get(address)
            with CaptureQueriesContext(connection) as queries:
                client.get(address)
            counts.setdefault(address, []).append(len(queries))
    assert [few for few, _many in counts.values()] == [many for _few, many in counts.values()]


def test_how_many_come_is_said_in_each_language(event, client):
    seat_of(event, "Ann")
    english = BeautifulSoup(client.get(event.pages.get().get_url()).content, "html.parser").select_one(".seats")
    assert "1 person comes" in english.get_text()
    assert Event.objects.with_counts().get().going == 1
