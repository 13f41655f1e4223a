"""The links of a menu and the portal's sentences, built once for each language and kept until something changes."""

from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.utils.translation import override
from wagtail.models import Page
from wagtail.signals import page_published, page_unpublished, post_page_move

from home.models import Menu, MenuItem, SiteTexts

VERSION = "home.menus.version"
KEPT_FOR = 300  # seconds: even when another process's cache is not ours


@dataclass(frozen=True)
class Link:
    title: str
    url: str
    language: str


def menu_links(place, language):
    """The links of a menu, each to the page in this language, or else in the menu's own."""
    key = f"home.menus:{cache.get(VERSION, 0)}:{place}:{language}"
    links = cache.get(key)
    if links is None:
        links = build_links(place, language)
        cache.set(key, links, KEPT_FOR)
    return links


def build_links(place, language):
    menus = {menu.locale.language_code: menu for menu in Menu.objects.filter(place=place).select_related("locale")}
    menu = menus.get(language) or menus.get(settings.LANGUAGE_CODE)
    if menu is None:
        return []
    items = list(menu.items.select_related("page"))
    keys = [item.page.translation_key for item in items if item.page]
    pages = Page.objects.filter(translation_key__in=keys, live=True).select_related("locale")
    by_key = {}
    for page in pages:
        by_key.setdefault(page.translation_key, {})[page.locale.language_code] = page
    with override(language):
        return [link for item in items if (link := build_link(item, by_key, language, menu.locale.language_code))]


def build_link(item, by_key, language, own):
    if not item.page:
        return Link(item.label, item.url, own)
    there = by_key.get(item.page.translation_key, {})
    page = there.get(language) or there.get(own)
    if page is None:
        return None
    found = page.locale.language_code
    label = item.label if item.label and found == own else page.title
    return Link(label, page.get_url(), found)


def texts(language):
    """The portal's sentences in this language, each with the first language's in its place where it is missing."""
    key = f"home.texts:{cache.get(VERSION, 0)}:{language}"
    found = cache.get(key)
    if found is None:
        found = build_texts(language)
        cache.set(key, found, KEPT_FOR)
    return found


def build_texts(language):
    rows = {row.locale.language_code: row for row in SiteTexts.objects.select_related("locale")}
    here, first = rows.get(language), rows.get(settings.LANGUAGE_CODE)
    found = {}
    for name in ("footer", "not_found", "help_translate"):
        text = getattr(here, name, "")
        found[name] = {
            "text": text or getattr(first, name, ""),
            "language": language if text else settings.LANGUAGE_CODE,
        }
    return found


@receiver([post_save, post_delete], sender=Menu)
@receiver([post_save, post_delete], sender=MenuItem)
@receiver([post_save, post_delete], sender=SiteTexts)
@receiver([page_published, page_unpublished, post_page_move])
def build_anew(sender, **kwargs):
    """Menus show titles and addresses of pages, so a change of any of them builds the menus anew."""
    cache.set(VERSION, cache.get(VERSION, 0) + 1, None)
