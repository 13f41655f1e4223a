"""A reader finds the way: languages, lists, filters, search, and nothing that follows them about."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone
from wagtail.models import Page

from portal.models import BasePage
from stories.models import StoryPage
from tests.factories import (
    UserGroupFactory,
    announced_event,
    appointed,
    listed_space,
    open_region,
    publish_in,
    told_story,
)

pytestmark = pytest.mark.django_db
LISTS = ["regions", "spaces", "groups", "ambassadors", "events", "stories", "announcements", "get-involved"]


@pytest.fixture
def kenya():
    region = open_region(name="Kenya", languages=["en", "fr"])
    listed_space(region, name="Ngong Road hub")
    announced_event(region, name="First steps with maps")
    appointed(region)
    UserGroupFactory(region=region, name="Map Kibera")
    told_story(region)
    return region


@pytest.mark.parametrize(
    ("accepted", "language"),
    [("fr-CH, fr;q=0.9", "fr"), ("zh-TW", "zh-hant"), ("ar", "ar"), ("sw", "en"), ("", "en"), ("x" * 5000, "en")],
)
def test_the_front_door_chooses_a_language_without_a_cookie(client, accepted, language):
    response = client.get("/", headers={"accept-language": accepted})
    assert (response.status_code, response["Location"]) == (302, f"/{language}/")
    assert "Accept-Language" in response["Vary"]
    assert response.cookies == {}


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
@pytest.mark.parametrize("name", ["", *LISTS, "search"])
def test_every_address_of_the_contract_answers_in_every_language(client, language, name):
    response = client.get(f"/{language}/{name}/" if name else f"/{language}/")
    assert response.status_code == 200
    page = response.content.decode()
    tag = "zh-Hant" if language == "zh-hant" else language
    assert f'<html lang="{tag}" dir="{"rtl" if language == "ar" else "ltr"}">' in page
    assert page.count("<h1") == 1


@pytest.mark.parametrize(
    "path", ["/de/", "/en/nothing/", "/regions/", "/en/regions/nowhere/", "/en/groups/none/", "/xx/search/"]
)
def test_what_is_not_there_is_not_found(client, path):
    response = client.get(path)
    assert response.status_code == 404
    assert "Page not found" in response.content.decode()


def test_a_readers_page_may_be_kept_by_a_cache(client, kenya):
    response = client.get("/en/regions/kenya/")
    assert response.cookies == {}
    assert "Cookie" not in response.get("Vary", "")
    assert "public" in response["Cache-Control"]
    again = client.get("/en/regions/kenya/", headers={"if-none-match": response["ETag"]})
    assert again.status_code == 304
    assert response["Last-Modified"]


def test_with_a_session_the_page_is_private(client, kenya, django_user_model):
    client.force_login(django_user_model.objects.create_user("staff@example.org", is_superuser=True))
    response = client.get("/en/regions/kenya/")
    assert "private" in response["Cache-Control"]
    assert "wagtail-userbar" in response.content.decode()


def test_the_policy_lets_nothing_in_from_elsewhere(client):
    policy = client.get("/en/")["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe-inline" not in policy
    assert "frame-ancestors 'none'" in policy


def test_a_region_shows_everything_that_is_its_own(client, kenya):
    page = client.get("/en/regions/kenya/").content.decode()
    for name in ("Ngong Road hub", "First steps with maps", "Otieno", "Map Kibera", "What a room changed"):
        assert name in page


def test_what_is_only_drafted_or_elsewhere_does_not_leak(client, kenya):
    elsewhere = open_region(name="Taiwan")
    listed_space(elsewhere, name="Harbour loft")
    listed_space(kenya, name="Secret cellar").pages.get().unpublish()
    kenya_page, list_page = (client.get(path).content.decode() for path in ("/en/regions/kenya/", "/en/spaces/"))
    assert "Harbour loft" in list_page
    assert "Harbour loft" not in kenya_page
    assert "Secret cellar" not in kenya_page + list_page


class TestLanguages:
    """The three states of everything localized: default, translated, untranslated."""

    def test_default(self, client, kenya):
        page = client.get("/en/regions/kenya/").content.decode()
        assert 'hreflang="en"' in page
        assert f"/fr/not-yet/{kenya.key}/" in page

    def test_translated(self, client, kenya):
        publish_in(kenya.page_in("en"), "fr", title="Le Kenya")
        french = client.get("/fr/regions/kenya/")
        assert french.status_code == 200
        assert "Le Kenya" in french.content.decode()
        english = client.get("/en/regions/kenya/").content.decode()
        assert '<link rel="alternate" hreflang="fr" href="http://testserver/fr/regions/kenya/">' in english
        assert '<link rel="alternate" hreflang="x-default"' in english
        assert f"/fr/not-yet/{kenya.key}/" not in english

    def test_untranslated(self, client, kenya):
        assert client.get("/fr/regions/kenya/").status_code == 404
        response = client.get(f"/fr/not-yet/{kenya.key}/")
        page = response.content.decode()
        assert response.status_code == 200
        assert '<meta name="robots" content="noindex">' in page
        assert '<link rel="canonical" href="http://testserver/en/regions/kenya/">' in page
        assert 'href="/en/regions/kenya/"' in page

    def test_what_is_there_by_now_leads_to_it(self, client, kenya):
        publish_in(kenya.page_in("en"), "fr", title="Le Kenya")
        response = client.get(f"/fr/not-yet/{kenya.key}/")
        assert (response.status_code, response["Location"]) == (302, "/fr/regions/kenya/")

    def test_an_unknown_or_drafted_page_is_not_named(self, client, kenya):
        kenya.page_in("en").unpublish()
        assert client.get(f"/fr/not-yet/{kenya.key}/").status_code == 404
        assert client.get("/fr/not-yet/00000000-0000-0000-0000-000000000000/").status_code == 404

    def test_a_list_marks_what_is_in_another_language(self, client, kenya):
        page = client.get("/fr/spaces/").content.decode()
        assert '<a href="/en/regions/kenya/ngong-road-hub/" lang="en" hreflang="en" dir="ltr">Ngong Road hub</a>' in page

    def test_english_under_another_language_is_never_served(self, client):
        Page.objects.filter(depth=2, locale__language_code="fr").update(live=False)
        response = client.get("/fr/")
        assert response.status_code == 302
        assert "/fr/not-yet/" in response["Location"]


class TestFilters:
    def test_one_region_only(self, client, kenya):
        listed_space(open_region(name="Taiwan"), name="Harbour loft")
        everything = client.get("/en/spaces/").content.decode()
        assert "Harbour loft" in everything
        assert "Ngong Road hub" in everything
        page = client.get("/en/spaces/?region=taiwan").content.decode()
        assert "Harbour loft" in page
        assert "Ngong Road hub" not in page
        assert '<a href="?"><span class="visually-hidden">Take off: </span>Taiwan</a>' in page

    def test_free_before_donation_before_paid(self, client, kenya):
        listed_space(kenya, name="Paid room", cost="hourly", price=5, currency="EUR")
        listed_space(kenya, name="Donation room", cost="donation")
        page = client.get("/en/spaces/").content.decode()
        assert page.index("Ngong Road hub") < page.index("Donation room") < page.index("Paid room")
        only = client.get("/en/spaces/?cost=donation").content.decode()
        assert ("Donation room" in only, "Paid room" in only) == (True, False)

    @pytest.mark.parametrize(
        "query",
        [
            "region=nowhere",
            "people=many",
            "people=-1",
            "cost=%00",
            "page=zero",
            "page=99999",
            "page=-1",
            "language=klingon",
            "q=%22",
            "q=%00",
            "q=" + "x" * 10_000,
            "tag=%27%22",
            "when=never",
            "facility=%25",
            "step_free=perhaps",
        ],
    )
    def test_a_strange_value_never_breaks_a_list(self, client, kenya, query):
        lists = ["regions", "spaces", "groups", "ambassadors", "events", "stories", "announcements"]
        statuses = {name: client.get(f"/en/{name}/?{query}").status_code for name in lists}
        assert statuses == dict.fromkeys(lists, 200)

    def test_an_unknown_value_is_named_beside_its_field_and_filters_nothing(self, client, kenya):
        page = client.get("/en/spaces/?region=nowhere").content.decode()
        assert "Not known here, so it filters nothing." in page
        assert "Ngong Road hub" in page


class TestSearch:
    def test_it_finds_pages_by_the_facts_of_their_record(self, client, kenya, commits_at_once):
        listed_space(kenya, name="Lighthouse", address="Beacon Street 5")
        page = client.get("/en/search/?q=beacon").content.decode()
        assert "Lighthouse" in page

    def test_changed_facts_are_found_and_old_ones_are_not(self, client, kenya, commits_at_once):
        space = listed_space(kenya, name="Lighthouse", address="Beacon Street 5")
        space.address = "Lantern Street 5"
        space.save()
        assert "Lighthouse" in client.get("/en/search/?q=lantern").content.decode()
        assert "Lighthouse" not in client.get("/en/search/?q=beacon").content.decode()

    def test_it_looks_in_the_readers_language(self, client, kenya, commits_at_once):
        story = told_story(kenya, title="Mangroves counted")
        publish_in(story, "fr", title="Palétuviers comptés")
        publish_in(kenya.page_in("en"), "fr")
        assert "Palétuviers" in client.get("/fr/search/?q=Palétuviers").content.decode()
        assert "Palétuviers comptés" not in client.get("/en/search/?q=Palétuviers").content.decode()

    def test_words_of_an_unsegmented_script_are_found_inside_a_title(self, client, commits_at_once):
        taiwan = open_region(name="台灣", slug="taiwan", language="zh-hant", languages=["zh-hant"])
        listed_space(taiwan, name="忠孝社群空間", slug="zhongxiao")
        assert "忠孝社群空間" in client.get("/zh-hant/search/?q=社群").content.decode()

    @pytest.mark.parametrize("words", ['"', "%00", "x" * 10_000, "'; --", "*", "AND OR NOT", "(((", "a:b", "😀", "^", "\\"])
    def test_nothing_typed_breaks_it(self, client, kenya, words):
        assert client.get("/en/search/", {"q": words}).status_code == 200

    def test_groups_are_found_though_they_have_no_page(self, client, kenya):
        assert "/en/groups/map-kibera/" in client.get("/en/search/?q=kibera").content.decode()


def fill(region, count):
    for number in range(count):
        listed_space(region, name=f"Room {number}", cost="free" if number % 2 else "donation")
        day = timezone.now() + timedelta(days=7 + region.events.count())  # one room, one group at a time
        announced_event(region, name=f"Evening {number}", space=region.spaces.first(), address="", starts_at=day)
        appointed(region)
        UserGroupFactory(region=region)
        told_story(region, title=f"Story {number}")


ADDRESSES = [
    "/en/",
    "/en/regions/",
    "/en/regions/measured/",
    "/en/spaces/",
    "/en/groups/",
    "/en/ambassadors/",
    "/en/events/",
    "/en/stories/",
    "/en/announcements/",
    "/en/regions/measured/room-0/",
]


@pytest.mark.slow
def test_a_page_takes_as_many_queries_for_twenty_of_everything_as_for_three(client, django_assert_max_num_queries):
    region = open_region(name="Measured")
    fill(region, 3)
    few = {path: queries_of(client, path, django_assert_max_num_queries) for path in ADDRESSES}
    fill(region, 17)
    many = {path: queries_of(client, path, django_assert_max_num_queries) for path in ADDRESSES}
    # Twenty spaces at one point are more than a popup lists, so the map of the directory does not ask for their names.
    assert many == {**few, "/en/spaces/": few["/en/spaces/"] - 2}
    assert many["/en/regions/measured/"] <= 22


def queries_of(client, path, counter):
    client.get(path)  # menus, sites and pictures' renditions are warm
    with counter(60) as counted:
        assert client.get(path).status_code == 200
    return len(counted)


def test_pages_below_a_region_take_part_in_the_sitemap_with_their_languages(client, kenya):
    publish_in(kenya.page_in("en"), "fr", title="Le Kenya")
    told_story(kenya, title="Drafted only").unpublish()
    sitemap = client.get("/sitemap.xml").content.decode()
    assert "<loc>http://testserver/en/regions/kenya/</loc>" in sitemap
    assert "<loc>http://testserver/fr/regions/kenya/</loc>" in sitemap
    assert 'hreflang="fr" href="http://testserver/fr/regions/kenya/"' in sitemap
    assert "drafted-only" not in sitemap
    assert sitemap.count("<loc>http://testserver/zh-hant/groups/map-kibera/</loc>") == 1
    assert sitemap.count("<loc>") == len(set(live_addresses())) + len(settings.LANGUAGES)


def live_addresses():
    return [page.url for page in Page.objects.live().filter(depth__gt=1).specific() if isinstance(page, BasePage)]


def test_each_story_is_listed_once_in_the_best_language(client, kenya):
    story = told_story(kenya, title="Told once")
    publish_in(story, "fr", title="Raconté une fois")
    publish_in(kenya.page_in("en"), "fr")
    english, french = client.get("/en/stories/").content.decode(), client.get("/fr/stories/").content.decode()
    assert ("Told once" in english, "Raconté une fois" in english) == (True, False)
    assert ("Told once" in french, "Raconté une fois" in french) == (False, True)
    assert StoryPage.objects.live().filter(translation_key=story.translation_key).count() == 2
