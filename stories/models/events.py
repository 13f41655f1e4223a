import zoneinfo

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.models import ClusterableModel
from taggit.managers import TaggableManager
from wagtail.fields import StreamField
from wagtail.log_actions import log
from wagtail.search import index

from portal.blocks import BODY
from portal.fields import LanguagesField
from portal.models import BasePage, Face, IndexPage, Record, RecordQuerySet, synchronized
from portal.panels import FactsPanel
from regions.models import Region
from regions.models.regions import time_zones
from spaces.models import Space
from stories.choices import EVENT_KINDS
from stories.filters import EventFilters


class EventQuerySet(RecordQuerySet):
    def upcoming(self):
        """Not over yet, the next one first."""
        return self.filter(ends_at__gte=timezone.now()).order_by("starts_at", "pk")

    def past(self):
        """Over, the last one first."""
        return self.filter(ends_at__lt=timezone.now()).order_by("-starts_at", "pk")

    def public(self):
        return self.filter(region__status=Region.Status.OPEN).exclude(status=Event.Status.DRAFT)

    def in_region(self, region):
        return self.filter(region=region)

    def at_space(self, space):
        return self.filter(space=space)

    def online(self):
        return self.exclude(online_url="")


class Event(Record, ClusterableModel):
    """People meet at a time: in a space, at an address, or online."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("draft")
        SCHEDULED = "scheduled", _("scheduled")
        CANCELLED = "cancelled", _("cancelled")

    name = models.CharField(_("name"), max_length=160, help_text=_("In the region's first language."))
    region = models.ForeignKey(
        Region, on_delete=models.PROTECT, related_name="events", verbose_name=_("region"), limit_choices_to={"status": "open"}
    )
    kind = models.CharField(_("kind"), max_length=12, choices=EVENT_KINDS, default="meetup")
    starts_at = models.DateTimeField(
        _("starts"), help_text=_("By the clock of your own account here, which may not be the place’s: see under your name.")
    )
    ends_at = models.DateTimeField(_("ends"))
    timezone = models.CharField(_("time zone"), max_length=64, choices=time_zones, help_text=_("Of the place."))
    space = models.ForeignKey(
        Space,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="events",
        verbose_name=_("space"),
        help_text=_("One of the directory: its page tells the address and the way in."),
    )
    lost_space = models.ForeignKey(
        Space, null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )  # the one that withdrew: while it is still named as the place, another is looked for
    address = models.CharField(
        _("or another address"), max_length=255, blank=True, help_text=_("When it is not in a space of the directory.")
    )
    online_url = models.URLField(
        _("or online at"), blank=True, help_text=_("Where people join from elsewhere. An event may have both.")
    )
    languages = LanguagesField(_("languages spoken"), help_text=_("In which people can take part."))
    capacity = models.PositiveIntegerField(
        _("places"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("How many may come. Left empty, the number of places is open."),
    )
    tags = TaggableManager(_("tags"), blank=True, help_text=_("Words under which it is found, with commas between them."))
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.DRAFT, editable=False)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["starts_at", "pk"]
        indexes = [models.Index(fields=["region", "ends_at"]), models.Index(fields=["ends_at"])]

    def __str__(self):
        return self.name

    @property
    def zone(self):
        return zoneinfo.ZoneInfo(self.timezone)

    @property
    def local_start(self):
        """When it begins, by the clock on the wall of the place."""
        return self.starts_at.astimezone(self.zone)

    @property
    def local_end(self):
        return self.ends_at.astimezone(self.zone)

    @property
    def is_past(self):
        return self.ends_at < timezone.now()

    @property
    def seeks_space(self):
        """Whether the space that is named has withdrawn, and no other was found yet."""
        return self.space_id is not None and self.space_id == self.lost_space_id

    @property
    def is_cancelled(self):
        return self.status == self.Status.CANCELLED

    @property
    def may_be_shown(self):
        return self.status != self.Status.DRAFT and self.region.may_be_shown

    def clean(self):
        super().clean()
        if self.starts_at and self.ends_at and self.ends_at <= self.starts_at:
            raise ValidationError({"ends_at": _("An event ends after it starts.")})
        if not (self.space_id or self.address or self.online_url):
            raise ValidationError({"space": _("Say where: a space, an address, or online.")})

    def free_slug(self, name):
        """With its date: the same evening comes every month."""
        return super().free_slug(f"{name} {self.local_start:%Y-%m-%d}")

    def face_parent(self):
        return self.region.page_in(self.region.language)

    @transaction.atomic
    def announce(self, by=None, **content):
        """Make it public, in the region's first language."""
        event = type(self).objects.select_for_update().get(pk=self.pk)
        is_new = event.status == self.Status.DRAFT
        if is_new:
            self.status = self.Status.SCHEDULED
            self.save(update_fields=["status", "updated_at"])
            log(instance=self, action="portal.announced", user=by)
        return self.make_face(by=by, publish=is_new, **content)

    @transaction.atomic
    def cancel(self, by=None):
        """It will not happen. Its page stays and says so."""
        event = type(self).objects.select_for_update().get(pk=self.pk)
        if event.status == self.Status.CANCELLED:
            return
        self.status = self.Status.CANCELLED
        self.save(update_fields=["status", "updated_at"])
        log(instance=self, action="portal.cancelled", user=by)


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
        FactsPanel("event", ["starts_at", "ends_at", "timezone", "space", "address", "online_url", "status"]),
        *BasePage.content_panels,
        "body",
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("body"),
        index.RelatedFields("event", [index.SearchField("name"), index.SearchField("address"), index.FilterField("region_id")]),
    ]

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
        return shown.prefetch_related(*where_names(self.language))

    def get_filters(self, data):
        return EventFilters(data, self.get_listed(), Region.objects.open().shown_in(self.language))


def where_names(language):
    """For a list of events: their regions and spaces, each with its page, in two queries."""
    return [
        models.Prefetch("region", Region.objects.with_face(language)),
        models.Prefetch("space", Space.objects.with_face(language)),
    ]
