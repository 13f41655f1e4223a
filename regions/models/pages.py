from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.fields import StreamField
from wagtail.search import index

from portal.blocks import BODY
from portal.models import BasePage, Face, IndexPage, synchronized
from portal.panels import FactsPanel
from regions.filters import RegionFilters

from .regions import Region


class RegionIndexPage(IndexPage):
    """All regions on a chart of the world, and by area."""

    subpage_types = ["regions.RegionPage"]
    per_page = 200

    class Meta:
        verbose_name = _("list of regions")

    def get_listed(self):
        return Region.objects.open().shown_in(self.language).order_by("area", "name")

    def get_filters(self, data):
        return RegionFilters(data, self.get_listed())


class RegionPage(Face):
    """A region in one language: its people, groups, spaces, events and stories."""

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="pages", verbose_name=_("region"))
    newcomers = models.TextField(
        _("If you are new here"), blank=True, help_text=_("What to do first: where to go, whom to write to.")
    )
    body = StreamField(BODY, verbose_name=_("text"), blank=True)

    reading_rank = 20
    record_field = "region"
    parent_page_types = ["regions.RegionIndexPage"]
    override_translatable_fields = [*BasePage.override_translatable_fields, *synchronized("region", "slug")]
    content_panels = [
        FactsPanel("region", ["area", "languages", "timezone", "status"]),
        *BasePage.content_panels,
        "newcomers",
        "body",
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("body"),
        index.FilterField("region_id"),
        index.RelatedFields("region", [index.SearchField("name"), index.FilterField("status")]),
    ]

    class Meta:
        verbose_name = _("region page")
        verbose_name_plural = _("region pages")

    @classmethod
    def parent_in(cls, language):
        """The list of regions in this language, under which a region's page stands."""
        found = RegionIndexPage.objects.filter(locale__language_code=language).first()
        if found is None:
            original = RegionIndexPage.objects.first()
            if original is None:
                raise RegionIndexPage.DoesNotExist(_("There is no list of regions yet. Make one under the home page first."))
            original.prepare_translations([language])
            found = RegionIndexPage.objects.get(locale__language_code=language)
        return found
