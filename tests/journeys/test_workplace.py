"""Staff keep records in the workplace: record first, then its page; facts public at once; verbs as buttons."""

import pytest
from django.urls import reverse
from wagtail.models import ModelLogEntry

from portal.models import User
from regions.models import Role, Team
from spaces.models import Space
from tests.factories import UserGroupFactory, announced_event, listed_space, open_region

pytestmark = pytest.mark.django_db
NUMBERS = {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": 1000}
SEVERAL = ("hosts", "opening_hours", "special_hours", "closures", "photos")
PARTS = {f"{part}-{name}": value for part in SEVERAL for name, value in NUMBERS.items()}


@pytest.fixture
def region():
    return open_region(name="Kenya")


@pytest.fixture
def staff(client):
    person = User.objects.create_user("staff@example.org", "a long pass phrase")
    Team.objects.ensure(Role.STAFF).admit(person)
    client.force_login(person)
    return person


def facts(region, **changes):
    return {
        "name": "Ngong Road hub",
        "region": region.pk,
        "kind": "library",
        "address": "Ngong Road 112",
        "city": "Nairobi",
        "country": "KE",
        "latitude": "-1.3",
        "longitude": "36.78",
        "capacity": 40,
        "step_free": "yes",
        "cost": "free",
        "facilities": ["wifi"],
        **dict.fromkeys(Space.DECLARATIONS, "on"),
        **PARTS,
        **changes,
    }


def url(name, *args):
    return reverse(f"wagtailsnippets_spaces_space:{name}", args=args)


def test_adding_a_space_leads_to_its_draft_page_with_the_facts(client, staff, region):
    response = client.post(url("add"), facts(region))
    space = Space.objects.get()
    page = space.pages.get()
    assert (response.status_code, response["Location"]) == (302, reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert (page.live, space.status) == (False, "draft")
    editor = client.get(response["Location"]).content.decode()
    assert "Ngong Road 112" in editor
    assert f"{url('edit', space.pk)}?next=" in editor


def test_a_space_without_a_price_is_refused_beside_the_field_and_nothing_is_saved(client, staff, region):
    response = client.post(url("add"), facts(region, cost="hourly"))
    page = response.content.decode()
    assert response.status_code == 200
    assert "A paid space has a price and a currency." in page
    assert 'value="Ngong Road hub"' in page
    assert not Space.objects.exists()


def test_listing_is_a_button_that_asks_first(client, staff, region):
    client.post(url("add"), facts(region))
    space = Space.objects.get()
    verb = url("verb", space.pk, "list")
    assert verb in client.get(url("edit", space.pk)).content.decode()
    assert "the space stands in the directory" in client.get(verb).content.decode()
    assert Space.objects.get().status == "draft"
    assert client.post(verb).status_code == 302
    assert Space.objects.get().status == "listed"
    assert "Ngong Road hub" in client.get("/en/spaces/").content.decode()


def test_a_verb_that_is_not_possible_now_says_so(client, staff, region):
    space = listed_space(region)
    response = client.post(url("verb", space.pk, "list"), follow=True)
    assert "This is not possible at the moment." in response.content.decode()
    assert client.post(url("verb", space.pk, "delete"), follow=True).status_code == 200
    assert Space.objects.filter(pk=space.pk, status="listed").exists()


def test_changed_facts_are_public_at_once_and_written_down(client, staff, region):
    space = listed_space(region, name="Ngong Road hub")
    back = reverse("wagtailadmin_pages:edit", args=[space.pages.get().pk])
    response = client.post(f"{url('edit', space.pk)}?next={back}", facts(region, slug=space.slug, address="Ngong Road 200"))
    assert response["Location"] == back
    assert "Ngong Road 200" in client.get(space.pages.get().get_url()).content.decode()
    entry = ModelLogEntry.objects.get(action="portal.facts_changed")
    assert entry.data["changes"]["address"] == ["Ngong Road 112", "Ngong Road 200"]
    assert entry.user == staff


def test_the_region_of_a_record_cannot_be_changed_by_its_form(client, staff, region):
    space = listed_space(region, name="Ngong Road hub")
    other = open_region(name="Taiwan")
    client.post(url("edit", space.pk), facts(other, slug=space.slug))
    assert Space.objects.get(pk=space.pk).region == region


def test_moving_asks_for_the_region(client, staff, region):
    space, other = listed_space(region, name="Ngong Road hub"), open_region(name="Taiwan")
    verb = url("verb", space.pk, "move_to")
    assert f'<option value="{other.pk}">Taiwan</option>' in client.get(verb).content.decode()
    refused = client.post(verb, {"region": 0})
    assert (refused.status_code, Space.objects.get(pk=space.pk).region) == (200, region)
    assert "Select a valid choice" in refused.content.decode()
    assert client.post(verb, {"region": other.pk}).status_code == 302
    assert Space.objects.get(pk=space.pk).region == other


def test_an_ambassador_edits_the_own_region_and_no_other(client, region):
    other = open_region(name="Taiwan")
    bob = User.objects.create_user("bob@example.org", "a long pass phrase")
    region.grant(bob, "ambassador")
    client.force_login(bob)
    assert client.get(reverse("wagtailadmin_pages:edit", args=[region.page_in("en").pk])).status_code == 200
    assert client.get(reverse("wagtailadmin_pages:edit", args=[other.page_in("en").pk])).status_code == 404


@pytest.mark.parametrize(
    "name", ["regions_region", "regions_ambassadorship", "regions_usergroup", "spaces_space", "stories_event"]
)
def test_every_list_and_form_of_the_workplace_opens(client, staff, region, name):
    listed_space(region)
    for view in ("list", "add"):
        assert client.get(reverse(f"wagtailsnippets_{name}:{view}")).status_code == 200


def test_a_home_page_with_regions_below_cannot_be_copied(client, region):
    client.force_login(User.objects.create_superuser("root@example.org", "a long pass phrase"))
    home = region.page_in("en").get_parent().get_parent()
    response = client.get(reverse("wagtailadmin_pages:copy", args=[home.pk]), follow=True)
    assert "cannot be copied" in response.content.decode()


@pytest.mark.parametrize("name", ["spaces_space", "stories_event", "regions_usergroup"])
def test_a_list_offers_no_other_region_as_a_filter(client, staff, region, name):
    other = open_region(name="Taiwan")
    address = reverse(f"wagtailsnippets_{name}:list")
    options = [f'<option value="{each.pk}">{each}</option>' for each in (region, other)]
    assert [option in client.get(address).content.decode() for option in options] == [False, False]
    for each in (region, other):
        listed_space(each), announced_event(each), UserGroupFactory(region=each)
    assert [option in client.get(address).content.decode() for option in options] == [True, True]
    bob = User.objects.create_user("bob@example.org", "a long pass phrase")
    region.grant(bob, "ambassador")
    client.force_login(bob)
    assert [option in client.get(address).content.decode() for option in options] == [True, False]
