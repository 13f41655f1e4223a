"""The community index becomes user groups, and says of every row what became of it."""

import copy
import json
from collections import Counter
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import ModelLogEntry

from portal.imports import ImportFailed, Report, Row
from regions.choices import CHANNELS
from regions.importers.communities import import_communities
from regions.importers.countries import country_of
from regions.importers.language_codes import language_code
from regions.importers.resources import KINDS
from regions.models import GroupChannel, Region, UserGroup

INDEX = Path(settings.BASE_DIR) / "home" / "demo" / "data" / "communities.json"
COUNTRIES = {
    "colombia": "CO",
    "greece": "GR",
    "india": "IN",
    "kenya": "KE",
    "philippines": "PH",
    "spain": "ES",
    "taiwan": "TW",
}
PLACE = {"area": "africa", "latitude": 0, "longitude": 0}
OSM_KENYA = {"community": "OSM Kenya", "communityID": "osmkenya"}
pytestmark = pytest.mark.django_db


def make_region(slug="kenya", countries=("KE",), status="open"):
    names = {"name": slug.title(), "slug": slug, "language": "en", "languages": ["en"]}
    return Region.objects.create(**names, **PLACE, countries=list(countries), status=status)


@pytest.fixture
def kenya():
    return make_region()


@pytest.fixture
def seven_regions():
    return [make_region(slug, [code]) for slug, code in COUNTRIES.items()]


def real_index():
    return json.loads(INDEX.read_text())


def resource(key="osm-kenya", kind="telegram", /, folder="kenya", include=("ke",), **more):
    """A row of the index; what is not one of its own facts belongs to its `strings`."""
    own = ("account", "order", "languageCodes", "area_centres")
    facts = {name: more.pop(name) for name in own if name in more}
    more = more or OSM_KENYA
    return {"id": key, "type": kind, "folder": folder, "locationSet": {"include": list(include)}, "strings": more} | facts


def index(*resources):
    return {"about": "", "types": real_index()["types"], "resources": list(resources)}


def outcomes(report):
    return [(row.outcome, row.reason) for row in report.rows]


def everything():
    """All that an import might touch, times and primary keys included."""
    models = (Region, UserGroup, GroupChannel, ModelLogEntry)
    return [list(model.objects.order_by("pk").values()) for model in models]


def channels_of(group):
    return list(group.channels.order_by("sort_order").values_list("kind", "name", "url"))


@pytest.fixture
def run(tmp_path, capsys):
    """Runs the command on this data, and returns what it prints."""

    def run(data, **options):
        file = tmp_path / "index.json"
        file.write_bytes(data if isinstance(data, bytes) else json.dumps(data).encode())
        call_command("import_communities", str(file), **options)
        return capsys.readouterr().out

    return run


# -- Rows become groups ------------------------------------------------------------------------------------------------


def test_a_type_becomes_a_channel(kenya):
    rows = [("x", "social"), ("irc", "chat"), ("wiki", "wiki"), ("youtube", "video"), ("github", "code"), ("new", "other")]
    data = index(*(resource(t, t, **OSM_KENYA, url=f"https://example.org/{t}", order=-n) for n, (t, _) in enumerate(rows)))
    import_communities(data)
    assert [(c.url.rpartition("/")[2], c.kind) for c in UserGroup.objects.get().channels.order_by("sort_order")] == rows


def test_every_type_of_the_index_has_a_kind_of_channel():
    types = {*real_index()["types"], *(each["type"] for each in real_index()["resources"])}
    assert types - set(KINDS) == set()
    assert set(KINDS.values()) == {code for code, _label in CHANNELS} - {"other"}


