from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.fields import StreamField
from wagtail.models import PageManager, PageQuerySet
from wagtail.search import index

from portal.blocks import BODY
from portal.models import BasePage, IndexPage, synchronized
from regions.models import Region
from stories.filters import AnnouncementFilters


class AnnouncementQuerySet(PageQuerySet):
    def current(self):
        """In force now, urgent ones first, then the latest."""
        now = timezone.now()
        running = self.live().filter(Q(until=None) | Q(until__gte=now), starts__lte=now)
        return running.order_by("-urgent", "-starts", "-pk")

    def for_everyone(self):
        return self.filter(regions=None)

    def for_region(self, region):
        """What concerns a region: said to everyone, or to it."""
        return self.filter(Q(regions=None) | Q(regions=region)).distinct()


class AnnouncementPage(BasePage):
    """What the programme's staff tell everyone, or some regions, for a time."""

    starts = models.DateTimeField(_("from"), default=timezone.now, help_text=_("Before that, nobody is shown it."))
    until = models.DateTimeField(
        _("until"),
        null=True,
        blank=True,
        help_text=_("Afterwards it is found among the announcements only. Left empty, it has no end."),
    )
    urgent = models.BooleanField(_("urgent"), default=False, help_text=_("Shown above every page it concerns."))
    regions = ParentalManyToManyField(
        Region,
        blank=True,
        related_name="announcements",
        verbose_name=_("regions"),
        help_text=_("Whom it concerns. None chosen: everyone."),
    )
    body = StreamField(BODY, verbose_name=_("text"), blank=True)

    objects = PageManager.from_queryset(AnnouncementQuerySet)()

    reading_rank, matters_until = 25, "until"
    parent_page_types = ["stories.AnnouncementIndexPage"]
    subpage_types = []
    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        *synchronized("starts", "until", "urgent", "regions"),
    ]
    content_panels = [*BasePage.content_panels, "body", "starts", "until", "urgent", "regions"]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = _("announcement")
        verbose_name_plural = _("announcements")

    def clean(self):
        super().clean()
        if self.until and self.until <= self.starts:
            raise ValidationError({"until": _("It ends before it begins.")})


class AnnouncementIndexPage(IndexPage):
    """All announcements, also those that are over."""

    subpage_types = ["stories.AnnouncementPage"]

    class Meta:
        verbose_name = _("list of announcements")

    def get_listed(self):
        return (
            AnnouncementPage.objects.live()
            .filter(locale=self.locale_id, starts__lte=timezone.now())
            .order_by("-starts", "-pk")
            .prefetch_related("regions")
            .defer_streamfields()
        )

    def get_filters(self, data):
        return AnnouncementFilters(data, self.get_listed(), Region.objects.open().shown_in(self.language))
