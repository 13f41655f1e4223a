"""The land of the world and the projections that bring it, and the pins on it, onto a chart.

The world chart is a Miller cylindrical projection (Snyder, "Map Projections: A Working Manual", USGS 1987,
page 88): close to the charts sailors know, but without Mercator's giant north. Its middle is 11 degrees east,
so that its edge runs through the Bering Strait and cuts no land.
"""

import json
import math
from functools import cache
from pathlib import Path

from portal.drawing.pen import Point, line, steps

DATA = Path(__file__).resolve().parent.parent / "data" / "world-land-110m.geojson"
MIDDLE, NORTH, SOUTH = 11.0, 77.7, -58.0
#: Points of the data from here on lie on the cut at the antimeridian.
CUT = 179.9


def miller(latitude: float) -> float:
    """Miller's height for a latitude, in radians of the equator."""
    return 1.25 * math.log(math.tan(math.pi / 4 + 0.4 * math.radians(latitude)))


def project(latitude: float, longitude: float, width: float = 1000, height: float = 460) -> Point:
    """Where a place lies on the world chart; what lies beyond its edge is set on the edge."""
    x = (longitude - MIDDLE + 180) % 360 / 360
    y = (miller(NORTH) - miller(latitude)) / (miller(NORTH) - miller(SOUTH))
    return round(x * width, 2), round(min(max(y, 0), 1) * height, 2)


@cache
def coasts() -> tuple[tuple[Point, ...], ...]:
    """Every coast as (longitude, latitude) points, without Antarctica, opened where the data cut it."""
    features = json.loads(DATA.read_text())["features"]
    shapes = [ring for feature in features for polygon in feature["geometry"]["coordinates"] for ring in polygon]
    opened = [_opened(ring) for ring in shapes if max(latitude for _, latitude in ring) > SOUTH]
    return tuple(tuple(coast) for coast in opened if coast)


def _opened(ring: list) -> list[Point]:
    """A ring that touches the cut at 180 degrees begins and ends there: the cut itself is not drawn."""
    points = [tuple(point) for point in ring[:-1]]
    cut = [abs(longitude) >= CUT for longitude, _ in points]
    if not any(cut):
        return [*points, points[0]]
    start = next((i for i in range(len(points)) if cut[i] and not cut[(i + 1) % len(points)]), 0)
    turned = points[start:] + points[:start]
    inside = [i for i, (longitude, _) in enumerate(turned) if abs(longitude) < CUT]
    return turned[: inside[-1] + 2] if inside else []


@cache
def land_path(width: int = 1000, height: int = 460) -> str:
    """All land on the world chart as one path (fill rule evenodd: the Caspian is a hole)."""
    return "".join(steps(_on_chart(coast, width, height)) for coast in coasts())


def _on_chart(coast: tuple[Point, ...], width: int, height: int) -> list[Point]:
    """A coast on the chart, kept whole on the side where most of it lies."""
    middle = sum(longitude for longitude, _ in coast) / len(coast)
    east = 360 if middle < MIDDLE - 180 else 0
    points = [(lon + east - MIDDLE + 180, project(lat, lon, width, height)[1]) for lon, lat in coast]
    return [(min(max(x / 360, 0), 1) * width, y) for x, y in points]


@cache
def degree_border(width: int = 1000, height: int = 460, inset: float = 3) -> str:
    """The scale around a chart: a bar for every other ten degrees, as charts carry it along their frame."""
    flat = [[(width * i / 36, y), (width * (i + 1) / 36, y)] for i in range(0, 36, 2) for y in (inset, height - inset)]
    levels = [project(latitude, 0, width, height)[1] for latitude in range(-50, 80, 10)]
    pairs = list(zip(levels[::2], levels[1::2], strict=False))
    upright = [[(x, low), (x, high)] for low, high in pairs for x in (inset, width - inset)]
    return "".join(line(bar) for bar in flat + upright)


@cache
def land_rings() -> list[list[list[float]]]:
    """Every shape of land as [latitude, longitude] points in hundredths of a degree, for a map that moves."""
    features = json.loads(DATA.read_text())["features"]
    shapes = [ring for feature in features for polygon in feature["geometry"]["coordinates"] for ring in polygon]
    return [[[round(latitude, 2), round(longitude, 2)] for longitude, latitude in ring] for ring in shapes]
