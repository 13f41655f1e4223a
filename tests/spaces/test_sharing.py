"""The directory for other sites: SpaceAPI 15, a workbook without formulas, a list in a frame; what goes out comes in again."""

import csv
import io
import json

import pytest
from jsonschema import Draft7Validator
from openpyxl import load_workbook

from spaces.importers.formats import read
from spaces.importers.spaces import import_spaces
from spaces.models import Space
from tests.factories import listed_space, open_region

pytestmark = pytest.mark.django_db

TEXT, NUMBER = {"type": "string"}, {"type": "number"}
# What https://spaceapi.io asks of a document of version 15, of the parts that we write, in our own words.
SPACEAPI_15 = {
    "type": "object",
    "required": ["api_compatibility", "space", "logo", "url", "contact"],
    "properties": {
        "api_compatibility": {"type": "array", "items": TEXT, "contains": {"const": "15"}},
        "space": TEXT,
        "logo": {"type": "string", "pattern": "^https?://"},
        "url": {"type": "string", "pattern": "^https?://"},
        "location": {
            "type": "object",
            "minProperties": 1,
            "required": ["lat", "lon"],
            "properties": {
                "address": TEXT,
                "lat": NUMBER,
                "lon": NUMBER,
                "timezone": {"type": "string", "pattern": "^(UTC|[A-Za-z_]+/.+)$"},
                "country_code": {"type": "string", "pattern": "^[A-Z]{2}$"},
                "hint": {"type": "string", "minLength": 1},
            },
            "additionalProperties": False,
        },
        "contact": {"type": "object"},
        "links": {"type": "array", "items": {"type": "object", "required": ["name", "url"]}},
    },
    "patternProperties": {"^ext_": {"type": "object"}},
    "additionalProperties": False,
}


@pytest.fixture
def kenya():
    return open_region(name="Kenya")


def test_a_space_as_a_spaceapi_document(kenya, client):
    space = listed_space(kenya, name="Lamp Room")
    page = space.pages.get()
    page.getting_in = "Ring twice."
    page.save_revision().publish()
    answer = client.get("/spaceapi/lamp-room.json")
    document = answer.json()
    assert list(Draft7Validator(SPACEAPI_15).iter_errors(document)) == []
    assert document["space"] == "Lamp Room"
    assert document["url"] == f"http://testserver{space.pages.get().get_url()}"
    assert document["location"] == {
        "address": "Ngong Road 112, Nairobi, Kenya",
        "lat": -1.3,
        "lon": 36.78,
        "timezone": "Africa/Nairobi",
        "country_code": "KE",
        "hint": "Ring twice.",
    }
    assert (answer["Access-Control-Allow-Origin"], answer["Content-Type"]) == ("*", "application/json")


def test_the_directory_names_every_space_once(kenya, client):
    listed_space(kenya, name="Hub")
    listed_space(kenya, name="Hub", city="Mombasa")
    assert client.get("/spaceapi/").json() == {
        "Hub": "http://testserver/spaceapi/hub.json",
        "Hub (Mombasa)": "http://testserver/spaceapi/hub-2.json",
    }


def test_what_is_closed_has_no_document(kenya, client):
    listed_space(kenya, name="Hub").close()
    answer = client.get("/spaceapi/hub.json")
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert client.get("/spaceapi/").json() == {}


def sheet_of(answer):
    return [list(line) for line in load_workbook(io.BytesIO(answer.content)).active.iter_rows()]


def test_no_cell_of_the_workbook_is_a_formula(kenya, client):
    for name in ("=1+1", "+Plus", "-Minus", "@home", "=HYPERLINK(1)"):
        listed_space(kenya, name=name)
    answer = client.get("/spaces.xlsx")
    cells = [cell for line in sheet_of(answer) for cell in line]
    assert {cell.value for cell in cells} >= {"=1+1", "+Plus", "-Minus", "@home", "=HYPERLINK(1)"}
    assert {cell.data_type for cell in cells} <= {"s", "n", "inlineStr"}
    assert "spaces.xlsx" in answer["Content-Disposition"]


def test_the_workbook_takes_the_filters_of_the_directory(kenya, client):
    listed_space(kenya, name="Free")
    listed_space(kenya, name="Gift", cost="donation")
    names = [line[1].value for line in sheet_of(client.get("/spaces.xlsx?cost=donation"))]
    assert names == ["name", "Gift"]
    assert client.get("/spaces.xlsx?cost=cheap").status_code == 422


