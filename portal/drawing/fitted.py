"""A chart that fits what stands on it: the whole world, or as much of it as holds all the places.

Wide spreads lie on the world chart (Miller), narrow ones around their middle (azimuthal equidistant, see `locator`).
"""

import math
from typing import NamedTuple

from portal.drawing.land import land_path, project
from portal.drawing.locator import from_centre, land_around
from portal.drawing.pen import Point

WIDEST = 5200  # kilometres across, from which on the world is shown
NARROWEST = 300
STEP = 1.4  # charts come in sizes, so that neighbours share one and it is drawn once
MARGIN = 1.35
EQUATOR = 40075  # kilometres
HALF_WORLD = 170  # degrees


class Fitted(NamedTuple):
    """A chart and how places come onto it. `middle` is None for the world."""

    width: int
    height: int
    land: str
    middle: Point | None
    across: float

    @property
    def zoom(self):
        """The zoom of a web map that shows about as much."""
        latitude = self.middle[0] if self.middle else 0
        return max(0, round(math.log2(EQUATOR * math.cos(math.radians(latitude)) * self.width / 256 / self.across)))

    def spot(self, latitude: float, longitude: float) -> Point:
        """Where a place lies on the chart."""
        if self.middle is None:
            return project(latitude, longitude, self.width, self.height)
        east, north = from_centre((longitude, latitude), (self.middle[1], self.middle[0]))
        scale = self.width / self.across
        return round(self.width / 2 + east * scale, 1), round(self.height / 2 - north * scale, 1)


def world(width: int = 1000, height: int = 460) -> Fitted:
    return Fitted(width, height, land_path(width, height), None, EQUATOR)


def fitted(west: float, south: float, east: float, north: float, size: tuple[int, int] = (1000, 460)) -> Fitted:
    """The chart that holds a box of degrees."""
    middle = round((south + north) / 2, 2), round((west + east) / 2, 2)
    corners = [(longitude, latitude) for longitude in (west, east) for latitude in (south, north)]
    away = [from_centre(corner, (middle[1], middle[0])) for corner in corners]
    wide = 2 * MARGIN * max(max(abs(x), abs(y) * size[0] / size[1]) for x, y in away)
    if wide > WIDEST or east - west > HALF_WORLD:
        return world(*size)
    across = round(NARROWEST * STEP ** math.ceil(math.log(max(wide / NARROWEST, 1), STEP)))
    return Fitted(*size, land_around(*middle, *size, across), middle, across)
