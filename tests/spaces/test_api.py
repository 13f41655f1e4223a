"""The API of spaces: exact answers, filters, pages that stay right, errors as problems, nothing private."""

import html
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from jsonschema import Draft202012Validator

from spaces.models import Space
from tests.factories import SpaceFactory, UserGroupFactory, announced_event, appointed, listed_space, open_region, publish_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def kenya():
    return open_region(name="Kenya")


def items(client, address):
    return client.get(address).json()["items"]


def test_a_space_is_told_exactly(kenya, client):
    space = listed_space(
        kenya,
        name="Lamp Room",
        facilities=["wifi"],
        step_free="yes",
        cost="hourly",
        price=600,
        currency="KES",
        kind="hackerspace",
    )
    space.tags.add("maps")
    answer = client.get("/api/v1/spaces/lamp-room")
    page = {
        "url": "http://testserver/en/regions/kenya/lamp-room/",
        "title": "Lamp Room",
        "summary": "A room with a door.",
        "language": "en",
    }
    assert answer.json() == {
        "id": "lamp-room",
        "name": "Lamp Room",
        "region": "kenya",
        "kind": "hackerspace",
        "address": "Ngong Road 112",
        "city": "Nairobi",
        "country": "KE",
        "latitude": -1.3,
        "longitude": 36.78,
        "timezone": "Africa/Nairobi",
        "capacity": 40,
        "facilities": ["wifi"],
        "step_free": "yes",
        "cost": "hourly",
        "price": 600.0,
        "currency": "KES",
        "website": "",
        "tags": ["maps"],
        "status": "listed",
        "confirmed_at": None,
        "confirmed_by_host": True,
        "kilometres": None,
        "spaceapi": "http://testserver/spaceapi/lamp-room.json",
        "page": page,
    }
    assert items(client, "/api/v1/spaces") == [answer.json()]


def test_texts_say_which_language_they_are_in(kenya, client):
    translated, other = listed_space(kenya, name="Both"), listed_space(kenya, name="One")
    publish_in(translated.pages.get(), "fr", title="Les deux")
    told = [(each["page"]["title"], each["page"]["language"]) for each in items(client, "/api/v1/spaces?lang=fr")]
    assert told == [("Les deux", "fr"), ("One", "en")]
    assert other.pages.count() == 1
    refused = client.get("/api/v1/spaces?lang=de")
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "lang")


def test_drafts_and_imported_spaces_are_not_there(kenya, client):
    SpaceFactory(region=kenya, name="Draft").make_face()
    SpaceFactory(region=kenya, name="Imported", source="x", source_id="1", status="imported")
    listed_space(kenya, name="Listed")
    listed_space(kenya, name="Closed").close()
    assert [each["name"] for each in items(client, "/api/v1/spaces")] == ["Listed"]
    assert client.get("/api/v1/spaces/listed").status_code == 200
    assert {client.get(f"/api/v1/spaces/{slug}").status_code for slug in ("draft", "imported", "closed", "nowhere")} == {404}


def test_filters_are_those_of_the_directory(kenya, client):
    listed_space(kenya, name="Small", capacity=5)
    listed_space(kenya, name="Large", capacity=100, facilities=["wifi", "power"], step_free="yes")
    listed_space(open_region(name="Chad", countries=["TD"]), name="Elsewhere", cost="donation")
    named = {
        "people=50": ["Large"],
        "region=chad": ["Elsewhere"],
        "cost=donation": ["Elsewhere"],
        "facility=power": ["Large"],
        "step_free=true": ["Large"],
        "step_free=false": ["Small", "Large", "Elsewhere"],
        "q=small": ["Small"],
    }
    for query, names in named.items():
        assert [each["name"] for each in items(client, f"/api/v1/spaces?{query}")] == names, query


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("people=many", "people"),
        ("people=0", "people"),
        ("limit=0", "limit"),
        ("limit=201", "limit"),
        ("limit=x", "limit"),
        ("cursor=%%%", "cursor"),
        ("cursor=bm9uc2Vuc2U", "cursor"),
        ("cursor=LTE", "cursor"),
        ("region=atlantis", "region"),
        ("cost=cheap", "cost"),
        ("step_free=perhaps", "step_free"),
        ("capcity=5", "capcity"),
        ("tag=%00", "tag"),
    ],
)
def test_what_cannot_be_asked_is_a_problem_that_names_the_parameter(kenya, client, query, field):
    answer = client.get(f"/api/v1/spaces?{query}")
    assert answer.status_code == 422
    assert answer["Content-Type"] == "application/problem+json"
    told = answer.json()
    assert (told["type"], told["title"], told["status"]) == ("about:blank", "Unprocessable Entity", 422)
    assert [each["field"] for each in told["errors"]] == [field]


