"""Spaces out of files: what is read, what is refused and where, what a second run and a hand change."""

import pytest

from portal.imports import ImportFailed
from spaces.importers.formats import read
from spaces.importers.spaces import import_spaces
from spaces.models import Space
from tests.factories import SpaceFactory, listed_space, open_region

from .files import COLUMNS, csv_file, geojson_file, rows, spaceapi_document, spaceapi_file, xlsx_file

pytestmark = pytest.mark.django_db


@pytest.fixture
def kenya():
    return open_region(name="Kenya", countries=["KE"])


def run(content, name="file.csv", source="test", **ways):
    return import_spaces([read(name, content)], source, **ways)


def outcomes(report):
    return [(row.number, row.outcome) for row in report.rows]


FILES = [("file.csv", csv_file()), ("file.xlsx", xlsx_file()), ("file.geojson", geojson_file())]


@pytest.mark.parametrize(("name", "content"), FILES, ids=lambda each: each if isinstance(each, str) else "")
def test_the_same_spaces_come_out_of_every_format(kenya, name, content):
    report = run(content, name)
    assert [row.outcome for row in report.rows] == ["new"] * 3
    found = Space.objects.order_by("source_id").values_list(
        *("name", "kind", "address", "city", "country", "latitude", "longitude", "capacity", "cost", "facilities", "website")
    )
    assert list(found) == [
        ("Lamp Room", "hackerspace", "Moi Avenue 1", "Nairobi", "KE", -1.2841, 36.8233, 30, "free", ["wifi", "power"], ""),
        ("Baobab Hall", "library", "Nyali Road 9", "Mombasa", "KE", -4.0435, 39.6682, 120, "donation", ["wifi"], ""),
        ("Lake House", "cafe", "Oginga Odinga 4", "Kisumu", "KE", -0.0917, 34.768, 12, "free", [], "https://lake.example.org"),
    ]
    lamp = Space.objects.get(source_id="1")
    assert (lamp.status, lamp.source, lamp.region, lamp.slug) == ("imported", "test", kenya, "lamp-room")
    assert lamp.imported_at
    assert not lamp.pages.exists()


@pytest.mark.parametrize(("name", "content"), FILES, ids=lambda each: each if isinstance(each, str) else "")
def test_a_second_run_changes_nothing(kenya, name, content):
    run(content, name)
    before = list(Space.objects.order_by("pk").values())
    report = run(content, name)
    assert [row.outcome for row in report.rows] == ["unchanged"] * 3
    assert list(Space.objects.order_by("pk").values()) == before


def test_a_dry_run_says_the_same_and_writes_nothing(kenya):
    said = str(run(csv_file(), dry_run=True))
    assert Space.objects.count() == 0
    assert str(run(csv_file())) == said
    assert said.splitlines()[-1] == "3 rows: 3 new, 0 changed, 0 unchanged, 0 duplicate, 0 refused"


def test_what_the_source_changes_is_changed_and_what_a_hand_changed_stays(kenya):
    run(csv_file())
    lamp = Space.objects.get(source_id="1")
    lamp.capacity = 45
    lamp.save()
    report = run(csv_file(rows(r1={"capacity": "35", "cost": "donation"}, r2={"facilities": "wifi, kitchen"})))
    assert [(row.outcome, row.reason) for row in report.rows] == [
        ("changed", "cost; kept, edited by hand: capacity (45, the file says 35)"),
        ("changed", "facilities"),
        ("unchanged", ""),
    ]
    lamp.refresh_from_db()
    assert (lamp.capacity, lamp.cost) == (45, "donation")
    assert Space.objects.get(source_id="2").facilities == ["wifi", "kitchen"]
    again = run(csv_file(rows(r1={"capacity": "35", "cost": "donation"}, r2={"facilities": "wifi, kitchen"})))
    assert [row.outcome for row in again.rows] == ["unchanged"] * 3
    assert "kept, edited by hand: capacity" in again.rows[0].reason


def test_one_bad_row_at_the_end_leaves_no_row(kenya):
    report = run(csv_file(rows(r3={"latitude": "far north"})))
    assert outcomes(report) == [(2, "new"), (3, "new"), (4, "refused")]
    assert report.rows[2].reason == "latitude: “far north” is not a number"
    assert Space.objects.count() == 0
    run(csv_file(rows(r3={"latitude": "far north"})), skip_refused=True)
    assert list(Space.objects.values_list("name", flat=True)) == ["Baobab Hall", "Lamp Room"]


