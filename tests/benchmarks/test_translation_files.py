"""A language goes out in one file without ever standing in memory: the ratio of 500 pages to 50."""

import tracemalloc
from copy import copy
from uuid import uuid4

import pytest
from wagtail.models import Locale, Page
from wagtail_localize.models import (
    StringSegment,
    StringTranslation,
    TranslatableObject,
    Translation,
    TranslationContext,
    TranslationSource,
)

from regions.exchange import xliff
from regions.exchange.archives import archive
from regions.exchange.strings import sheets
from tests.factories import open_region, told_story

pytestmark = [pytest.mark.django_db, pytest.mark.benchmark]
FEW, MANY = 50, 500
TEXT = "How a room changed what forty people could do together. " * 20


@pytest.fixture
def translation():
    region = open_region(name="Kenya", slug="kenya", languages=["en", "fr"])
    body = [("paragraph", f"<p>{TEXT}{number}</p>") for number in range(20)]
    story = told_story(region, title="The first of many", body=body)
    story.prepare_translations(["fr"])
    return Translation.objects.get(source__object_id=story.translation_key)


def more_of(translation, number):
    """Copies of the page and of all that wagtail-localize knows of it, by rows: by its verbs it would take an hour."""
    page = Page.objects.get(pk=translation.get_target_instance().pk)
    parent = page.get_parent()
    segments = list(translation.source.stringsegment_set.select_related("context", "string"))
    french = Locale.objects.get(language_code="fr")
    for each in range(number):
        copied = Page(title=page.title, slug=f"copy-{uuid4().hex}", locale=french, content_type=page.content_type)
        parent.add_child(instance=copied)
        thing = TranslatableObject.objects.create(
            translation_key=copied.translation_key, content_type=translation.source.object.content_type
        )
        source = copy(translation.source)
        source.pk, source.object = None, thing
        source.save(force_insert=True)
        Translation.objects.create(source=source, target_locale=french)
        copy_strings(segments, source, thing, french, each)


def copy_strings(segments, source, thing, french, each):
    contexts = TranslationContext.objects.bulk_create(
        TranslationContext(object=thing, path=s.context.path, path_id=uuid4(), field_path=s.context.field_path)
        for s in segments
    )
    pairs = list(zip(segments, contexts, strict=True))
    StringSegment.objects.bulk_create(
        StringSegment(source=source, context=context, order=s.order, string=s.string, attrs=s.attrs) for s, context in pairs
    )
    StringTranslation.objects.bulk_create(
        StringTranslation(
            translation_of=s.string, locale=french, context=context, data=f"{TEXT}{each}", translation_type="manual"
        )
        for s, context in pairs
    )


def peak(pages):
    tracemalloc.start()
    size = sum(len(piece) for piece in archive(sheets(pages), xliff))
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return most, size


def test_ten_times_the_pages_take_hardly_more_memory(translation):
    more_of(translation, FEW - 1)
    mine = Translation.objects.filter(target_locale__language_code="fr", source__specific_content_type__model="storypage")
    assert mine.count() == FEW
    peak(mine)  # what is kept for good is made now
    few, small = peak(mine)
    more_of(translation, MANY - FEW)
    assert mine.count() == MANY
    many, large = peak(mine)
    assert large > 5 * small
    print(f"peak {few / 1e6:.1f} MB for {FEW}, {many / 1e6:.1f} MB for {MANY}: × {many / few:.2f}")  # noqa: T201
    assert many < 1.5 * few
    assert TranslationSource.objects.count() >= MANY