def test_several_channels_of_a_community_become_one_group_in_the_order_of_the_index(kenya):
    data = index(
        resource("a", "telegram", account="osmke"),
        resource("b", "x", account="OSMKenya", order=4),
        resource("c", "facebook", account="OSMKenya", order=4),
        resource("d", "mailinglist", account="talk-ke", order=-3),
    )
    report = import_communities(data)
    group = UserGroup.objects.get()
    assert (group.name, group.slug, group.region, group.health) == ("OSM Kenya", "osm-kenya", kenya, "unknown")
    assert channels_of(group) == [
        ("social", "OSM Kenya on Facebook", "https://www.facebook.com/OSMKenya"),
        ("social", "OSM Kenya on X", "https://twitter.com/OSMKenya"),
        ("chat", "OSM Kenya Telegram", "https://t.me/osmke"),
        ("mailinglist", "talk-ke Mailing List", "https://lists.openstreetmap.org/listinfo/talk-ke"),
    ]
    assert report.rows == [
        Row(1, "OSM Kenya (a)", "new", "region kenya"),
        *(Row(n, f"OSM Kenya ({name})", "merged", "into row 1, OSM Kenya") for n, name in [(2, "b"), (3, "c"), (4, "d")]),
    ]


def test_without_an_id_the_name_and_the_place_make_one_community_and_the_name_alone_does_not(kenya):
    here, there = [[36.8, -1.2]], [[39.6, -4.0]]
    data = index(
        resource("list", "mailinglist", include=here, name="Mappers - Mailing List", url="https://example.org/list"),
        resource("chat", "matrix", include=here, name="Mappers - Matrix", url="https://example.org/chat"),
        resource("club", "youthmappers", include=here, name="Geography Club", url="https://example.org/club"),
        resource("other", "youthmappers", include=there, name="Geography Club", url="https://example.org/other"),
        resource("osm", "osm", community="OSM Kenya", communityID="osmkenya", url="https://example.org/osm"),
        resource("osm-x", "x", include=here, name="OSM Kenya on X", account="OSMKenya"),
    )
    import_communities(data)
    groups = UserGroup.objects.order_by("pk")
    assert [(group.name, group.slug, len(channels_of(group))) for group in groups] == [
        ("Mappers", "mappers", 2),
        ("Geography Club", "geography-club", 1),
        ("Geography Club", "geography-club-2", 1),
        ("OSM Kenya", "osm-kenya", 2),
    ]


def test_the_same_community_in_two_regions_is_a_group_in_each(kenya):
    make_region("tanzania", ["TZ"])
    import_communities(index(resource("a"), resource("b", folder="tanzania")))
    assert list(UserGroup.objects.order_by("pk").values_list("region__slug", "slug")) == [
        ("kenya", "osm-kenya"),
        ("tanzania", "osm-kenya-2"),
    ]


def test_only_web_addresses_are_kept_and_the_report_says_so(kenya):
    bad = ["mailto:someone@example.org", "xmpp:room", "javascript:alert(1)", "https://", "ftp://example.org/"]
    data = index(
        *(resource(f"bad-{n}", "url", **OSM_KENYA, url=url) for n, url in enumerate(bad)),
        resource("long", "url", **OSM_KENYA, url=f"https://example.org/{'a' * 500}"),
        resource("no-account", "x"),
        resource("good", "url", **OSM_KENYA, url="https://example.org/good"),
        resource("same", "osm", **OSM_KENYA, url="https://example.org/good"),
    )
    report = import_communities(data)
    assert channels_of(UserGroup.objects.get()) == [("website", "OSM Kenya", "https://example.org/good")]
    without = [(row.label, row.outcome) for row in report.rows if row.reason.endswith("; no web address, so no channel")]
    assert without == [
        ("OSM Kenya (bad-0)", "new"),
        *((f"OSM Kenya (bad-{n})", "merged") for n in range(1, 5)),
        ("OSM Kenya (long)", "merged"),
        ("OSM Kenya (no-account)", "merged"),
    ]


# -- The region and the place ------------------------------------------------------------------------------------------


def test_the_folder_decides_the_region(kenya):
    east = make_region("east", ["TZ", "UG"], status="planned")
    data = index(
        resource("a", folder="uganda", include=["ke"], name="A"),
        resource("b", folder="kenya", include=["tz"], name="B"),
        resource("c", folder="tanzania", include=["ke"], name="C"),
    )
    import_communities(data)
    assert {group.name: group.region for group in UserGroup.objects.all()} == {"A": east, "B": kenya, "C": east}


