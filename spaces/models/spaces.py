import zoneinfo
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField
from modelcluster.models import ClusterableModel
from taggit.managers import TaggableManager
from wagtail.log_actions import log

from portal.fields import CodesField
from portal.models import Record
from regions.models import Region
from regions.models.regions import time_zones
from spaces.availability import free, whole_days, without
from spaces.choices import COSTS, FACILITIES, KINDS, STEP_FREE
from spaces.prices import PAID, cost_class, wrong_price

from .dormancy import KeptByHosts
from .queries import SpaceQuerySet


class Space(KeptByHosts, Record, ClusterableModel):
    """A room, a hall, a table: somewhere the community can meet."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("draft")
        IMPORTED = "imported", _("imported")
        LISTED = "listed", _("listed")
        DORMANT = "dormant", _("dormant")
        CLOSED = "closed", _("closed")

    name = models.CharField(_("name"), max_length=160, help_text=_("As the place calls itself, the same in every language."))
    region = models.ForeignKey(
        Region, on_delete=models.PROTECT, related_name="spaces", verbose_name=_("region"), limit_choices_to={"status": "open"}
    )
    kind = models.CharField(_("kind"), max_length=20, choices=KINDS, default="community")
    address = models.CharField(
        _("street address"), max_length=255, blank=True, help_text=_("So that somebody who was never there finds the door.")
    )  # of an imported space it may not be known
    city = models.CharField(_("city"), max_length=120)
    country = CountryField(_("country"))
    latitude = models.FloatField(
        _("latitude"),
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
        help_text=_("Degrees, as a map shows them: -1.2921. South has a minus."),
    )
    longitude = models.FloatField(
        _("longitude"),
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
        help_text=_("Degrees, as a map shows them: 36.8219. West has a minus."),
    )
    timezone = models.CharField(
        _("time zone"),
        max_length=64,
        choices=time_zones,
        blank=True,
        help_text=_("By which its opening hours are meant. Left empty, the region's."),
    )
    capacity = models.PositiveIntegerField(
        _("people"), null=True, blank=True, validators=[MinValueValidator(1)], help_text=_("How many fit in.")
    )  # of an imported space it may not be known
    facilities = CodesField(_("facilities"), codes=FACILITIES, help_text=_("Only what visitors can count on."))
    step_free = models.CharField(
        _("step-free access"),
        max_length=10,
        choices=STEP_FREE,
        default="unknown",
        help_text=_("From the street to a seat and to the toilet. Ask the host; do not guess."),
    )
    cost = models.CharField(
        _("cost"), max_length=10, choices=COSTS, default="free", help_text=_("What the community pays to meet there.")
    )
    price = models.DecimalField(
        _("price"),
        max_digits=10,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=_("For an hour or for a day, as chosen above."),
    )
    currency = models.CharField(_("currency"), max_length=3, blank=True, help_text=_("Three letters: EUR, KES, TWD."))
    website = models.URLField(_("website"), blank=True, help_text=_("The place’s own, where visitors find what we do not say."))
    tags = TaggableManager(_("tags"), blank=True, help_text=_("Words under which it is found, with commas between them."))
    # What makes a space eligible. Each is declared by its host.
    supports_free_software = models.BooleanField(_("supports free and open source software and its events"), default=False)
    has_basic_resources = models.BooleanField(_("has seats, light, power and a toilet"), default=False)
    not_commercialised = models.BooleanField(_("does not make money from the community's activity"), default=False)
    host_agrees = models.BooleanField(_("the host agrees to be listed"), default=False)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.DRAFT, editable=False)
    # Where an imported space comes from, and what its source said last: a difference means that a hand changed it since.
    source = models.CharField(_("source"), max_length=80, blank=True, editable=False)
    source_id = models.CharField(_("id in the source"), max_length=200, blank=True, editable=False)
    source_url = models.URLField(_("address in the source"), max_length=500, blank=True, editable=False)
    source_facts = models.JSONField(default=dict, blank=True, editable=False)
    imported_at = models.DateTimeField(_("imported"), null=True, blank=True, editable=False)

    objects = SpaceQuerySet.as_manager()

    shown_facts = (
        "name",
        "kind",
        "address",
        "city",
        "country",
        "capacity",
        "facilities",
        "step_free",
        "opening_hours",
        "cost",
        "price",
        "website",
    )
    DECLARATIONS = ("supports_free_software", "has_basic_resources", "not_commercialised", "host_agrees")

    class Meta:
        verbose_name = _("space")
        verbose_name_plural = _("spaces")
        ordering = ["name", "pk"]
        indexes = [models.Index(fields=["region", "status"]), models.Index(fields=["status", "cost"])]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "source_id"], condition=~Q(source=""), name="one_space_for_each_row_of_a_source"
            )
        ]

    def __str__(self):
        return self.name

    @property
    def is_paid(self):
        return self.cost in PAID

    @property
    def cost_class(self):
        return cost_class(self.cost)

    @property
    def stands_at(self):
        """Street and city, as far as they are known."""
        return ", ".join(filter(None, [self.address, self.city]))

    @property
    def is_eligible(self):
        return all(getattr(self, declaration) for declaration in self.DECLARATIONS)

    @property
    def is_imported(self):
        """Whether it came from a file, and not from somebody who knows it."""
        return bool(self.source)

    @property
    def awaits_host(self):
        """Brought in from elsewhere, and its host has not made the declarations: it says so, and cannot be asked for."""
        return self.is_imported and not self.is_eligible

    @property
    def may_be_requested(self):
        """Whether one can ask for it: it is listed, and somebody who opens the door has agreed to that."""
        return self.status == self.Status.LISTED and self.region.may_be_shown and not self.awaits_host

    @property
    def may_be_shown(self):
        return self.status in (self.Status.LISTED, self.Status.DORMANT) and self.region.may_be_shown

    @property
    def zone(self):
        """The clock by which its opening hours are meant."""
        return zoneinfo.ZoneInfo(self.timezone) if self.timezone else self.region.zone

    @property
    def has_hours(self):
        """Whether anybody has said when it can be had; otherwise one has to ask."""
        yesterday = timezone.localdate() - timedelta(days=1)  # somewhere it is still that day
        return bool(self.opening_hours.all() or [each for each in self.special_hours.all() if each.day >= yesterday])

    def logged_rows(self):
        """Its hours as the log keeps them, from the database; what is over is of no interest any more."""
        since = timezone.localdate() - timedelta(days=1)
        space = type(self).objects.get(pk=self.pk)
        rows = {
            "opening_hours": space.opening_hours.all(),
            "special_hours": space.special_hours.filter(day__gte=since),
            "closures": space.closures.filter(last_day__gte=since),
        }
        return {name: [row.as_logged for row in found] for name, found in rows.items()}

    def free(self, first, last):
        """When it can be had on these days, by its own clock: its hours without what is closed or booked."""
        rules = self.opening_hours.all(), self.special_hours.all(), self.closures.all()
        return free(*rules, first, last, booked=self.bookings.spans(self, first, last))

    def askable(self, first, last):
        """When one can ask for it: as `free`; where nobody has told its hours, whenever it is neither closed nor booked."""
        if self.has_hours:
            return self.free(first, last)
        gone = [*(closure.span for closure in self.closures.all()), *self.bookings.spans(self, first, last)]
        return without(whole_days(first, last), gone)

    @transaction.atomic
    def close(self, by=None):
        """As every closing; nobody is left waiting before closed doors: what was promised is withdrawn, the rest declined."""
        for request in self.requests.filter(status__in=["sent", "proposed", "accepted"]).order_by("pk"):
            request.leave_closed_space(by)
        return super().close(by=by)

    def clean(self):
        super().clean()
        wrong = wrong_price(self)
        if not self.is_imported:
            wrong |= {"capacity": _("Say how many people fit in.")} if self.capacity is None else {}
            wrong |= {} if self.address else {"address": _("Say where it stands.")}
        if wrong:
            raise ValidationError(wrong)

    def face_parent(self):
        return self.region.page_in(self.region.language)

    @transaction.atomic
    def list(self, by=None, **content):
        """Make it public: status, and page in the region's first language."""
        space = type(self).objects.select_for_update().get(pk=self.pk)
        if not space.is_eligible and not space.is_imported:
            raise ValidationError(_("A space is listed when its host has made all declarations."))
        is_new = space.status != self.Status.LISTED
        if is_new:
            self.status = self.Status.LISTED
            self.save(update_fields=["status", "updated_at"])
            log(instance=self, action="portal.listed", user=by)
        return self.make_face(by=by, publish=is_new, **content)

    @transaction.atomic
    def declare(self, by=None):
        """Its host makes all declarations, with an account or as whoever holds the link. The second of two finds it done."""
        row = type(self).objects.select_for_update().select_related("region").get(pk=self.pk)
        if not (row.awaits_host and row.may_be_shown):
            return
        for declaration in self.DECLARATIONS:
            setattr(self, declaration, True)
        self.save(update_fields=[*self.DECLARATIONS, "updated_at"])
        log(instance=self, action="portal.declared", user=by, data={"link": by is None})
        self.confirm(by=by, is_owner=True)
