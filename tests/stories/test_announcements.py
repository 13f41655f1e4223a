"""Announcements: for everyone or for some regions, for a time, in the reader's language."""

from datetime import timedelta

import pytest
from django.utils import timezone

from stories.models import AnnouncementIndexPage, AnnouncementPage
from tests.factories import open_region, publish_in

pytestmark = pytest.mark.django_db


def announce(title, **fields):
    parent = AnnouncementIndexPage.objects.get(locale__language_code="en")
    page = AnnouncementPage(title=title, locale=parent.locale, **fields)
    parent.add_child(instance=page)
    page.save_revision().publish()
    page.refresh_from_db()
    return page


@pytest.fixture
def kenya():
    return open_region(name="Kenya")


@pytest.fixture
def taiwan():
    return open_region(name="Taiwan")


def seen(client, path, *titles):
    page = client.get(path).content.decode()
    return [title for title in titles if title in page]


def test_a_region_sees_what_concerns_it(client, kenya, taiwan):
    announce("For all")
    announce("For Kenya", regions=[kenya])
    announce("For Taiwan", regions=[taiwan])
    titles = ("For all", "For Kenya", "For Taiwan")
    assert seen(client, "/en/regions/kenya/", *titles) == ["For all", "For Kenya"]
    assert seen(client, "/en/", *titles) == ["For all"]
    assert seen(client, "/en/announcements/", *titles) == list(titles)
    assert seen(client, "/en/announcements/?region=taiwan", *titles) == ["For Taiwan"]


def test_it_begins_and_ends(client, kenya):
    now = timezone.now()
    announce("Over", until=now - timedelta(minutes=1), starts=now - timedelta(days=1))
    announce("Not begun", starts=now + timedelta(days=1))
    announce("Running", starts=now - timedelta(days=1), until=now + timedelta(days=1))
    assert seen(client, "/en/regions/kenya/", "Over", "Not begun", "Running") == ["Running"]


def test_an_urgent_one_stands_above_every_page_it_concerns(client, kenya, taiwan):
    announce("Storm", urgent=True, regions=[kenya])
    assert '<aside class="notice"' in client.get("/en/regions/kenya/").content.decode()
    assert '<aside class="notice"' not in client.get("/en/regions/taiwan/").content.decode()
    announce("Outage", urgent=True)
    assert '<aside class="notice"' in client.get("/en/privacy/").content.decode()


def test_each_language_has_its_own(client):
    english = announce("Cohort open")
    assert seen(client, "/fr/", "Cohort open") == []
    publish_in(english, "fr", title="Appel ouvert")
    assert seen(client, "/fr/", "Cohort open", "Appel ouvert") == ["Appel ouvert"]
    assert seen(client, "/en/", "Cohort open", "Appel ouvert") == ["Cohort open"]