@pytest.mark.parametrize(
    ("folder", "code"),
    [
        *COUNTRIES.items(),
        ("cote_d'_ivoire", "CI"),
        ("reunion", "RE"),
        ("bosnia_herzegovina", "BA"),
        ("congo", "CD"),
        ("czech_republic", "CZ"),
        ("hong_kong", "HK"),
        ("korea", "KR"),
        ("myanmar", "MM"),
        ("turkey", "TR"),
        ("united_states", "US"),
        ("catalan_countries", ""),
        ("punjab", ""),
        ("world", ""),
        ("", ""),
    ],
)
def test_the_country_of_a_folder(folder, code):
    assert country_of(folder) == code


def test_no_matching_region_means_skipped_with_its_reason_and_no_region_is_made(kenya):
    make_region("ghana", ["GH"], status="closed")
    make_region("madrid", ["ES"])
    make_region("spain", ["ES"])
    folders = ["ghana", "spain", "france", "punjab", "", "kenya"]
    report = import_communities(index(*(resource(f"row-{n}", folder=folder) for n, folder in enumerate(folders))))
    assert outcomes(report) == [
        ("skipped", "the region ghana is closed"),
        ("skipped", "several regions have Spain: madrid, spain; choose one with --regions"),
        ("skipped", "no region has France"),
        ("skipped", "“punjab” is not a country"),
        ("skipped", "belongs to no single country"),
        ("new", "region kenya; no web address, so no channel"),
    ]
    assert UserGroup.objects.count() == 1
    assert set(Region.objects.values_list("slug", flat=True)) == {"ghana", "kenya", "madrid", "spain"}


def test_chosen_regions(seven_regions, run):
    run(real_index(), regions="kenya, taiwan")
    assert Counter(UserGroup.objects.values_list("region__slug", flat=True)) == {"kenya": 9, "taiwan": 1}
    report = import_communities(index(resource(folder="spain")), regions=["kenya"])
    assert outcomes(report) == [("skipped", "the region spain was not chosen")]


@pytest.mark.parametrize("regions", ["kenya,atlantis", "atlantis", "ghana,kenya"])
def test_an_unknown_or_closed_region_is_an_error(regions, kenya, run):
    make_region("ghana", ["GH"], status="closed")
    wrong = regions.split(",")[0] if "ghana" in regions else "atlantis"
    with pytest.raises(CommandError) as error:
        run(index(resource()), regions=regions)
    assert str(error.value) == f"Nothing was imported.\n--regions: no open or planned region “{wrong}”"
    assert UserGroup.objects.count() == 0


@pytest.mark.parametrize(
    ("include", "centres", "latitude", "longitude"),
    [
        ([[36.8, -1.2]], {}, -1.2, 36.8),
        ([[36.8, -1.2, 25], [1, 2]], {}, -1.2, 36.8),
        (["ke", [36.8, -1.2]], {}, -1.2, 36.8),
        (["area.geojson"], {"area.geojson": [36.8, -1.2]}, -1.2, 36.8),
        (["area.geojson"], {}, None, None),
        (["ke"], {}, None, None),
    ],
)
def test_points_give_the_place(include, centres, latitude, longitude, kenya):
    import_communities(index(resource(include=include, area_centres=centres)))
    group = UserGroup.objects.get()
    assert (group.latitude, group.longitude) == (latitude, longitude)


@pytest.mark.parametrize(
    ("strings", "place"),
    [
        ({"name": "Club", "description": "YouthMappers chapter at Moi University"}, "Moi University, Kenya"),
        ({"name": "Club", "description": "We map"}, "Kenya"),
        ({"community": "OpenStreetMap Kibera", "communityID": "x"}, "Kibera, Kenya"),
        ({"community": "OpenStreetMap Kenya", "communityID": "x"}, "Kenya"),
        ({"name": "Club", "description": f"YouthMappers chapter at {'U' * 160}"}, "Kenya"),
    ],
)
def test_the_place_is_named_by_what_the_rows_say(strings, place, kenya):
    import_communities(index(resource("row", "youthmappers", include=[[36.8, -1.2]], **strings)))
    assert UserGroup.objects.get().place == place


