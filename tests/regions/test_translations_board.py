"""What the board says of each page and language, checked against a slow and obvious count."""

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale, Page
from wagtail_localize.models import StringSegment, StringTranslation, TranslationSource

from home.models import HomePage
from portal.translating import follow_original
from regions.models import PageTranslation, SentBack
from regions.translating.counting import count, count_all
from tests.factories import UserFactory, announced_event, is_over, listed_space, open_region, told_story
from tests.translating import publish_translation, translate

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("commits_at_once")]
Status = PageTranslation.Status


@pytest.fixture
def kenya():
    return open_region(name="Kenya", languages=["en", "fr", "ar"])


@pytest.fixture
def story(kenya):
    return told_story(kenya, title="Forty evenings")


def field(page, language):
    return PageTranslation.objects.get(key=page.translation_key, locale__language_code=language)


def told(page):
    """{language: status} as the board tells it."""
    rows = PageTranslation.objects.filter(key=page.translation_key)
    return {row.locale.language_code: row.status for row in rows.select_related("locale")}


# -- From missing to published, and back to stale ----------------------------------------------------------------------


def test_a_live_page_is_missing_in_the_other_languages_of_its_region(story):
    assert told(story) == {"fr": Status.MISSING, "ar": Status.MISSING}


def test_a_global_page_is_expected_in_all_languages():
    about = HomePage.objects.get(locale__language_code="en").get_children().get(slug="about").specific
    assert set(told(about)) == {code for code, _name in settings.LANGUAGES} - {"en"}


def test_nothing_is_told_of_a_draft(kenya):
    draft = told_story(kenya, title="Not yet said")
    draft.unpublish()
    assert told(draft) == {}


def test_a_translation_on_its_way(story):
    story.prepare_translations(["fr"])
    assert (field(story, "fr").status, field(story, "fr").percent) == (Status.IN_PROGRESS, 0)
    translate(story, "fr", only=1)
    assert (field(story, "fr").status, field(story, "fr").done, field(story, "fr").total) == (Status.IN_PROGRESS, 1, 2)
    assert field(story, "fr").percent == 50
    translate(story, "fr")
    assert field(story, "fr").status == Status.READY
    publish_translation(story, "fr")
    assert field(story, "fr").status == Status.PUBLISHED
    assert told(story)["ar"] == Status.MISSING


def test_what_a_machine_said_does_not_count(story):
    story.prepare_translations(["fr"])
    translate(story, "fr", translation_type="machine")
    assert (field(story, "fr").status, field(story, "fr").done) == (Status.IN_PROGRESS, 0)


def test_the_original_changes(story):
    story.prepare_translations(["fr"])
    translate(story, "fr")
    publish_translation(story, "fr")
    story.summary = "Fifty evenings."
    story.save_revision().publish()
    stale = field(story, "fr")
    assert (stale.status, stale.done, stale.total) == (Status.STALE, 1, 2)
    assert stale.changed_at == TranslationSource.objects.get_for_instance(story).last_updated_at
    assert Page.objects.get(pk=stale.page_id).specific.summary == "fr: Forty evenings."  # the public text stays
    translate(story, "fr")
    assert field(story, "fr").status == Status.READY
    publish_translation(story, "fr")
    assert (field(story, "fr").status, field(story, "fr").changed_at) == (Status.PUBLISHED, None)


def test_publishing_the_same_words_again_changes_nothing(story):
    story.prepare_translations(["fr"])
    translate(story, "fr")
    publish_translation(story, "fr")
    before = TranslationSource.objects.get_for_instance(story).last_updated_at
    story.save_revision().publish()
    assert TranslationSource.objects.get_for_instance(story).last_updated_at == before
    assert not follow_original(story)
    assert field(story, "fr").status == Status.PUBLISHED


def test_a_string_that_was_bettered_waits_for_review(story):
    story.prepare_translations(["fr"])
    translate(story, "fr")
    publish_translation(story, "fr")
    translate(story, "fr", prefix="mieux")
    assert field(story, "fr").status == Status.READY


def test_sent_back_until_somebody_goes_on(story):
    story.prepare_translations(["fr"])
    translate(story, "fr")
    SentBack.objects.create(translation=field(story, "fr"), by=UserFactory(), comment="Tu or vous?")
    assert field(story, "fr").status == Status.SENT_BACK
    translate(story, "fr", prefix="mieux")
    assert field(story, "fr").status == Status.READY


def test_an_original_that_is_gone_without_its_translations(story):
    story.prepare_translations(["fr"])
    translate(story, "fr")
    publish_translation(story, "fr")
    Page.objects.get(pk=story.pk).specific.delete()  # in code: no cascade
    assert told(story) == {"fr": Status.ORPHANED}


