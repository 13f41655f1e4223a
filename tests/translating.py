"""What translators and reviewers do, in few words for tests."""

from wagtail.models import Locale
from wagtail_localize.models import StringTranslation, Translation, TranslationSource


def source_of(page):
    return TranslationSource.objects.get_for_instance(page)


def segments_of(page):
    """What there is to translate of a page, in its order; not its address."""
    segments = source_of(page).stringsegment_set.exclude(context__path="slug").order_by("order", "pk")
    return list(segments.select_related("string", "context"))


def translate(page, language, only=None, prefix="", *, by=None, translation_type="manual"):
    """Translate every string (or the first few): `fr: Forty evenings.`"""
    locale = Locale.objects.get(language_code=language)
    for segment in segments_of(page)[:only]:
        StringTranslation.objects.update_or_create(
            translation_of=segment.string,
            locale=locale,
            context=segment.context,
            defaults={
                "data": f"{prefix or language}: {segment.string.data}",
                "translation_type": translation_type,
                "last_translated_by": by,
            },
        )


def translation_of(page, language):
    return Translation.objects.get(source=source_of(page), target_locale__language_code=language)


def publish_translation(page, language, by=None):
    translation_of(page, language).save_target(user=by, publish=True)
