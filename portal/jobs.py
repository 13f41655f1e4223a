"""The admin's main menu by what people come to do: region, spaces, events, people, languages, programme; then the pages.

A record's viewset joins a job with `menu_hook = Job.SPACES.hook` (Wagtail then hands us its menu item, which is shown to
those who may do something there). Anything else joins by the hook `register_job_menu_items`: a function that
returns `(job, MenuItem)` pairs.
"""

from copy import copy

from django.db import models
from django.urls import resolve, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import Menu, SubmenuMenuItem
from wagtail.admin.ui.sidebar import PageExplorerMenuItem
from wagtail.admin.wagtail_hooks import ExplorerMenuItem

from .doors import key_of
from .workplace import start_page


class Job(models.TextChoices):
    """What people come to do, in the order of the menu."""

    REGION = "region", _("Region")
    SPACES = "spaces", _("Spaces")
    EVENTS = "events", _("Events")
    PEOPLE = "people", _("People")
    LANGUAGES = "languages", _("Languages")
    PROGRAMME = "programme", _("Programme")

    @property
    def hook(self):
        return f"register_{self.value}_menu_item"


ICONS = {
    Job.REGION: "globe",
    Job.SPACES: "home",
    Job.EVENTS: "calendar",
    Job.PEOPLE: "group",
    Job.LANGUAGES: "wagtail-localize-language",
    Job.PROGRAMME: "clipboard-list",
}
BEFORE_PAGES = 10  # Wagtail's own items begin at 100, with the pages


def items_of(job):
    """All menu items of a job, in the order in which they were registered when they say nothing else."""
    yield from (register() for register in hooks.get_hooks(job.hook))
    for register in hooks.get_hooks("register_job_menu_items"):
        yield from (item for its_job, item in register() if its_job == job)


def menu_item(job, request):
    """One item for a job: a submenu, the only thing in it, or None when nothing in it is for this person."""
    shown = [item for item in items_of(job) if item.is_shown(request)]
    if len(shown) > 1:
        return SubmenuMenuItem(job.label, Menu(items=shown), name=f"job-{job.value}", icon_name=ICONS[job])
    return copy(shown[0]) if shown else None


def group_by_job(request, menu_items):
    """For Wagtail's `construct_main_menu`: jobs first."""
    for place, job in enumerate(Job):
        item = menu_item(job, request)
        if item is not None:
            item.order = BEFORE_PAGES + place
            menu_items.append(item)


class OwnPagesMenuItem(ExplorerMenuItem):
    """Wagtail's item for the pages, beginning at one's own part of the tree."""

    def __init__(self, item, page):
        url = reverse("wagtailadmin_explore", args=[page.pk])
        super().__init__(item.label, url, name=item.name, icon_name=item.icon_name, order=item.order)
        self.page = page

    def render_component(self, request):
        return PageExplorerMenuItem(self.name, self.label, self.url, self.page.pk, icon_name=self.icon_name)


def begin_at_own_pages(request, menu_items):
    """For Wagtail's `construct_main_menu`: an ambassador's pages begin at the region, not at the root."""
    page = start_page(request.user)
    if page is not None:
        menu_items[:] = [OwnPagesMenuItem(item, page) if item.name == "explorer" else item for item in menu_items]


def only_open_doors(request, menu_items):
    """For Wagtail's `construct_reports_menu` and `construct_settings_menu`: nothing that would lead to a closed door."""
    if not request.user.is_superuser:
        menu_items[:] = [item for item in menu_items if is_open(request, item.url)]


def is_open(request, url):
    match = resolve(url)
    key = key_of(match)
    return key is not None and key(request, match.kwargs)


def pages_url(user):
    """Where the pages of somebody's own begin."""
    page = start_page(user)
    return reverse("wagtailadmin_explore", args=[page.pk]) if page else reverse("wagtailadmin_explore_root")
