"""What the portal has to translate and what is translated, as plain units, for many pages in a few queries."""

import json
from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import OuterRef, Subquery
from django.utils import translation as languages
from wagtail.models import Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from regions.models import RegionPage

from .fields import place_of
from .markup import MarkupError, read
from .units import INITIAL, MACHINE, REVIEWED, TRANSLATED, Kept, Sheet, Unit, fingerprint

AT_ONCE = 40  # pages that are in memory together


@dataclass
class PageStrings:
    """A page in one language: its sheet, and for each unit where wagtail-localize keeps it."""

    translation: Translation
    page: Page
    sheet: Sheet
    kept: dict = field(default_factory=dict)  # key of a unit -> Kept
    rows: dict = field(default_factory=dict)  # key of a unit -> (string, context, StringTranslation or None)


def in_batches(translations):
    """All of these, the way the tree goes, some at a time."""
    target = Page.objects.filter(translation_key=OuterRef("source__object_id"), locale=OuterRef("target_locale_id"))
    ordered = translations.annotate(path=Subquery(target.values("path")[:1])).order_by("path", "pk")
    keys = list(ordered.values_list("pk", flat=True))
    for begin in range(0, len(keys), AT_ONCE):
        batch = keys[begin : begin + AT_ONCE]
        found = {each.pk: each for each in with_languages(Translation.objects.filter(pk__in=batch))}
        yield load([found[key] for key in batch if key in found])


def with_languages(translations):
    return translations.select_related("source__locale", "target_locale").defer("source__content_json")


def load(translations):
    """The strings of these translations, in a number of queries that does not depend on how many there are."""
    keys = {each.source.object_id for each in translations}
    locales = {each.target_locale_id for each in translations}
    pages = {(page.translation_key, page.locale_id): page for page in Page.objects.filter(translation_key__in=keys)}
    regions = {path: (slug, url) for path, slug, url in region_paths(locales)}
    segments, given = defaultdict(list), {}
    for segment in segments_of(translations):
        segments[segment.source_id].append(segment)
    for each in StringTranslation.objects.filter(locale__in=locales, context__object__in=keys).select_related(
        "last_translated_by"
    ):
        given[each.locale_id, each.context_id, each.translation_of_id] = each
    return [
        page_strings(each, pages, regions, segments[each.source_id], given)
        for each in translations
        if (each.source.object_id, each.target_locale_id) in pages
    ]


def region_paths(locales):
    return RegionPage.objects.filter(locale__in=locales).values_list("path", "slug", "url_path")


def segments_of(translations):
    sources = {each.source_id for each in translations}
    found = StringSegment.objects.filter(source__in=sources).select_related("string", "context")
    return found.order_by("source", "order", "pk")


def page_strings(translation, pages, regions, segments, given):
    source, locale = translation.source, translation.target_locale
    page, original = (pages.get((source.object_id, each)) for each in (locale.pk, source.locale_id))
    sheet = Sheet(
        key=str(translation.uuid),
        source_language=source.locale.language_code,
        language=locale.language_code,
        title=source.object_repr,
        address=(original or page).get_url() or "",
        name=file_name(page, regions),
    )
    found = PageStrings(translation, page, sheet)
    with languages.override(sheet.source_language):  # the same file, whoever asks for it
        for segment in segments:
            add(found, segment, given.get((locale.pk, segment.context_id, segment.string_id)))
    return found


def file_name(page, regions):
    """`kenya/ngong-road-hub`, or `global/privacy`: where the page stands, in words that people know."""
    length = Page.steplen
    for end in range(len(page.path), 0, -length):
        if page.path[:end] in regions:
            slug, url = regions[page.path[:end]]
            return "/".join(filter(None, [slug, page.url_path.removeprefix(url).strip("/")])) if page.url_path != url else slug
    below = page.url_path.strip("/").partition("/")[2]
    return f"global/{below or 'home'}" if below != "home" else "global/home-page"


def add(found, segment, translated):
    """One string of a page. What stands twice in the same place is one unit; what no file can hold is none."""
    try:
        read(segment.string.data)
    except MarkupError:
        return
    unit, kept = unit_of(found, segment, translated)
    if unit.key not in found.kept:
        found.sheet.units.append(unit)
        found.kept[unit.key] = kept
        found.rows[unit.key] = (segment.string, segment.context, translated)


def unit_of(found, segment, translated):
    path, text = segment.context.path, translated.data if translated else ""
    place = place_of(found.page.specific_class or Page, segment.context.field_path or path)
    unit = Unit(
        path=path,
        source=segment.string.data,
        target=text if is_readable(text) else "",
        state=state_of(translated, found.page),
        seen=fingerprint(text),
        field=place.label,
        hints=tuple(hints_of(segment, place)),
    )
    by = translated.last_translated_by if translated else None
    kept = Kept(
        unit=unit,
        text=text,
        is_machine=unit.state == MACHINE,
        limit=place.limit,
        is_slug=path == "slug",
        changed_by=by.get_full_name() if by else "",
        changed_at=translated.updated_at if translated else None,
    )
    return unit, kept


def is_readable(text):
    try:
        read(text)
    except MarkupError:
        return False
    return True


def state_of(translated, page):
    if translated is None or not is_readable(translated.data):
        return INITIAL
    if translated.translation_type == StringTranslation.TRANSLATION_TYPE_MACHINE:  # which is marked as an error until confirmed
        return MACHINE
    if translated.has_error:
        return INITIAL
    is_live = page.live and page.last_published_at and translated.updated_at <= page.last_published_at
    return REVIEWED if is_live else TRANSLATED


def hints_of(segment, place):
    """How much fits, and where links lead, for those who only see their numbers."""
    if place.limit:
        yield "limit", str(place.limit)
    attributes = json.loads(segment.attrs or "null") or {}
    for key, values in sorted(attributes.items()):
        if values.get("href"):
            yield "link", f"{key}: {values['href']}"


def sheets(translations, only_open=False):
    """The sheets of these translations, one after the other; with `only_open` what is missing, and nothing else."""
    for batch in in_batches(translations):
        for each in batch:
            if only_open:
                each.sheet.units = [unit for unit in each.sheet.units if unit.is_open]
            if each.sheet.units:
                yield each.sheet