WRONG = [
    ({"name": ""}, "name: missing"),
    ({"name": "x" * 161}, "name: Ensure this value has at most 160 characters (it has 161)."),
    ({"latitude": "91"}, "latitude: 91 is out of range, at most 90. Perhaps latitude and longitude are swapped."),
    ({"longitude": "-181"}, "longitude: -181 is out of range, at most 180."),
    ({"latitude": "nan"}, "latitude: “nan” is not a number"),
    ({"latitude": ""}, "latitude: missing"),
    (
        {"latitude": "36.8233", "longitude": "-1.2841"},
        "latitude: latitude and longitude look swapped: the other way round it lies in the country named",
    ),
    ({"country": "Atlantis"}, "country: “Atlantis” is not a country"),
    ({"latitude": "0", "longitude": "0"}, "latitude: 0, 0 lies in the sea: it stands where nobody gave a position"),
    ({"latitude": "25.03", "longitude": "121.56"}, "country: This is far from Kenya. Please look at the numbers once more."),
    ({"country": "FR"}, "country: This is far from France. Please look at the numbers once more."),
    (
        {"country": "FR", "latitude": "48.85", "longitude": "2.35"},
        "country: FR belongs to no open region that you may import into",
    ),
    ({"capacity": "-5"}, "capacity: “-5” is not a number of people, from 1 to 100000"),
    ({"capacity": "9e99"}, "capacity: “9e99” is not a number of people, from 1 to 100000"),
    ({"capacity": "2.5"}, "capacity: “2.5” is not a number of people, from 1 to 100000"),
    ({"cost": "daily"}, "price: A paid space has a price and a currency."),
    ({"website": "javascript://alert(1)"}, "website: Enter a valid URL."),
    ({"address": "Road\x07 1"}, "address: holds a control character (U+0007)"),
    ({"address": "x" * 10_001}, "address: is longer than 10000 characters"),
]


@pytest.mark.parametrize(("cells", "reason"), WRONG, ids=lambda each: str(each)[:30])
def test_a_bad_cell_is_refused_with_its_row_and_column(kenya, cells, reason):
    report = run(csv_file(rows(r2=cells)))
    assert outcomes(report) == [(2, "new"), (3, "refused"), (4, "new")]
    assert report.rows[1].reason == reason
    assert Space.objects.count() == 0


UNREADABLE = [
    ("file.csv", b"", "The file is empty."),
    (
        "file.csv",
        "name\nCafé".encode("latin-1"),
        "The file is not UTF-8: byte 9, in line 2, does not belong there. Save it as UTF-8.",
    ),
    ("file.csv", "name\nCafé".encode("utf-16"), "The file is UTF-16. Save it as UTF-8."),
    ("file.csv", b"name\nA\x00B", "Line 2 holds a NUL character."),
    ("file.csv", b"name,name\n1,2", "Two columns have the same name: name"),
    ("file.csv", b",,\n1,2,3", "The first row must name the columns."),
    ("file.csv", b'name\n"open', "The file is not valid CSV: line 2: unexpected end of data"),
    ("file.csv", b"name\n" + b"a\n" * 20_001, "The file has more than 20000 rows. Divide it into several."),
    ("file.csv", ",".join(map(str, range(201))).encode(), "The file has more than 200 columns."),
    ("file.csv", b"x" * (20 * 1024 * 1024 + 1), "The file is too large: 20.0 MB. At most 20 MB are read."),
    ("file.xlsx", b"PK\x03\x04 no zip", "The file is not an XLSX workbook."),
    ("file.geojson", b"{", "The file is not valid JSON: line 1, column 2: Expecting property name enclosed in double quotes"),
    ("file.geojson", b"[1]", "The file is not GeoJSON: a FeatureCollection with a list of features is expected."),
    (
        "file.json",
        b'{"a": "http://a.example.org"}',
        "This is a directory of addresses: fetch the documents it names, and import those.",
    ),
    ("file.json", b"3", "The file is not a SpaceAPI document: it names no space."),
    ("file.doc", b"x", "What kind of file is file.doc? Say csv, xlsx, geojson or spaceapi."),
]


@pytest.mark.parametrize(("name", "content", "message"), UNREADABLE, ids=[message[:40] for _n, _c, message in UNREADABLE])
def test_an_unreadable_file_says_why(name, content, message):
    with pytest.raises(ImportFailed) as failed:
        read(name, content)
    assert str(failed.value) == f"Nothing was imported.\n{message}"


def test_deep_json_is_refused():
    for content in (b"[" * 100_000, b"9" * 10_000):
        with pytest.raises(ImportFailed):
            read("file.json", content)


@pytest.mark.parametrize("content", [csv_file(separator=";"), csv_file(separator="\t"), b"\xef\xbb\xbf" + csv_file()])
def test_csv_with_other_separators_and_bom(kenya, content):
    assert [row.outcome for row in run(content).rows] == ["new"] * 3


