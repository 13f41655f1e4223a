from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Case, F, Min, Q, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale, Page

from portal.languages import language_name
from portal.permissions import oversees
from regions.permissions import PAGE_ACTIONS

from .memberships import LANGUAGE_ROLES, Role, roles_of
from .regions import Region
from .translating import StartsAndEnds

LAST = 90  # the rank of what matters to nobody any more: an event that is over
KEEPERS = [role for role, actions in PAGE_ACTIONS.items() if "publish" in actions and role != Role.STAFF]


class PageTranslationQuerySet(models.QuerySet):
    def concerning(self, user):
        """What somebody may work on: the languages of their teams, and everything of regions whose pages they publish."""
        return self if oversees(user) else self.filter(in_languages_of(user, LANGUAGE_ROLES) | in_regions_of(user))

    def released_by(self, user):
        """What somebody may publish."""
        return self if oversees(user) else self.filter(in_languages_of(user, [Role.REVIEWER]) | in_regions_of(user))

    def in_reading_order(self):
        """What readers meet most comes first: the home page, regions, events to come; what is over comes last."""
        over = When(matters_until__lt=timezone.now(), then=Value(LAST))
        now = Case(over, default=F("rank"), output_field=models.PositiveSmallIntegerField())
        return self.annotate(rank_now=now).order_by("rank_now", "title", "key", "pk")

    def one_for_each_page(self):
        """Of the languages of a page that are found only the first: a list of pages, whatever the languages are."""
        first = self.order_by().values("key").annotate(first=Min("pk")).values("first")
        return self.model.objects.filter(pk__in=first)

    def to_start(self):
        return self.filter(status=PageTranslation.Status.MISSING)

    def to_translate(self):
        return self.filter(status__in=PageTranslation.FOR_TRANSLATORS)

    def to_review(self):
        return self.filter(status=PageTranslation.Status.READY)

    def orphaned(self):
        return self.filter(status=PageTranslation.Status.ORPHANED)

    def in_language(self, code):
        return self.filter(locale__language_code=code)


def in_languages_of(user, roles):
    reached = Q(pk__in=[])
    for team in roles_of(user):
        if team.language and team.role in roles:
            reached |= Q(locale__language_code=team.language) & (Q(region=team.region_id) if team.region_id else Q())
    return reached


def in_regions_of(user):
    return Q(region__in={team.region_id for team in roles_of(user) if team.region_id and team.role in KEEPERS})


class PageTranslation(StartsAndEnds, models.Model):
    """How far one page is in one language: one field of the translators' board.

    It repeats what pages, translations and strings say, so that a board of thousands of pages is quick. Nobody writes it
    but `regions.translating.counting`, which can tell it all anew at any time.
    """

    class Status(models.TextChoices):
        MISSING = "missing", _("missing")
        IN_PROGRESS = "in-progress", _("in progress")
        SENT_BACK = "sent-back", _("sent back")
        READY = "ready", _("ready for review")
        PUBLISHED = "published", _("published")
        STALE = "stale", _("stale: the original has changed")
        ORPHANED = "orphaned", _("orphaned: the original is gone")

    FOR_TRANSLATORS = (Status.IN_PROGRESS, Status.SENT_BACK, Status.STALE)
    STARTED = (*FOR_TRANSLATORS, Status.READY, Status.PUBLISHED)

    key = models.UUIDField(_("key"))  # the translation key of the page in all its languages
    locale = models.ForeignKey(Locale, on_delete=models.CASCADE, related_name="+", verbose_name=_("language"))
    region = models.ForeignKey(
        Region, null=True, on_delete=models.CASCADE, related_name="page_translations", verbose_name=_("region")
    )
    original = models.ForeignKey(Page, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("original"))
    page = models.ForeignKey(Page, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("page"))
    page_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+", verbose_name=_("kind of page"))
    title = models.CharField(_("title"), max_length=255)
    status = models.CharField(_("status"), max_length=12, choices=Status)
    total = models.PositiveIntegerField(_("strings"), default=0)
    done = models.PositiveIntegerField(_("translated"), default=0)
    changed_at = models.DateTimeField(_("original changed"), null=True)  # later than what the public reads here, else empty
    worked_at = models.DateTimeField(_("last translated"), null=True)
    rank = models.PositiveSmallIntegerField(default=50)
    matters_until = models.DateTimeField(null=True)

    objects = PageTranslationQuerySet.as_manager()

    class Meta:
        verbose_name = _("translation of a page")
        verbose_name_plural = _("translations of pages")
        constraints = [models.UniqueConstraint(fields=["key", "locale"], name="one_field_of_the_board")]
        indexes = [
            models.Index(fields=["locale", "status", "rank"]),
            models.Index(fields=["region", "locale", "status"]),
        ]

    def __str__(self):
        return f"{self.title} ({self.locale.language_code})"

    @property
    def percent(self):
        return 100 if self.done >= self.total else min(99, self.done * 100 // self.total)

    @property
    def language(self):
        return self.locale.language_code

    @property
    def language_in_words(self):
        return language_name(self.language)

    @property
    def is_missing(self):
        return self.status == self.Status.MISSING

    @property
    def is_ready(self):
        return self.status == self.Status.READY

    @property
    def is_orphaned(self):
        return self.status == self.Status.ORPHANED


class SentBack(models.Model):
    """A reviewer gave a translation back to its translators, and said why. What they write afterwards is looked at anew."""

    translation = models.ForeignKey(PageTranslation, on_delete=models.CASCADE, related_name="sent_back")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("by")
    )
    comment = models.TextField(_("comment"), max_length=2000)
    at = models.DateTimeField(_("at"), default=timezone.now)

    class Meta:
        verbose_name = _("translation sent back")
        verbose_name_plural = _("translations sent back")
        ordering = ["-at", "-pk"]

    def __str__(self):
        return str(self.translation)


class TranslationBatchQuerySet(models.QuerySet):
    def running(self):
        return self.filter(finished_at=None)


class TranslationBatch(models.Model):
    """Several pages whose translation somebody starts at once: done one after the other, and one can watch."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name=_("by"))
    wanted = models.JSONField(default=list)  # the keys of the board's fields still to start
    total = models.PositiveIntegerField(_("pages"), default=0)
    started = models.PositiveIntegerField(_("started"), default=0)
    failed = models.JSONField(default=list)  # titles, with why
    created_at = models.DateTimeField(_("begun"), default=timezone.now)
    finished_at = models.DateTimeField(_("finished"), null=True)

    objects = TranslationBatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("batch of translations")
        verbose_name_plural = _("batches of translations")

    def __str__(self):
        return f"{self.started}/{self.total}"

    @property
    def looked_at(self):
        return self.started + len(self.failed)


def latest_sent_back(keys):
    """When each was last sent back: {(key, locale id): moment}."""
    rows = SentBack.objects.filter(translation__key__in=keys).values("translation__key", "translation__locale_id")
    return {
        (row["translation__key"], row["translation__locale_id"]): row["latest"]
        for row in rows.annotate(latest=models.Max("at")).order_by()
    }
