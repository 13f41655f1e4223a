"""Lists of requests, bookings and cases: as many queries for three as for twenty, and what waits first."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from spaces.models import Booking, SpaceRequest
from tests.factories import HOST, UserFactory, asked_for, booked, evening, hosted_space, open_region

from .asking import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def hall():
    region = open_region(name="Kenya", slug="kenya", timezone="Africa/Nairobi", languages=["en"])
    return hosted_space(region, name="Blue Hall", slug="blue-hall")


@pytest.fixture
def sofia(client):
    person = UserFactory(first_name="Sofia", email="sofia@example.org", is_superuser=True, is_staff=True)
    person.emailaddress_set.create(email="sofia@example.org", verified=True)
    client.force_login(person)
    return person


def fill(hall, number, start):
    """Of each kind so many: waiting, promised, over, lost with a case."""
    for each in range(start, start + number):
        asked_for(hall, evening(20 + each), title=f"Waits {each}", email="sofia@example.org")
        booked(hall, evening(60 + each), title=f"Coming {each}", email="sofia@example.org")
        lost = booked(hall, evening(3), title=f"Lost {each}", email="sofia@example.org")
        lost.withdraw("A fire.", HOST)
        over = booked(hall, evening(120 + each), title=f"Over {each}", email="sofia@example.org")
        days = timedelta(days=12 + each)
        begun = timezone.now() - days
        Booking.objects.filter(request=over).update(starts_at=begun, ends_at=begun + timedelta(hours=1))
    SpaceRequest.objects.filter(title__startswith="Waits").update(reminders=2)


def addresses(hall):
    own = [reverse("requests:index"), reverse("cases:index"), reverse("wagtailadmin_home"), "/en/account/requests/"]
    return [*own, hall.hosts.get().path("en"), reverse("requests:index") + "?export=csv"]


def asked(client, address):
    client.get(address)  # whatever is kept in memory
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address)
        body = b"".join(answer) if answer.streaming else answer.content
    assert answer.status_code == 200, address
    return len(queries), body.decode()


def test_as_many_queries_for_three_as_for_twenty(client, hall, sofia):
    fill(hall, 3, 0)
    few = {address: asked(client, address) for address in addresses(hall)}
    fill(hall, 17, 3)
    for address in few:
        number, text = asked(client, address)
        assert number == few[address][0], address
        assert len(text) > len(few[address][1]), address


@pytest.mark.parametrize("number", [3, 20])
def test_a_series_takes_as_many_queries_however_long(client, hall, sofia, number):
    request = asked_for(hall, *(evening(10 + 7 * each) for each in range(number)), pattern="weekly")
    pages = [request.path(), f"{hall.hosts.get().path('en')}{request.pk}/", reverse("requests:request", args=[request.pk])]
    found = [asked(client, page)[0] for page in pages]
    assert found == [14, 18, 26]


def test_what_waits_stands_first(client, hall, sofia):
    booked(hall, evening(10), title="Promised")
    asked_for(hall, evening(20), title="Waits")
    booked(hall, evening(30), title="Promised later", email="other@example.org")
    text = client.get(reverse("requests:index")).content.decode()
    assert text.index("Waits") < text.index("Promised")
    page = Person(client).open(hall.hosts.get().path("en"))
    assert page.text.index("Waits") < page.text.index("Promised")


def test_a_list_is_narrowed_by_state_and_words(client, hall, sofia):
    asked_for(hall, evening(20), title="Knitting")
    booked(hall, evening(30), title="Mapping", email="other@example.org")
    index = reverse("requests:index")
    narrowed = {"?status=accepted": ["Mapping"], "?q=knit": ["Knitting"], "?status=held": [], "": ["Knitting", "Mapping"]}
    for query, found in narrowed.items():
        text = client.get(f"{index}{query}").content.decode()
        assert [title for title in ("Knitting", "Mapping") if title in text] == found


def test_a_file_of_requests_names_nobody(client, hall, sofia):
    asked_for(hall, evening(20), title="Knitting")
    text = asked(client, reverse("requests:index") + "?export=csv")[1]
    head, row = text.strip().splitlines()
    assert head == "What for,Which community,Space,How many people,How it stands,First date,Asked on,Answered"
    assert row.startswith("Knitting,Nairobi Mappers,Blue Hall,20,")
    assert "wanjiru" not in text.lower()