@pytest.mark.parametrize(
    "columns",
    [
        "id,nombre,tipo,dirección,ciudad,país,latitud,longitud,capacidad,costo,servicios,sitio web",
        "identifiant,Nom,catégorie,Adresse,Ville,Pays,Latitude,Longitude,Capacité,Tarif,Équipements,Site web",
        "المعرف,الاسم,النوع,العنوان,المدينة,البلد,خط العرض,خط الطول,السعة,التكلفة,المرافق,الموقع الإلكتروني",
        "編號,名稱,類型,地址,城市,國家,緯度,經度,容量,費用,設施,網站",
        "ID,SPACE,Category,addr:street,addr:city,Country Code,Lat,Lng,Seats,Fee,Amenities,URL",
    ],
)
def test_columns_are_known_in_five_languages(kenya, columns):
    report = run(csv_file(columns=columns.split(",")))
    assert [row.outcome for row in report.rows] == ["new"] * 3
    assert list(Space.objects.order_by("source_id").values_list("name", "capacity", "cost", "kind")) == [
        ("Lamp Room", 30, "free", "hackerspace"),
        ("Baobab Hall", 120, "donation", "library"),
        ("Lake House", 12, "free", "cafe"),
    ]


def test_words_of_five_languages_are_known(kenya):
    table = rows(
        r1={"kind": "Bibliothèque", "cost": "gratuit", "country": "肯亞"},
        r2={"kind": "biblioteca", "cost": "donativo", "country": "Kenia"},
        r3={"kind": "مكتبة", "cost": "免費", "country": "كينيا"},
    )
    report = run(csv_file(table))
    assert [row.reason for row in report.rows] == ["region kenya"] * 3
    assert set(Space.objects.values_list("kind", flat=True)) == {"library"}


def test_what_is_not_said_is_not_invented_and_what_is_concluded_is_said(kenya):
    columns = ["name", "address", "lat", "lon"]
    report = run(csv_file([["Quiet Room", "Moi Avenue 3", "-1,2841", "36,8233"]], columns, ";"))
    assert report.rows[0].reason == (
        "region kenya; city by the coordinates: Nairobi; country by the coordinates: KE; "
        "cost not said, taken as free: ask before listing"
    )
    space = Space.objects.get()
    assert (space.capacity, space.step_free, space.latitude) == (None, "unknown", -1.2841)


def test_likely_duplicates_are_reported_and_not_written(kenya):
    listed_space(kenya, name="The Lamp Room", latitude=-1.2842, longitude=36.8234)
    SpaceFactory(region=kenya, name="Something else", latitude=-4.0436, longitude=39.6683)
    report = run(csv_file([*rows(), ["4", "Lake Hause", *rows()[2][2:]]]))
    assert [(row.outcome, row.reason) for row in report.rows] == [
        ("duplicate", "likely “The Lamp Room”: a similar name, 16 m away"),
        ("duplicate", "likely “Something else”: 16 m away"),
        ("new", "region kenya"),
        ("duplicate", "likely row 4: a similar name, 0 m away"),
    ]
    assert Space.objects.filter(status="imported").count() == 1


def test_a_space_kept_by_hand_is_never_changed_by_a_file(kenya):
    space = listed_space(kenya, name="Lamp Room", latitude=-1.2841, longitude=36.8233)
    before = Space.objects.filter(pk=space.pk).values().get()
    report = run(csv_file(rows(r1={"id": str(space.key)})[:1]))
    assert report.rows[0].outcome == "unchanged"
    assert report.rows[0].reason.startswith("kept as it is here: kind (community, the file says hackerspace)")
    assert Space.objects.filter(pk=space.pk).values().get() == before


def test_a_region_that_was_chosen_takes_only_its_countries(kenya):
    open_region(name="Uganda", countries=["UG"])
    other = open_region(name="East", countries=["KE", "TZ"])
    assert run(csv_file()).rows[0].reason == "country: KE belongs to several regions: east, kenya. Choose one."
    report = run(csv_file(rows(r2={"country": "UG", "latitude": "0.31", "longitude": "32.58"})), chosen=other)
    assert [row.outcome for row in report.rows] == ["new", "refused", "new"]
    assert report.rows[1].reason == "country: UG does not belong to the region East"


def test_of_a_place_without_an_address_nothing_is_invented(kenya):
    assert run(csv_file(rows(r2={"address": ""}))).rows[1].reason == "region kenya; address not said: ask before listing"
    space = Space.objects.get(name="Baobab Hall")
    assert (space.address, space.city) == ("", "Mombasa")
    space.full_clean()  # whoever looks at it may save it


