"""What the map draws: marks, each a space, several spaces at one place, or a cluster of spaces near each other.

A leaf: it is handed the sums of squares (see `spaces.models.pins`) and joins those whose marks would touch.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache, lru_cache
from operator import itemgetter
from typing import NamedTuple

from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext, ngettext

from .grid import DIGITS, STEPS, Place, degrees_of, shift

APART = 40  # pixels between the middles of two marks, at the least
MOST_IN_A_POPUP = 12
BESIDE = [(across, down) for across in (-1, 0, 1) for down in (-1, 0, 1)]  # a square, and those around it


@dataclass
class Sums:
    """Of a square, or of several that were joined: how many of each cost, and the sums that tell where they are."""

    costs: dict
    count: int
    x: int
    y: int
    marks: int

    def __add__(self, other):
        costs = {cost: self.costs.get(cost, 0) + other.costs.get(cost, 0) for cost in {*self.costs, *other.costs}}
        added = self.x + other.x, self.y + other.y, self.marks + other.marks
        return Sums(costs, self.count + other.count, *added)

    @property
    def free(self):
        return self.costs.get("free", 0)

    @property
    def middle(self):
        return self.x / self.count, self.y / self.count

    @property
    def place(self):
        """The one place where all of them are, or None."""
        place = Place(self.x // self.count, self.y // self.count)
        is_one = place.x * self.count == self.x and place.y * self.count == self.y and place.mark * self.count == self.marks
        return place if is_one else None


class Phrases(NamedTuple):
    """What labels are made of."""

    named: str
    show: str
    zoom: str


@cache
def phrases(language):
    """In the reader's language; looked up once, since a map has many labels."""
    return Phrases(gettext("%(name)s, %(cost)s"), gettext("Show them"), gettext("Zoom in"))


@lru_cache(10_000)
def counted(language, count, free, is_cluster):
    """Said of many marks, and the same of all that hold as many."""
    words = ngettext("%(count)d space, %(free)d free.", "%(count)d spaces, %(free)d free.", count)
    known = phrases(language)
    return f"{words % {'count': count, 'free': free}} {known.zoom if is_cluster else known.show}"


@dataclass
class Mark:
    """One thing on the map. `box` (west, south, east, north) is what a cluster opens into; a place has its spaces instead."""

    sums: Sums
    extent: tuple  # of its squares
    zoom: int
    spaces: list = field(default_factory=list)

    @property
    def box(self):
        return box_of(self.extent, self.zoom)

    @cached_property
    def point(self):
        place = self.sums.place
        return place.point if place else None

    @property
    def key(self):
        """The same for the same thing, so that a browser moves a mark instead of making it anew."""
        return "-".join(map(str, (self.zoom, *self.extent))) if self.point is None else f"p{self.point}"

    @property
    def position(self):
        return degrees_of(*self.sums.middle)

    @property
    def cost(self):
        """The first of free, donation and paid that is there: what the mark's shape says."""
        return next(cost for cost in ("free", "donation", "paid") if self.sums.costs.get(cost))

    @property
    def label(self):
        """In words, for those who do not see the map."""
        if len(self.spaces) == 1 and self.sums.count == 1:
            return phrases(get_language()).named % {"name": self.spaces[0]["name"], "cost": self.spaces[0]["price"]}
        return counted(get_language(), self.sums.count, self.sums.free, self.point is None)


def marks_of(rows: Iterable[tuple], zoom: int) -> list[Mark]:
    """Marks for squares: rows of (column, row, cost, count, sum of x, of y, of marks)."""
    pixel = 1 << (DIGITS - zoom - 8)
    squares, groups = {}, {}
    for column, row, cost, count, *sums in rows:
        one = Sums({cost: count}, count, *sums)
        squares[column, row] = squares[column, row] + one if (column, row) in squares else one
    for (column, row), here in sorted(squares.items(), key=itemgetter(0)):
        middle = here.middle
        near = nearest_group(groups, (column, row), middle, APART * pixel)
        if near is None:
            groups[column, row] = here, (column, row, column, row), middle
        else:
            whole, (west, north, east, south), _middle = groups[near]
            whole, extent = whole + here, (min(west, column), min(north, row), max(east, column), max(south, row))
            groups[near] = whole, extent, whole.middle
    return [Mark(sums, extent, zoom) for sums, extent, _middle in groups.values()]


def nearest_group(groups, square, middle, reach):
    """The key of a group beside this square whose middle is nearer than marks may be, or None."""
    column, row = square
    x, y = middle
    for across, down in BESIDE:
        key = column + across, row + down
        if key in groups:
            other_x, other_y = groups[key][2]
            if (x - other_x) ** 2 + (y - other_y) ** 2 < reach**2:
                return key
    return None


def box_of(extent, zoom):
    """The box of squares from one to another, in degrees."""
    digits = shift(zoom)
    west, north, east, south = extent
    corners = ((west, north), (east + 1, south + 1))
    (top, left), (bottom, right) = (degrees_of(*(min(way << digits, STEPS - 1) for way in corner)) for corner in corners)
    return left, bottom, right, top
