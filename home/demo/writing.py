"""Turns the demo's plain texts into the blocks of a page, and a page into its translations."""

from html import escape, unescape

from django.utils.text import slugify
from wagtail.models import Locale
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource

from . import content


def body_of(paragraphs):
    """Paragraphs, `## headings`, `> quotes | source` and `[[retention]]` as blocks. Paragraphs in a row become one."""
    blocks, running = [], []
    for paragraph in paragraphs:
        if paragraph == content.RETENTION or paragraph.startswith(("## ", "> ")):
            blocks += [*text_block(running), special_block(paragraph)]
            running = []
        else:
            running.append(paragraph)
    return blocks + text_block(running)


def special_block(paragraph):
    if paragraph == content.RETENTION:
        return ("retention", None)
    text, *source = content.parts_of(paragraph)
    if paragraph.startswith("## "):
        return ("heading", text)
    return ("quote", {"text": text, "source": source[0] if source else ""})


def text_block(paragraphs):
    text = "".join(f"<p>{escape(paragraph, quote=False)}</p>" for paragraph in paragraphs)
    return [("paragraph", text)] if paragraphs else []


def translate(page, languages, by=None):
    """Publish the page in these languages, as far as the catalogues have all of its strings. Returns what was published."""
    if not languages:
        return []
    page.prepare_translations(languages, by)
    source = TranslationSource.objects.get_for_instance(page)
    source.update_from_db()
    segments = list(StringSegment.objects.filter(source=source).select_related("string", "context"))
    return [language for language in languages if translate_into(language, page, source, segments, by)]


def translate_into(language, page, source, segments, by):
    found = [(segment, translated(segment, language, page)) for segment in segments]
    if not all(text for _segment, text in found):
        return False
    locale = Locale.objects.get(language_code=language)
    for segment, text in found:
        StringTranslation.objects.update_or_create(
            translation_of=segment.string, locale=locale, context=segment.context, defaults={"data": text}
        )
    Translation.objects.get(source=source, target_locale=locale).save_target(user=by, publish=True)
    return True


def translated(segment, language, page):
    """The translation of one string as wagtail-localize keeps it, or None. Strings out of rich text are markup."""
    words, text = content.translations(language), segment.string.data
    if segment.context.path == "slug":
        return slug_in(language, page, words)
    if text in words:
        return words[text]
    plain = unescape(text)
    return escape(words[plain], quote=False) if plain in words else None


def slug_in(language, page, words):
    """The last part of the address in this language: from the title where it has Latin letters, else as in the original."""
    if page.depth == 2:  # noqa: PLR2004 (a home page: its siblings are the other languages)
        return f"{page.slug}-{language}"
    return slugify(words.get(page.title, ""))[:80] or page.slug
