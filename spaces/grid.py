"""The grid of the map: squares of 64 pixels at every zoom, in the projection of web maps. A leaf, plain numbers only.

A place is a whole number of steps from the west and from the north, of which the world has 2**24 each way (two metres
at the equator). A square of a zoom holds the places whose first digits are the same, so it is found by cutting digits.
"""

import math
from collections.abc import Iterator
from typing import NamedTuple

from portal.geo import Box, turned

DIGITS = 24  # of a place, in binary
STEPS = 1 << DIGITS
ZOOMS = range(17)  # the squares of the last one are 150 metres wide at the equator
MORE = 2  # a tile of 256 pixels has 2**2 squares of 64 pixels each way
NORTHERNMOST = 85.0511287798066
MOST_SQUARES = 1200  # a wider box is answered in larger squares
LAST = 0xFFFFF  # no square has a greater number, east or south


class Place(NamedTuple):
    """A place on the grid."""

    x: int
    y: int

    @property
    def point(self):
        """One number for both, equal for equal places."""
        return self.x << DIGITS | self.y

    @property
    def mark(self):
        """A number that looks thrown: the sum of the marks tells whether all the places of a square are the same one."""
        return (self.point * 2654435761 >> 7) % 2147483647


class Span(NamedTuple):
    """Squares from one to another, both included."""

    west: int
    east: int
    north: int
    south: int


def place_of(latitude: float, longitude: float) -> Place:
    latitude = min(max(latitude, -NORTHERNMOST), NORTHERNMOST)
    sine = math.sin(math.radians(latitude))
    x = (turned(longitude) + 180) / 360
    y = 0.5 - math.log((1 + sine) / (1 - sine)) / (4 * math.pi)
    return Place(*(min(max(int(part * STEPS), 0), STEPS - 1) for part in (x, y)))


def degrees_of(x: float, y: float) -> tuple[float, float]:
    """(latitude, longitude) of a place, with as many digits as it is exact to."""
    latitude = math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * (y + 0.5) / STEPS))))
    return round(latitude, 5), round((x + 0.5) / STEPS * 360 - 180, 5)


def shift(zoom: int) -> int:
    """How many digits of a place a square of this zoom leaves open."""
    return DIGITS - zoom - MORE


def square_key(zoom: int, x: int, y: int) -> int:
    """One number for a square, in the order of zoom, then from west to east, then from north to south."""
    return (zoom << 40) | (x << 20) | y


def column_and_row(key: int) -> tuple[int, int]:
    return key >> 20 & LAST, key & LAST


def squares_of(place: Place) -> Iterator[int]:
    """The squares that hold a place, one for each zoom."""
    return (square_key(zoom, place.x >> shift(zoom), place.y >> shift(zoom)) for zoom in ZOOMS)


def spans(box: Box, zoom: int) -> list[Span]:
    """The squares that a box touches: one span, or two where it reaches over the antimeridian."""
    digits = shift(zoom)
    parts = [(box.west, 180), (-180, box.east)] if box.crosses_antimeridian else [(box.west, box.east)]
    north, south = (place_of(latitude, 0).y >> digits for latitude in (box.north, box.south))
    return [Span(column(west, digits), column(east, digits), north, south) for west, east in parts]


def column(longitude: float, digits: int) -> int:
    return min(int((longitude + 180) / 360 * STEPS), STEPS - 1) >> digits


def fitting_zoom(box: Box, zoom: int) -> int:
    """The zoom asked for, or the nearest one whose squares are few enough to be sent."""
    zoom = min(zoom, ZOOMS[-1])
    while zoom and sum(squares_in(span) for span in spans(box, zoom)) > MOST_SQUARES:
        zoom -= 1
    return zoom


def squares_in(span: Span) -> int:
    return (span.east - span.west + 1) * (span.south - span.north + 1)
