"""From "may we meet at your place?" to how it went, over HTTP: nobody types a thing twice, and nobody waits in vain."""

import re
from base64 import b64decode
from datetime import datetime, time, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from portal.models import OutgoingMail
from regions.keeping.asking import keep_true
from spaces.models import Case, OpeningHours, SpaceRequest
from tests.factories import UserFactory, appointed, hosted_space, is_over, open_region, planned_event
from tests.spaces.asking import CONTINUE, WHAT, Person

pytestmark = pytest.mark.django_db


def letter(to, purpose):
    return next(mail for mail in OutgoingMail.objects.filter(purpose=purpose).order_by("-pk") if to in mail.to)


def link_in(mail, part):
    return re.search(rf"https?://[^/\s]+(/\w[\w-]*/{part}/\S+/)", mail.body).group(1)


def entry_in(mail):
    """(method, UID, sequence, begin, place) of the entry for the calendar that came with a letter."""
    _name, content, kind = mail.attachments[0]
    event = Calendar.from_ical(b64decode(content)).walk("VEVENT")[0]
    return kind.split("method=")[1], str(event["UID"]), int(event["SEQUENCE"]), event["DTSTART"].dt, str(event["LOCATION"])


@pytest.fixture
def kenya():
    region = open_region(name="Kenya", slug="kenya", languages=["en", "es"])
    person = UserFactory(first_name="Amina", email="amina@example.org", language="en")
    appointed(region, person=person)
    return region


@pytest.mark.parametrize("language", ["en", "es"])
def test_from_the_question_to_the_outcome(kenya, language):  # noqa: PLR0915 (one story)
    hall = hosted_space(kenya, name="Blue Hall", slug="blue-hall")
    attic = hosted_space(kenya, name="Attic", slug="attic", email="achieng@example.org", latitude=-1.31)
    OpeningHours.objects.bulk_create(OpeningHours(space=attic, weekday=day, opens=time(8), closes=time(23)) for day in range(7))
    day, client = timezone.localdate() + timedelta(days=3), Client(enforce_csrf_checks=True)
    organiser, host = Person(client), Person(client)

    # Somebody asks, sees all of it once more with what it costs, sends it, and confirms the address.
    organiser.open(hall.pages.get().get_url().replace("/en/", f"/{language}/")) if language == "en" else None
    organiser.open(f"/{language}/spaces/blue-hall/ask/")
    organiser.press(CONTINUE, day=day.isoformat(), begins="18:00", ends="21:00", **WHAT)
    assert "Wanjiru Kamau" in organiser.text, organiser.soup.select(".form-errors")
    assert SpaceRequest.objects.count() == 0
    organiser.press("[name=send]")
    assert organiser.path == f"/{language}/spaces/ask/sent/"
    asked = SpaceRequest.objects.get()
    booking = asked.bookings.get()
    assert (asked.status, [mail.to for mail in OutgoingMail.objects.all() if "juma@example.org" in mail.to]) == ("draft", [])
    confirm = link_in(letter("wanjiru@example.org", "request_address"), "spaces/ask/confirm")
    organiser.open(confirm)
    asked.refresh_from_db()
    assert asked.status == "draft"  # a scanner of mail opens links, too
    organiser.press("button")
    assert organiser.path.startswith(f"/{language}/status/")
    status = organiser.path

    # The host has a question, reads the answer, and accepts. Neither reads the other's address before.
    host.open(link_in(letter("juma@example.org", "request_confirm"), "host"))
    assert "wanjiru@example.org" not in host.answer.content.decode().lower()
    host.press("[value=say]", text="Do you need the kitchen?")
    question = letter("wanjiru@example.org", "request_say")
    assert "Do you need the kitchen?" in question.body
    assert "juma@example.org" not in question.body
    organiser.open(link_in(question, "status"))
    assert "juma@example.org" not in organiser.answer.content.decode()
    organiser.press("[value=say]", text="Only the water tap.")
    host.open(link_in(letter("juma@example.org", "request_say"), "host"))
    assert "Only the water tap." in host.text
    host.press("[value=accept]")
    booking.refresh_from_db()
    assert booking.status == "accepted"
    assert "wanjiru@example.org" in host.text
    accepted = letter("wanjiru@example.org", "request_accept")
    assert "juma@example.org" in accepted.body
    method, uid, sequence, begin, place = entry_in(accepted)
    assert (method, sequence, begin.replace(tzinfo=None)) == ("REQUEST", 0, datetime.combine(day, time(18)))
    assert "Blue Hall" in place

    # An evening is announced there. Three days before, the host withdraws: a case.
    event = planned_event(booking, name="Evening")
    host.press("[value=withdraw]", text="The roof leaks.")
    assert Case.objects.exists(), (host.answer.status_code, host.soup.select(".form-errors"))
    case = Case.objects.get()
    assert (case.kind, case.planned[0]["name"], case.is_open) == ("withdrawn", "Evening", True)
    lost = letter("wanjiru@example.org", "request_withdraw")
    assert entry_in(lost)[:3] == ("CANCEL", uid, 1)
    assert "The roof leaks." in lost.body
    assert "amina@example.org" in letter("amina@example.org", "case_opened").to
    event.refresh_from_db()
    assert event.seeks_space

    # One click asks the attic; it steps in: booking, calendar and event move there.
    organiser.open(status)
    organiser.press("[name=space][value=attic]")
    other = Person(client).open(link_in(letter("achieng@example.org", "substitute_asked"), "host"))
    assert "Evening for new mappers" in other.text
    other.press("[value=step_in]")
    booking.refresh_from_db()
    case.refresh_from_db()
    event.refresh_from_db()
    assert (booking.space, booking.status, case.outcome) == (attic, "accepted", "moved")
    assert (event.space, event.seeks_space) == (attic, False)
    moved = entry_in(letter("wanjiru@example.org", "request_move"))
    assert (*moved[:3], "Attic" in moved[4]) == ("REQUEST", uid, 2, True)
    assert "Evening for new mappers" not in host.open(host_page_of(hall)).text

    # It was held, and the organiser tells how it went, once.
    organiser.open(status)
    assert not organiser.soup.select("main [value=outcome]")
    is_over(event)
    keep_true(timezone.now())
    organiser.open(link_in(letter("wanjiru@example.org", "request_outcome"), "status"))
    organiser.press("[value=outcome]", held="yes", came="31", actual_cost="0")
    booking.refresh_from_db()
    asked.refresh_from_db()
    assert (booking.status, booking.came, booking.actual_cost, asked.status) == ("held", 31, 0, "held")
    assert not organiser.soup.select("main [value=outcome]")

    # Nothing was typed twice, by anybody.
    typed = [name for name in organiser.typed if name != "text"]
    assert len(typed) == len(set(typed)) == 12
    assert [name for name in host.typed if name != "text"] == other.typed == []


def host_page_of(space):
    return space.hosts.get().path("en")
