"""A hundred times as many requests: the pages of hosts and of the workplace, and what looks for free time, in one run.

Reported as ratios, never judged by seconds; that no page asks the database more often is the only thing that fails.
"""

import time
from datetime import datetime, timedelta
from statistics import median

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from spaces.models import Booking, SpaceRequest
from tests.factories import UserFactory, asked_for, evening, hosted_space, open_region

pytestmark = [pytest.mark.django_db, pytest.mark.benchmark]
FEW, MANY, SPACES = 1_000, 100_000, 20
STATUSES = ["sent", "accepted", "held", "declined", "withdrawn"]


def more(spaces, begin, end):
    """Requests from number to number, some in each state, spread over years so that none overlap."""
    first = asked_for(spaces[0], evening(2000 + begin), email=f"first{begin}@example.org")
    keep = {name: getattr(first, name) for name in ("title", "community", "people", "organiser", "language", "begins", "ends")}
    keep |= {name: getattr(first, name) for name in ("sent_at", "answer_by", "waits_since", "pattern", "day", "last_day")}
    now = timezone.now().replace(minute=0, second=0, microsecond=0) - timedelta(days=4)
    for start in range(begin, end, 5000):
        numbers = range(start, min(start + 5000, end))
        requests = SpaceRequest.objects.bulk_create(
            [
                SpaceRequest(space=spaces[n % SPACES], key=str(n), email=f"one{n}@example.org", status=STATUSES[n % 5], **keep)
                for n in numbers
            ]
        )
        Booking.objects.bulk_create(
            [
                Booking(
                    request=each,
                    space=each.space,
                    status=each.status,
                    starts_at=now + timedelta(hours=2 * (n // SPACES)),
                    ends_at=now + timedelta(hours=2 * (n // SPACES) + 1),
                )
                for n, each in zip(numbers, requests, strict=True)
            ]
        )


def measured(client, address, times=5):
    client.get(address)
    queries = []
    with connection.execute_wrapper(lambda execute, *args: queries.append(args[0]) or execute(*args)):
        assert client.get(address).status_code == 200
    taken = []
    for _again in range(times):
        begun = time.perf_counter()
        client.get(address)
        taken.append((time.perf_counter() - begun) * 1000)
    return median(taken), len(queries)


def test_a_hundred_thousand_requests(client, capsys):
    region = open_region(name="Measured", slug="measured", languages=["en"])
    spaces = [hosted_space(region, name=f"Room {n}", slug=f"room-{n}") for n in range(SPACES)]
    UserFactory(first_name="Sofia", email="sofia@example.org", is_superuser=True, is_staff=True)
    client.force_login(UserFactory(email="sofia@example.org"))
    day = (datetime.now() + timedelta(days=30)).date()
    addresses = {
        "list of requests": reverse("requests:index"),
        "of those waiting": reverse("requests:index") + "?status=sent",
        "the desk": reverse("wagtailadmin_home"),
        "a host's page": spaces[0].hosts.get().path("en"),
        "page of a space": spaces[0].pages.get().get_url(),
        "directory, free on": f"/en/spaces/?free_on={day}&free_from=18:00&free_until=21:00",
    }
    more(spaces, 0, FEW)
    few = {name: measured(client, address) for name, address in addresses.items()}
    more(spaces, FEW, MANY)
    with capsys.disabled():
        print(f"\n{FEW:,} requests against {MANY:,}")  # noqa: T201
        for name, address in addresses.items():
            milliseconds, queries = measured(client, address)
            ratio = milliseconds / few[name][0]
            print(f"{name:20} {few[name][0]:7.1f} ms {milliseconds:7.1f} ms  ratio {ratio:.2f}, {queries} queries")  # noqa: T201
            assert queries == few[name][1], name
