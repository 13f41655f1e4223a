"""Importing in the workplace: upload, columns, preview, confirmation, report; bad files, files and regions of others."""

import random

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from regions.models import Team
from spaces.models import Space, SpaceUpload
from tests.factories import UserFactory, listed_space, open_region

from .files import COLUMNS, csv_file, geojson_file, rows, xlsx_file

pytestmark = pytest.mark.django_db


@pytest.fixture
def kenya():
    return open_region(name="Kenya", countries=["KE"])


@pytest.fixture
def amina(kenya, client):
    person = UserFactory(first_name="Amina")
    kenya.grant(person, "ambassador")
    client.force_login(person)
    return person


def send(client, content, name="spaces.csv", **fields):
    file = SimpleUploadedFile(name, content)
    return client.post(reverse("space_uploads:index"), {"file": file, "format": "", "source": "", "region": "", **fields})


def step(name, upload=None):
    return reverse(f"space_uploads:{name}", args=[(upload or SpaceUpload.objects.get()).pk])


def text_of(answer):
    return answer.content.decode()


def choose(client, **changes):
    columns = {column: column for column in COLUMNS if column != "id"} | {"source_id": "id"}
    return client.post(step("columns"), columns | changes)


def test_from_a_file_to_spaces(client, amina, kenya):
    answer = send(client, csv_file(), region=kenya.pk, source="Rooms 2026")
    upload = SpaceUpload.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, step("columns"))
    assert (upload.uploaded_by, upload.region, upload.format, upload.source) == (amina, kenya, "csv", "Rooms 2026")
    page = text_of(client.get(step("columns")))
    assert "The file has 3 rows." in page
    assert "Lamp Room · Baobab Hall · Lake House" in page
    assert choose(client)["Location"] == step("preview")
    preview = text_of(client.get(step("preview")))
    assert "Import: 3 new, 0 changed" in preview
    assert Space.objects.count() == 0
    answer = client.post(step("preview"))
    assert answer["Location"] == step("result")
    assert list(Space.objects.order_by("source_id").values_list("name", "status", "source")) == [
        ("Lamp Room", "imported", "Rooms 2026"),
        ("Baobab Hall", "imported", "Rooms 2026"),
        ("Lake House", "imported", "Rooms 2026"),
    ]
    result = text_of(client.get(step("result")))
    lamp = Space.objects.get(name="Lamp Room")
    assert f"/edit/{lamp.pk}/" in result
    upload.refresh_from_db()
    assert bytes(upload.content) == b""
    assert client.get(step("preview"))["Location"] == step("result")
    assert client.post(step("preview"))["Location"] == step("result")
    assert Space.objects.count() == 3


def test_an_imported_space_is_looked_at_and_listed(client, amina, kenya):
    send(client, csv_file(), region=kenya.pk)
    client.post(step("preview"))
    lamp = Space.objects.get(name="Lamp Room")
    desk = text_of(client.get("/admin/"))
    assert "“Lamp Room” waits to be listed" in desk
    edit = text_of(client.get(reverse("wagtailsnippets_spaces_space:edit", args=[lamp.pk])))
    assert "Id in the source" in edit
    client.post(reverse("wagtailsnippets_spaces_space:verb", args=[lamp.pk, "list"]))
    lamp.refresh_from_db()
    assert lamp.status == "listed"
    address = lamp.pages.get().get_url()
    assert "Not confirmed by the host" in text_of(client.get(address))
    assert "Not confirmed by the host" in text_of(client.get("/en/spaces/?region=kenya"))
    for declaration in Space.DECLARATIONS:
        setattr(lamp, declaration, True)
    lamp.save()
    assert "Not confirmed by the host" not in text_of(client.get(address))


def test_the_columns_can_be_corrected(client, amina, kenya):
    columns = [
        "id",
        "was",
        "kind",
        "wo",
        "city",
        "country",
        "latitude",
        "longitude",
        "capacity",
        "cost",
        "facilities",
        "website",
    ]
    send(client, csv_file(columns=columns), region=kenya.pk)
    wanted = {"name": "was", "address": "wo"}
    refused = choose(client, **wanted, city="was")
    assert "The column “was” is already “Name”." in text_of(refused)
    assert SpaceUpload.objects.get().columns == {}
    assert choose(client, **wanted)["Location"] == step("preview")
    client.post(step("preview"))
    assert Space.objects.get(source_id="1").address == "Moi Avenue 1"


def test_refused_rows_come_first_and_hold_everything_back(client, amina, kenya):
    send(client, csv_file(rows(r3={"latitude": "x"})), region=kenya.pk)
    preview = text_of(client.get(step("preview")))
    assert preview.index("latitude: “x” is not a number") < preview.index("Lamp Room")
    assert "Lamp Room" not in text_of(client.get(step("preview") + "?outcome=refused")).partition("<table")[2]
    assert client.post(step("preview"))["Location"] == step("preview")
    assert Space.objects.count() == 0
    client.post(step("preview"), {"skip_refused": "on"})
    assert Space.objects.count() == 2


def test_nobody_opens_the_file_of_somebody_else(client, amina, kenya):
    send(client, csv_file(), region=kenya.pk)
    upload = SpaceUpload.objects.get()
    for role in ("ambassador", "editor"):
        other = UserFactory(first_name=f"Bob{role}")
        kenya.grant(other, role)
        client.force_login(other)
        for name in ("columns", "preview", "result", "discard"):
            for method in (client.get, client.post):
                answer = method(step(name, upload))
                assert answer.status_code == (404 if role == "ambassador" else 302), (role, name)
    assert SpaceUpload.objects.get(pk=upload.pk).report is None
    assert Space.objects.count() == 0


