"""A thousand posts that no person would send, to each form of requests, hosts and cases: none breaks anything."""

import random
from datetime import timedelta
from itertools import pairwise

import pytest
from django.urls import reverse
from django.utils import timezone

from portal.models import Attempts
from spaces.models import Booking, Case, SpaceRequest
from spaces.models.request_steps import Verb
from tests.factories import HOST, UserFactory, asked_for, booked, evening, hosted_space, in_the_zone, open_region

from .asking import CONTINUE, WHAT, Person
from .test_submit_strangers import ODD

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

POSTS = 1000
TIMES = ["2027-05-03", "9999-12-31", "0001-01-01", "2027-02-30", "18:00", "24:00", "02:30", "25:61", "1e9", "2027-W01"]
NAMES = [
    *WHAT,
    "pattern",
    "day",
    "begins",
    "last_day",
    "ends",
    "languages",
    "leave_out",
    "take",
    "carry",
    "back",
    "send",
    "again",
]
NAMES += ["form_opened", "form_key", "form_topic", "act", "text", "dates", "choose", "held", "came", "actual_cost", "booking"]
NAMES += ["again", "case", "outcome", "space", "all", "offer", "name\x00", "lang[]"]
ACTS = [*Verb.values, "outcome", "ask_substitutes", "close_case", "step_in", "cannot", "ask", "close", "__init__", "\x00"]


def odd_post(dice, sound):
    """Mostly what a person would post, with some of it odd, missing, or there twice."""
    data = dict(sound)
    for _change in range(dice.randint(1, 6)):
        name = dice.choice(NAMES)
        data[name] = dice.choices([*ODD, *TIMES], k=dice.choice([1, 1, 1, 2, 5]))
        if dice.random() < 0.2:
            del data[name]
    if "act" in sound and dice.random() < 0.7:
        data["act"] = dice.choice(ACTS)
    return data


def posted(client, sound, *addresses, seed=1):
    """How often each answer came; no other than these may."""
    client.raise_request_exception = False
    dice, answered = random.Random(seed), {}
    for number in range(POSTS):
        data = odd_post(dice, sound)
        answer = client.post(dice.choice(addresses), data)
        assert answer.status_code in (200, 302, 400, 403, 404, 409, 410), (number, answer.status_code, data)
        answered[answer.status_code] = answered.get(answer.status_code, 0) + 1
        if number % 20 == 0:
            Attempts.objects.update(until=timezone.now() - timedelta(hours=1))  # limits are tested elsewhere
    return answered


@pytest.fixture
def hall():
    region = open_region(name="Kenya", slug="kenya", timezone="Africa/Nairobi", languages=["en"])
    return hosted_space(region, name="Blue Hall", slug="blue-hall")


def sound_rows():
    """Whatever was posted, what stands in the database makes sense."""
    for request in SpaceRequest.objects.all():
        request.clean_fields(exclude=["person", "key", "group"])
        for booking in request.bookings.all():
            assert booking.starts_at < booking.ends_at
    taken = Booking.objects.taken().order_by("space", "starts_at")
    assert not [one for one, other in pairwise(taken) if one.space_id == other.space_id and other.starts_at < one.ends_at]


def test_the_form_with_which_somebody_asks(client, hall):
    person = Person(client).open("/en/spaces/blue-hall/ask/")
    when = {"day": f"{evening(30).start:%Y-%m-%d}", "begins": "18:00", "ends": "21:00"}
    person.press(CONTINUE, **when, **WHAT)
    _path, sound = person.data("[name=send]")
    answered = posted(client, sound, "/en/spaces/blue-hall/ask/")
    assert answered[200] > POSTS / 3
    assert SpaceRequest.objects.exists()  # some of it was all right
    sound_rows()


@pytest.mark.parametrize("state", ["sent", "proposed", "withdrawn", "over"])
def test_the_page_of_whoever_asked(client, hall, state):
    request = asked_for(hall, evening(3))
    if state == "proposed":
        request.propose(*in_the_zone(hall, evening(4)), HOST)
    if state in ("withdrawn", "over"):
        request.accept(HOST)
    if state == "withdrawn":
        request.withdraw("A fire.", HOST)
    if state == "over":
        Booking.objects.update(starts_at=timezone.now() - timedelta(hours=4), ends_at=timezone.now() - timedelta(hours=1))
    booking = request.bookings.last()
    sound = {"act": "say", "text": "Hello.", "booking": booking.key, "held": "yes", "came": "3", "people": "7", "title": "A"}
    sound |= {"community": "B", "case": str(Case.objects.values_list("pk", flat=True).first() or 1), "outcome": "elsewhere"}
    posted(client, sound, request.path(), f"{request.path()}request/", request.path("ar"))
    sound_rows()


def test_the_pages_of_a_host(client, hall):
    open_requests = [asked_for(hall, evening(days), email=f"one{days}@example.org") for days in range(10, 40)]
    series = asked_for(hall, evening(50), evening(57), pattern="weekly", email="series@example.org")
    host = hall.hosts.get().path("en")
    sound = {"act": "accept", "text": "Yes.", "day": "2027-05-03", "begins": "18:00", "ends": "21:00"}
    posted(client, sound, *[host] * 10, *(f"{host}{each.pk}/" for each in [*open_requests, series]))
    sound_rows()


def test_the_pages_in_the_workplace(client, hall):
    UserFactory(first_name="Sofia", email="sofia@example.org", is_superuser=True, is_staff=True)
    requests = [asked_for(hall, evening(days), email=f"one{days}@example.org") for days in range(10, 30)]
    booked(hall, evening(3), email="lost@example.org").withdraw("A fire.", HOST)
    client.force_login(UserFactory(email="sofia@example.org"))
    sound = {"act": "accept", "text": "Yes.", "day": "2027-05-03", "begins": "18:00", "ends": "21:00", "outcome": "elsewhere"}
    addresses = [reverse("requests:request", args=[each.pk]) for each in requests]
    posted(client, sound, *addresses, *[reverse("cases:case", args=[Case.objects.get().pk])] * 10)
    sound_rows()


def test_odd_questions_to_every_address(client, hall):
    """Filters, searches and pages of lists."""
    client.raise_request_exception = False
    UserFactory(first_name="Sofia", email="sofia@example.org", is_superuser=True, is_staff=True)
    asked_for(hall)
    client.force_login(UserFactory(email="sofia@example.org"))
    dice = random.Random(1)
    addresses = [reverse(f"{name}:index") for name in ("requests", "cases")]
    addresses += ["/en/spaces/blue-hall/ask/", hall.hosts.get().path("en"), "/en/account/requests/", "/en/spaces/protocols/"]
    names = ["q", "status", "region", "open", "p", "page", "ordering", "export", "again", "day", "begins", "ends"]
    for _number in range(POSTS):
        answer = client.get(dice.choice(addresses), {dice.choice(names): dice.choice([*ODD, *TIMES, "csv", "xlsx", "-1"])})
        assert answer.status_code in (200, 302, 400, 404), answer.request["QUERY_STRING"]