# -- Templates, descriptions, languages --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "more", "name", "url"),
    [
        ("x", {"account": "a"}, "OSM Kenya on X", "https://twitter.com/a"),
        ("matrix", {"account": "#osm"}, "OSM Kenya Matrix Chat", "https://matrix.to/#/#osm:matrix.org"),
        ("telegram", {"account": "O M"}, "OSM Kenya Telegram", "https://t.me/O%20M"),
        ("wiki", {"account": "K%C3%B6"}, "OSM Kenya WikiProject", "https://wiki.openstreetmap.org/wiki/K%C3%B6"),
        ("x", {"name": "{community} here", "url": "https://own.org/"}, "OSM Kenya here", "https://own.org/"),
        ("irc", {"account": "b", "url": "https://own.org/{account}"}, "OSM Kenya on IRC", "https://own.org/b"),
        ("xmpp", {"name": "{nobody} knows", "url": "https://own.org/"}, "OSM Kenya", "https://own.org/"),
    ],
)
def test_name_templates_are_used(kind, more, name, url, kenya):
    import_communities(index(resource("row", kind, **OSM_KENYA, **more)))
    assert [(channel.name, channel.url) for channel in GroupChannel.objects.all()] == [(name, url)]


@pytest.mark.parametrize(
    ("strings", "description"),
    [
        ({"description": "Short", "extendedDescription": "Long"}, "Long"),
        ({"description": "Short"}, "Short"),
        ({"description": "Join us at {url}. All welcome!", "url": "https://k.org/"}, "Join us at https://k.org/. All welcome!"),
        ({"description": "Join us at {url}. All welcome!"}, "All welcome!"),
        ({"description": "Sign up at {signupUrl}", "signupUrl": "mailto:a@example.org"}, ""),
        ({"description": "{community} maps. {Odd} words. Open { brace. End"}, "OSM Kenya maps. End"),
        ({"description": "Two\n lines"}, "Two lines"),
    ],
)
def test_placeholders_in_descriptions_are_filled_or_their_sentence_dropped(strings, description, kenya):
    import_communities(index(resource("row", "slack", **OSM_KENYA, **strings)))
    group = UserGroup.objects.get()
    assert (group.description, group.description_language) == (description, "en")


def test_the_community_speaks_for_itself_before_its_channels(kenya):
    data = index(
        resource("chat", "matrix", order=9, extendedDescription="A chat room", **OSM_KENYA),
        resource("site", "osm", description="Mappers of Kenya", **OSM_KENYA),
        resource("club", "group", description="Club", extendedDescription="A club of mappers", folder="ghana", name="Club"),
    )
    make_region("ghana", ["GH"])
    import_communities(data)
    assert list(UserGroup.objects.order_by("pk").values_list("description", flat=True)) == [
        "Mappers of Kenya",
        "A club of mappers",
    ]


def test_languages_of_all_rows_are_united_and_unknown_ones_reported(kenya):
    data = index(resource("a", languageCodes=["sw", "en"]), resource("b", languageCodes=["zh-tw", "en", "vn"]))
    report = import_communities(data)
    assert UserGroup.objects.get().languages == ["en", "sw", "zh-hant"]
    assert report.rows[1].reason == "into row 1, OSM Kenya; no web address, so no channel; unknown language: vn"


@pytest.mark.parametrize(
    ("foreign", "code"),
    [
        ("en", "en"),
        ("EN", "en"),
        ("zh-tw", "zh-hant"),
        ("zh_CN", "zh-hans"),
        ("zh-Hant-TW", "zh-hant"),
        ("pt-BR", "pt-br"),
        ("pt-bt", "pt"),
        ("mo", "ro"),
        ("br", "br"),
        ("yue", "yue"),
        ("cz", ""),
        ("vn", ""),
        ("English", ""),
        ("", ""),
    ],
)
def test_language_codes_are_written_as_the_portal_writes_them(foreign, code):
    assert language_code(foreign) == code


# -- Again, and by hand ------------------------------------------------------------------------------------------------


def test_a_dry_run_prints_the_same_report_and_writes_nothing(seven_regions, run):
    before = everything()
    with CaptureQueriesContext(connection) as queries:
        dry = run(real_index(), dry_run=True)
    assert [q["sql"] for q in queries if q["sql"].startswith(("INSERT", "UPDATE", "DELETE"))] == []
    assert everything() == before
    assert dry == run(real_index())
    assert UserGroup.objects.count() == 41


