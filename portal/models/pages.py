from django.conf import settings
from django.db import models, transaction
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Locale, Page
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField
from wagtail_localize.operations import TranslationCreator

from portal.alternates import alternates_of, outdated
from portal.page_forms import PortalPageForm
from portal.permissions import PagePermissions
from portal.translating import follow_original


def synchronized(*names):
    """Fields that are the same in every language and cannot be overridden there.

    Never name `translatable_fields` instead: everything that is not listed would silently stop being synchronized.
    """
    return [SynchronizedField(name, overridable=False) for name in names]


class BasePage(Page):
    """What every page of the portal has: a summary, a picture, how it looks when shared, its other languages."""

    summary = models.CharField(
        _("summary"),
        max_length=300,
        blank=True,
        help_text=_("One or two sentences. Shown under the title, in lists and when the page is shared."),
    )
    image = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        verbose_name=_("picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Shown at the head of the page and on cards. Without one, a picture is drawn."),
    )
    image_alt = models.CharField(
        _("what the picture shows here"),
        max_length=255,
        blank=True,
        help_text=_("Leave empty to use the picture's own description."),
    )
    share_image = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        verbose_name=_("picture for sharing"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("For social networks. Left empty, the page's own picture."),
    )
    hide_from_search_engines = models.BooleanField(
        _("hide from search engines"), default=False, help_text=_("Readers still find it here.")
    )

    # How early translators meet it on their board: what readers see most comes first. `matters_until` names the moment,
    # as a query would, after which nobody looks for it any more.
    reading_rank = 50
    matters_until = ""

    base_form_class = PortalPageForm
    show_in_menus_default = False
    content_panels = [
        *Page.content_panels,
        "summary",
        MultiFieldPanel([FieldPanel("image"), FieldPanel("image_alt")], heading=_("Picture"), classname="collapsed"),
    ]
    promote_panels = [
        MultiFieldPanel(["slug", "seo_title", "search_description", "hide_from_search_engines"], _("For search engines")),
        MultiFieldPanel(["share_image"], _("When shared")),
    ]
    search_fields = [
        *Page.search_fields,
        index.SearchField("summary", boost=2),
        index.FilterField("translation_key"),
    ]
    override_translatable_fields = synchronized("hide_from_search_engines")

    class Meta:
        abstract = True

    @cached_property
    def alternates(self):
        """This page in the portal's languages, see `portal.alternates`."""
        return alternates_of(self)

    @property
    def outdated(self):
        """For readers of a translation: that its original has changed since, see `portal.alternates.Outdated`."""
        return outdated(self.alternates)

    @property
    def changed_at(self):
        """When anything that this page itself shows was last changed."""
        return self.last_published_at or self.latest_revision_created_at

    @property
    def picture_alt(self):
        return self.image_alt or (self.image.description if self.image else "")

    def permissions_for_user(self, user):
        return PagePermissions(user, self)

    def route(self, request, path_components):
        """Remembers the pages on the way here, which are what the breadcrumbs show."""
        request.__dict__.setdefault("page_trail", []).append(self)
        return super().route(request, path_components)

    def get_context(self, request, *args, **kwargs):
        return {**super().get_context(request, *args, **kwargs), "alternates": self.alternates}

    def take_down(self, by=None):
        """Out of public sight, schedules included (Wagtail clears them only for live pages)."""
        self.revisions.update(approved_go_live_at=None)
        if self.live:
            self.unpublish(user=by)

    @transaction.atomic
    def prepare_translations(self, languages, by=None):
        """Make drafts in these languages, parents first. A page that is already there is left alone."""
        have = set(Page.objects.filter(translation_key=self.translation_key).values_list("locale", flat=True))
        wanted = [each for each in Locale.objects.filter(language_code__in=languages) if each.pk not in have]
        if not wanted:
            return
        parent = self.get_parent().specific
        if isinstance(parent, BasePage):
            parent.prepare_translations([locale.language_code for locale in wanted], by)
        follow_original(self)
        TranslationCreator(by, wanted).create_translations(self, include_related_objects=False)