def test_a_name_that_is_part_of_another_is_the_same_place_only_near_by(kenya):
    listed_space(kenya, name="Lamp", latitude=-1.285, longitude=36.84)  # 1.9 km
    assert run(csv_file(), dry_run=True).rows[0].outcome == "duplicate"
    Space.objects.update(longitude=36.85)  # 3 km
    assert run(csv_file(), dry_run=True).rows[0].outcome == "new"
    Space.objects.update(name="lamp-room")
    assert run(csv_file(), dry_run=True).rows[0].outcome == "duplicate"


def test_somebody_may_know_that_it_is_another_place(kenya):
    listed_space(kenya, name="Lamp Room", latitude=-1.2841, longitude=36.8233)
    assert outcomes(run(csv_file(), dry_run=True))[0] == (2, "duplicate")
    report = run(csv_file(), another=[2])
    assert (report.rows[0].outcome, report.rows[0].reason) == ("new", "region kenya; another place than it looks like")
    assert Space.objects.filter(name="Lamp Room").count() == 2
    assert outcomes(run(csv_file()))[0] == (2, "unchanged")


def test_formulas_and_errors_of_a_workbook_are_refused(kenya):
    report = run(xlsx_file(rows(r1={"name": "=1+1"}, r2={"capacity": "#N/A"})), "file.xlsx")
    assert report.rows[0].reason == "name: is a formula: save the values instead"
    assert Space.objects.count() == 0


def test_numbers_in_a_workbook_may_be_numbers(kenya):
    table = [["1", "Lamp Room", "hackerspace", "Moi Avenue 1", "Nairobi", "KE", -1.2841, 36.8233, 30, "free", None, None]]
    assert run(xlsx_file(table), "file.xlsx").rows[0].outcome == "new"
    assert Space.objects.get().capacity == 30


def test_unknown_columns_do_no_harm(kenya):
    run(csv_file([[*rows()[0], "secret"]], [*COLUMNS, "host e-mail"]))
    assert Space.objects.get().hosts.count() == 0


ODD_DOCUMENTS = [
    ({}, ("Lamp Room", "Nairobi", "KE")),
    ({"api": ..., "api_compatibility": ["14", "15"]}, ("Lamp Room", "Nairobi", "KE")),
    ({"api": 0.13}, ("Lamp Room", "Nairobi", "KE")),
    ({"location": {"address": "Moi Avenue 1", "lat": "-1.2841", "lon": "36,8233"}}, ("Lamp Room", "Nairobi", "KE")),
    ({"location": ..., "lat": -1.2841, "lon": 36.8233, "address": "Moi Avenue 1, Nairobi"}, ("Lamp Room", "Nairobi", "KE")),
    (
        {"location": {"address": "<p>Moi Avenue 1<br>00100 Nairobi</p>", "lat": -1.2841, "lon": 36.8233, "country_code": "ke"}},
        ("Lamp Room", "Nairobi", "KE"),
    ),
    ({"space": 42, "state": {"open": "yes"}, "logo": None}, ("42", "Nairobi", "KE")),
    ({"url": "lamp.example.org", "contact": [], "sensors": "none"}, ("Lamp Room", "Nairobi", "KE")),
]


@pytest.mark.parametrize(("changes", "facts"), ODD_DOCUMENTS, ids=lambda each: str(each)[:30])
def test_spaceapi_documents_are_met_as_they_come(kenya, changes, facts):
    report = run(spaceapi_file(spaceapi_document(**changes)), "lamp.json")
    assert [row.outcome for row in report.rows] == ["new"], report.rows[0].reason
    space = Space.objects.get()
    assert (space.name, space.city, space.country.code) == facts
    assert (space.kind, space.capacity, space.hosts.count()) == ("hackerspace", None, 0)


def test_a_spaceapi_document_says_what_it_loses(kenya):
    report = run(spaceapi_file(spaceapi_document()), "lamp.json")
    assert report.rows[0].reason == (
        "region kenya; left out: contact, issue_report_channels, state; cost not said, taken as free: ask before listing"
    )


@pytest.mark.parametrize("location", [..., None, [], "somewhere", {"address": "Moi Avenue 1"}])
def test_a_spaceapi_document_without_a_place_is_refused(kenya, location):
    report = run(spaceapi_file(spaceapi_document(location=location)), "lamp.json")
    assert report.rows[0].reason.startswith("latitude: missing; longitude: missing")


def test_many_spaceapi_documents_in_one_file(kenya):
    lake = spaceapi_document(
        space="Lake", url="https://lake.example.org", location={"address": "Pier 1", "lat": -0.0917, "lon": 34.768}
    )
    wrapped = {"url": "x", "data": lake}
    assert [row.outcome for row in run(spaceapi_file(spaceapi_document(), wrapped, "no"), "all.json").rows] == [
        "new",
        "new",
        "refused",
    ]
