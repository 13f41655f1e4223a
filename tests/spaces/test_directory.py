"""The directory: list, map and files of one and the same set of spaces, and what is said to bad input."""

import csv
from datetime import timedelta
from io import StringIO

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from spaces.models import Space, SpaceHost
from tests.factories import SpaceFactory, listed_space, open_region, publish_in

pytestmark = pytest.mark.django_db
WORLD = "/spaces/clusters.json?bbox=-180,-85,180,85&zoom=2"
MOMBASA = {"latitude": -4.06, "longitude": 39.67, "city": "Mombasa"}


@pytest.fixture
def region():
    return open_region(name="Kenya")


@pytest.fixture
def spaces(region):
    """Three spaces: two in Nairobi, of which one is paid, and one in Mombasa."""
    now = timezone.now()
    first = listed_space(region, name="Kilimani", facilities=["wifi", "kitchen"], step_free="yes", confirmed_at=now)
    second = listed_space(
        region, name="Workbench", cost="hourly", price=600, currency="KES", capacity=10, facilities=["wifi"], latitude=-1.31
    )
    third = listed_space(region, name="Courtyard", cost="donation", kind="cultural", **MOMBASA)
    second.tags.set(["repair"])
    return first, second, third


def soup(client, query="", language="en"):
    answer = client.get(f"/{language}/spaces/{query}")
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


def names(page):
    return [link.get_text() for link in page.select("#found .space h3 a")]


def on_map(client, query=""):
    """The names of everything that the map shows at its closest, in the same filters."""
    found = []
    for box in ("36.7,-1.4,36.9,-1.2", "39.6,-4.1,39.7,-4"):
        for mark in client.get(f"/spaces/clusters.json?bbox={box}&zoom=14&{query}").json()["marks"]:
            found += [space["name"] for space in mark["spaces"]]
    return sorted(found)


def in_files(client, query):
    collection = client.get(f"/spaces.geojson?{query}").json()
    rows = list(csv.DictReader(StringIO(client.get(f"/spaces.csv?{query}").content.decode())))
    ids = [feature["id"] for feature in collection["features"]]
    assert [row["id"] for row in rows] == ids
    return [feature["properties"]["name"] for feature in collection["features"]]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["Kilimani", "Courtyard", "Workbench"]),
        ("q=court", ["Courtyard"]),
        ("region=kenya&cost=free", ["Kilimani"]),
        ("cost=donation", ["Courtyard"]),
        ("cost=paid", ["Workbench"]),
        ("country=KE", ["Kilimani", "Courtyard", "Workbench"]),
        ("kind=cultural", ["Courtyard"]),
        ("people=11", ["Kilimani", "Courtyard"]),
        ("facility=wifi", ["Kilimani", "Workbench"]),
        ("facility=wifi&facility=kitchen", ["Kilimani"]),
        ("step_free=on", ["Kilimani"]),
        ("tag=repair", ["Workbench"]),
        ("near=Nairobi", ["Kilimani", "Workbench"]),
        ("near=-4.05,39.66&within=5", ["Courtyard"]),
        ("near=Nairobi&within=1000", ["Kilimani", "Courtyard", "Workbench"]),
        ("near=Nairobi&cost=paid", ["Workbench"]),
        ("q=nothing-is-called-so", []),
    ],
)
def test_list_map_and_files_tell_of_the_same_spaces(client, spaces, query, expected):
    assert names(soup(client, f"?{query}")) == expected
    assert on_map(client, query) == sorted(expected)
    assert in_files(client, query) == expected


def test_a_line_counts_and_chips_take_one_filter_off(client, spaces):
    page = soup(client, "?facility=wifi&facility=kitchen&people=5&near=Nairobi&page=1")
    assert page.select_one("#found .count").get_text() == "1 space, 1 free"
    chips = {chip.get_text(): chip["href"] for chip in page.select("#found .chips a")}
    taken_off = {label.removeprefix("Take off: "): href for label, href in chips.items()}
    assert list(taken_off) == ["Nairobi, Kenya", "room for 5", "wifi", "kitchen", "Take off all"]
    rest = soup(client, taken_off["wifi"])
    assert [box["value"] for box in rest.select("[name=facility][checked]")] == ["kitchen"]
    assert rest.select_one("[name=people]")["value"] == "5"


