from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.fields import StreamField
from wagtail.search import index

from portal.blocks import BODY, RETENTION
from portal.models import BasePage, synchronized


class HomePage(BasePage):
    """The front door in one language."""

    headline = models.CharField(
        _("headline"), max_length=120, blank=True, help_text=_("The largest words of the portal. Left empty, the title.")
    )
    body = StreamField(BODY, verbose_name=_("what this is"), blank=True)

    reading_rank = 0
    parent_page_types = ["wagtailcore.Page"]
    max_count = len(settings.LANGUAGES)
    content_panels = [*BasePage.content_panels, "headline", "body"]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")


# Addresses of the portal's own views: a page there could never be read.
TAKEN = {"search", "account", "not-yet"}


class StandardPage(BasePage):
    """A page of text: how to get involved, privacy, accessibility, about."""

    body = StreamField([*BODY, RETENTION], verbose_name=_("text"), blank=True)

    reading_rank = 35
    parent_page_types = ["home.HomePage", "home.StandardPage"]
    subpage_types = ["home.StandardPage"]
    override_translatable_fields = [*BasePage.override_translatable_fields, *synchronized("slug")]
    content_panels = [*BasePage.content_panels, "body"]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")

    def clean(self):
        super().clean()
        if self.slug in TAKEN:
            raise ValidationError({"slug": _("Another page has this address already.")})
