"""The form with which somebody asks for a space: what is refused, what is kept, what is offered instead."""

import uuid
from datetime import time, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from portal.models import OutgoingMail
from spaces.models import OpeningHours, SpaceRequest
from tests.factories import UserFactory, UserGroupFactory, booked, evening, hosted_space, listed_space, open_region, publish_in

from .asking import CONTINUE, WHAT, Person

pytestmark = pytest.mark.django_db
ASK = "/en/spaces/blue-hall/ask/"


@pytest.fixture
def region():
    return open_region(name="Kenya", slug="kenya", timezone="Africa/Nairobi", languages=["en", "fr"])


def opened(space):
    OpeningHours.objects.bulk_create(OpeningHours(space=space, weekday=day, opens=time(8), closes=time(23)) for day in range(7))
    return space


@pytest.fixture
def hall(region):
    return opened(hosted_space(region, name="Blue Hall", slug="blue-hall"))


def when(days=30, begins="18:00", ends="21:00"):
    return {"day": f"{evening(days).start:%Y-%m-%d}", "begins": begins, "ends": ends}


@pytest.fixture
def person(client, hall):
    return Person(client).open(ASK)


# -- Sending -----------------------------------------------------------------------------------------------------------


def test_sent_as_it_was_typed(person, hall, region):
    group = UserGroupFactory(region=region, name="Nairobi mappers")
    person.press(CONTINUE, **when(), **WHAT, languages=["en", "fr"]).press("[name=send]")
    asked = SpaceRequest.objects.get()
    assert (asked.title, asked.people, asked.languages, asked.needs) == (WHAT["title"], 25, ["en", "fr"], "A projector.")
    assert (asked.group, asked.space, asked.language, asked.status) == (group, hall, "en", "draft")
    assert asked.bookings.get().local == evening(30)


def test_going_back_keeps_everything(person):
    person.press(CONTINUE, **when(), **WHAT, languages=["fr"]).press("[name=back]")
    assert person.value("title") == WHAT["title"]
    assert person.value("needs") == "A projector."
    assert person.value("day") == when()["day"]
    assert person.soup.select_one("[name=languages][value=fr]").has_attr("checked")


def test_a_retry_after_a_broken_connection_asks_once(person, client):
    person.press(CONTINUE, **when(), **WHAT)
    path, data = person.data("[name=send]")
    first, second = client.post(path, data), client.post(path, data)
    assert (first.status_code, second["Location"]) == (302, first["Location"])
    assert SpaceRequest.objects.count() == 1
    client.post(path, {**data, "form_key": uuid.uuid4()})  # the same words from a form that was opened anew
    assert SpaceRequest.objects.count() == 2


def test_who_is_signed_in_types_neither_name_nor_address(client, hall):
    user = UserFactory(first_name="Wei", last_name="Lin", email="wei@example.org", language="fr")
    user.emailaddress_set.create(email="wei@example.org", verified=True)
    client.force_login(user)
    person = Person(client).open(ASK)
    assert (person.value("organiser"), person.value("email")) == ("Wei Lin", "wei@example.org")
    what = {name: WHAT[name] for name in ("title", "community", "people")}
    person.press(CONTINUE, **when(), **what).press("[name=send]")
    asked = SpaceRequest.objects.get()
    assert (asked.status, asked.person) == ("sent", user)  # the address is known as theirs
    assert person.path.startswith("/en/status/")
    listed = Person(client).open("/en/account/requests/")
    assert WHAT["title"] in listed.text


def test_an_address_that_is_not_theirs_is_confirmed_first(client, hall):
    client.force_login(UserFactory(email="wei@example.org"))
    person = Person(client).open(ASK)
    person.press(CONTINUE, **when(), **WHAT).press("[name=send]")
    asked = SpaceRequest.objects.get()
    assert (asked.status, asked.person) == ("draft", None)


def test_another_site_asks_in_nobodys_name(hall):
    """A form that somebody else has made has no signature for who is signed in: the address is to be confirmed."""
    user = UserFactory(first_name="Wei", email="wei@example.org")
    user.emailaddress_set.create(email="wei@example.org", verified=True)
    stranger, wei = Client(), Client(enforce_csrf_checks=True)
    person = Person(stranger).open(ASK)
    person.press(CONTINUE, **when(), **{**WHAT, "email": "wei@example.org"})
    path, data = person.data("[name=send]")
    wei.force_login(user)
    wei.post(path, data, HTTP_ORIGIN="https://evil.example.org")
    asked = SpaceRequest.objects.get()
    assert (asked.status, asked.person) == ("draft", None)


def test_machines_are_thanked_and_forgotten(person):
    person.press(CONTINUE, **when(), **WHAT)
    person.press("[name=send]", form_topic="Buy now")
    assert person.path == "/en/spaces/ask/sent/"
    assert not SpaceRequest.objects.exists()


