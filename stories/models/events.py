import zoneinfo

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.models import ClusterableModel
from taggit.managers import TaggableManager

from portal.fields import CodesField, LanguagesField
from portal.models import Record
from portal.walltimes import WallTimeField, moment_of, refuse_skipped, wall_of
from regions.choices import TRAININGS
from regions.models import Region
from regions.models.regions import time_zones
from spaces.models import Booking, Space, SpaceRequest
from spaces.models.request_steps import OPEN, TAKEN
from stories.choices import ACCESS, EVENT_KINDS, LONGEST_LINK

from .changing import Changing
from .event_queries import EventQuerySet
from .event_rows import CoHost, EventSeries, ExpectedOutcome
from .event_steps import BEFORE, STATUS_IN_CALENDARS, TOLD, Status, Verb
from .planning import Planning
from .seating import Seating
from .telling import Telling

WALLS = {"starts_wall": "starts_at", "ends_wall": "ends_at"}


class Event(Planning, Changing, Seating, Telling, Record, ClusterableModel):
    """People meet at a time: in a space, at an address, or online."""

    Status, Verb, TOLD = Status, Verb, TOLD

    name = models.CharField(_("name"), max_length=160, help_text=_("In the region's first language."))
    region = models.ForeignKey(
        Region, on_delete=models.PROTECT, related_name="events", verbose_name=_("region"), limit_choices_to={"status": "open"}
    )
    kind = models.CharField(_("kind"), max_length=12, choices=EVENT_KINDS, default="meetup")
    training = models.CharField(
        _("trained in"),
        max_length=14,
        choices=TRAININGS,
        blank=True,
        help_text=_("Of a training. Whoever was there has it on record, as a step of the way."),
    )
    # What was said, by the clock of the place; the moments are reckoned from it, and may move when a zone's rules change.
    starts_wall = WallTimeField(_("starts"), null=True, help_text=_("By the clock of the place."))
    ends_wall = WallTimeField(_("ends"), null=True)
    timezone = models.CharField(
        _("time zone"),
        max_length=64,
        choices=time_zones,
        help_text=_("Of the place. Of an event in a space it is that of the space."),
    )
    starts_at = models.DateTimeField(_("starts (moment)"), editable=False)
    ends_at = models.DateTimeField(_("ends (moment)"), editable=False)
    space = models.ForeignKey(
        Space,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="events",
        verbose_name=_("space"),
        help_text=_("One of the directory: its page tells the address and the way in."),
    )
    request = models.ForeignKey(
        SpaceRequest, null=True, editable=False, on_delete=models.SET_NULL, related_name="events", verbose_name=_("request")
    )  # the one from which its room comes
    booking = models.OneToOneField(
        Booking, null=True, editable=False, on_delete=models.SET_NULL, related_name="event", verbose_name=_("booking")
    )  # the date of it that is this event's
    address = models.CharField(
        _("or another address"), max_length=255, blank=True, help_text=_("When it is not in a space of the directory.")
    )
    online_url = models.URLField(
        _("or online at"),
        max_length=LONGEST_LINK,
        blank=True,
        help_text=_("Where people join from elsewhere. An event may have both."),
    )
    languages = LanguagesField(_("languages spoken"), help_text=_("In which people can take part."))
    other_communities = models.CharField(
        _("other communities"),
        max_length=200,
        blank=True,
        help_text=_("Those that host it, too, and stand in no directory here."),
    )
    capacity = models.PositiveIntegerField(
        _("places"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("How many may come. Left empty, the number of places is open."),
    )
    takes_seats = models.BooleanField(
        _("people say here whether they come"),
        default=True,
        help_text=_("Without an account, with their address. When all places are taken, there is a waiting list."),
    )
    accessibility = CodesField(
        _("accessibility"), codes=ACCESS, help_text=_("What people can count on. Say on the page what else they should know.")
    )
    code_of_conduct = models.URLField(
        _("code of conduct"), blank=True, help_text=_("The address at which it can be read, if it has one of its own.")
    )
    tags = TaggableManager(_("topics"), blank=True, help_text=_("Words under which it is found, with commas between them."))
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.DRAFT, editable=False)
    was_at = models.DateTimeField(null=True, editable=False)  # schema.org's previousStartDate: what was announced first
    went_online = models.BooleanField(default=False, editable=False)
    sequence = models.PositiveSmallIntegerField(default=0, editable=False)  # how often calendars were told
    announced_at = models.DateTimeField(_("announced"), null=True, editable=False)
    series = models.ForeignKey(
        EventSeries, null=True, editable=False, on_delete=models.SET_NULL, related_name="events", verbose_name=_("series")
    )
    planned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )  # who is asked how it went, where there is no booking
    # Where it comes from, if it was brought in: the name that its calendar gives it, and what that has said last.
    source = models.CharField(_("source"), max_length=80, blank=True, editable=False)
    source_uid = models.CharField(max_length=255, blank=True, editable=False)
    source_facts = models.JSONField(default=dict, editable=False)
    asked_at = models.DateTimeField(null=True, editable=False)
    times_asked = models.PositiveSmallIntegerField(default=0, editable=False)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["starts_at", "pk"]
        indexes = [
            models.Index(fields=["region", "ends_at"]),
            models.Index(fields=["ends_at"]),
            models.Index(fields=["starts_at"]),
        ]

    def __str__(self):
        return self.name

    # -- Times ---------------------------------------------------------------------------------------------------------

    @property
    def zone(self):
        return zoneinfo.ZoneInfo(self.timezone)

    def follow_clock(self):
        """The moments follow what was said; where only moments are known, what the clock showed then was said."""
        for wall, moment in WALLS.items():
            if getattr(self, wall) is None and getattr(self, moment) is not None:
                setattr(self, wall, wall_of(getattr(self, moment), self.zone))
            if getattr(self, wall) is not None:
                setattr(self, moment, moment_of(getattr(self, wall), self.zone))

    def set_times(self, starts_wall, ends_wall, zone=""):
        self.starts_wall, self.ends_wall, self.timezone = starts_wall, ends_wall, zone or self.timezone
        self.follow_clock()

    @property
    def local_start(self):
        """When it begins, by the clock on the wall of the place."""
        return self.starts_at.astimezone(self.zone)

    @property
    def local_end(self):
        return self.ends_at.astimezone(self.zone)

    @property
    def local(self):
        return self.starts_wall, self.ends_wall

    @property
    def is_past(self):
        """A postponed event is not over when its old time has passed."""
        return self.status != Status.POSTPONED and self.ends_at < timezone.now()

    # -- How it stands -------------------------------------------------------------------------------------------------

    def may(self, verb):
        """Whether a verb is possible now: what is over does not change, what is not has no outcome."""
        if verb == Verb.OUTCOME:
            return self.status in BEFORE[verb] and self.is_past
        return self.status in BEFORE[verb] and (self.status == Status.DRAFT or not self.is_past)

    @property
    def seeks_space(self):
        """Whether the space that is named is not promised: its host was asked and has not answered, or has withdrawn."""
        return self.booking_id is not None and not self.has_promise

    @property
    def has_room_in_sight(self):
        """Whether its booking is promised, or waits for an answer."""
        return self.booking_id is not None and self.booking.status in (*OPEN, *TAKEN)

    @property
    def has_promise(self):
        """Whether a booking knows how it went, so that nobody is asked twice."""
        return self.booking_id is not None and self.booking.status in TAKEN

    @property
    def is_cancelled(self):
        return self.status == Status.CANCELLED

    @property
    def is_postponed(self):
        return self.status == Status.POSTPONED

    @property
    def is_rescheduled(self):
        return self.was_at is not None and self.was_at != self.starts_at

    @property
    def status_in_calendars(self):
        return STATUS_IN_CALENDARS[self.status]

    @property
    def may_be_shown(self):
        return self.status != Status.DRAFT and self.region.may_be_shown

    @property
    def communities(self):
        """The names of those that host it."""
        named = [each.group.name for each in self.co_hosts.all()]
        return [*named, *filter(None, [self.other_communities])]

    @property
    def organiser(self):
        """(address, name, language) of whoever asked for its space, else of who planned it; empty when that is nobody."""
        if self.request and self.request.email:
            return self.request.email, self.request.organiser, self.request.language
        who = self.planned_by
        return (who.email, who.get_full_name(), who.language or self.region.language) if who else ("", "", "")

    @property
    def uid(self):
        return f"event-{self.key}"

    # -- The row -------------------------------------------------------------------------------------------------------

    def full_clean(self, *args, **kwargs):
        if self.timezone:
            self.follow_clock()
        super().full_clean(*args, **kwargs)

    def save(self, *args, **kwargs):
        self.follow_clock()
        super().save(*args, **kwargs)

    def clean(self):
        super().clean()
        wrong = {}
        for name in WALLS:
            try:
                if getattr(self, name):
                    refuse_skipped(getattr(self, name), self.zone)
            except ValidationError as error:
                wrong[name] = error
        if not wrong and self.starts_at and self.ends_at and self.ends_at <= self.starts_at:
            wrong["ends_wall"] = _("An event ends after it starts.")
        if not (self.space_id or self.address or self.online_url):
            wrong["space"] = _("Say where: a space, an address, or online.")
        if self.kind == "training" and not self.training:
            wrong["training"] = _("Say what people are trained in.")
        if wrong:
            raise ValidationError(wrong)

    def free_slug(self, name):
        """With its date: the same evening comes every month."""
        return super().free_slug(f"{name} {self.local_start:%Y-%m-%d}")

    def face_parent(self):
        return self.region.page_in(self.region.language)

    def expect(self, kind, target):
        """One thing that it is meant to bring, in a number."""
        ExpectedOutcome.objects.update_or_create(event=self, kind=kind, defaults={"target": target})

    def host_with(self, group):
        """A user group hosts it, too."""
        CoHost.objects.get_or_create(event=self, group=group)

    def logged_rows(self):
        return {
            "expected": [str(each) for each in self.expected.all()],
            "co_hosts": [str(each) for each in self.co_hosts.all()],
        }
