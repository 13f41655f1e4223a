from django.db import models
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from wagtail.fields import StreamField
from wagtail.search import index

from portal.blocks import BODY
from portal.faces import Addresses, FaceLink
from portal.models import BasePage, Face, IndexPage, synchronized
from portal.panels import FactsPanel
from regions.models import Region
from spaces.models import Space
from stories.filters import EventFilters
from stories.months import Month, month_from

from .event_steps import Status
from .events import Event


class EventPage(Face):
    """An event in one language."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="pages", verbose_name=_("event"))
    body = StreamField(BODY, verbose_name=_("text"), blank=True)

    reading_rank, matters_until = 30, "event__ends_at"
    record_field = "event"
    parent_page_types = ["regions.RegionPage"]
    subpage_types = []
    override_translatable_fields = [*BasePage.override_translatable_fields, *synchronized("event", "slug")]
    content_panels = [
        FactsPanel("event", ["starts_wall", "ends_wall", "timezone", "space", "address", "online_url", "status"]),
        *BasePage.content_panels,
        "body",
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("body"),
        index.RelatedFields("event", [index.SearchField("name"), index.SearchField("address"), index.FilterField("region_id")]),
    ]

    @property
    def drawn_share_url(self):
        """The picture for sharing of a page without one: its title, its date, its region."""
        with translation.override(self.locale.language_code):
            return reverse("event_share", args=[self.event.slug])

    class Meta:
        verbose_name = _("event's page")
        verbose_name_plural = _("events' pages")


class EventIndexPage(IndexPage):
    """The calendar: what comes, and what has been."""

    subpage_types = []

    class Meta:
        verbose_name = _("list of events")

    def get_listed(self):
        shown = Event.objects.public().shown_in(self.language)
        return shown.select_related("booking", "outcome").prefetch_related(*where_names(self.language))

    def get_filters(self, data, listed=None):
        listed = self.get_listed() if listed is None else listed
        return EventFilters(data, listed, Region.objects.open().shown_in(self.language))

    def get_context(self, request, *args, **kwargs):
        if "month" not in request.GET:
            return super().get_context(request, *args, **kwargs)
        filters = self.get_filters(request.GET, Event.objects.public().with_page())
        context = super(IndexPage, self).get_context(request, *args, **kwargs)  # without the list, which is not shown
        return {**context, "filters": filters, "month": self.get_month(filters, request)}

    def get_month(self, filters, request):
        """A month as a sheet: first all that is on it, in few words, then what is shown of each day, with its page."""
        month = Month(month_from(request.GET["month"], timezone.localdate()), timezone.localdate())
        found = filters.whenever().exclude(status=Status.POSTPONED).between(month.begins, month.ends)
        spans = found.order_by("starts_wall", "pk").values_list("pk", "starts_wall", "ends_wall")
        month.lay_out(spans)
        shown = Event.objects.with_face(self.language).filter(pk__in=month.keys)
        events, addresses = {}, Addresses(request)
        for event in shown.only("status", "starts_wall"):
            face = event.face
            event.link = FaceLink(face["title"], addresses.of(face["url_path"]), face["language"])
            events[event.pk] = event
        month.fill(events)
        return month


def where_names(language):
    """For a list of events: their regions and spaces, each with its page, in two queries."""
    return [
        models.Prefetch("region", Region.objects.with_face(language)),
        models.Prefetch("space", Space.objects.with_face(language)),
    ]
