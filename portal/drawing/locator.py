"""The part of the world around one place, for the small chart that shows where a space or a region is.

The projection is azimuthal equidistant (Snyder, "Map Projections: A Working Manual", USGS 1987, page 195):
distances from the pin are true in every direction, so that rings around it can be read in kilometres.
"""

import math
from functools import lru_cache

from portal.drawing.land import coasts
from portal.drawing.pen import Point, disc, steps

EARTH = 6371.0
#: Coasts farther than this from the pin (km) are left out; nearer than the antipodes, which turn inside out.
HORIZON = 4000
#: How far (in units of the picture) land goes on beyond the frame, so that its cut edge is not seen.
MARGIN = 12


@lru_cache(maxsize=512)
def land_around(latitude: float, longitude: float, width: int = 320, height: int = 200, across: int = 4000) -> str:
    """The land around a place as a path, `across` kilometres wide; the place itself is in the middle."""
    near = ([from_centre(point, (longitude, latitude)) for point in coast] for coast in coasts())
    shown = [coast for coast in near if min(math.hypot(x, y) for x, y in coast) < HORIZON]
    scale = width / across
    scaled = [[(width / 2 + x * scale, height / 2 - y * scale) for x, y in coast] for coast in shown]
    return "".join(steps(cropped(coast, width, height)) for coast in scaled)


def distance_rings(width: int = 320, height: int = 200, across: int = 4000, every: int = 500) -> str:
    """Circles around the middle, one for every so many kilometres."""
    scale, corner = width / across, math.hypot(width, height) / 2
    return "".join(disc(width / 2, height / 2, radius * scale) for radius in range(every, int(corner / scale), every))


def from_centre(point: Point, centre: Point) -> Point:
    """How many kilometres east and north of the centre a (longitude, latitude) lies."""
    (lon, lat), (lon0, lat0) = (map(math.radians, each) for each in (point, centre))
    cosine = math.sin(lat0) * math.sin(lat) + math.cos(lat0) * math.cos(lat) * math.cos(lon - lon0)
    angle = math.acos(min(max(cosine, -1), 1))
    stretch = EARTH * (angle / math.sin(angle) if math.sin(angle) else 1)
    north = math.cos(lat0) * math.sin(lat) - math.sin(lat0) * math.cos(lat) * math.cos(lon - lon0)
    return stretch * math.cos(lat) * math.sin(lon - lon0), stretch * north


def cropped(points: list[Point], width: float, height: float) -> list[Point]:
    """A shape cut to the frame and its margin, side by side (Sutherland and Hodgman)."""
    for axis, extent in enumerate((width, height)):
        for limit, keep_below in ((-MARGIN, False), (extent + MARGIN, True)):
            points = _cut(points, axis, limit, keep_below) if points else []
    return [*points, points[0]] if points else []


def _cut(points: list[Point], axis: int, limit: float, keep_below: bool) -> list[Point]:
    """What is left of a shape on one side of a line."""
    kept = []
    for before, here in zip([points[-1], *points[:-1]], points, strict=True):
        was_in, is_in = ((p[axis] < limit) == keep_below for p in (before, here))
        if was_in != is_in:
            part = (limit - before[axis]) / (here[axis] - before[axis])
            kept.append(tuple(a + (b - a) * part for a, b in zip(before, here, strict=True)))
        if is_in:
            kept.append(here)
    return kept