@pytest.mark.parametrize(
    "address", ["/api/v1/spaces/nowhere", "/api/v1/nothing", "/api/v2/spaces", "/api/", "/api/v1/spaces/", "/api/v1/"]
)
def test_what_is_not_there_is_a_problem(client, address):
    answer = client.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")
    assert answer.json() == {
        "type": "about:blank",
        "title": "Not Found",
        "status": 404,
        "detail": "There is nothing at this address.",
        "errors": [],
    }
    assert answer["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_is_written_here(client, method):
    answer = getattr(client, method)("/api/v1/spaces")
    assert (answer.status_code, answer["Content-Type"], answer["Allow"]) == (
        405,
        "application/problem+json",
        "GET, HEAD, OPTIONS",
    )


def test_pages_follow_one_another_while_the_list_grows(kenya, client):
    for number in range(5):
        listed_space(kenya, name=f"Room {number}")
    first = client.get("/api/v1/spaces?limit=2&cost=free").json()
    assert (first["count"], [each["name"] for each in first["items"]]) == (5, ["Room 0", "Room 1"])
    listed_space(kenya, name="A new one")
    Space.objects.get(name="Room 0").close()
    second = client.get(first["next"]).json()
    third = client.get(second["next"]).json()
    assert [each["name"] for page in (second, third) for each in page["items"]] == ["Room 2", "Room 3", "Room 4", "A new one"]
    assert third["next"] is None
    assert "cost=free" in first["next"]
    assert "limit=2" in first["next"]


def test_what_has_not_changed_is_not_sent_again(kenya, client):
    space = listed_space(kenya, name="Lamp Room")
    for address in ("/api/v1/spaces", "/api/v1/spaces/lamp-room", "/spaceapi/lamp-room.json", "/spaceapi/"):
        answer = client.get(address)
        again = client.get(address, headers={"If-None-Match": answer["ETag"]})
        assert (again.status_code, again.content) == (304, b""), address
        assert again["Access-Control-Allow-Origin"] == "*", address
    etag = client.get("/api/v1/spaces")["ETag"]
    space.capacity = 41
    space.save()
    assert client.get("/api/v1/spaces", headers={"If-None-Match": etag}).status_code == 200


def test_head_and_preflight(kenya, client):
    head = client.head("/api/v1/spaces")
    assert (head.status_code, head.content, head["Content-Type"]) == (200, b"", "application/json; charset=utf-8")
    asked = client.options("/api/v1/spaces")
    assert (asked.status_code, asked["Access-Control-Allow-Methods"]) == (204, "GET, HEAD, OPTIONS")


def test_answers_are_the_same_for_everybody(kenya, client, admin_client):
    listed_space(kenya)
    stranger, known = client.get("/api/v1/spaces"), admin_client.get("/api/v1/spaces")
    assert stranger.content == known.content
    assert stranger["Vary"] == "Accept-Encoding"
    for answer in (stranger, known):
        assert not answer.cookies
        assert answer["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("name", ["spaces", "regions", "ambassadors", "groups"])
def test_the_number_of_queries_does_not_grow(name, client):
    kenya, counts = open_region(name="Kenya"), []
    for number in range(20):
        region = open_region(name=f"Land {number}") if name == "regions" else kenya
        {"spaces": listed_space, "ambassadors": appointed}.get(name, lambda region: UserGroupFactory(region=region))(region)
        if number in (2, 19):
            client.get(f"/api/v1/{name}")
            with CaptureQueriesContext(connection) as queries:
                assert len(items(client, f"/api/v1/{name}")) > number
            counts.append(len(queries))
    assert counts[0] == counts[1] < 8


def test_nothing_private_is_in_any_answer(kenya, client):
    space = listed_space(
        kenya, name="Lamp Room", source="secret-source", source_id="secret-id", source_facts={"x": "secret-fact"}
    )
    space.hosts.create(name="secret-host", email="secret-host@example.org")
    ambassador = appointed(kenya)
    UserGroupFactory(region=kenya, source_key="secret-key")
    SpaceFactory(region=kenya, name="secret-draft").make_face()
    addresses = [
        "/api/v1/spaces",
        "/api/v1/regions",
        "/api/v1/ambassadors",
        "/api/v1/groups",
        "/spaceapi/",
        "/spaceapi/lamp-room.json",
    ]
    for address in addresses:
        text = client.get(address).content.decode()
        assert len(text) > 50
        assert "secret" not in text, address
        assert ambassador.person.email not in text, address


def test_the_description_is_openapi_3_1_and_tells_of_every_field(client):
    schema = client.get("/api/v1/openapi.json").json()
    assert schema["openapi"] == "3.1.0"
    assert {path.rpartition("/api/v1/")[2] for path in schema["paths"]} == {
        *("spaces", "spaces/{slug}", "regions", "regions/{slug}", "events", "events/{slug}"),
        *("ambassadors", "ambassadors/{slug}", "groups", "groups/{slug}"),
    }
    for name, told in schema["components"]["schemas"].items():
        Draft202012Validator.check_schema(told)
        for field, shape in told["properties"].items():
            assert "$ref" in shape or shape.get("description"), (name, field)
            is_told = "$ref" in shape or "examples" in shape or "items" in shape
            assert is_told or name.endswith("Query"), (name, field)
    for path in schema["paths"].values():
        assert all(parameter["description"] for parameter in path["get"]["parameters"] if parameter["in"] == "query")


def test_answers_keep_to_the_description(kenya, client):
    listed_space(kenya)
    appointed(kenya)
    UserGroupFactory(region=kenya)
    announced_event(kenya)
    schema = client.get("/api/v1/openapi.json").json()
    for path, told in schema["paths"].items():
        if "{" in path:
            continue
        shape = told["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        validator = Draft202012Validator({**shape, "components": schema["components"]})
        answer = client.get(path)
        assert answer.json()["items"]
        assert list(validator.iter_errors(answer.json())) == []


def test_the_docs_are_a_page(client):
    page = client.get("/api/v1/docs", headers={"Accept-Language": "fr"})
    text = page.content.decode()
    assert page.status_code == 200
    for word in ("/api/v1/spaces", "confirmed_by_host", "/embed/spaces/", "/spaces.xlsx", "OpenAPI 3.1"):
        assert word in text
    assert "<script>" not in text
    example = html.unescape(text.partition('<pre tabindex="0"><code>{')[2].partition("</code>")[0])
    assert json.loads("{" + example)["count"] == 42


def test_the_address_of_a_page_of_the_directory_works_here_too(kenya, client):
    listed_space(kenya, name="With steps")
    listed_space(kenya, name="Without", step_free="yes", facilities=["wifi"])
    asked = "q=&region=&country=&kind=&cost=&people=&near=&within=&step_free=on"
    assert [each["name"] for each in items(client, f"/api/v1/spaces?{asked}")] == ["Without"]
    assert len(items(client, "/api/v1/spaces?q=on")) == 2  # in Ngong Road, and not "true"
    assert len(items(client, "/api/v1/spaces?step_free=")) == 2


def test_how_far_away_it_is(kenya, client):
    listed_space(kenya, name="Here", latitude=-1.3, longitude=36.78)
    listed_space(kenya, name="There", latitude=-1.31, longitude=36.78)
    told = [(each["name"], each["kilometres"]) for each in items(client, "/api/v1/spaces?near=-1.3,36.78")]
    assert told == [("Here", 0.0), ("There", 1.11)]
