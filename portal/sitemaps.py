"""The sitemap: every public page in every language, each with its alternates. Wagtail's own lists one language only."""

from collections import defaultdict

from django.contrib.sitemaps import Sitemap, views
from django.db.models import Q
from django.views.decorators.http import require_safe
from wagtail import hooks
from wagtail.models import Page, Site, get_page_models

from portal.languages import tag
from portal.models import BasePage, Face


class PortalSitemap(Sitemap):
    """The base of every part of the sitemap; an app above registers its own with the hook `register_sitemaps`."""

    limit = 5000

    def __init__(self, request):
        self.request = request

    def address(self, thing):
        url = thing.get_url(self.request) if isinstance(thing, Page) else thing
        return self.request.build_absolute_uri(url)


class PagesSitemap(PortalSitemap):
    """The public pages below the home page and its translations."""

    def items(self):
        below = Q()
        for root in Site.find_for_request(self.request).root_page.get_translations(inclusive=True):
            below |= Q(path__startswith=root.path)
        pages = Page.objects.filter(below).live().public().filter(alias_of=None).exclude(pk__in=hidden_pages())
        return pages.select_related("locale").order_by("path")

    def get_urls(self, page=1, site=None, protocol=None):
        pages = list(self.paginator.page(page).object_list)
        families, facts = families_of(pages), facts_changed()
        return [self.entry(each, families[each.translation_key], facts.get(each.pk)) for each in pages]

    def entry(self, page, family, facts_changed_at):
        alternates = [{"lang_code": tag(each.locale.language_code), "location": self.address(each)} for each in family]
        changed = filter(None, [page.last_published_at, facts_changed_at])
        return {
            "item": page,
            "location": self.address(page),
            "lastmod": max(changed, default=None),
            "alternates": alternates if len(alternates) > 1 else [],
        }


def hidden_pages():
    """Pages that their editors hide from search engines."""
    models = [model for model in get_page_models() if issubclass(model, BasePage)]
    return [pk for model in models for pk in model.objects.filter(hide_from_search_engines=True).values_list("pk", flat=True)]


def families_of(pages):
    """The live translations of these pages, by translation key, in one query."""
    keys = {page.translation_key for page in pages}
    families = defaultdict(list)
    for each in Page.objects.filter(translation_key__in=keys, alias_of=None).live().select_related("locale"):
        families[each.translation_key].append(each)
    return families


def facts_changed():
    """When the record behind each face was last changed: facts are public without a publication of the page."""
    return {
        pk: changed
        for face in Face.__subclasses__()
        for pk, changed in face.objects.live().values_list("pk", f"{face.record_field}__updated_at")
    }


@require_safe
def sitemap(request, section=None):
    """One file while it is small enough, an index of several when it is not."""
    sitemaps = {"pages": PagesSitemap(request)}
    for register in hooks.get_hooks("register_sitemaps"):
        sitemaps |= register(request)
    if section or all(part.paginator.num_pages == 1 for part in sitemaps.values()):
        return views.sitemap(request, sitemaps, section)
    return views.index(request, sitemaps, sitemap_url_name="sitemap_section")