def test_near_says_how_far_and_puts_free_ones_first_then_the_nearest(client, region):
    listed_space(region, name="Free and far", latitude=-1.2, longitude=36.8)
    listed_space(region, name="Free and near", latitude=-1.286, longitude=36.817)
    listed_space(region, name="Paid next door", latitude=-1.2833, longitude=36.8167, cost="daily", price=1, currency="KES")
    page = soup(client, "?near=-1.28333,36.81667")
    assert names(page) == ["Free and near", "Free and far", "Paid next door"]
    assert [away.get_text() for away in page.select("#found .away")] == ["300 m away", "9.4 km away", "0 m away"]


@pytest.mark.parametrize(
    ("query", "field", "words"),
    [
        ("near=100,200", "near", "between -90 and 90"),
        ("near=139.7,35.6", "near", "Did you mean 35.6, 139.7?"),
        ("near=Nowhereville-upon-Naught", "near", "No city of this name"),
        ("near=" + "x" * 3000, "near", "120"),
        ("near=nan,inf", "near", "No city of this name"),
        ("within=3", "within", "Not known here"),
        ("people=-1", "people", "Not known here"),
        ("people=1e99", "people", "Not known here"),
        ("people=many", "people", "Not known here"),
        ("cost=gratis", "cost", "Not known here"),
        ("kind=castle", "kind", "Not known here"),
        ("country=XX", "country", "Not known here"),
        ("facility=helipad", "facility", "Not known here"),
        ("region=atlantis", "region", "Not known here"),
    ],
)
def test_a_bad_value_is_told_beside_its_field_and_filters_nothing(client, spaces, query, field, words):
    page = soup(client, f"?{query}")
    assert words in page.select_one(f'[data-field="{field}"] .field-error').get_text()
    assert len(page.select(".field-error")) == 1
    assert len(names(page)) == 3
    refused = client.get(f"/spaces.geojson?{query}")
    assert refused.status_code == 422
    assert refused["Content-Type"] == "application/problem+json"
    assert [error["field"] for error in refused.json()["errors"]] == [field]
    assert client.get(f"/spaces.csv?{query}").status_code == 422


@pytest.mark.parametrize("text", ["\x00", "%00", "'; DROP TABLE spaces_space; --", "💣" * 500, "\u202e", "a" * 100_000])
def test_odd_text_is_no_error(client, spaces, text):
    for field in ("q", "tag", "near", "page"):
        assert client.get("/en/spaces/", {field: text}).status_code == 200
        assert client.get("/spaces.csv", {field: text}).status_code in (200, 422)


def test_an_empty_list_tells_what_to_drop_and_what_is_nearest(client, spaces):
    page = soup(client, "?near=Mombasa&people=11&facility=kitchen")
    assert names(page) == ["Kilimani"]  # the nearest that fits the rest
    assert [miss.get_text() for miss in page.select(".near-misses li")] == [
        "Without “kitchen”: 1 space",
        "Without “Mombasa, Kenya”: 1 space",
    ]
    for miss in page.select(".near-misses a"):
        assert names(soup(client, miss["href"]))


def test_where_no_filter_alone_is_to_blame_several_are_dropped(client, spaces):
    page = soup(client, "?q=Kilimani&people=5000&kind=cultural")
    assert names(page) == []
    assert [miss.get_text() for miss in page.select(".near-misses li")] == [
        "Without “cultural centre and room for 5000”: 1 space",
        "Without “Kilimani and room for 5000”: 1 space",
    ]
    assert names(soup(client, page.select_one(".near-misses a")["href"])) == ["Kilimani"]
    assert "room for 5000" in page.select_one(".chips").get_text()


def test_a_space_is_found_by_what_its_page_is_called_in_any_language(client, spaces):
    publish_in(spaces[2].pages.get(), "fr", title="La Cour")
    assert names(soup(client, "?q=la+cour")) == ["Courtyard"]
    assert names(soup(client, "?q=cour+mombasa")) == ["Courtyard"]
    assert names(soup(client, "?q=cour+nairobi")) == []


