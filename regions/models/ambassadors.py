from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.fields import StreamField
from wagtail.log_actions import log
from wagtail.search import index

from portal.blocks import BODY
from portal.fields import CodesField, LanguagesField
from portal.models import (
    Addressee,
    BasePage,
    Confirmable,
    ConfirmableQuerySet,
    Face,
    IndexPage,
    Record,
    RecordQuerySet,
    synchronized,
)
from portal.models.faces import FacePermissions
from portal.panels import FactsPanel
from portal.permissions import is_translation, oversees
from regions.choices import TOPICS
from regions.filters import AmbassadorFilters

from .memberships import Membership, Role
from .regions import Region


class AmbassadorshipQuerySet(ConfirmableQuerySet, RecordQuerySet):
    def current(self):
        today = timezone.localdate()
        return self.filter(Q(ends=None) | Q(ends__gte=today), starts__lte=today, region__status=Region.Status.OPEN)

    def kept(self):
        """Those whose page the public reads."""
        return self.current().filter(pk__in=AmbassadorPage.objects.filter(live=True).values("ambassadorship"))

    def with_owners(self):
        return self.select_related("person", "region")

    def in_region(self, region):
        return self.filter(region=region)

    def with_names(self, language):
        """The region and the stand-in of each, with their pages, in two queries."""
        regions = models.Prefetch("region", Region.objects.with_face(language))
        return self.select_related("person").prefetch_related(regions, stand_ins(language))


def stand_ins(language):
    """Who answers for those who are away, each with their page: for `prefetch_related`."""
    return models.Prefetch("stand_in", Ambassadorship.objects.with_face(language).select_related("person"))


class Ambassadorship(Confirmable, Record):
    """Somebody speaks for a region, for a term: its visible, official, accountable contact."""

    class Title(models.TextChoices):
        AMBASSADOR = "ambassador", _("Ambassador")
        DEPUTY = "deputy", _("Deputy ambassador")

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="ambassadorships",
        verbose_name=_("person"),
        help_text=_("Somebody with an account."),
    )
    region = models.ForeignKey(
        Region,
        on_delete=models.PROTECT,
        related_name="ambassadorships",
        verbose_name=_("region"),
        limit_choices_to={"status": "open"},
    )
    title = models.CharField(_("title"), max_length=12, choices=Title, default=Title.AMBASSADOR)
    starts = models.DateField(_("from"), default=timezone.localdate, help_text=_("The first day of the term."))
    ends = models.DateField(
        _("until"),
        null=True,
        blank=True,
        help_text=_("The last day of the term: page and role end with it. Left empty, it has no end."),
    )
    languages = LanguagesField(_("languages spoken"), help_text=_("In which people may write to them."))
    topics = CodesField(_("what to ask about"), codes=TOPICS, help_text=_("Readers look for the right person by it."))
    away_until = models.DateField(
        _("away until"), null=True, blank=True, help_text=_("Until this day, letters go to the stand-in, and the page says so.")
    )
    stand_in = models.ForeignKey(
        "self",
        verbose_name=_("stand-in"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Who answers meanwhile: another ambassador of the region."),
    )

    objects = AmbassadorshipQuerySet.as_manager()

    kind_in_address = "ambassador"
    shown_facts = ("title", "region", "ends", "languages", "topics", "away_until")
    is_asked_by_staff = True
    closes_at_once = False  # a term ends by a decision, with a hand-over: staff are told
    owner_words = _("by the ambassador")

    class Meta:
        verbose_name = _("ambassadorship")
        verbose_name_plural = _("ambassadorships")
        ordering = ["region", "title", "starts", "pk"]

    def __str__(self):
        return self.person.get_full_name() or str(_("Ambassador"))

    @property
    def is_current(self):
        return self.starts <= timezone.localdate() and (self.ends is None or self.ends >= timezone.localdate())

    @property
    def is_away(self):
        return self.away_until is not None and self.away_until >= timezone.localdate()

    @property
    def may_be_shown(self):
        return self.is_current and self.region.may_be_shown

    @property
    def who_answers(self):
        """The ambassador who gets the letters now: the stand-in, while away."""
        return self.stand_in if self.is_away and self.stand_in and self.stand_in.is_current else self

    def owners(self):
        """An ambassador answers for what is said about the own person."""
        person = self.person
        reached = person.is_active and person.email
        return [Addressee(person.email, person.language or self.region.language, str(self), True)] if reached else []

    def is_owned_by(self, person):
        return bool(person) and person.pk == self.person_id

    def clean(self):
        super().clean()
        if self.ends and self.ends < self.starts:
            raise ValidationError({"ends": _("The term ends before it begins.")})
        if self.stand_in and (self.stand_in == self or self.stand_in.region_id != self.region_id):
            raise ValidationError({"stand_in": _("Choose another ambassador of the same region.")})

    def save(self, *args, **kwargs):
        """The role lasts as long as the term, also when the term changes."""
        super().save(*args, **kwargs)
        team = {"team__region": self.region_id, "team__role": Role.AMBASSADOR}
        Membership.objects.running().filter(person=self.person_id, **team).update(until=self.ends)

    def face_parent(self):
        return self.region.page_in(self.region.language)

    @transaction.atomic
    def appoint(self, by=None, publish=True, **content):
        """Make it public: the page, in the region's first language, and the role that goes with the title."""
        page = self.make_face(by=by, publish=publish, **content)
        self.region.grant(self.person, Role.AMBASSADOR, by=by, until=self.ends)
        log(instance=self, action="portal.appointed", user=by)
        return page


class OwnPagePermissions(FacePermissions):
    """What is said about a person is that person's to say. Translations are for whoever translates."""

    def is_own(self):
        return oversees(self.user) or self.page.specific.record.person_id == self.user.pk or is_translation(self.page)

    def can_edit(self):
        return super().can_edit() and self.is_own()

    def can_publish(self):
        return super().can_publish() and self.is_own()

    def can_unpublish(self):
        return super().can_unpublish() and self.is_own()


class AmbassadorPage(Face):
    """An ambassador in one language: what they do, what to ask them about, how to write to them."""

    ambassadorship = models.ForeignKey(
        Ambassadorship, on_delete=models.PROTECT, related_name="pages", verbose_name=_("ambassadorship")
    )
    body = StreamField(BODY, verbose_name=_("text"), blank=True)

    reading_rank = 45
    record_field = "ambassadorship"
    parent_page_types = ["regions.RegionPage"]
    subpage_types = []
    override_translatable_fields = [*BasePage.override_translatable_fields, *synchronized("ambassadorship", "slug")]
    content_panels = [
        FactsPanel("ambassadorship", ["title", "region", "starts", "ends", "languages", "topics", "away_until"]),
        *BasePage.content_panels,
        "body",
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = _("ambassador's page")
        verbose_name_plural = _("ambassadors' pages")

    def permissions_for_user(self, user):
        return OwnPagePermissions(user, self)


class AmbassadorIndexPage(IndexPage):
    """Who speaks for what: all ambassadors, by region, language and topic."""

    subpage_types = []

    class Meta:
        verbose_name = _("list of ambassadors")

    def get_listed(self):
        current = Ambassadorship.objects.current().shown_in(self.language).with_names(self.language)
        return current.order_by("region__name", "title", "pk")

    def get_filters(self, data):
        return AmbassadorFilters(data, self.get_listed(), Region.objects.open().shown_in(self.language))