def test_the_second_run_changes_nothing(seven_regions, run):
    run(real_index())
    before = everything()
    with CaptureQueriesContext(connection) as queries:
        report = import_communities(real_index())
    assert everything() == before
    assert report.counts == {"new": 0, "changed": 0, "unchanged": 41, "merged": 68, "skipped": 0}
    # The transaction's two, the regions, the groups, the channels: whatever the size of the file.
    assert len(queries) == 5


def test_the_report_names_every_outcome(kenya, run):
    first = [resource("a", account="a"), resource("b", "youthmappers", name="Club"), resource("c", name="Edited")]
    run(index(*first))
    UserGroup.objects.filter(name="Edited").update(description="By hand")
    later = [resource("d", "x", account="d", order=1), *first, resource("e", "osm", name="台灣"), resource("f", folder="")]
    expected = """\
row  outcome    name           reason
1    changed    OSM Kenya (d)  channels
2    merged     OSM Kenya (a)  into row 1, OSM Kenya
3    unchanged  Club (b)       no web address, so no channel
4    skipped    Edited (c)     edited by hand; no web address, so no channel
5    new        台灣 (e)       region kenya; no web address, so no channel
6    skipped    OSM Kenya (f)  belongs to no single country

6 rows: 1 new, 1 changed, 1 unchanged, 1 merged, 2 skipped
"""
    assert run(index(*later), dry_run=True) == expected
    assert run(index(*later)) == expected


def test_a_changed_file_changes_the_group_and_leaves_its_address_and_health(kenya):
    import_communities(index(resource("a", account="a"), resource("b", "x", account="b")))
    UserGroup.objects.update(health="quiet")
    data = index(resource("a", community="OSM Nairobi", communityID="osmkenya", account="c", languageCodes=["sw"]))
    report = import_communities(data)
    group = UserGroup.objects.get()
    assert outcomes(report) == [("changed", "name, languages, channels")]
    assert (group.name, group.slug, group.health, group.languages) == ("OSM Nairobi", "osm-kenya", "quiet", ["sw"])
    assert channels_of(group) == [("chat", "OSM Nairobi Telegram", "https://t.me/c")]
    entry = ModelLogEntry.objects.get(action="portal.facts_changed")
    assert entry.data["changes"]["name"] == ["OSM Kenya", "OSM Nairobi"]
    assert set(entry.data["changes"]) == {"name", "languages", "channels"}


def add_channel(group):
    group.channels.create(kind="chat", name="Ours", url="https://example.org/ours", sort_order=9)
    group.save()


@pytest.mark.parametrize(
    "edit",
    [
        lambda group: UserGroup.objects.update(name="Ours"),
        lambda group: UserGroup.objects.update(description=""),
        lambda group: UserGroup.objects.update(languages=["en", "sw"]),
        lambda group: UserGroup.objects.update(latitude=1, longitude=2),
        lambda group: UserGroup.objects.update(region=make_region("east", ["TZ"])),
        lambda group: GroupChannel.objects.all().delete(),
        lambda group: GroupChannel.objects.update(url="https://example.org/ours"),
        add_channel,
    ],
    ids=["name", "description", "languages", "point", "region", "no channel", "channel", "more channels"],
)
def test_a_hand_edited_group_is_not_overwritten(edit, kenya):
    import_communities(index(resource("a", account="a"), resource("b", "x", description="We map", account="b", **OSM_KENYA)))
    edit(UserGroup.objects.get())
    before = everything()
    report = import_communities(index(resource("a", account="new"), resource("b", "x", account="b", languageCodes=["en"])))
    assert outcomes(report) == [("skipped", "edited by hand")] * 2
    assert everything() == before


def test_an_edit_taken_back_is_no_edit(kenya):
    import_communities(index(resource(account="a")))
    UserGroup.objects.update(name="Ours")
    UserGroup.objects.update(name="OSM Kenya")
    assert outcomes(import_communities(index(resource(account="b")))) == [("changed", "channels")]


