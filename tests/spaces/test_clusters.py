"""Marks of the map: counted ahead, never out of step with the spaces, and placed where the spaces are."""

import random

import pytest
from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as st

from portal.geo import Box
from spaces.clusters import marks_of
from spaces.directory import WORLD
from spaces.grid import STEPS, ZOOMS, degrees_of, fitting_zoom, place_of, spans, squares_of
from spaces.models import Pin, Space, Square
from spaces.models.pins import squares_among
from tests.factories import SpaceFactory, listed_space, open_region

ROWS = ("square", "cost", "count", "sum_x", "sum_y", "sum_marks")
SHOWN = ("space", "point", "cost", "is_dormant", "words")
latitudes, longitudes = st.floats(-85, 85), st.floats(-180, 179.9999)


@given(latitudes, longitudes)
def test_a_place_comes_back_from_the_grid(latitude, longitude):
    place = place_of(latitude, longitude)
    assert 0 <= place.x < STEPS
    assert 0 <= place.y < STEPS
    assert degrees_of(*place) == pytest.approx((latitude, longitude), abs=0.00003)


@given(latitudes, longitudes, st.sampled_from(ZOOMS))
def test_a_square_that_holds_a_place_is_among_those_of_a_box_around_it(latitude, longitude, zoom):
    box = Box(max(longitude - 0.01, -180), max(latitude - 0.01, -90), min(longitude + 0.01, 180), min(latitude + 0.01, 90))
    key = list(squares_of(place_of(latitude, longitude)))[zoom]
    column, row = key >> 20 & 0xFFFFF, key & 0xFFFFF
    assert any(span.west <= column <= span.east and span.north <= row <= span.south for span in spans(box, zoom))


@pytest.mark.parametrize("zoom", [0, 5, 16, 22])
def test_a_wide_box_is_answered_in_squares_that_are_few_enough(zoom):
    fitting = fitting_zoom(Box(-180, -90, 180, 90), zoom)
    assert sum((s.east - s.west + 1) * (s.south - s.north + 1) for s in spans(WORLD, fitting)) <= 1200
    assert fitting <= zoom


def test_a_box_over_the_antimeridian_has_two_parts():
    assert [(s.west, s.east) for s in spans(Box(170, -20, -170, 0), 2)] == [(15, 15), (0, 0)]


@given(st.lists(st.tuples(latitudes, longitudes, st.sampled_from(["free", "donation", "paid"])), max_size=40))
def test_no_space_is_lost_or_counted_twice_when_marks_are_joined(spaces):
    rows = []
    for latitude, longitude, cost in spaces:
        place = place_of(latitude, longitude)
        rows.append((place.x >> 20, place.y >> 20, cost, 1, place.x, place.y, place.mark))
    marks = marks_of(rows, 2)
    assert sum(mark.sums.count for mark in marks) == len(spaces)
    assert sum(mark.sums.free for mark in marks) == sum(cost == "free" for _lat, _lon, cost in spaces)


@pytest.fixture
def region(db):
    return open_region(name="Kenya")


def rows():
    return sorted(Square.objects.values_list(*ROWS))


def assert_in_step():
    """The sums are what they would be if they were counted anew."""
    kept, pins = rows(), sorted(Pin.objects.values_list(*SHOWN))
    Pin.objects.rebuild()
    assert kept == rows()
    assert pins == sorted(Pin.objects.values_list(*SHOWN))


def test_sums_follow_everything_that_happens_to_a_space(region):
    other = open_region(name="Tanzania")
    rng, spaces = random.Random(7), [listed_space(region, name=f"Room {n}", latitude=-1.3 + n) for n in range(4)]
    assert Pin.objects.count() == 4

    def moved(space):
        space.latitude += rng.uniform(-3, 3)
        space.save()

    def priced(space):
        space.cost, space.price, space.currency = rng.choice([("free", None, ""), ("hourly", 5, "KES"), ("donation", None, "")])
        space.save(update_fields=["cost", "price", "currency"])

    def dormant(space):
        space.status = Space.Status.DORMANT
        space.save(update_fields=["status"])

    def renamed(space):
        space.name = f"Room {rng.random()}"
        space.save(update_fields=["name"])

    def called_otherwise(space):
        page = space.pages.get()
        page.title = f"Título {rng.random()}"
        page.save_revision().publish()

    acts = [
        moved,
        renamed,
        called_otherwise,
        priced,
        dormant,
        lambda space: space.close(),
        lambda space: space.list(),
        lambda space: space.move_to(other),
        lambda space: space.pages.get().unpublish(),
        lambda space: space.save(),
    ]
    for _step in range(32):
        space = Space.objects.get(pk=rng.choice(spaces).pk)
        rng.choice(acts)(space)
        assert_in_step()


def test_a_deleted_page_and_a_closed_region_leave_nothing_on_the_map(region):
    space, _other = listed_space(region, name="One"), listed_space(region, name="Two")
    space.pages.get().delete()
    assert Pin.objects.count() == 1
    region.close()
    assert (Pin.objects.count(), Square.objects.count()) == (0, 0)


