"""Places on the globe: how far apart they are, and the box around one. Degrees of WGS 84 in, kilometres out. A leaf."""

import math
from typing import NamedTuple

EARTH = 6371.0088  # mean radius in kilometres (IUGG)


class Box(NamedTuple):
    """A part of the map in degrees, in the order of GeoJSON's `bbox` (RFC 7946, section 5).

    When `west` is greater than `east` it reaches over the antimeridian.
    """

    west: float
    south: float
    east: float
    north: float

    @property
    def crosses_antimeridian(self):
        return self.west > self.east


def distance(latitude, longitude, other_latitude, other_longitude):
    """Kilometres between two places along the great circle (haversine)."""
    phi, other_phi = math.radians(latitude), math.radians(other_latitude)
    half_lat, half_lon = (other_phi - phi) / 2, math.radians(other_longitude - longitude) / 2
    chord = math.sin(half_lat) ** 2 + math.cos(phi) * math.cos(other_phi) * math.sin(half_lon) ** 2
    return 2 * EARTH * math.asin(min(1, math.sqrt(chord)))


def box_around(latitude, longitude, kilometres):
    """The smallest box that holds everything so near; near a pole it goes all the way round."""
    reach = math.degrees(kilometres / EARTH)
    south, north = max(latitude - reach, -90), min(latitude + reach, 90)
    if south <= -90 or north >= 90:  # noqa: PLR2004 (the poles)
        return Box(-180, south, 180, north)
    # Meridians come together towards the pole: the widest part of the circle lies a little beyond its centre.
    ratio = math.sin(math.radians(reach)) / math.cos(math.radians(latitude))
    width = math.degrees(math.asin(ratio)) if ratio < 1 else 180
    if width >= 180:  # noqa: PLR2004 (all the way round)
        return Box(-180, south, 180, north)
    return Box(turned(longitude - width), south, turned(longitude + width), north)


def turned(longitude):
    """The same meridian between -180 and 180."""
    return (longitude + 180) % 360 - 180
