from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.log_actions import log
from wagtail.models import Orderable
from wagtail.search import index

from portal.fields import LanguagesField
from portal.languages import language_choices
from portal.models import Confirmable, ConfirmableQuerySet, IndexPage
from regions.choices import CHANNELS, HEALTH
from regions.filters import GroupFilters

from .regions import Region


class UserGroupQuerySet(ConfirmableQuerySet):
    def shown(self):
        return self.filter(region__status=Region.Status.OPEN, closed_at=None)

    def kept(self):
        return self.shown()

    def with_owners(self):
        return self.select_related("region")

    def to_put_to_sleep(self, now):
        return super().to_put_to_sleep(now).exclude(health="unknown")

    def in_region(self, region):
        return self.filter(region=region)

    def with_words(self, words):
        found = self
        for word in words.split():
            found = found.filter(Q(name__icontains=word) | Q(place__icontains=word) | Q(description__icontains=word))
        return found


class UserGroup(Confirmable, index.Indexed, ClusterableModel):
    """A local community: where it is, in which languages it talks, through which channels, and how it is doing."""

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="groups", verbose_name=_("region"))
    name = models.CharField(_("name"), max_length=160)
    slug = models.SlugField(
        _("address"),
        max_length=80,
        unique=True,
        blank=True,
        help_text=_("The last part of the address of its page. Left empty, the name makes it."),
    )
    description = models.TextField(
        _("description"), blank=True, help_text=_("What the group does and how somebody new joins, in one language.")
    )
    description_language = models.CharField(
        _("language of the description"),
        max_length=12,
        default="en",
        choices=language_choices,
        help_text=_("Readers of other languages are told which one it is."),
    )
    languages = LanguagesField(_("languages"), help_text=_("In which the group talks."))
    place = models.CharField(_("place"), max_length=160, blank=True, help_text=_("A city, a campus, a whole country."))
    latitude = models.FloatField(
        _("latitude"),
        null=True,
        blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
        help_text=_("Degrees, as a map shows them: -1.2921. South has a minus."),
    )
    longitude = models.FloatField(
        _("longitude"),
        null=True,
        blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
        help_text=_("Degrees, as a map shows them: 36.8219. West has a minus."),
    )
    health = models.CharField(
        _("how it is"),
        max_length=10,
        choices=HEALTH,
        default="unknown",
        help_text=_("Say it as it is: a group that looks for organisers finds them sooner."),
    )
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    # Where an imported group comes from, and the facts as they were imported: a difference means that a hand changed them.
    source_key = models.CharField(max_length=200, null=True, blank=True, unique=True, editable=False)
    source_facts = models.JSONField(default=dict, blank=True, editable=False)

    objects = UserGroupQuerySet.as_manager()

    kind_in_address = "group"
    shown_facts = ("name", "place", "languages", "health", "description", "channels")

    search_fields = [
        index.SearchField("name", boost=3),
        index.AutocompleteField("name"),
        index.SearchField("place", boost=2),
        index.SearchField("description"),
        index.FilterField("region_id"),
        index.FilterField("id"),
    ]

    class Meta:
        verbose_name = _("user group")
        verbose_name_plural = _("user groups")
        ordering = ["name", "pk"]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        if not self.slug:
            self.slug = self.free_slug()
        super().save(*args, **kwargs)

    def free_slug(self):
        wanted = slugify(self.name)[:70].strip("-") or f"group-{self.region.slug}"
        slug, number = wanted, 1
        while type(self).objects.filter(slug=slug).exclude(pk=self.pk).exists():
            number += 1
            slug = f"{wanted}-{number}"
        return slug

    def get_absolute_url(self):
        return reverse("group", args=[self.slug])

    @property
    def may_be_shown(self):
        return self.closed_at is None and self.region.may_be_shown

    @transaction.atomic
    def go_dormant(self, now=None, by=None):
        """Nobody answers: how the group is, is not known any more. It stays in the directory, which says so."""
        row = type(self).objects.select_for_update().get(pk=self.pk)
        if row.health == "unknown":
            return False
        self.health = "unknown"
        self.save(update_fields=["health", "updated_at"])
        log(instance=self, action="portal.fell_asleep", user=by, data={"health": row.health})
        return True

    @transaction.atomic
    def close(self, by=None, now=None):
        """It does not meet any more: out of the directory, not deleted."""
        if not type(self).objects.filter(pk=self.pk, closed_at=None).update(closed_at=now or timezone.now(), ask_at=None):
            return False
        self.refresh_from_db()
        self.save(update_fields=["updated_at"])
        log(instance=self, action="portal.closed", user=by)
        return True

    @transaction.atomic
    def reopen(self, by=None):
        """Back into the directory, to be confirmed now."""
        facts = {"closed_at": None, "due_at": None, "ask_at": None, "times_asked": 0}
        if not type(self).objects.filter(pk=self.pk).exclude(closed_at=None).update(**facts):
            return False
        self.refresh_from_db()
        self.save(update_fields=["updated_at"])
        log(instance=self, action="portal.reopened", user=by)
        return True

    @property
    def is_located(self):
        return self.latitude is not None and self.longitude is not None


class GroupChannel(Orderable):
    """Where a group talks or shows itself: its chat, its list, its account on a network."""

    group = ParentalKey(UserGroup, on_delete=models.CASCADE, related_name="channels")
    kind = models.CharField(_("kind"), max_length=20, choices=CHANNELS, default="other")
    name = models.CharField(_("name"), max_length=160, help_text=_("As people there call it."))
    url = models.URLField(_("address"), max_length=500, help_text=_("Where one joins or reads along."))

    class Meta(Orderable.Meta):
        verbose_name = _("channel")
        verbose_name_plural = _("channels")

    def __str__(self):
        return self.name


class GroupIndexPage(IndexPage):
    """The directory of user groups."""

    subpage_types = []
    per_page = 40

    class Meta:
        verbose_name = _("list of user groups")

    def get_listed(self):
        return UserGroup.objects.shown().prefetch_related(models.Prefetch("region", Region.objects.with_face(self.language)))

    def get_filters(self, data):
        return GroupFilters(data, self.get_listed(), Region.objects.open().shown_in(self.language))
