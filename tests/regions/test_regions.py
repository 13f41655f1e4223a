"""Opening a region, giving roles in it, closing it."""

import pytest
from django.core.exceptions import ValidationError
from wagtail.models import Collection, GroupPagePermission

from regions.models import Region, RegionPage, Team
from tests.factories import RegionFactory, UserFactory, open_region

pytestmark = pytest.mark.django_db


def rows(region):
    return set(
        GroupPagePermission.objects.filter(page__in=region.pages.all()).values_list(
            "group__team__role", "page__locale__language_code", "permission__codename"
        )
    )


def test_opening_makes_pages_teams_and_permissions_in_each_language():
    region = open_region(name="Kenya", languages=["en", "fr"])
    assert [(p.locale.language_code, p.live) for p in region.pages.order_by("locale__language_code")] == [
        ("en", True),
        ("fr", False),
    ]
    roles = sorted(Team.objects.filter(region=region).values_list("role", flat=True))
    assert roles == ["ambassador", "contributor", "editor", "volunteer"]
    assert ("editor", "fr", "publish_page") in rows(region)
    assert ("contributor", "en", "add_page") in rows(region)
    assert ("contributor", "en", "publish_page") not in rows(region)
    assert Collection.objects.filter(depth=2, name="Kenya").count() == 1


def test_opening_again_changes_nothing():
    region = open_region()
    before = (rows(region), RegionPage.objects.count(), Team.objects.count(), Collection.objects.count())
    region.open()
    assert (rows(region), RegionPage.objects.count(), Team.objects.count(), Collection.objects.count()) == before


def test_a_language_that_is_added_later_gets_its_page_by_opening_again():
    region = open_region(languages=["en"])
    assert region.page_in("es") is None
    region.languages = ["en", "es"]
    region.save()
    region.open()
    assert region.page_in("es").live is False
    assert ("ambassador", "es", "publish_page") in rows(region)


def test_granting_a_role_lets_one_edit_this_region_and_no_other():
    kenya, taiwan = open_region(name="Kenya"), open_region(name="Taiwan")
    bob = UserFactory(first_name="Bob")
    assert not kenya.page_in("en").permissions_for_user(bob).can_edit()
    membership = kenya.grant(bob, "editor", reason="has drafted for a year")
    bob = type(bob).objects.get(pk=bob.pk)
    assert kenya.page_in("en").permissions_for_user(bob).can_publish()
    assert not taiwan.page_in("en").permissions_for_user(bob).can_edit()
    assert (membership.team.role, membership.team.region, membership.reason) == ("editor", kenya, "has drafted for a year")


def test_granting_twice_is_one_membership():
    region, bob = open_region(), UserFactory()
    assert region.grant(bob, "editor") == region.grant(bob, "editor")
    assert bob.memberships.count() == 1


def test_the_first_language_of_an_open_region_stays():
    region = open_region(language="en")
    region.language = "fr"
    with pytest.raises(ValidationError) as refused:
        region.full_clean()
    assert list(refused.value.message_dict) == ["language"]
    assert Region.objects.get(pk=region.pk).language == "en"


def test_closing_takes_its_pages_out_of_sight(client):
    region = open_region()
    url = region.page_in("en").get_url()
    assert client.get(url).status_code == 200
    region.close()
    assert client.get(url).status_code == 404
    assert not Region.objects.shown_in("en").filter(pk=region.pk).exists()


def test_a_planned_region_is_not_public():
    region = RegionFactory()
    assert region.may_be_shown is False
    assert not Region.objects.open().filter(pk=region.pk).exists()
