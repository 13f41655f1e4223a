"""Turns the demo's plain texts into the blocks of a page, and a page into its translations."""

from html import escape, unescape

from wagtail.models import Locale
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource

from . import content


def body_of(paragraphs):
    """Paragraphs, `## headings` and `> quotes | source` as blocks. Paragraphs in a row become one block of text."""
    blocks, running = [], []
    for paragraph in paragraphs:
        parts = content.parts_of(paragraph)
        if paragraph.startswith("## "):
            blocks += [*text_block(running), ("heading", parts[0])]
            running = []
        elif paragraph.startswith("> "):
            source = parts[1] if len(parts) > 1 else ""
            blocks += [*text_block(running), ("quote", {"text": parts[0], "source": source})]
            running = []
        else:
            running.append(paragraph)
    return blocks + text_block(running)


def text_block(paragraphs):
    from_text = "".join(f"<p>{escape(paragraph, quote=False)}</p>" for paragraph in paragraphs)
    return [("paragraph", from_text)] if paragraphs else []


def translate(page, languages, by=None):
    """Publish the page in these languages, as far as the catalogues have all of its strings. Returns what was published."""
    if not languages:
        return []
    page.prepare_translations(languages, by)
    source = TranslationSource.objects.get_for_instance(page)
    source.update_from_db()
    segments = list(StringSegment.objects.filter(source=source).select_related("string", "context"))
    return [language for language in languages if translate_into(language, source, segments, by)]


def translate_into(language, source, segments, by):
    words = content.translations(language)
    found = [(segment, words.get(segment.string.data) or words.get(unescape(segment.string.data))) for segment in segments]
    if not all(text for _segment, text in found):
        return False
    locale = Locale.objects.get(language_code=language)
    for segment, text in found:
        as_stored = escape(text, quote=False) if segment.string.data != unescape(segment.string.data) else text
        StringTranslation.objects.update_or_create(
            translation_of=segment.string, locale=locale, context=segment.context, defaults={"data": as_stored}
        )
    Translation.objects.get(source=source, target_locale=locale).save_target(user=by, publish=True)
    return True
