"""Spaces that may be the same place: people, hosts and files describe one room in several ways."""

import math
from collections import defaultdict
from typing import NamedTuple

from rapidfuzz import fuzz, process, utils

from portal.geo import box_around, distance

from .models import Space
from .near import within

NEXT_DOOR = 0.2  # kilometres
SAME_TOWN = 30  # kilometres: farther away, a similar name is another place
NEXT_DOOR_IN_DEGREES = 0.002  # from south to north
NEIGHBOURS = 2  # kilometres: farther away, "Hub" and "Hub of the North" are two places
SIMILAR = 85  # of 100, see `likeness`


def likeness(name, other, kilometres):
    """How alike two names are, 0 to 100 (rapidfuzz). Among neighbours a name that is part of the other is the same."""
    compare = fuzz.token_set_ratio if kilometres <= NEIGHBOURS else fuzz.token_sort_ratio
    return compare(name, other, processor=utils.default_process)


class Likeness(NamedTuple):
    """A space that may be the one described: how alike the names are (0 to 100), how far apart they lie (kilometres)."""

    space: Space
    similarity: float
    kilometres: float

    @property
    def is_next_door(self):
        return self.kilometres < NEXT_DOOR

    @property
    def has_similar_name(self):
        return self.similarity >= SIMILAR


def likely_duplicates(name, latitude, longitude, spaces=None):
    """The spaces that may be this one, the likeliest first: less than 200 m away, or of a similar name in the same town."""
    spaces = Space.objects.all() if spaces is None else spaces
    near = spaces.filter(within(box_around(latitude, longitude, SAME_TOWN)))
    apart = [(space, distance(latitude, longitude, space.latitude, space.longitude)) for space in near]
    compared = [Likeness(space, likeness(name, space.name, kilometres), kilometres) for space, kilometres in apart]
    alike = [each for each in compared if each.is_next_door or (each.has_similar_name and each.kilometres <= SAME_TOWN)]
    return sorted(alike, key=lambda each: (-(each.is_next_door + each.has_similar_name), each.kilometres))


class Alike(NamedTuple):
    """As `Likeness`, of anything that stands in a neighbourhood."""

    thing: object
    is_next_door: bool
    has_similar_name: bool
    kilometres: float


class Neighbourhood:
    """Many places at once, so that each of ten thousand rows finds what is like it without asking the database."""

    CELL = 0.3  # degrees: a little more than `SAME_TOWN` from south to north

    def __init__(self):
        self.cells = defaultdict(lambda: ([], []))  # names as they are compared, (latitude, longitude, thing)

    def add(self, name, latitude, longitude, thing):
        names, things = self.cells[self.cell_of(latitude, longitude)]
        names.append(utils.default_process(name))
        things.append((latitude, longitude, thing))

    def likely(self, name, latitude, longitude):
        """What may be the same place, the likeliest first."""
        wanted, found = utils.default_process(name), []
        for names, things in self.around(latitude, longitude):
            similar = {number for _name, _score, number in self.similar(wanted, names)}
            for number, (lat, lon, thing) in enumerate(things):
                near = abs(lat - latitude) < NEXT_DOOR_IN_DEGREES
                if number in similar or near:
                    kilometres = distance(latitude, longitude, lat, lon)
                    is_similar = number in similar and likeness(wanted, names[number], kilometres) >= SIMILAR
                    alike = Alike(thing, kilometres < NEXT_DOOR, is_similar, kilometres)
                    if alike.is_next_door or (alike.has_similar_name and kilometres <= SAME_TOWN):
                        found.append(alike)
        return sorted(found, key=lambda each: (-(each.is_next_door + each.has_similar_name), each.kilometres))

    @staticmethod
    def similar(wanted, names):
        """Which of many may be: the stricter question is asked of those few, when it is known how far they are."""
        return process.extract(wanted, names, scorer=fuzz.token_set_ratio, score_cutoff=SIMILAR, limit=None)

    def around(self, latitude, longitude):
        box = box_around(latitude, longitude, SAME_TOWN)
        south, north = self.row_of(box.south), self.row_of(box.north)
        width = (box.east - box.west) % 360 or 360
        columns = {self.column_of(box.west + step * self.CELL) for step in range(int(width / self.CELL) + 2)}
        for row in range(south, north + 1):
            for column in columns:
                if (row, column) in self.cells:
                    yield self.cells[row, column]

    def cell_of(self, latitude, longitude):
        return self.row_of(latitude), self.column_of(longitude)

    def row_of(self, latitude):
        return math.floor(latitude / self.CELL)

    def column_of(self, longitude):
        return math.floor((longitude % 360) / self.CELL)