def test_a_time_that_somebody_got_meanwhile_is_refused_with_all_that_was_typed(client, hall):
    user = UserFactory(first_name="Wei", email="wei@example.org")
    user.emailaddress_set.create(email="wei@example.org", verified=True)
    client.force_login(user)
    person = Person(client).open(ASK)
    person.press(CONTINUE, **when(), **{**WHAT, "email": "wei@example.org"})
    booked(hall, evening(30), email="other@example.org")
    person.press("[name=send]")
    assert person.answer.status_code == 200
    assert person.errors == ["Day: The space is not free at this time."]
    assert person.value("title") == WHAT["title"]
    assert SpaceRequest.objects.count() == 1


# -- What cannot be ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        (
            {"ends": "17:00"},
            "Until: It ends before it begins. Does it last into the next day? Then give the last day.",
        ),
        ({"ends": "18:00"}, "Until: It ends when it begins."),
        ({"day": "2020-01-01"}, "Day: This day is over."),
        ({"day": "9999-12-31"}, "Day: At most a year ahead."),
        ({"last_day": "2036-01-01"}, "Last day: At most a year ahead."),
        ({"day": "03/05/2027"}, "Day: Enter a valid date."),
        ({"begins": "25:00"}, "From: Enter a valid time."),
        ({"begins": "23:30", "ends": "23:45"}, "Day: The space is not free at this time."),  # after it has closed
        ({"people": "10000"}, "How many people: There is room for 40 people."),
        ({"people": "²"}, "How many people: Enter a whole number."),
        ({"people": "0"}, "How many people: Ensure this value is greater than or equal to 1."),
        ({"people": "9" * 40}, "How many people: There is room for 40 people."),
        ({"email": "nobody"}, "Your e-mail address: Enter a valid email address."),
        ({"title": " "}, "What for: This field is required."),
        ({"pattern": "yearly"}, "How often: Select a valid choice. yearly is not one of the available choices."),
        ({"languages": ["xx"]}, "Your languages: Select a valid choice. xx is not one of the available choices."),
    ],
)
def test_refused_at_once_beside_the_field(person, typed, error):
    person.press(CONTINUE, **{**when(), **WHAT, **typed})
    assert person.errors == [error]
    for name, value in {**when(), **WHAT, **typed}.items():
        if name not in ("pattern", "languages"):
            assert person.value(name) == value, name
    assert not SpaceRequest.objects.exists()
    assert not OutgoingMail.objects.exists()


def test_all_that_is_wrong_is_said_at_once(person):
    person.press(CONTINUE)
    assert [error.partition(":")[0] for error in person.errors] == [
        *["Day", "From", "Until"],
        *["What for", "Which community", "How many people", "Your name", "Your e-mail address"],
    ]


def test_clocks_that_are_turned(client, region):
    hosted_space(region, name="Halle", slug="halle", timezone="Europe/Berlin")
    spring = next_change("Europe/Berlin", forward=True)
    person = Person(client).open("/en/spaces/halle/ask/")
    person.press(CONTINUE, **{**WHAT, "day": f"{spring:%Y-%m-%d}", "begins": "02:30", "ends": "05:00"})
    assert len(person.errors) == 1
    assert "clocks are turned forward, and there is no 02:30" in person.errors[0]
    autumn = next_change("Europe/Berlin", forward=False)
    person.press(CONTINUE, day=f"{autumn:%Y-%m-%d}")
    assert len(person.errors) == 1
    assert "comes twice" in person.errors[0]


def next_change(zone, forward):
    """The next day on which clocks are turned, within a year."""
    from zoneinfo import ZoneInfo  # noqa: PLC0415

    at = timezone.now().astimezone(ZoneInfo(zone)).replace(hour=12)
    while True:
        later = (at + timedelta(days=1)).replace(hour=12)
        if later.utcoffset() != at.utcoffset() and (later.utcoffset() > at.utcoffset()) == forward:
            return later
        at = later


def offered_by(person):
    return [link.get_text() for link in person.soup.select(".other-spaces a:not(.button)")]


# -- Instead -----------------------------------------------------------------------------------------------------------


def test_the_next_three_times_and_other_spaces(person, hall, region, client):
    other = opened(hosted_space(region, name="Attic", slug="attic", email="other-host@example.org", latitude=-1.31))
    booked(hall, evening(30), evening(31), email="other@example.org")
    person.press(CONTINUE, **when(), **WHAT)
    offered = [button["value"] for button in person.soup.select("[name=take]")]
    assert offered == [f"{evening(days).start:%Y-%m-%d %H:%M} {evening(days).end:%Y-%m-%d %H:%M}" for days in (32, 33, 34)]
    person.press(f"[name=take][value='{offered[0]}']")
    assert (person.value("day"), person.value("title")) == (when(32)["day"], WHAT["title"])
    person.press(CONTINUE).press("[name=send]")
    assert SpaceRequest.objects.exclude(email="other@example.org").get().bookings.get().local == evening(32)
    person.open(ASK).press(CONTINUE, **when(), **WHAT)
    person.press("[formaction='/en/spaces/attic/ask/']")
    assert person.path == "/en/spaces/attic/ask/"
    assert (person.value("day"), person.value("title")) == (when()["day"], WHAT["title"])
    person.press(CONTINUE).press("[name=send]")
    assert SpaceRequest.objects.filter(space=other).count() == 1


