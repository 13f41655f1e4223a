"""How lists grow: the same page over a hundred times as many records, in one run. Reported, never judged by seconds."""

import time
from statistics import median

import pytest

from home.demo.scaling import multiply
from tests.factories import announced_event, listed_space, open_region, told_story

pytestmark = [pytest.mark.django_db, pytest.mark.benchmark]
ADDRESSES = ["/en/spaces/", "/en/events/", "/en/stories/", "/en/regions/measured/", "/en/"]


def milliseconds(client, path, times=9):
    client.get(path)
    taken = []
    for _again in range(times):
        begun = time.perf_counter()
        assert client.get(path).status_code == 200
        taken.append((time.perf_counter() - begun) * 1000)
    return median(taken)


def test_lists_of_a_hundred_times_as_many(client, capsys):
    region = open_region(name="Measured")
    for number in range(20):
        listed_space(region, name=f"Room {number}")
        announced_event(region, name=f"Evening {number}")
        told_story(region, title=f"Story {number}")
    few = {path: milliseconds(client, path) for path in ADDRESSES}
    multiply(100)
    with capsys.disabled():
        print("\n20 of each against 2,000 of each")  # noqa: T201
        for path in ADDRESSES:
            many = milliseconds(client, path)
            print(f"{path:24} {few[path]:7.1f} ms {many:7.1f} ms  ratio {many / few[path]:.2f}")  # noqa: T201