def test_rows_written_past_the_portal_are_counted_by_the_command(region, capsys):
    listed_space(region)
    Pin.objects.all().delete()
    Square.objects.all().delete()
    call_command("rebuild_map")
    assert Pin.objects.count() == 1
    assert Square.objects.count() == len(ZOOMS)


@pytest.mark.parametrize("zoom", [0, 3, 7, 12, 16])
def test_counted_ahead_and_counted_now_is_the_same(region, zoom):
    rng = random.Random(zoom)
    for number in range(12):
        position = {"latitude": rng.uniform(-2, 2), "longitude": rng.choice([36.8, 36.9, rng.uniform(-179, 179)])}
        listed_space(region, name=f"Room {number}", cost=rng.choice(["free", "donation"]), **position)
    box = Box(-180, -80, 180, 80)
    zoom = fitting_zoom(box, zoom)
    ahead = sorted(Square.objects.in_box(box, zoom).rows())
    assert ahead == sorted(squares_among(Space.objects.on_map(), box, zoom))
    assert sum(row[3] for row in ahead) == 12


def test_spaces_at_one_place_are_one_mark_that_lists_them_free_first(region, client):
    listed_space(region, name="Paid", cost="daily", price=3, currency="KES")
    listed_space(region, name="Free")
    [mark] = client.get("/spaces/clusters.json?bbox=30,-10,40,10&zoom=5").json()["marks"]
    assert [space["name"] for space in mark["spaces"]] == ["Free", "Paid"]
    assert mark["label"] == "2 spaces, 1 free. Show them"
    assert mark["cost"] == "free"
    assert mark["at"] == pytest.approx([-1.3, 36.78], abs=0.0001)


def test_a_cluster_is_named_and_opens_into_its_parts(region, client):
    listed_space(region, name="Nairobi")
    listed_space(region, name="Mombasa", latitude=-4.06, longitude=39.67, cost="hourly", price=5, currency="KES")
    [cluster] = client.get("/spaces/clusters.json?bbox=-180,-85,180,85&zoom=1").json()["marks"]
    assert (cluster["label"], cluster["count"], cluster["free"]) == ("2 spaces, 1 free. Zoom in", 2, 1)
    west, south, east, north = cluster["box"]
    parts = client.get(f"/spaces/clusters.json?bbox={west},{south},{east},{north}&zoom=7").json()["marks"]
    assert sorted(part["label"] for part in parts) == ["Mombasa, KES 5 an hour", "Nairobi, Free"]


def test_a_box_shows_what_is_in_it_and_reaches_over_the_antimeridian(region, client):
    listed_space(region, name="Suva", latitude=-18.14, longitude=178.44)
    listed_space(region, name="Apia", latitude=-13.83, longitude=-171.76)
    listed_space(region, name="Nairobi")
    found = client.get("/spaces/clusters.json?bbox=170,-30,-165,0&zoom=6").json()["marks"]
    assert sorted(mark["label"] for mark in found) == ["Apia, Free", "Suva, Free"]


def test_many_at_one_place_are_a_number_and_not_a_long_list(region, client):
    for number in range(13):
        listed_space(region, name=f"Room {number}")
    [mark] = client.get("/spaces/clusters.json?bbox=30,-10,40,10&zoom=16").json()["marks"]
    assert (mark["count"], mark.get("spaces"), mark["key"][0]) == (13, None, "p")


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("zoom=2", "bbox"),
        ("bbox=&zoom=2", "bbox"),
        ("bbox=1,2,3&zoom=2", "bbox"),
        ("bbox=1,2,3,4,5&zoom=2", "bbox"),
        ("bbox=a,b,c,d&zoom=2", "bbox"),
        ("bbox=nan,0,1,1&zoom=2", "bbox"),
        ("bbox=inf,0,1,1&zoom=2", "bbox"),
        ("bbox=0,100,1,110&zoom=2", "bbox"),
        ("bbox=-200,0,1,1&zoom=2", "bbox"),
        ("bbox=0,20,1,10&zoom=2", "bbox"),
        ("bbox=0,0,1,1", "zoom"),
        ("bbox=0,0,1,1&zoom=-1", "zoom"),
        ("bbox=0,0,1,1&zoom=99", "zoom"),
        ("bbox=0,0,1,1&zoom=2.5", "zoom"),
        ("bbox=0,0,1,1&zoom=" + "9" * 5000, "zoom"),
    ],
)
def test_a_box_that_is_none_is_refused_in_words(client, db, query, field):
    answer = client.get(f"/spaces/clusters.json?{query}")
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == [field]
    assert answer["Access-Control-Allow-Origin"] == "*"


def test_a_space_that_is_no_longer_there_is_followed_to_nothing(region):
    space = SpaceFactory(region=region)
    Pin.objects.follow(space.pk + 1000)
    assert not Pin.objects.exists()