@pytest.mark.parametrize("words", ["bogota", "Bogotá", "BOGOTA salon", "salón-central", "lodz", "Strasse", "الكويت"])
def test_accents_capitals_and_dashes_do_not_matter(client, region, words):
    listed_space(region, name="Łódź Salón Central", city="Bogotá", address="Große Straße 1, الكُوَيت")
    listed_space(region, name="Other")
    assert names(soup(client, f"?q={words}")) == ["Łódź Salón Central"]


def test_another_place_of_the_same_name_is_one_click_away(client, region):
    listed_space(region, name="In Costa Rica", latitude=9.93, longitude=-84.08)
    page = soup(client, "?near=San+Jose&cost=free")
    others = {link.get_text(): link["href"] for link in page.select(".other-places a")}
    costa_rica = next(name for name in others if name.endswith("Costa Rica"))
    assert page.select_one(".count").get_text(strip=True) == "0 spaces"
    there = soup(client, others[costa_rica])
    assert names(there) == ["In Costa Rica"]
    assert [chip.get_text(strip=True) for chip in there.select(".chips li")][:2] == [f"Take off:{costa_rica}", "Take off:free"]
    assert not soup(client, "?near=9.93,-84.08").select(".other-places a")


def test_a_chip_says_what_is_filtered_in_words(client, spaces):
    chips = [chip.get_text(strip=True) for chip in soup(client, "?tag=repair&within=100").select(".chips li")]
    assert chips == ["Take off:#repair", "Take off all"]
    chips = [chip.get_text(strip=True) for chip in soup(client, "?near=Nairobi&within=100").select(".chips li")]
    assert chips == ["Take off:Nairobi, Kenya", "Take off:100 km", "Take off all"]


def test_files_say_how_far_away_when_it_was_asked(client, spaces):
    rows = list(csv.DictReader(StringIO(client.get("/spaces.csv?near=-1.3,36.78&within=1000").content.decode())))
    assert [(row["name"], row["kilometres"]) for row in rows][:1] == [("Kilimani", "0.0")]
    told = client.get("/spaces.geojson?near=-1.3,36.78&within=1000").json()["features"]
    assert [feature["properties"]["kilometres"] for feature in told] == [0.0, 444.08, 1.11]
    assert "kilometres" not in client.get("/spaces.geojson").json()["features"][0]["properties"]


def test_pages_of_the_list_keep_the_filters(client, region):
    for number in range(25):
        listed_space(region, name=f"Room {number:02}")
    page = soup(client, "?q=room")
    assert len(names(page)) == 24
    second = soup(client, page.select_one(".paging a[rel=next]")["href"])
    assert names(second) == ["Room 24"]
    assert second.select_one("main [name=q]")["value"] == "room"


@pytest.mark.parametrize(
    ("asked", "first"), [("0", 0), ("-3", 0), ("x", 0), ("", 0), ("1e3", 0), ("9" * 5000, 0), ("2", 24), ("99", 24)]
)
def test_a_page_that_is_not_there_is_the_nearest_one(client, region, asked, first):
    for number in range(25):
        listed_space(region, name=f"Room {number:02}")
    assert names(soup(client, f"?page={asked}"))[0] == f"Room {first:02}"


def test_dormant_spaces_are_found_by_their_filter_only(client, spaces):
    space = spaces[0]
    space.status = Space.Status.DORMANT
    space.save()
    assert names(soup(client)) == ["Courtyard", "Workbench"]
    assert on_map(client) == ["Courtyard", "Workbench"]
    assert "Kilimani" in names(soup(client, "?dormant=on"))
    assert "Kilimani" in on_map(client, "dormant=on")
    assert client.get(space.pages.get().get_url()).status_code == 200


@pytest.mark.parametrize("status", ["draft", "imported", "closed"])
def test_what_is_not_public_is_nowhere(client, region, status):
    SpaceFactory(region=region, name="Secret", status=status)
    draft = listed_space(region, name="Taken down")
    draft.pages.get().unpublish()
    assert names(soup(client)) == []
    assert in_files(client, "") == []
    assert on_map(client) == []
    assert client.get(f"/spaces/share/{draft.slug}.png").status_code == 404