def test_too_many_people_are_shown_larger_spaces(person, region):
    opened(hosted_space(region, name="Great Hall", slug="great-hall", email="g@example.org", capacity=300))
    opened(hosted_space(region, name="Small Hall", slug="small-hall", email="s@example.org", capacity=30))
    person.press(CONTINUE, **{**when(), **WHAT, "people": "200"})
    assert offered_by(person) == ["Great Hall"]


def test_free_before_paid(client, region, hall):
    paid = opened(
        hosted_space(region, name="Loft", slug="loft", email="l@example.org", cost="hourly", price=600, currency="KES")
    )
    person = Person(client).open("/en/spaces/loft/ask/")
    assert "These cost nothing" in person.text
    assert offered_by(person) == ["Blue Hall"]
    person.press(CONTINUE, **when(), **WHAT)
    assert "KES 1,800" in person.text  # before anything is sent
    assert offered_by(person) == ["Blue Hall"]
    booked(hall, evening(30), email="other@example.org")
    person.open("/en/spaces/loft/ask/").press(CONTINUE, **when(), **WHAT)
    assert offered_by(person) == []  # it is not free then
    assert paid.is_paid
    assert "These cost nothing" not in Person(client).open(ASK).text


def test_dates_of_a_series_that_cannot_be_are_left_out_if_wished(person, hall):
    booked(hall, evening(37), email="other@example.org")
    series = {**when(), "pattern": "weekly", "last_day": when(44)["day"]}
    person.press(CONTINUE, **series, **WHAT)
    assert len(person.errors) == 1
    assert "The space is not free on:" in person.errors[0]
    person.press(CONTINUE, leave_out="on").press("[name=send]")
    asked = SpaceRequest.objects.exclude(email="other@example.org").get()
    assert [each.local for each in asked.bookings.all()] == [evening(30), evening(44)]
    assert asked.pattern == "weekly"


def test_any_day_of_two_weeks(person):
    person.press(CONTINUE, **{**when(), "pattern": "flexible", "last_day": when(44)["day"]}, **WHAT).press("[name=send]")
    asked = SpaceRequest.objects.get()
    assert (asked.bookings.count(), asked.last_day - asked.day) == (0, timedelta(days=14))


def test_what_was_declined_is_asked_elsewhere_without_typing(client, hall, region):
    from tests.factories import HOST, asked_for  # noqa: PLC0415

    opened(hosted_space(region, name="Attic", slug="attic", email="other-host@example.org", latitude=-1.31))
    asked = asked_for(hall, needs="A projector.")
    asked.decline("No.", HOST)
    person = Person(client).open(asked.path())
    link = next(each["href"] for each in person.soup.select(".other-spaces a") if "/ask/" in each["href"])
    person.open(link)
    assert (person.value("title"), person.value("needs"), person.value("email")) == (asked.title, "A projector.", asked.email)
    assert person.value("day") == f"{asked.day:%Y-%m-%d}"
    person.open(link.replace("again=", "again=x"))  # a damaged link gives nothing away
    assert person.value("title") == ""


# -- Which spaces ------------------------------------------------------------------------------------------------------


def test_only_spaces_that_can_be_asked_for(client, region, hall):
    page = hall.pages.get().get_url()
    assert ASK in client.get(page).content.decode()
    listed_space(region, name="Imported", slug="imported", source="file", source_id="1", host_agrees=False)
    hosted_space(region, name="Asleep", slug="asleep", email="z@example.org").go_dormant()
    for slug in ("imported", "asleep"):
        answer = client.get(f"/en/spaces/{slug}/ask/")
        assert answer.status_code in (302, 404)
        assert client.post(f"/en/spaces/{slug}/ask/", {**when(), **WHAT}).status_code in (302, 404)
    assert client.get("/en/spaces/no-such-space/ask/").status_code == 404
    assert client.get("/en/spaces/imported/ask/").status_code == 302
    hall.close()
    assert client.get(ASK).status_code == 404


def test_in_each_language(client, hall):
    publish_in(hall.pages.get(), "fr", title="Salle bleue")
    for language, words in (("en", "Ask for Blue Hall"), ("fr", "Salle bleue"), ("ar", "Blue Hall")):
        page = Person(client).open(f"/{language}/spaces/blue-hall/ask/")
        assert words in page.text
        assert page.soup.html["lang"] == language
