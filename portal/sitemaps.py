"""The sitemap: every public page in every language, each with its alternates. Wagtail's own lists one language only."""

from collections import defaultdict

from django.contrib.sitemaps import Sitemap, views
from django.db.models import Q
from wagtail.models import Page, Site

from portal.languages import tag
from portal.models import Face


class PagesSitemap(Sitemap):
    """The public pages below the home page and its translations."""

    limit = 5000

    def __init__(self, request):
        self.request = request

    def items(self):
        below = Q()
        for root in Site.find_for_request(self.request).root_page.get_translations(inclusive=True):
            below |= Q(path__startswith=root.path)
        pages = Page.objects.filter(below).live().public().filter(alias_of=None)
        return pages.select_related("locale").order_by("path")

    def get_urls(self, page=1, site=None, protocol=None):
        pages = list(self.paginator.page(page).object_list)
        families, facts = families_of(pages), facts_changed()
        return [self.entry(each, families[each.translation_key], facts.get(each.pk)) for each in pages]

    def address(self, page):
        return self.request.build_absolute_uri(page.get_url(self.request))

    def entry(self, page, family, facts_changed_at):
        alternates = [{"lang_code": tag(each.locale.language_code), "location": self.address(each)} for each in family]
        changed = filter(None, [page.last_published_at, page.latest_revision_created_at, facts_changed_at])
        return {
            "item": page,
            "location": self.address(page),
            "lastmod": max(changed, default=None),
            "alternates": alternates if len(alternates) > 1 else [],
        }


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


def sitemap(request):
    """One file while it is small enough, an index of several when it is not."""
    sitemaps = {"pages": PagesSitemap(request)}
    if "p" in request.GET or sitemaps["pages"].paginator.num_pages == 1:
        return views.sitemap(request, sitemaps)
    return views.index(request, sitemaps, sitemap_url_name="sitemap")