def test_the_reader_gets_the_name_in_their_language_and_a_mark_where_it_is_missing(client, spaces):
    publish_in(spaces[0].pages.get(), "fr", title="La pièce")
    french = soup(client, language="fr")
    assert "La pièce" in names(french)
    marks = client.get("/spaces/clusters.json?bbox=30,-10,45,5&zoom=9&language=fr&cost=free").json()["marks"]
    marks += client.get("/spaces/clusters.json?bbox=30,-10,45,5&zoom=9&language=fr&cost=donation").json()["marks"]
    shown = {space["name"]: (space["language"], space["url"]) for mark in marks for space in mark["spaces"]}
    assert shown["La pièce"] == ("fr", "/fr/regions/kenya/kilimani/")
    assert shown["Courtyard"] == ("en", "/en/regions/kenya/courtyard/")


def test_the_list_takes_as_many_queries_for_three_as_for_twenty(client, region):
    counts = []
    for size in (3, 20):
        for number in range(Space.objects.count(), size):
            listed_space(region, name=f"Room {number}", latitude=-1.3 + number / 100, facilities=["wifi"])
        taken = []
        for address in (
            "/en/spaces/",
            "/en/spaces/?facility=wifi&near=Nairobi",
            WORLD,
            f"{WORLD}&facility=wifi",
            "/spaces.csv",
        ):
            client.get(address)
            with CaptureQueriesContext(connection) as queries:
                assert client.get(address).status_code == 200
            taken.append(len(queries))
        counts.append(taken)
    assert counts[0] == counts[1]


def test_a_file_is_open_to_other_sites_and_not_sent_twice(client, spaces):
    for address, kind in (("/spaces.geojson", "application/geo+json"), ("/spaces.csv", "text/csv; charset=utf-8")):
        first = client.get(address)
        assert first["Content-Type"] == kind
        assert first["Access-Control-Allow-Origin"] == "*"
        assert "Cookie" not in first.get("Vary", "")
        again = client.get(address, headers={"If-None-Match": first["ETag"]})
        assert (again.status_code, again["Access-Control-Allow-Origin"]) == (304, "*")
        assert "ETag" in again["Access-Control-Expose-Headers"]
        asked = client.options(address)
        assert (asked.status_code, asked["Access-Control-Allow-Headers"]) == (204, "If-None-Match, Accept")
        spaces[0].capacity += 1
        spaces[0].save()
        assert client.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 200
    again = client.get(WORLD)
    assert client.get(WORLD, headers={"If-None-Match": again["ETag"]}).status_code == 304


def test_a_file_holds_all_public_facts_and_no_formula_and_no_host(client, region):
    space = listed_space(region, name="=HYPERLINK(1)", cost="hourly", price="5.50", currency="EUR", facilities=["wifi"])
    SpaceHost.objects.create(space=space, name="Wanjiru", email="wanjiru@example.org")
    space.tags.set(["b", "a"])
    [feature] = client.get("/spaces.geojson").json()["features"]
    assert feature["geometry"] == {"type": "Point", "coordinates": [36.78, -1.3]}
    assert feature["properties"]["name"] == "=HYPERLINK(1)"
    assert feature["properties"]["price"] == 5.5
    assert feature["properties"]["tags"] == ["a", "b"]
    assert feature["properties"]["url"].startswith("http://testserver/en/regions/kenya/")
    text = client.get("/spaces.csv").content.decode()
    [row] = csv.DictReader(StringIO(text))
    assert (row["name"], row["latitude"], row["tags"]) == ("'=HYPERLINK(1)", "-1.3", "a, b")
    assert "wanjiru" not in text.lower()


@pytest.mark.parametrize("language", ["de", "xx", "../en"])
def test_a_language_that_is_not_there_is_refused(client, spaces, language):
    assert client.get("/spaces.csv", {"language": language}).json()["errors"] == [
        {"field": "language", "message": "The portal has no such language."}
    ]


@pytest.mark.parametrize("old", [timedelta(days=1), timedelta(days=400)])
def test_every_card_says_when_it_was_confirmed(client, region, old):
    listed_space(region, confirmed_at=timezone.now() - old)
    assert "onfirmed" in soup(client).select_one(".card .fresh").get_text()
