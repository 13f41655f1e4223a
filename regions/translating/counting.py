"""Counts how far each page is in each language, and writes the board: `count(keys)` for some pages, `count_all()` anew.

The number of queries does not depend on how many pages are counted; what is as it was is not written.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from wagtail.models import Locale, Page, get_page_models
from wagtail_localize.models import Translation, TranslationSource

from portal.models import BasePage
from portal.translating import Progress, progress_of
from regions.models import PageTranslation, RegionPage
from regions.models.translations import latest_sent_back

Status = PageTranslation.Status
AT_ONCE = 500
REGION_PAGES = 4  # their depth: root, home, list of regions, region
FACTS = "original_id page_id region_id page_type_id title status total done changed_at worked_at rank matters_until".split()


def count_all():
    """The whole board anew, also without what is gone. Returns how many fields there are."""
    keys = set(Page.objects.filter(depth__gt=1).values_list("translation_key", flat=True))
    keys |= set(PageTranslation.objects.values_list("key", flat=True))
    count(keys)
    return PageTranslation.objects.count()


def count(keys):
    """The fields of these pages (by translation key), in all languages."""
    ordered = sorted(map(UUID, map(str, keys)))
    for begin in range(0, len(ordered), AT_ONCE):
        with transaction.atomic():
            part = tuple(ordered[begin : begin + AT_ONCE])
            write(part, list(Counting(part).fields()))


def write(keys, wanted):
    have = {(each.key, each.locale_id): each for each in PageTranslation.objects.select_for_update().filter(key__in=keys)}
    new, changed = [], []
    for field in wanted:
        old = have.pop((field.key, field.locale_id), None)
        if old is None:
            new.append(field)
        elif any(getattr(old, name) != getattr(field, name) for name in FACTS):
            field.pk = old.pk
            changed.append(field)
    PageTranslation.objects.bulk_create(new, ignore_conflicts=True)
    PageTranslation.objects.bulk_update(changed, FACTS, batch_size=100)
    PageTranslation.objects.filter(pk__in=[each.pk for each in have.values()]).delete()


@dataclass
class Counting:
    """What some pages are like now, asked in a fixed number of queries."""

    keys: tuple

    def __post_init__(self):
        self.locales = {locale.language_code: locale.pk for locale in Locale.objects.all()}
        self.pages = {}
        pages = Page.objects.filter(translation_key__in=self.keys, depth__gt=1, alias_of=None).order_by("pk")
        for page in pages.select_related("content_type"):
            self.pages.setdefault(page.translation_key, {})[page.locale_id] = page
        self.sources = {each.object_id: each for each in self.sources_with_translations()}
        translations = Translation.objects.filter(source__object_id__in=self.keys).select_related("source")
        self.translations = {(each.source.object_id, each.target_locale_id): each for each in translations}
        self.progress = progress_of(self.keys)
        self.sent_back = latest_sent_back(self.keys)
        self.originals = {key: self.original_of(key) for key in self.keys}
        self.regions = regions_of(page for pages in self.pages.values() for page in pages.values())
        self.until = matters_until([page for page in self.originals.values() if page])

    def sources_with_translations(self):
        sources = TranslationSource.objects.filter(object_id__in=self.keys, translations__isnull=False)
        return sources.defer("content_json").distinct()

    def original_of(self, key):
        """The page from which the others are translated; None when it is gone."""
        pages, source = self.pages.get(key, {}), self.sources.get(key)
        if source:
            return pages.get(source.locale_id)
        return next(iter(pages.values()), None)

    def fields(self):
        for key in self.keys:
            pages, original = self.pages.get(key, {}), self.originals[key]
            shown = original or next(iter(pages.values()), None)
            if shown is None:
                continue
            for locale in self.wanted_locales(key, original):
                yield self.field(key, locale, original, pages.get(locale), shown)

    def wanted_locales(self, key, original):
        """Where it shall be, once the public can read it; and where it is or was begun."""
        if original is None:  # orphans that nobody can read wait for nothing
            return sorted(locale for locale, page in self.pages[key].items() if page.live)
        there = set(self.pages[key]) | {locale for each, locale in self.translations if each == key}
        if original.live:
            region = self.regions.get(original.pk)
            codes = region.all_languages if region else [code for code, _name in settings.LANGUAGES]
            there |= {self.locales[code] for code in codes if code in self.locales}
        return sorted(there - {original.locale_id})

    def field(self, key, locale, original, page, shown):
        at = (key, locale)
        progress = self.progress.get(at, Progress())
        state = State(original, page, self.translations.get(at), progress, self.sent_back.get(at))
        region = self.regions.get((page or shown).pk) or self.regions.get(shown.pk)
        return PageTranslation(
            key=key,
            locale_id=locale,
            region_id=region.pk if region else None,
            original_id=original.pk if original else None,
            page_id=page.pk if page else None,
            page_type_id=shown.content_type_id,
            title=shown.title,
            status=state.status,
            total=progress.total,
            done=progress.done,
            changed_at=state.changed_at,
            worked_at=progress.latest,
            rank=rank_of(shown),
            matters_until=self.until.get(original.pk) if original else None,
        )


@dataclass(frozen=True)
class State:
    """What decides the status of one field: the two pages, the translation between them, and what people did."""

    original: Page | None
    page: Page | None
    translation: Translation | None
    progress: Progress
    sent_back: datetime | None = None

    @property
    def status(self):
        if self.page is None:
            return Status.MISSING
        if self.original is None:
            return Status.ORPHANED
        if self.translation is None or not self.translation.enabled:
            return self.of_own_page
        return self.of_live_translation if self.page.live else self.of_work

    @property
    def of_own_page(self):
        """Nobody translates it from another: it is what its author makes of it."""
        if not self.page.live:
            return Status.IN_PROGRESS
        return Status.STALE if self.changed_at else Status.PUBLISHED

    @property
    def of_live_translation(self):
        if not self.progress.is_complete:
            return Status.STALE
        return self.of_work if self.changed_at or self.has_newer_strings else Status.PUBLISHED

    @property
    def of_work(self):
        if self.sent_back and (self.progress.latest is None or self.sent_back >= self.progress.latest):
            return Status.SENT_BACK
        return Status.READY if self.progress.is_complete else Status.IN_PROGRESS

    @property
    def has_newer_strings(self):
        return bool(self.progress.latest and self.published_at and self.progress.latest > self.published_at)

    @property
    def published_at(self):
        return self.page.last_published_at if self.page and self.page.live else None

    @property
    def changed_at(self):
        """When the original was changed after what the public reads here was published; None when it was not."""
        if not (self.original and self.published_at and self.translation):
            return None
        changed = self.translation.source.last_updated_at
        return changed if changed > self.published_at else None


def rank_of(page):
    model = page.content_type.model_class()
    return model.reading_rank if model and issubclass(model, BasePage) else BasePage.reading_rank


def regions_of(pages):
    """The region below whose page each page stands: {pk: region}."""
    stems = {page.pk: page.path[: REGION_PAGES * Page.steplen] for page in pages if page.depth >= REGION_PAGES}
    found = RegionPage.objects.filter(path__in=set(stems.values())).select_related("region")
    regions = {page.path: page.region for page in found}
    return {pk: regions[stem] for pk, stem in stems.items() if stem in regions}


def matters_until(pages):
    """Until when readers look for what ends by itself, such as an event: {pk: moment}."""
    models = [model for model in get_page_models() if getattr(model, "matters_until", "")]
    keys = {page.pk for page in pages}
    return {
        pk: until for model in models for pk, until in model.objects.filter(pk__in=keys).values_list("pk", model.matters_until)
    }
