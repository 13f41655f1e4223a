"""What the portal draws: projections, winds, labels, pictures from seeds, and their template tags."""

import re
import subprocess
import sys
from itertools import combinations, pairwise
from types import SimpleNamespace
from xml.etree import ElementTree

import pytest
from django.template import Context, Template
from django.utils import translation

from portal import drawing
from portal.drawing.labels import overlap
from portal.drawing.story import draw_motif
from portal.drawing.wind import wind_of

WIDTH, HEIGHT = 1000, 460
PLACES = [
    ("Colombia", 4.7, -74.1),
    ("España", 40.4, -3.7),
    ("Portugal", 38.7, -9.1),
    ("المغرب", 33.9, -6.8),
    ("Greece", 38.0, 23.7),
    ("臺灣", 25.0, 121.5),
    ("Philippines", 14.6, 121.0),
    ("Aotearoa New Zealand", -41.3, 174.8),
    ("Hawaiʻi", 21.3, -157.8),
]


def pin(name="Taiwan", latitude=25.03, longitude=121.56, lang="en", url="/en/taiwan/"):
    return SimpleNamespace(name=name, url=url, latitude=latitude, longitude=longitude, lang=lang)


def rendered(source, **context):
    return Template("{% load drawing %}" + source).render(Context(context))


def tree(markup):
    return ElementTree.fromstring(markup.strip())  # noqa: S314 (our own markup)


def corners(path):
    """All points of a path of absolute starts and relative steps."""
    for start, steps in re.findall(r"M([^lM]+)l([^MZ]+)", path):
        x, y = map(float, start.split())
        numbers = [float(n) for n in re.findall(r"-?(?:\d+\.?\d*|\.\d+)", steps)]
        assert len(numbers) % 2 == 0
        yield x, y
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + dx, y + dy
            yield x, y


@pytest.mark.parametrize(
    ("place", "point"),
    [
        ((0, 11), (500.0, 277.62)),
        ((77.7, -169), (0.0, 0.0)),
        ((-58, 101), (750.0, 460.0)),
        ((25.03, 121.56), (807.11, 206.61)),  # Taipei
        ((51.48, 0), (469.44, 120.37)),  # Greenwich
    ],
)
def test_project_known_points(place, point):
    assert drawing.project(*place) == point


def test_project_keeps_the_poles_on_the_chart():
    assert drawing.project(90, 0)[1] == 0
    assert drawing.project(-90, 0)[1] == HEIGHT


def test_land_lies_within_the_chart_and_is_small():
    path = drawing.land_path()
    points = list(corners(path))
    assert len(points) > 3000
    assert all(-0.1 <= x <= WIDTH + 0.1 and -0.1 <= y <= HEIGHT + 0.1 for x, y in points)
    assert len(path) < 40_000


def test_no_coast_crosses_the_chart():
    for ring in re.findall(r"M[^M]+", drawing.land_path()):
        assert all(abs(a[0] - b[0]) < 60 for a, b in pairwise(corners(ring)))


def test_land_around_an_island_and_around_open_sea():
    assert "M" in drawing.land_around(25.03, 121.56)
    assert drawing.land_around(-48.9, -123.4) == ""  # Point Nemo: no land within 2,000 km


def test_rose_has_sixteen_points_and_one_north():
    points = drawing.rose_points(46)
    assert {point["name"] for point in points} == set(drawing.POINTS)
    assert len(points) == 16
    assert [point["name"] for point in points if point["is_north"]] == ["N"]
    assert [point["rank"] for point in points] == ["quarter"] * 8 + ["half"] * 4 + ["principal"] * 4


def test_winds_are_coloured_by_their_course():
    assert wind_of(0, 8) == "ink"  # from the northern node straight south
    assert wind_of(1, 9) == "green"  # half wind
    assert wind_of(0, 7) == "red"  # quarter wind
    lines = {colour: path.count("M") for colour, path in drawing.winds(0, 0, 100).items()}
    assert lines == {"ink": 20, "green": 20, "red": 32}


