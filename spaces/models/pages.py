from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.fields import StreamField
from wagtail.search import index

from portal.blocks import BODY
from portal.models import BasePage, Face, IndexPage, synchronized
from portal.panels import FactsPanel
from regions.models import Region
from spaces.filters import SpaceFilters

from .spaces import Space


class SpacePage(Face):
    """A space in one language: what it is like, how to get in."""

    space = models.ForeignKey(Space, on_delete=models.PROTECT, related_name="pages", verbose_name=_("space"))
    getting_in = models.CharField(
        _("how to get in"),
        max_length=300,
        blank=True,
        help_text=_("From the street to the door: which bell, which floor, whom to call."),
    )
    body = StreamField(BODY, verbose_name=_("text"), blank=True)

    reading_rank = 40
    record_field = "space"
    parent_page_types = ["regions.RegionPage"]
    subpage_types = []
    override_translatable_fields = [*BasePage.override_translatable_fields, *synchronized("space", "slug")]
    content_panels = [
        FactsPanel("space", ["name", "address", "city", "capacity", "facilities", "step_free", "cost", "price", "status"]),
        *BasePage.content_panels,
        "getting_in",
        "body",
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("body"),
        index.SearchField("getting_in"),
        index.RelatedFields(
            "space",
            [
                index.SearchField("name"),
                index.SearchField("address"),
                index.SearchField("city"),
                index.FilterField("status"),
                index.FilterField("region_id"),
            ],
        ),
    ]

    @property
    def drawn_share_url(self):
        """The picture for sharing of a page without one: its part of the chart."""
        return reverse("share_picture", args=[self.space.slug])

    class Meta:
        verbose_name = _("space's page")
        verbose_name_plural = _("spaces' pages")


class SpaceIndexPage(IndexPage):
    """The directory of spaces."""

    subpage_types = []
    shows_map = True

    class Meta:
        verbose_name = _("list of spaces")

    def get_listed(self):
        return Space.objects.on_map()

    def get_filters(self, data):
        return SpaceFilters(data, self.get_listed(), Region.objects.open().shown_in(self.language))

    def get_found(self, filters):
        return filters.qs.with_face(self.language).select_related("region")
