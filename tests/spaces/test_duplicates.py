"""Which spaces may be the same place."""

import pytest

from spaces.duplicates import likely_duplicates
from tests.factories import SpaceFactory, open_region

pytestmark = pytest.mark.django_db
NAIROBI = {"latitude": -1.2921, "longitude": 36.8219}


@pytest.fixture
def hub():
    return SpaceFactory(region=open_region(), name="Ngong Road Hub", slug="hub", **NAIROBI)


def names(*place):
    return [(each.space.name, each.is_next_door, each.has_similar_name) for each in likely_duplicates(*place)]


def test_next_door_under_another_name(hub):
    assert names("Something else", -1.2931, 36.8219) == [("Ngong Road Hub", True, False)]  # 111 m


def test_two_streets_away_is_another_place(hub):
    assert names("Something else", -1.2945, 36.8219) == []  # 267 m


def test_a_similar_name_in_the_same_town(hub):
    assert names("The HUB, Ngong Road", -1.35, 36.9) == [("Ngong Road Hub", False, True)]


def test_a_similar_name_far_away_is_another_place(hub):
    assert names("Ngong Road Hub", -4.05, 39.66) == []  # Mombasa


def test_the_likeliest_comes_first(hub):
    SpaceFactory(region=hub.region, name="Library", slug="library", **NAIROBI)
    assert [each[0] for each in names("Ngong road hub", *NAIROBI.values())] == ["Ngong Road Hub", "Library"]