def test_groups_are_found_again_under_a_new_address_of_the_region_and_in_another_order(kenya):
    rows = [resource("a", "matrix", name="Mappers - Matrix"), resource("b", "x", name="Mappers on X"), resource("c")]
    import_communities(index(*rows))
    Region.objects.update(slug="kenia")
    report = import_communities(index(*reversed(rows)))
    assert [row.outcome for row in report.rows] == ["unchanged", "unchanged", "merged"]
    assert UserGroup.objects.count() == 2


# -- Broken files ------------------------------------------------------------------------------------------------------

GOOD = resource("good", account="good")


def without(key, row=None):
    return {name: value for name, value in (row or resource("bad")).items() if name != key}


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (without("locationSet"), "row 2 (bad), locationSet: missing"),
        (without("strings"), "row 2 (bad), strings: missing"),
        (without("id"), "row 2 (no id), id: missing"),
        (resource("bad") | {"id": 7}, "row 2 (no id), id: must be a text, is a whole number"),
        (resource(" "), "row 2 ( ), id: empty"),
        (resource("good"), "row 2 (good), id: the same as in row 1"),
        ("bad", "row 2 (no id): must be an object, is a text"),
        (resource("bad", order="1"), "row 2 (bad), order: must be a whole number, is a text"),
        (resource("bad", order=True), "row 2 (bad), order: must be a whole number, is true or false"),
        (resource("bad", account=None), "row 2 (bad), account: must be a text, is null"),
        (resource("bad", languageCodes="en"), "row 2 (bad), languageCodes: must be a list, is a text"),
        (resource("bad", languageCodes=[1]), "row 2 (bad), languageCodes: must be a text, is a whole number"),
        (resource("bad", name=["a"]), "row 2 (bad), strings.name: must be a text, is a list"),
        (resource("bad", name="a\x00b"), "row 2 (bad), strings.name: holds a character that cannot be stored"),
        (resource("bad", name="a\ud800"), "row 2 (bad), strings.name: holds a character that cannot be stored"),
        (resource("bad", url="https://example.org/"), "row 2 (bad), strings: neither a name nor a community"),
        (resource("bad") | {"locationSet": {}}, "row 2 (bad), locationSet.include: missing"),
        (
            resource("bad") | {"locationSet": {"include": 1}},
            "row 2 (bad), locationSet.include: must be a list, is a whole number",
        ),
        (resource("bad", include=[5]), "row 2 (bad), locationSet.include: must be a point, [longitude, latitude]"),
        (
            resource("bad", include=[[1, 91]]),
            "row 2 (bad), locationSet.include: [1, 91] is no point on the earth: longitude comes first",
        ),
        (
            resource("bad", include=[[float("nan"), 1]]),
            "row 2 (bad), locationSet.include: [nan, 1] is no point on the earth: longitude comes first",
        ),
        (
            resource("bad", area_centres={"a": ["1", "2"]}),
            "row 2 (bad), area_centres.a: must be a point, [longitude, latitude]",
        ),
        (
            resource("bad", name="n" * 161),
            "row 2 (bad), name: Ensure this value has at most 160 characters (it has 161).",
        ),
    ],
)
def test_a_broken_row_is_named_and_nothing_is_written(row, message, kenya, run):
    with pytest.raises(CommandError) as error:
        run(index(GOOD, row))
    assert str(error.value) == f"Nothing was imported.\n{message}"
    assert error.value.returncode == 1
    assert UserGroup.objects.count() == 0
    run(index(GOOD))  # so it was the row
    assert UserGroup.objects.count() == 1


