"""The map over a hundred times as many spaces: the same request, interleaved in one run, never judged by seconds."""

import gzip
import json
import random
import time
import uuid
from itertools import islice
from statistics import median

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client

from spaces.grid import place_of
from spaces.models import Pin, Space, Square
from spaces.models.pins import pin_of
from tests.databases import copy_for
from tests.factories import listed_space, open_region

pytestmark = pytest.mark.benchmark
FEW, MANY = 1_000, 100_000
CITIES = [(-1.29, 36.82), (25.03, 121.56), (4.71, -74.07), (12.97, 77.59), (40.41, -3.70), (14.59, 120.98), (37.98, 23.72)]
REQUESTS = {
    "the world": "bbox=-180,-85,180,85&zoom=1",
    "the world, as it begins": "bbox=-180,-75,180,80&zoom=2",
    "a continent": "bbox=-20,-35,55,38&zoom=4",
    "a country": "bbox=33,-5,42,5&zoom=7",
    "a city": "bbox=36.6,-1.5,37.1,-1.1&zoom=11",
    "a street": "bbox=36.80,-1.30,36.84,-1.28&zoom=15",
    "free ones of a continent": "bbox=-20,-35,55,38&zoom=4&cost=free",
    "over the antimeridian": "bbox=100,-40,-60,60&zoom=3",
}


def many_spaces(original, count, seed=1):
    """So many copies of a listed space with their pins: half around seven cities, half anywhere. Past the verbs, in bulk."""
    dice = random.Random(seed)
    for number in range(count):
        latitude, longitude = dice.uniform(-55, 70), dice.uniform(-180, 179.9)
        if number % 2:
            city = dice.choice(CITIES)
            latitude, longitude = dice.gauss(city[0], 0.08), dice.gauss(city[1], 0.08)
        facts = {f.attname: getattr(original, f.attname) for f in original._meta.concrete_fields if not f.primary_key}
        facts |= {"key": uuid.UUID(int=dice.getrandbits(128)), "slug": f"measured-{seed}-{number}", "name": f"Room {number}"}
        facts |= {"latitude": latitude, "longitude": longitude, "cost": dice.choice(["free", "donation", "hourly"])}
        yield Space(**facts)


def fill(original, count, seed):
    spaces = many_spaces(original, count, seed)
    while part := list(islice(spaces, 2000)):
        made = Space.objects.bulk_create(part)
        pins = [pin_of(space) for space in made]
        Pin.objects.bulk_create(pins)
    Square.objects.all().delete()
    Square.objects.fill(list(Pin.objects.all()))
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # which autovacuum does within a minute, where nobody fills it in one


def milliseconds(address):
    begun = time.perf_counter()
    answer = Client().get(address)
    taken = (time.perf_counter() - begun) * 1000
    assert answer.status_code == 200
    return taken, answer.content


@pytest.fixture
def portals(django_db_setup, django_db_blocker):
    """Two portals, of few and of many spaces, each with a database of its own; `portals(count)` steps into one."""
    own = dict(connection.settings_dict)

    def step_into(count):
        connection.close()
        connection.settings_dict.update(own)
        if count not in made:
            copy_for(f"measured_{count}_")
            made[count] = dict(connection.settings_dict)
        connection.settings_dict.update(made[count])
        cache.clear()

    made = {}
    with django_db_blocker.unblock():
        yield step_into
        connection.close()
        for found in made.values():
            connection.settings_dict.update(own)
            connection.creation._destroy_test_db(found["NAME"], verbosity=0)
        connection.close()
        connection.settings_dict.update(own)


def measured(step_into, times=12):
    """For each request ((milliseconds, marks) among few, the same among many): one after the other, again and again."""
    taken = {name: ([], []) for name in REQUESTS}
    marks = {name: [0, 0] for name in REQUESTS}
    for _again in range(times):
        for number, count in enumerate((FEW, MANY)):
            step_into(count)
            milliseconds("/spaces/clusters.json?bbox=0,0,1,1&zoom=9")  # connects
            for name, query in REQUESTS.items():
                spent, answer = milliseconds(f"/spaces/clusters.json?{query}")
                taken[name][number].append(spent)
                marks[name][number] = len(json.loads(answer)["marks"])
    return {name: [(median(taken[name][n][1:]), marks[name][n]) for n in (0, 1)] for name in REQUESTS}


def ratio_of(found, name):
    """To the same request among few; where that has fewer marks to tell of, to the slowest that has no more than this one."""
    (own, few), (spent, marks) = found[name]
    return spent / max([own, *(other for (other, shown), _more in found.values() if few < shown <= marks)])


def test_any_box_and_zoom_takes_no_longer_for_a_hundred_times_as_many(portals, capsys):
    for count in (FEW, MANY):
        portals(count)
        original = listed_space(open_region(name="Measured"))
        assert place_of(original.latitude, original.longitude) == pin_of(original).place
        fill(original, min(count, 10_000), 1)
        if count == MANY:
            first = milliseconds(f"/spaces/clusters.json?{REQUESTS['the world, as it begins']}")[1]
            fill(original, MANY - 10_000, 2)
    found, size = measured(portals), len(gzip.compress(first))
    ratios = {name: ratio_of(found, name) for name in found}
    with capsys.disabled():
        print(f"\nFirst data of the map at 10,000 spaces: {size / 1024:.1f} KB compressed")  # noqa: T201
        print(f"{FEW:,} spaces against {MANY:,} on {connection.vendor}: milliseconds, marks")  # noqa: T201
        for name, ((few, some), (many, more)) in found.items():
            print(f"{name:26}{few:7.1f}{some:5}{many:8.1f}{more:5}  {many / few:.2f}, fairly {ratios[name]:.2f}")  # noqa: T201
    assert size <= 30 * 1024  # what the map fetches first
    assert {name: ratio for name, ratio in ratios.items() if ratio > 3} == {}
