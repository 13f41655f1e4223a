"""How far a translation is, by wagtail-localize's own rows. It knows Wagtail's pages, no models of ours.

A string counts as translated when a person has written or confirmed its translation: what a machine suggested, and
what has an error, does not count. The last part of an address (`slug`) may stay as it is in the original.
"""

import json
from datetime import datetime
from typing import NamedTuple

from django.db.models import Count, Exists, F, Max, OuterRef
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource

# Fields of a page that tell about its keeping: a change of them is nothing to translate.
BOOKKEEPING = {
    "alias_of",
    "comments",
    "content_type",
    "depth",
    "draft_title",
    "expire_at",
    "expired",
    "first_published_at",
    "go_live_at",
    "has_unpublished_changes",
    "hide_from_search_engines",
    "last_published_at",
    "latest_revision",
    "latest_revision_created_at",
    "live",
    "live_revision",
    "locale",
    "locked",
    "locked_at",
    "locked_by",
    "numchild",
    "owner",
    "path",
    "pk",
    "region",
    "show_in_menus",
    "slug",
    "translation_key",
    "url_path",
    "written_in",
}


class Progress(NamedTuple):
    """How many strings there are to translate, how many of them are translated, and when the last one was."""

    total: int = 0
    done: int = 0
    latest: datetime | None = None

    @property
    def is_complete(self):
        return self.done >= self.total

    @property
    def percent(self):
        """Whole percent, never 100 before all is there."""
        return 100 if self.is_complete else min(99, self.done * 100 // self.total)


def by_people(**translation_of):
    """The translations that count."""
    found = StringTranslation.objects.filter(has_error=False, **translation_of)
    return found.exclude(translation_type=StringTranslation.TRANSLATION_TYPE_MACHINE)


def strings_to_translate(**of):
    return StringSegment.objects.filter(**of).exclude(context__path="slug")


def progress_of(keys):
    """How far pages are, in each language into which they are translated: {(translation key, locale id): Progress}."""
    done = by_people(
        translation_of_id=OuterRef("string_id"),
        context_id=OuterRef("context_id"),
        locale_id=OuterRef("source__translations__target_locale_id"),
    )
    rows = strings_to_translate(source__object_id__in=keys).values(
        key=F("source__object_id"), language=F("source__translations__target_locale_id")
    )
    counted = rows.annotate(total=Count("pk"), done=Count("pk", filter=Exists(done))).order_by()
    latest = latest_strings(keys)
    return {
        (row["key"], row["language"]): Progress(row["total"], row["done"], latest.get((row["key"], row["language"])))
        for row in counted
        if row["language"]
    }


def latest_strings(keys):
    """When somebody last translated something of these pages: {(translation key, locale id): moment}."""
    rows = by_people(context__object_id__in=keys).values("context__object_id", "locale_id")
    return {(row["context__object_id"], row["locale_id"]): row["at"] for row in rows.annotate(at=Max("updated_at")).order_by()}


def lacks_strings(page):
    """Whether the page is a translation of which something is not translated yet: readers would meet the original's words."""
    translation = Translation.objects.filter(
        source__object_id=page.translation_key, target_locale=page.locale_id, enabled=True
    ).first()
    return translation is not None and untranslated(translation.source_id, page.locale_id).exists()


def untranslated(source, locale):
    """The strings of a source that have no translation into a language, or none that counts."""
    done = by_people(
        translation_of_id=OuterRef("string_id"), context_id=OuterRef("context_id"), locale_id=getattr(locale, "pk", locale)
    )
    return strings_to_translate(source=source).exclude(Exists(done))


def follow_original(page):
    """Bring what translators see in line with an original that was published. Says whether there was anything new.

    Their public text stays as it is until somebody publishes it anew.
    """
    source = TranslationSource.objects.get_for_instance_or_none(page)
    if source is None or content_of(source.content_json) == content_of(page.to_json()):
        return False
    source.update_from_db()
    return True


def content_of(content_json):
    """What a page says, without its bookkeeping."""
    return {name: value for name, value in json.loads(content_json).items() if name not in BOOKKEEPING}
