"""Spaces: declared, listed, confirmed, closed."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from spaces.models import Space, SpaceHost
from tests.factories import SpaceFactory, listed_space, open_region

pytestmark = pytest.mark.django_db


@pytest.fixture
def region():
    return open_region(name="Kenya")


@pytest.mark.parametrize("missing", Space.DECLARATIONS)
def test_a_space_is_not_listed_while_a_declaration_is_missing(region, missing):
    space = SpaceFactory(region=region, **{missing: False})
    with pytest.raises(ValidationError, match="all declarations"):
        space.list()
    assert Space.objects.get(pk=space.pk).status == "draft"
    assert not space.pages.exists()


def test_a_paid_space_has_a_price_and_a_currency(region):
    space = SpaceFactory.build(region=region, cost="hourly", slug="paid-room")
    with pytest.raises(ValidationError) as refused:
        space.full_clean()
    assert list(refused.value.message_dict) == ["price"]
    space.price, space.currency = 5, "EUR"
    space.full_clean()


def test_the_directory_begins_with_what_is_free_and_lately_confirmed(region):
    now = timezone.now()
    listed_space(region, name="Paid", cost="daily", price=9, currency="EUR", confirmed_at=now)
    listed_space(region, name="Never confirmed")
    listed_space(region, name="Confirmed long ago", confirmed_at=now - timedelta(days=300))
    listed_space(region, name="Donation", cost="donation", confirmed_at=now)
    listed_space(region, name="Confirmed today", confirmed_at=now)
    names = list(Space.objects.in_region(region).free_first().values_list("name", flat=True))
    assert names == ["Confirmed today", "Confirmed long ago", "Never confirmed", "Donation", "Paid"]


@pytest.mark.parametrize(("days", "stale"), [(None, True), (0, False), (221, False), (222, True)])
def test_what_nobody_confirmed_six_weeks_after_half_a_year_is_stale(region, days, stale):
    confirmed_at = None if days is None else timezone.now() - timedelta(days=days)
    assert SpaceFactory(region=region, confirmed_at=confirmed_at).is_stale is stale


def test_confirming_says_so_on_the_page(region, client):
    space = listed_space(region, name="Hub", confirmed_at=timezone.now() - timedelta(days=300))
    url = space.pages.get().get_url()
    assert "Not confirmed since" in client.get(url).content.decode()
    space.confirm()
    assert "Not confirmed since" not in client.get(url).content.decode()


def test_the_page_shows_facts_but_never_a_hosts_address(region, client):
    space = listed_space(region, name="Hub", facilities=["wifi", "kitchen"], step_free="yes")
    SpaceHost.objects.create(space=space, name="Wanjiru", email="wanjiru@example.org")
    page = client.get(space.pages.get().get_url()).content.decode()
    for fact in ("Ngong Road 112", "Nairobi", "Kenya", "40 people", "wifi and kitchen", "step-free"):
        assert fact in page
    assert "wanjiru@example.org" not in page


def test_free_donation_and_paid_differ_in_sign_and_word(region, client):
    listed_space(region, name="Free one")
    listed_space(region, name="Gift one", cost="donation")
    listed_space(region, name="Paid one", cost="hourly", price=600, currency="KES")
    page = client.get("/en/spaces/?region=kenya").content.decode()
    for sign, word in (("free", "Free"), ("donation", "Donation"), ("paid", "KES 600 an hour")):
        assert f"key-{sign}" in page
        assert word in page