def test_a_region_gets_another_language(kenya, story):
    assert "es" not in told(story)
    kenya.languages = ["en", "fr", "ar", "es"]
    kenya.save()
    assert told(story)["es"] == Status.MISSING
    kenya.languages = ["en", "fr"]
    kenya.save()
    assert set(told(story)) == {"fr"}


def test_who_deletes_a_page_takes_it_off_the_board(story):
    assert told(story)
    story.delete()
    assert told(story) == {}


# -- The order ---------------------------------------------------------------------------------------------------------


def test_what_readers_meet_most_comes_first(kenya):
    told_story(kenya)
    listed_space(kenya, name="Hub")
    coming = announced_event(kenya, name="Coming")
    over = announced_event(kenya, name="Over")
    is_over(over, hours_ago=48)
    rows = PageTranslation.objects.in_language("fr").filter(region=kenya).in_reading_order()
    assert [row.title for row in rows] == ["Kenya", "Coming", "Hub", "What a room changed", "Over"]
    first = PageTranslation.objects.in_language("fr").in_reading_order().first()
    assert first.key == HomePage.objects.get(locale__language_code="en").translation_key
    coming.refresh_from_db()


# -- The slow, obvious count -------------------------------------------------------------------------------------------


def slowly(page, language):
    """One field of the board, string by string."""
    locale = Locale.objects.get(language_code=language)
    target = Page.objects.filter(translation_key=page.translation_key, locale=locale).first()
    if target is None:
        return Status.MISSING, 0, 0
    source = TranslationSource.objects.get_for_instance(page)
    total = done = 0
    newest = None
    for segment in StringSegment.objects.filter(source=source):
        if segment.context.path == "slug":
            continue
        total += 1
        for translation in StringTranslation.objects.filter(translation_of=segment.string, context=segment.context):
            if translation.locale == locale and not translation.has_error and translation.translation_type != "machine":
                done += 1
                newest = max(newest or translation.updated_at, translation.updated_at)
    if target.live:
        is_newer = source.last_updated_at > target.last_published_at or (newest and newest > target.last_published_at)
        status = Status.STALE if done < total else Status.READY if is_newer else Status.PUBLISHED
    else:
        status = Status.READY if done == total else Status.IN_PROGRESS
    return status, done, total


def test_the_figures_are_those_of_a_slow_count(kenya):
    pages = [told_story(kenya, title=f"Story {number}") for number in range(6)]
    pages += [listed_space(kenya, name="Hub").pages.get(), kenya.page_in("en")]
    for page in pages[1:]:
        page.prepare_translations(["fr", "ar"])
    for page in pages[2:]:
        translate(page, "fr", only=1)
    for page in pages[3:]:
        translate(page, "fr")
    for page in pages[4:]:
        publish_translation(page, "fr")
    pages[5].summary = "Another summary."
    pages[5].save_revision().publish()
    expected = {(page.pk, language): slowly(page, language) for page in pages for language in ("fr", "ar")}
    found = {}
    for page in pages:
        for language in ("fr", "ar"):
            row = field(page, language)
            found[page.pk, language] = (row.status, row.done, row.total)
    assert found == expected
    assert {status for status, _done, _total in expected.values()} == {
        Status.MISSING,
        Status.IN_PROGRESS,
        Status.READY,
        Status.PUBLISHED,
        Status.STALE,
    }


def test_counting_all_anew_changes_nothing_that_is_true(kenya, story, capsys):
    story.prepare_translations(["fr"])
    before = list(PageTranslation.objects.order_by("pk").values())
    call_command("count_translations")
    assert capsys.readouterr().out == f"{len(before)} fields of the board.\n"
    assert list(PageTranslation.objects.order_by("pk").values()) == before


def test_counting_repairs_what_is_not_true(story):
    PageTranslation.objects.filter(key=story.translation_key, locale__language_code="fr").update(status=Status.PUBLISHED)
    PageTranslation.objects.filter(key=story.translation_key, locale__language_code="ar").delete()
    count_all()
    assert told(story) == {"fr": Status.MISSING, "ar": Status.MISSING}


def test_the_number_of_queries_does_not_grow_with_the_pages(kenya):
    stories = [told_story(kenya, title=f"Story {number}") for number in range(20)]
    for story in stories:
        story.prepare_translations(["fr"])
    keys = [story.translation_key for story in stories]
    with CaptureQueriesContext(connection) as three:
        count(keys[:3])
    with CaptureQueriesContext(connection) as twenty:
        count(keys)
    assert len(three) == len(twenty)