def test_labels_neither_collide_nor_leave_the_chart():
    points = [(name, *drawing.project(*place)) for name, *place in PLACES]
    labels = drawing.place_labels(points)
    assert [label.name for label in labels] == [name for name, *_ in PLACES]
    assert all(label.shown for label in labels)
    assert not any(overlap(a.box, b.box) for a, b in combinations(labels, 2))
    for left, top, right, foot in (label.box for label in labels):
        assert 0 < left < right < WIDTH
        assert 0 < top < foot < HEIGHT
    assert labels == drawing.place_labels(points)


def test_labels_without_room_are_left_to_the_list():
    labels = drawing.place_labels([(f"Place {i}", 500, 200) for i in range(60)])
    shown = [label for label in labels if label.shown]
    assert 0 < len(shown) < 60
    assert not any(overlap(a.box, b.box) for a, b in combinations(shown, 2))


@pytest.mark.parametrize("draw", [drawing.hills, drawing.draw_story, drawing.draw_person])
def test_same_seed_same_drawing(draw):
    assert draw("lantern") == draw("lantern")
    assert draw("lantern") != draw("kettle")


def test_seeds_do_not_depend_on_the_process():
    code = "from portal.drawing import hills; print(hills('lantern')['far'])"
    other = subprocess.check_output([sys.executable, "-c", code], text=True)  # noqa: S603
    assert other.strip() == drawing.hills("lantern")["far"]


def test_seeds_reach_every_motif():
    assert {drawing.draw_story(seed)["motif"] for seed in range(80)} == set(drawing.MOTIFS)


@pytest.mark.parametrize("motif", sorted(drawing.MOTIFS))
def test_every_motif_draws(motif):
    assert all(stroke.look and stroke.path.startswith("M") for stroke in draw_motif(motif, 1))


@pytest.mark.parametrize(
    "source",
    [
        "{% rose %}",
        "{% rose size=180 %}",
        "{% head_winds %}",
        "{% head_winds 25.03 121.56 %}",
        "{% world_chart pins label='Regions' %}",
        "{% locator 25.03 121.56 label='Taipei' %}",
        "{% drawn_picture 7 %}",
        "{% drawn_person 'Lin' %}",
        "{% cost_key 'free' %}",
        "{% cost_key 'paid' %}",
        "{% cost_key 'donation' %}",
    ],
)
def test_tags_render_well_formed_without_styles_in_every_language(source):
    with translation.override("es"):  # where a localised 1.5 would be 1,5
        markup = rendered(source, pins=[pin()])
    assert tree(markup).tag in {"svg", "div"}
    assert " style=" not in markup
    assert not re.search(r' (?:x|y|cx|cy|r|transform)="[^"]*\d,\d', markup)


def test_chart_links_every_pin_with_a_title():
    pins = [pin(), pin("ﺕ <b>", 36.8, 10.2, "ar", "/ar/t/")]
    markup = rendered("{% world_chart pins label='Regions' %}", pins=pins)
    chart = tree(markup).find("svg")
    links = chart.findall("a")
    assert chart.get("role") == "group"
    assert chart.get("aria-label") == "Regions"
    assert [link.get("href") for link in links] == ["/en/taiwan/", "/ar/t/"]
    assert [link.find("title").text for link in links] == ["Taiwan", "ﺕ <b>"]
    assert links[1].get("lang") == "ar"


def test_chart_passes_over_pins_without_place():
    assert "<a " not in rendered("{% world_chart pins %}", pins=[pin(latitude=None)])


def test_locator_without_place_is_nothing():
    assert rendered("{% locator None None %}").strip() == ""


def test_signs_of_cost_differ():
    free, paid, donation = (rendered(f"{{% cost_key '{cost}' %}}") for cost in ("free", "paid", "donation"))
    assert "<circle" in free
    assert paid.count("<path") == 1
    assert donation.count("<path") == 2