def test_only_into_ones_own_region(client, amina, kenya):
    uganda = open_region(name="Uganda", countries=["UG"])
    answer = send(client, csv_file(), region=uganda.pk)
    assert "Select a valid choice" in text_of(answer)
    assert SpaceUpload.objects.count() == 0
    send(client, csv_file(rows(r2={"country": "UG", "latitude": "0.3", "longitude": "32.5"})))
    preview = text_of(client.get(step("preview")))
    assert "UG belongs to no open region that you may import into" in preview
    client.post(step("preview"), {"skip_refused": "on"})
    assert set(Space.objects.values_list("region__slug", flat=True)) == {"kenya"}


def test_drafts_of_other_regions_are_not_named(client, amina, kenya):
    uganda = open_region(name="Uganda", countries=["UG"])
    listed_space(uganda, name="Public Room", latitude=-1.2841, longitude=36.8233)
    secret = listed_space(uganda, name="Secret Room", latitude=-4.0435, longitude=39.6682)
    Space.objects.filter(pk=secret.pk).update(status="draft")
    send(client, csv_file(), region=kenya.pk)
    preview = text_of(client.get(step("preview")))
    assert "likely “Public Room”" in preview
    assert "Secret Room" not in preview


def test_who_lost_the_role_goes_no_further(client, amina, kenya):
    send(client, csv_file(), region=kenya.pk)
    for membership in amina.memberships.all():
        membership.end(reason="moved away")
    client.force_login(amina)
    assert client.post(step("preview")).status_code == 302
    assert Space.objects.count() == 0


def test_staff_import_into_all_regions(client, kenya, settings):
    settings.STAFF_NEED_SECOND_STEP = False
    open_region(name="Uganda", countries=["UG"])
    staff = UserFactory(first_name="Sam")
    Team.objects.ensure("staff").admit(staff)
    client.force_login(staff)
    send(client, csv_file(rows(r2={"country": "UG", "latitude": "0.3", "longitude": "32.5"})))
    client.post(step("preview"))
    assert set(Space.objects.values_list("name", "region__slug")) == {
        ("Lamp Room", "kenya"),
        ("Baobab Hall", "uganda"),
        ("Lake House", "kenya"),
    }


BAD = [b"", b"\x00", b"name\n\xff", b"PK\x03\x04", b"{", b"[]", b"a" * (5 * 1024 * 1024 + 1), b"name\n" + b"x\n" * 3001]


@pytest.mark.parametrize("content", BAD, ids=lambda content: str(content[:9]))
@pytest.mark.parametrize("name", ["x.csv", "x.xlsx", "x.geojson", "x.json", "x.exe", "x"])
def test_a_bad_file_says_why_and_is_not_kept(client, amina, kenya, name, content):
    answer = send(client, content, name, region=kenya.pk)
    if answer.status_code == 302:  # a table without a row that can be used: the preview says so
        assert client.get(step("preview")).status_code == 200
        client.post(step("preview"))
    else:
        assert answer.status_code == 200
        assert "error-message" in text_of(answer)
        assert SpaceUpload.objects.count() == 0
    assert Space.objects.count() == 0


@pytest.mark.slow
def test_a_thousand_broken_files_never_break_the_portal(client, amina, kenya):
    chance = random.Random(20261125)
    good = {"x.csv": csv_file(), "x.xlsx": xlsx_file(), "x.geojson": geojson_file(), "x.json": geojson_file()}
    for _again in range(250):
        for name, content in good.items():
            broken = bytearray(content)
            for _hit in range(chance.randint(1, 12)):
                broken[chance.randrange(len(broken))] = chance.randrange(256)
            answer = send(client, bytes(broken[: chance.randint(1, len(broken))] if chance.random() < 0.3 else broken), name)
            assert answer.status_code in (200, 302)
        SpaceUpload.objects.all().delete()


def test_files_are_forgotten_after_a_week_and_with_their_uploader(client, amina, kenya):
    send(client, csv_file(), region=kenya.pk)
    assert SpaceUpload.objects.forget(timezone.now() - SpaceUpload.KEPT_FOR) == 0
    SpaceUpload.objects.update(uploaded_at=timezone.now() - SpaceUpload.KEPT_FOR * 1.1)
    assert SpaceUpload.objects.forget(timezone.now() - SpaceUpload.KEPT_FOR) == 1
    send(client, csv_file(), region=kenya.pk)
    amina.erase()
    assert SpaceUpload.objects.count() == 0


def test_a_file_can_be_forgotten_at_once(client, amina, kenya):
    send(client, csv_file(), region=kenya.pk)
    client.post(step("discard"))
    assert SpaceUpload.objects.count() == 0


def test_a_likely_duplicate_is_imported_when_somebody_knows_better(client, amina, kenya):
    listed_space(kenya, name="Lamp Room", latitude=-1.2841, longitude=36.8233)
    send(client, csv_file(), region=kenya.pk)
    choose(client)
    page = text_of(client.get(step("preview")))
    assert "Import: 2 new, 0 changed" in page
    assert page.count("It is another place") == 2  # seen and heard
    assert client.post(step("preview") + "?outcome=duplicate", {"another": "2"})["Location"].endswith("?outcome=duplicate")
    assert client.post(step("preview"), {"another": "x9"}).status_code == 302
    assert SpaceUpload.objects.get().another == [2]
    page = text_of(client.get(step("preview")))
    assert "Import: 3 new, 0 changed" in page
    assert "Take that back" in page
    client.post(step("preview"), {"same": "2"})
    assert "Import: 2 new, 0 changed" in text_of(client.get(step("preview")))
    for _twice in range(2):
        client.post(step("preview"), {"another": "2"})
    client.post(step("preview"))
    assert Space.objects.filter(name="Lamp Room").count() == 2
    assert "Take that back" not in text_of(client.get(step("result")))
