"""The translators' board of 5,000 pages beside one of 50, in five languages, in one run."""

import time
from statistics import median

import pytest
from django.urls import reverse

from home.demo.scaling import multiply
from portal.models import User
from regions.models import PageTranslation, Team
from regions.translating.counting import count_all
from tests.factories import UserFactory, open_region, told_story

pytestmark = [pytest.mark.django_db, pytest.mark.benchmark]
AT_MOST = 3
QUERIES = [{}, {"language": "fr"}, {"language": "fr", "status": "missing"}, {"q": "Story 7"}, {"p": "2"}]


def milliseconds(client, query, times=7):
    url, taken = reverse("translating:board"), []
    client.get(url, query)
    for _again in range(times):
        begun = time.perf_counter()
        assert client.get(url, query).status_code == 200
        taken.append((time.perf_counter() - begun) * 1000)
    return median(taken)


def test_the_board_of_a_hundred_times_as_many(client, capsys):
    staff = UserFactory(first_name="Joris")
    Team.objects.ensure("staff").admit(staff)
    client.force_login(User.objects.get(pk=staff.pk))
    region = open_region(name="Measured", languages=["en", "es", "fr", "ar", "zh-hant"])
    for number in range(50):
        told_story(region, title=f"Story {number}")
    count_all()
    small = PageTranslation.objects.count()
    few = [milliseconds(client, query) for query in QUERIES]
    multiply(100)
    begun = time.perf_counter()
    large = count_all()
    counted = time.perf_counter() - begun
    many = [milliseconds(client, query) for query in QUERIES]
    with capsys.disabled():
        print(f"\nBoard of {small} fields against {large} (counted anew in {counted:.1f} s)")  # noqa: T201
        for query, one, other in zip(QUERIES, few, many, strict=True):
            print(f"{query!s:45} {one:7.1f} ms {other:7.1f} ms  ratio {other / one:.2f}")  # noqa: T201
    assert max(other / one for one, other in zip(few, many, strict=True)) <= AT_MOST
