"""What a portal needs before its first region: languages, a home page, the lists, two menus, the staff's team.

Everything here may be run again: what is there is left alone.
"""

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import transaction
from wagtail.models import Locale, Page, Site

from home.models import HomePage, Menu, MenuItem, SiteTexts, StandardPage
from regions.models import (
    LANGUAGE_ROLES,
    PROGRAMME_ROLES,
    AmbassadorIndexPage,
    GroupIndexPage,
    RegionIndexPage,
    Team,
    ensure_moderation,
)
from spaces.models import SpaceIndexPage
from stories.models import AnnouncementIndexPage, EventIndexPage, StoryIndexPage

# The lists under the home page, by address, in the order of the main menu.
INDEXES = {
    "regions": RegionIndexPage,
    "spaces": SpaceIndexPage,
    "events": EventIndexPage,
    "stories": StoryIndexPage,
    "groups": GroupIndexPage,
    "ambassadors": AmbassadorIndexPage,
    "announcements": AnnouncementIndexPage,
}
STANDARD_PAGES = {"get-involved": "Get involved", "privacy": "Privacy", "accessibility": "Accessibility"}
# What they begin with: the table of what is kept about people is there from the first day.
BODIES = {"privacy": [("retention", None)]}
# Wagtail begins with two groups that may do everything everywhere. Ours have a place.
WAGTAILS_GROUPS = ["Editors", "Moderators"]
MAIN_MENU = ["regions", "spaces", "events", "stories", "groups", "get-involved"]
FOOTER_MENU = ["about", "ambassadors", "announcements", "accessibility", "privacy", "open-data"]


@transaction.atomic
def found_portal(hostname="localhost", port=80):
    """Make what is missing, and return the home page in the portal's first language."""
    for code, _name in settings.LANGUAGES:
        Locale.objects.get_or_create(language_code=code)
    home = HomePage.objects.filter(locale__language_code=settings.LANGUAGE_CODE).first() or make_home(hostname, port)
    for slug, model in INDEXES.items():
        ensure_page(home, model, slug, slug.capitalize())
    for slug, title in STANDARD_PAGES.items():
        ensure_page(home, StandardPage, slug, title, body=BODIES.get(slug, []))
    make_menu(home, Menu.Place.MAIN, MAIN_MENU)
    make_menu(home, Menu.Place.FOOTER, FOOTER_MENU)
    SiteTexts.objects.get_or_create(locale=home.locale)
    for role in PROGRAMME_ROLES:
        Team.objects.ensure(role)
    ensure_moderation()
    Group.objects.filter(name__in=WAGTAILS_GROUPS, user=None).delete()
    return home


def make_home(hostname, port):
    """The home page, in the place of Wagtail's page of welcome."""
    root = Page.get_first_root_node()
    home = HomePage(title=settings.WAGTAIL_SITE_NAME, slug="portal", locale=Locale.get_default())
    root.add_child(instance=home)
    home.save_revision().publish()
    Site.objects.update_or_create(
        is_default_site=True,
        defaults={"root_page": home, "hostname": hostname, "port": port, "site_name": settings.WAGTAIL_SITE_NAME},
    )
    for welcome in Page.objects.filter(depth=2).exclude(pk=home.pk).type(Page).exact_type(Page):
        welcome.delete()
    return home


def ensure_page(home, model, slug, title, **content):
    """The page at this address under the home page, live."""
    page = model.objects.child_of(home).filter(slug=slug).first()
    if page:
        return page
    page = model(title=title, slug=slug, locale=home.locale, **content)
    home.add_child(instance=page)
    page.save_revision().publish()
    page.refresh_from_db()
    return page


def make_menu(home, place, slugs):
    """A menu with links to these pages, where they exist."""
    menu, created = Menu.objects.get_or_create(place=place, locale=home.locale)
    if not created:
        return menu
    pages = {page.slug: page for page in Page.objects.child_of(home)}
    found = [pages[slug] for slug in slugs if slug in pages]
    menu.items = [MenuItem(page=page, sort_order=order, locale=home.locale) for order, page in enumerate(found)]
    menu.save()
    return menu


def open_languages(by=None):
    """The global pages in all of the portal's languages (drafts), and a team of translators and reviewers for each."""
    others = [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
    home = HomePage.objects.get(locale__language_code=settings.LANGUAGE_CODE)
    for page in [home, *home.get_children().specific()]:
        page.specific.prepare_translations(others, by)
    for code, _name in settings.LANGUAGES:
        for role in LANGUAGE_ROLES:
            Team.objects.ensure(role, language=code).sync()  # its home page may be new
