"""A page in the portal's languages: which there are, which are missing, and where each leads."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils import translation
from wagtail.models import Page
from wagtail_localize.models import TranslationSource

from .languages import tag


@dataclass(frozen=True)
class Alternate:
    """One language of the switcher. `exists`: a real translation; otherwise the address says "not yet"."""

    language: str
    name: str
    url: str
    exists: bool
    is_current: bool = False
    translated_from: str = ""
    original_changed_at: datetime | None = None  # when the original is newer than this translation

    @property
    def tag(self):
        return tag(self.language)


@dataclass(frozen=True)
class Outdated:
    """The original was changed after the public text of a translation: when, and where it can be read."""

    changed_at: datetime
    original: Alternate


def translations_of(page):
    """The live, real translations of a page (itself included), by language. A newer original is told of each."""
    pages = Page.objects.filter(translation_key=page.translation_key, live=True, alias_of=None).select_related("locale")
    newer = TranslationSource.objects.filter(
        object_id=OuterRef("translation_key"),
        last_updated_at__gt=OuterRef("last_published_at"),
        translations__target_locale=OuterRef("locale_id"),
        translations__enabled=True,
    )
    told = pages.annotate(
        translated_from=Subquery(newer.values("locale__language_code")[:1]),
        original_changed_at=Subquery(newer.values("last_updated_at")[:1]),
    )
    return {each.locale.language_code: each for each in told}


def alternates_of(page, request=None):
    """One alternate for each of the portal's languages: those that exist first, then the missing ones."""
    there = translations_of(page)
    if page.pk in (each.pk for each in there.values()):
        page.locale = next(each.locale for each in there.values() if each.pk == page.pk)  # known now: not another query
    current = page.locale.language_code
    found = []
    for code, name in settings.LANGUAGES:
        here = there.get(code)
        if here is None:
            found.append(Alternate(code, name, not_yet_url(code, page.translation_key), exists=False))
            continue
        newer = {"translated_from": here.translated_from or "", "original_changed_at": here.original_changed_at}
        found.append(Alternate(code, name, here.get_url(request), exists=True, is_current=code == current, **newer))
    return sorted(found, key=lambda alternate: not alternate.exists)


def outdated(alternates):
    """Whether the page that is shown is a translation whose original has changed since, or None."""
    here = next((each for each in alternates if each.is_current and each.original_changed_at), None)
    original = next((each for each in alternates if here and each.exists and each.language == here.translated_from), None)
    return Outdated(here.original_changed_at, original) if original else None


def not_yet_url(language, key):
    with translation.override(language):
        return reverse("not_yet", args=[key])


def same_view_alternates(request):
    """For our own views, which exist in every language: the same address under another language.

    An address without a language has no such relatives: from there one comes to the front page of the language.
    """
    current = translation.get_language()
    is_of_language = request.path.startswith(f"/{current}/")
    rest = request.path.removeprefix(f"/{current}/") if is_of_language else ""
    query = f"?{request.GET.urlencode()}" if request.GET and is_of_language else ""
    return [Alternate(code, name, f"/{code}/{rest}{query}", True, code == current) for code, name in settings.LANGUAGES]
