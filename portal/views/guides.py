"""A short guide for each role, in the admin's Help menu. The long form stands in docs/."""

from typing import NamedTuple

from django.http import Http404
from django.urls import path, reverse, reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from portal.keys import anybody
from portal.workplace import roles_in_words


class Guide(NamedTuple):
    """What somebody with a role does here, in a few steps; the steps are a template of the role's name."""

    role: str
    title: str
    summary: str

    @property
    def url(self):
        return reverse("workplace_guide", args=[self.role])


GUIDES = [
    Guide("contributor", _("For contributors"), _("Write stories and drafts for your region, and hand them in.")),
    Guide("editor", _("For editors"), _("Look at drafts, publish, and keep the facts of your region true.")),
    Guide("ambassador", _("For ambassadors"), _("Look after a region: its pages, spaces, events and people.")),
    Guide("translator", _("For translators"), _("Put pages into your language, sentence by sentence.")),
    Guide("reviewer", _("For language reviewers"), _("Read translations over and publish them.")),
    Guide("staff", _("For programme staff"), _("Open regions, appoint ambassadors, announce, see the whole.")),
]


def own_guides(user):
    """The guides for the roles that somebody holds."""
    held = {role.code for role in roles_in_words(user)}
    return [guide for guide in GUIDES if guide.role in held]


class GuidesView(WagtailAdminTemplateMixin, TemplateView):
    """All guides, one's own first."""

    template_name = "portal/admin/guides/index.html"
    page_title = _("Guides")
    header_icon = "help"

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs):
        own = own_guides(self.request.user)
        others = [guide for guide in GUIDES if guide not in own]
        return {**super().get_context_data(**kwargs), "own": own, "others": others}


class GuideView(WagtailAdminTemplateMixin, TemplateView):
    """The steps of one role."""

    header_icon = "help"

    def dispatch(self, request, *args, **kwargs):
        self.guide = next((guide for guide in GUIDES if guide.role == kwargs["role"]), None)
        if self.guide is None:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_template_names(self):
        return [f"portal/admin/guides/{self.guide.role}.html"]

    def get_page_title(self):
        return self.guide.title

    def get_breadcrumbs_items(self):
        index = {"url": reverse_lazy("workplace_guides"), "label": GuidesView.page_title}
        return [*self.breadcrumbs_items, index, {"url": "", "label": self.guide.title}]

    def get_context_data(self, **kwargs):
        others = [guide for guide in GUIDES if guide is not self.guide]
        return {**super().get_context_data(**kwargs), "guide": self.guide, "others": others}


def guide_urls():
    """For Wagtail's `register_admin_urls`, which lets in those who have access to the admin."""
    return [
        path("guide/", GuidesView.as_view(), name="workplace_guides"),
        path("guide/<slug:role>/", GuideView.as_view(), name="workplace_guide"),
    ]


def guide_doors():
    """For `register_doors`: everybody who works here may read all guides."""
    return {"workplace_guides": anybody, "workplace_guide": anybody}


def guides_menu_item():
    """For Wagtail's `register_help_menu_item`."""
    return MenuItem(_("Guides"), reverse("workplace_guides"), name="guides", icon_name="help", order=900)


def only_our_own_help(request, menu_items):
    """For Wagtail's `construct_help_menu`: its links to other hosts go, the keyboard's shortcuts stay."""
    menu_items[:] = [item for item in menu_items if not item.url.startswith(("http:", "https:", "//"))]
