"""The front door: menus, site texts, counts, founding, and what the demo refuses."""

import pytest
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.management import CommandError, call_command
from wagtail.models import Page, Site

from home.demo import people
from home.demo.building import Builder
from home.demo.content import person_name, regions, translations, wanted_strings
from home.demo.scaling import multiply
from home.founding import found_portal, open_languages
from home.models import HomePage, Menu, SiteTexts, StandardPage
from portal.models import User
from regions.models import Region
from spaces.models import Space, SpacePage
from stories.models import Event, StoryPage
from tests.factories import listed_space, open_region

pytestmark = pytest.mark.django_db


def state():
    models = (Page, Menu, SiteTexts, Site)
    return [list(model.objects.order_by("pk").values_list("pk", flat=True)) for model in models]


def test_founding_again_changes_nothing():
    before = state()
    found_portal()
    open_languages()
    assert state() == before


class TestMenus:
    def test_default(self, client):
        assert '<a href="/en/get-involved/">Get involved</a>' in client.get("/en/").content.decode()

    def test_translated(self, client):
        page = client.get("/es/").content.decode()
        assert '<a href="/es/get-involved/">Participa</a>' in page
        assert "Get involved" not in page

    def test_untranslated(self, client):
        StandardPage.objects.get(slug="get-involved", locale__language_code="es").unpublish()
        page = client.get("/es/").content.decode()
        assert '<a href="/en/get-involved/" lang="en" hreflang="en" dir="ltr">Get involved</a>' in page

    def test_a_changed_title_is_in_the_menu_at_once(self, client):
        client.get("/en/")
        page = StandardPage.objects.get(slug="get-involved", locale__language_code="en")
        page.title = "Come in"
        page.save_revision().publish()
        assert '<a href="/en/get-involved/">Come in</a>' in client.get("/en/").content.decode()


class TestSiteTexts:
    def test_default(self, client):
        SiteTexts.objects.filter(locale__language_code="en").update(footer="Kept by many hands")
        assert "<p>Kept by many hands</p>" in client.get("/en/").content.decode()

    def test_translated(self, client):
        SiteTexts.objects.filter(locale__language_code="fr").update(footer="Tenu par beaucoup de mains")
        assert "<p>Tenu par beaucoup de mains</p>" in client.get("/fr/").content.decode()

    def test_untranslated(self, client):
        SiteTexts.objects.filter(locale__language_code="en").update(footer="Kept by many hands")
        SiteTexts.objects.filter(locale__language_code="fr").update(footer="")
        assert '<p lang="en" dir="ltr">Kept by many hands</p>' in client.get("/fr/").content.decode()


def test_the_counts_are_those_of_the_lists(client):
    region = open_region(name="Kenya")
    listed_space(region, name="Free one")
    listed_space(region, name="Paid one", cost="donation")
    listed_space(region, name="Only drafted").pages.get().unpublish()
    page = client.get("/en/").content.decode()
    assert "<b>2</b> spaces, 1 of them free" in page
    assert "2 spaces" in client.get("/en/spaces/").content.decode()


class TestDemo:
    def test_its_accounts_are_refused_elsewhere(self):
        with pytest.raises(ImproperlyConfigured):
            people.account("superuser")
        with pytest.raises(CommandError, match=r"portal\.settings\.demo"):
            call_command("demo")
        assert not User.objects.exists()

    @pytest.mark.parametrize("language", ["es", "fr", "ar", "zh-hant", "en"])
    def test_every_string_that_shall_be_translated_is(self, language):
        wanted = set(wanted_strings(language))
        assert wanted
        assert wanted - set(translations(language)) == set()

    @pytest.mark.slow
    def test_one_region_is_built_twice_without_a_trace(self, settings, commits_at_once):
        settings.PORTAL_DEMO = True
        kenya = regions()["kenya"]
        for _again in range(2):
            builder = Builder()
            builder.staff = people.make_programme()
            builder.build_region(kenya)
        region = Region.objects.get(slug="kenya")
        assert (region.spaces.count(), region.events.count(), region.stories.filter(locale__language_code="en").count()) == (
            len(kenya["spaces"]),
            len(kenya["events"]),
            len(kenya["stories"]),
        )
        french = region.page_in("fr")
        assert (french.live, french.alias_of) == (True, None)
        untold = next(story["slug"] for story in kenya["stories"] if story.get("only"))
        assert not StoryPage.objects.filter(slug=untold, locale__language_code="fr").exists()
        assert User.objects.filter(email="ambassador.kenya@example.org", first_name=kenya["ambassadors"][0]["first_name"])

    def test_names_are_said_as_their_language_says_them(self):
        assert person_name({"first_name": "郁辰", "last_name": "林"}) == "林郁辰"
        assert person_name({"first_name": "Amina", "last_name": "Otieno"}) == "Amina Otieno"

    def test_multiplying_keeps_the_tree_whole(self, client):
        region = open_region(name="Kenya")
        listed_space(region, name="Hub")
        multiply(4)
        assert Page.find_problems() == ([], [], [], [], [])
        assert (Region.objects.count(), Space.objects.count(), SpacePage.objects.count()) == (4, 4, 4)
        assert client.get("/en/regions/kenya-x2/hub-x2/").status_code == 200
        assert Event.objects.count() == 0


@pytest.mark.parametrize("slug", ["search", "account", "not-yet"])
def test_a_page_cannot_hide_behind_a_view_of_the_portal(slug):
    home = HomePage.objects.get(locale__language_code="en")
    with pytest.raises(ValidationError) as refused:
        home.add_child(instance=StandardPage(title="Hidden", slug=slug, locale=home.locale))
    assert list(refused.value.message_dict) == ["slug"]
    assert not StandardPage.objects.filter(title="Hidden").exists()


def test_there_is_one_home_page_in_each_language():
    assert HomePage.objects.live().count() == 5
