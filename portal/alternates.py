"""A page in the portal's languages: which there are, which are missing, and where each leads."""

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from wagtail.models import Page

from .languages import tag


@dataclass(frozen=True)
class Alternate:
    """One language of the switcher. `exists`: a real translation; otherwise the address says "not yet"."""

    language: str
    name: str
    url: str
    exists: bool
    is_current: bool = False

    @property
    def tag(self):
        return tag(self.language)


def translations_of(page):
    """The live, real translations of a page (itself included), by language."""
    pages = Page.objects.filter(translation_key=page.translation_key, live=True, alias_of=None).select_related("locale")
    return {each.locale.language_code: each for each in pages}


def alternates_of(page, request=None):
    """One alternate for each of the portal's languages: those that exist first, then the missing ones."""
    there = translations_of(page)
    if page.pk in (each.pk for each in there.values()):
        page.locale = next(each.locale for each in there.values() if each.pk == page.pk)  # known now: not another query
    current = page.locale.language_code
    found = []
    for code, name in settings.LANGUAGES:
        url = there[code].get_url(request) if code in there else not_yet_url(code, page.translation_key)
        found.append(Alternate(code, name, url, code in there, code == current))
    return sorted(found, key=lambda alternate: not alternate.exists)


def not_yet_url(language, key):
    with translation.override(language):
        return reverse("not_yet", args=[key])


def same_view_alternates(request):
    """For our own views, which exist in every language: the same address under another language."""
    current = translation.get_language()
    rest = request.path.removeprefix(f"/{current}/")
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    return [Alternate(code, name, f"/{code}/{rest}{query}", True, code == current) for code, name in settings.LANGUAGES]
