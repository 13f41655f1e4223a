"""A reader of a translation is told that its original is newer: default, translated, untranslated."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import override
from wagtail.models import Page

from tests.factories import open_region, told_story
from tests.translating import publish_translation, translate

pytestmark = pytest.mark.django_db


@pytest.fixture
def story():
    story = told_story(open_region(name="Kenya", languages=["en", "fr", "ar"]), title="Forty evenings")
    story.prepare_translations(["fr"])
    translate(story, "fr")
    return story


def published(story, commit):
    with commit(execute=True):
        publish_translation(story, "fr")
    return Page.objects.get(translation_key=story.translation_key, locale__language_code="fr")


def note_on(page):
    found = BeautifulSoup(Client().get(page.get_url()).content, "html.parser").select_one(".outdated")
    return " ".join(found.get_text(" ", strip=True).split()) if found else None


def test_only_the_translation_says_so(story, django_capture_on_commit_callbacks):
    french = published(story, django_capture_on_commit_callbacks)
    assert (note_on(story), note_on(french)) == (None, None)
    story.summary = "Fifty evenings."
    story.save_revision().publish()
    with override("fr"):
        day = date_format(timezone.localdate())
    note = note_on(french)
    assert day in note
    assert note.endswith("English")
    assert note_on(story) is None
    page = BeautifulSoup(Client().get(french.get_url()).content, "html.parser")
    link = page.select_one(".outdated a")
    assert (link["href"], link["lang"], link["hreflang"]) == (story.get_url(), "en", "en")


def test_bringing_it_up_to_date_ends_it(story, django_capture_on_commit_callbacks):
    french = published(story, django_capture_on_commit_callbacks)
    story.summary = "Fifty evenings."
    story.save_revision().publish()
    assert note_on(french)
    translate(story, "fr")
    with django_capture_on_commit_callbacks(execute=True):
        publish_translation(story, "fr")
    assert note_on(french) is None


def test_where_nothing_is_translated_the_address_says_not_yet(story):
    answer = Client().get(f"/ar/not-yet/{story.translation_key}/")
    assert answer.status_code == 200
    assert ".outdated" not in answer.content.decode()
