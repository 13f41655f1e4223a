import zoneinfo

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField
from wagtail.log_actions import log

from portal.fields import CodesField
from portal.geo import distance
from portal.models import Record, RecordQuerySet
from regions.choices import AREAS

CLOSE_BY = 300  # kilometres around the mark of a region that names no country


def time_zones():
    """The time zones of the world by their names in the IANA database."""
    return [(name, name.replace("_", " ")) for name in sorted(zoneinfo.available_timezones()) if "/" in name or name == "UTC"]


def portal_languages():
    return settings.LANGUAGES


class RegionQuerySet(RecordQuerySet):
    def open(self):
        return self.filter(status=Region.Status.OPEN)

    def speaking_for(self, country, latitude, longitude):
        """The region that speaks for a place, or None: one that names the country, else a city or a coast close by.

        A region that names countries speaks for those and no others; of several, the nearest does.
        """
        regions = [(distance(latitude, longitude, each.latitude, each.longitude), each) for each in self.order_by("pk")]
        named = [pair for pair in regions if country in [each.code for each in pair[1].countries]]
        close = [pair for pair in regions if not pair[1].countries and pair[0] <= CLOSE_BY]
        return min(named or close, default=(0, None), key=lambda pair: pair[0])[1]


class Region(Record):
    """A part of the world with ambassadors of its own: mostly a country, sometimes several, sometimes a city."""

    class Status(models.TextChoices):
        PLANNED = "planned", _("planned")
        OPEN = "open", _("open")
        CLOSED = "closed", _("closed")

    name = models.CharField(_("name"), max_length=120, help_text=_("In the region's first language."))
    area = models.CharField(
        _("world area"), max_length=20, choices=AREAS, help_text=_("Under which it stands in the list of regions.")
    )
    language = models.CharField(
        _("first language"),
        max_length=12,
        choices=portal_languages,
        help_text=_("In which its pages are first written. Fixed once the region is open."),
    )
    languages = CodesField(_("languages"), codes=portal_languages, help_text=_("In which its pages exist or shall exist."))
    countries = CountryField(_("countries"), multiple=True, blank=True, help_text=_("Whose communities it speaks for."))
    timezone = models.CharField(
        _("time zone"), max_length=64, choices=time_zones, default="UTC", help_text=_("By which its people live.")
    )
    latitude = models.FloatField(
        _("latitude"),
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
        help_text=_("Where its mark stands on the chart: its main city, say. South has a minus."),
    )
    longitude = models.FloatField(
        _("longitude"),
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
        help_text=_("West has a minus."),
    )
    collection = models.OneToOneField(
        "wagtailcore.Collection", null=True, editable=False, on_delete=models.SET_NULL, related_name="region"
    )  # its own folder of pictures and documents
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.PLANNED, editable=False)
    opened_at = models.DateTimeField(null=True, editable=False)

    first_language_path = "language"

    objects = RegionQuerySet.as_manager()

    class Meta:
        verbose_name = _("region")
        verbose_name_plural = _("regions")
        ordering = ["name"]

    def __str__(self):
        return self.name

    @property
    def may_be_shown(self):
        return self.status == self.Status.OPEN

    @property
    def zone(self):
        return zoneinfo.ZoneInfo(self.timezone)

    @property
    def all_languages(self):
        """Its first language, then the others."""
        return [self.language, *(code for code in self.languages if code != self.language)]

    def spoken_languages(self):
        """Those of its pages, then those that its groups and ambassadors speak: what somebody may meet there."""
        spoken = [*self.groups.values_list("languages", flat=True), *self.ambassadorships.values_list("languages", flat=True)]
        return list(dict.fromkeys([*self.all_languages, *(code for codes in spoken for code in codes)]))

    @property
    def other_languages(self):
        return self.all_languages[1:]

    def clean(self):
        super().clean()
        before = type(self).objects.filter(pk=self.pk).first()
        if before and before.opened_at and before.language != self.language:
            raise ValidationError({"language": _("The first language of an open region stays as it is.")})

    @property
    def lacks_pages(self):
        """Whether a language was added whose page is not there yet."""
        return not set(self.all_languages) <= set(self.pages.values_list("locale__language_code", flat=True))

    def page_in(self, language):
        """Its page in this language, live or not, or None."""
        return self.pages.filter(locale__language_code=language).first()

    def close(self, by=None):
        """Take all its pages out of public sight. Nothing is deleted."""
        with transaction.atomic():
            region = type(self).objects.select_for_update().get(pk=self.pk)
            if region.status == self.Status.CLOSED:
                return
            self.status = self.Status.CLOSED
            self.save(update_fields=["status", "updated_at"])
            for page in self.pages.all():
                take_down_below(page, by)
            self.take_down_faces(by)
            log(instance=self, action="portal.closed", user=by)

    @transaction.atomic
    def open(self, by=None):
        """Make its pages, teams and permissions in each of its languages. Called again, it adds what is missing."""
        region = type(self).objects.select_for_update().get(pk=self.pk)
        is_new = region.status != self.Status.OPEN
        if is_new:
            self.status, self.opened_at = self.Status.OPEN, self.opened_at or timezone.now()
            self.save(update_fields=["status", "opened_at", "updated_at"])
            log(instance=self, action="portal.opened", user=by)
        page = self.make_face(by=by, publish=is_new)
        page.prepare_translations(self.other_languages, by)
        self.teams.sync_region(self)
        self.teams.ensure_for_region(self)
        return page

    def grant(self, person, role, by=None, language="", **terms):
        """Give somebody a role in this region: `region.grant(amina, "editor", by=staff)`. The one door to roles.

        `until` is the last day, `reason` says why. Translators and reviewers need a `language` of the region.
        """
        return self.teams.ensure(role, region=self, language=language).admit(person, by=by, **terms)

    def face_parent(self):
        return self.face_model().parent_in(self.language)


def take_down_below(page, by=None):
    """The pages below a region's page: of its people, spaces and events, and its stories."""
    for child in page.get_children().specific():
        child.take_down(by)
