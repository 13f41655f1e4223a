"""Distances and boxes on the globe."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.geo import Box, box_around, distance

latitudes = st.floats(-90, 90)
longitudes = st.floats(-180, 180)


def holds(box, latitude, longitude):
    inside = box.west <= longitude <= box.east
    if box.crosses_antimeridian:
        inside = longitude >= box.west or longitude <= box.east
    return inside and box.south <= latitude <= box.north


@pytest.mark.parametrize(
    ("one", "other", "kilometres"),
    [
        ((0, 0), (0, 0), 0),
        ((0, 0), (0, 1), 111.195),
        ((52.52, 13.405), (48.8566, 2.3522), 877.46),  # Berlin, Paris
        ((10, 179.9), (10, -179.9), 21.901),  # over the antimeridian
        ((90, 0), (-90, 0), 20015.115),
    ],
)
def test_distance(one, other, kilometres):
    assert distance(*one, *other) == pytest.approx(kilometres, abs=0.01)


def test_a_box_over_the_antimeridian():
    box = box_around(0, 179.95, 11.1195)
    assert box == pytest.approx(Box(179.85, -0.1, -179.95, 0.1), abs=1e-3)
    assert box.crosses_antimeridian


def test_a_box_at_the_pole_goes_all_the_way_round():
    assert box_around(89.99, 30, 50)[::2] == (-180, 180)


@given(latitudes, longitudes, st.floats(0.1, 3000), latitudes, longitudes)
def test_what_is_so_near_is_in_the_box(latitude, longitude, reach, other_latitude, other_longitude):
    if distance(latitude, longitude, other_latitude, other_longitude) < reach * 0.999:
        assert holds(box_around(latitude, longitude, reach), other_latitude, other_longitude)