def test_a_workbook_that_is_known_is_not_sent_again(kenya, client):
    space = listed_space(kenya, name="Free")
    first = client.get("/spaces.xlsx")
    again = client.get("/spaces.xlsx", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    space.name = "Otherwise"
    space.save()
    assert client.get("/spaces.xlsx", headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_what_is_open_data_is_only_read(kenya, client):
    answer = client.post("/spaces.csv")
    assert (answer.status_code, answer["Allow"], answer["Content-Type"]) == (
        405,
        "GET, HEAD, OPTIONS",
        "application/problem+json",
    )


def test_the_list_for_other_sites_says_what_it_does_not_know(kenya, client):
    listed_space(kenya, name="Free")
    page = client.get("/embed/spaces/?cost=cheap").content.decode()
    assert "Cost: Not known here, so it filters nothing." in page
    assert "field-error" not in client.get("/embed/spaces/?cost=free").content.decode()


def file_of(client, name):
    """The workbook as it is served; the same rows as a table of text, and as a map."""
    workbook = client.get("/spaces.xlsx")
    columns, *lines = [[cell.value for cell in line] for line in sheet_of(workbook)]
    if name.endswith("xlsx"):
        return workbook.content
    if name.endswith("csv"):
        text = io.StringIO()
        safe = [[f"'{cell}" if str(cell).startswith(("=", "+", "-", "@")) else cell for cell in line] for line in lines]
        csv.writer(text).writerows([columns, *safe])
        return text.getvalue().encode()
    facts = [dict(zip(columns, line, strict=True)) for line in lines]
    points = [{"type": "Point", "coordinates": [each["longitude"], each["latitude"]]} for each in facts]
    features = [{"type": "Feature", "geometry": point, "properties": each} for point, each in zip(points, facts, strict=True)]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


@pytest.mark.parametrize("name", ["spaces.xlsx", "spaces.csv", "spaces.geojson"])
def test_what_goes_out_comes_in_again_unchanged(kenya, client, name):
    listed_space(
        kenya, name="=Formula", facilities=["wifi", "quiet-room", "backup-power"], cost="hourly", price=6, currency="KES"
    )
    listed_space(kenya, name="Kaffee, Kuchen", latitude=-2.5, step_free="partly", website="https://cafe.example.org")
    listed_space(kenya, name="Far", latitude=-3.5, capacity=7, kind="cafe").tags.add("maps", "talks")
    before = list(Space.objects.order_by("pk").values())
    content = file_of(client, name)
    report = import_spaces([read(name, content)], "again")
    assert [(row.outcome, row.reason) for row in report.rows] == [("unchanged", "")] * 3
    assert list(Space.objects.order_by("pk").values()) == before


def test_a_spaceapi_document_of_ours_comes_in_as_the_same_place(kenya, client):
    listed_space(kenya, name="Lamp Room")
    report = import_spaces([read("lamp.json", client.get("/spaceapi/lamp-room.json").content)], "again")
    assert [row.outcome for row in report.rows] == ["duplicate"], report.rows


def test_the_list_in_a_frame(kenya, client):
    listed_space(kenya, name="Lamp Room")
    listed_space(kenya, name="Gift", cost="donation")
    answer = client.get("/embed/spaces/?cost=free&language=fr", headers={"Accept-Language": "ar"})
    text = answer.content.decode()
    assert "frame-ancestors *" in answer["Content-Security-Policy"]
    assert "X-Frame-Options" not in answer
    assert "Lamp Room" in text
    assert "Gift" not in text
    assert '<html lang="fr" dir="ltr">' in text
    assert '<base target="_top">' in text
    assert "<script" not in text
    assert not answer.cookies
    assert "/fr/spaces/?cost=free" in text


def test_nothing_else_may_be_framed(kenya, client):
    for address in ("/en/spaces/", "/spaceapi/", "/api/v1/docs"):
        answer = client.get(address)
        assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
        assert answer["X-Frame-Options"] == "DENY"


def test_a_space_keeps_the_clock_of_its_own(kenya, client):
    """Where a region has several clocks: each way out says the same."""
    here, away = listed_space(kenya, name="Here"), listed_space(kenya, name="Away")
    Space.objects.filter(pk=away.pk).update(timezone="Indian/Antananarivo")
    wanted = {here.slug: "Africa/Nairobi", away.slug: "Indian/Antananarivo"}

    def asked_for(rows):
        return {row["id"]: row["timezone"] for row in rows if row["id"] in wanted}

    features = json.loads(client.get("/spaces.geojson").content)["features"]
    assert asked_for({"id": each["id"], **each["properties"]} for each in features) == wanted
    assert asked_for(csv.DictReader(io.StringIO(client.get("/spaces.csv").content.decode()))) == wanted
    names, *lines = load_workbook(io.BytesIO(client.get("/spaces.xlsx").content)).active.iter_rows(values_only=True)
    assert asked_for(dict(zip(names, line, strict=True)) for line in lines) == wanted