def test_all_broken_rows_are_named_at_once(kenya):
    rows = [resource("a", folder="nowhere") | {"type": 1}, GOOD, without("id", without("folder"))]
    with pytest.raises(ImportFailed) as error:
        import_communities(index(*rows))
    assert [(problem.row, problem.field) for problem in error.value.problems] == [(1, "type"), (3, "id"), (3, "folder")]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b'{"types": {},\n "resources": [}', "{file} is not valid JSON: line 2, column 16: Expecting value"),
        (b"", "{file} is not valid JSON: line 1, column 1: Expecting value"),
        (b'{"about": "\xe9"}', "{file} is not UTF-8: byte 12 does not belong there"),
        (b"[]", "the file must be an object, is a list"),
        (b"{}", "resources: missing\ntypes: missing"),
        (b'{"types": {}, "resources": {}}', "resources: must be a list, is an object"),
        (b'{"types": {"x": {"url": 1}}, "resources": []}', "types.x.url: must be a text, is a whole number"),
        (b'{"types": ' + b"[" * 100_000, "{file} is not usable JSON: maximum recursion depth exceeded*"),
    ],
)
def test_a_broken_file_is_an_error(data, message, kenya, run, tmp_path):
    with pytest.raises(CommandError) as error:
        run(data)
    expected = "Nothing was imported.\n" + message.replace("{file}", str(tmp_path / "index.json"))
    assert str(error.value)[: len(expected.rstrip("*"))] == expected.rstrip("*")
    assert expected.endswith("*") or str(error.value) == expected
    assert (error.value.returncode, UserGroup.objects.count()) == (1, 0)


def test_a_missing_file_is_an_error(tmp_path):
    with pytest.raises(CommandError) as error:
        call_command("import_communities", str(tmp_path / "none.json"))
    assert str(error.value) == f"Nothing was imported.\n{tmp_path / 'none.json'} cannot be read: No such file or directory"


def test_when_writing_breaks_off_nothing_stays(seven_regions, monkeypatch):
    written, before = [], everything()

    def fail(self):
        written.append(UserGroup.objects.count())
        if len(written) == 5:
            raise OSError("the disk is full")
        return "a-slug-" + str(len(written))

    monkeypatch.setattr(UserGroup, "free_slug", fail)
    with pytest.raises(OSError, match="the disk is full"):
        import_communities(real_index())
    assert written == [0, 1, 2, 3, 4]
    assert everything() == before


# -- The real index ----------------------------------------------------------------------------------------------------


def test_the_communities_of_seven_countries(seven_regions):
    report = import_communities(real_index())
    assert report.counts == {"new": 41, "changed": 0, "unchanged": 0, "merged": 68, "skipped": 0}
    groups = Counter(UserGroup.objects.values_list("region__slug", flat=True))
    assert groups == {"colombia": 9, "greece": 1, "india": 8, "kenya": 9, "philippines": 3, "spain": 10, "taiwan": 1}
    channels = Counter(GroupChannel.objects.values_list("group__region__slug", flat=True))
    assert channels == {"colombia": 26, "greece": 3, "india": 29, "kenya": 7, "philippines": 6, "spain": 17, "taiwan": 8}
    assert sum("no web address" in row.reason for row in report.rows) == 109 - 96
    assert UserGroup.objects.filter(latitude__isnull=False).count() == 34


def test_a_real_community(seven_regions):
    import_communities(real_index())
    group = UserGroup.objects.get(slug="openstreetmap-kerala")
    assert (group.place, group.latitude, group.longitude) == ("Kerala, India", 10.444, 76.02)
    assert (group.languages, group.description) == (["en"], "We help grow and improve OpenStreetMap in Kerala.")
    assert [(kind, url) for kind, _name, url in channels_of(group)] == [
        ("website", "https://kerala.openstreetmap.in/"),
        ("code", "https://github.com/osmkerala"),
        ("chat", "https://matrix.to/#/#osm-kerala:matrix.org"),
        ("social", "https://www.facebook.com/osmkerala"),
        ("chat", "https://t.me/osmkerala"),
        ("wiki", "https://wiki.openstreetmap.org/wiki/Kerala"),
    ]


def test_nothing_of_the_templates_is_left_in_real_groups(seven_regions):
    assert any("{" in text for each in real_index()["resources"] for text in each["strings"].values())
    import_communities(real_index())
    words = [*UserGroup.objects.values_list("name", "description"), *GroupChannel.objects.values_list("name", "url")]
    assert [text for texts in words for text in texts if set("{}") & set(text)] == []


def test_the_index_itself_is_left_as_it_was(kenya):
    data = index(resource())
    before = copy.deepcopy(data)
    import_communities(data)
    assert data == before


def test_an_empty_report():
    assert str(Report()) == "row  outcome  name  reason\n\n0 rows: 0 new, 0 changed, 0 unchanged, 0 merged, 0 skipped"
