"""Which translations somebody may work on: those of the pages that they may edit, in their languages and regions."""

from django.db.models import Exists, OuterRef
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation

from portal.permissions import PAGES, TRANSLATE
from regions.models import Region, RegionPage


def translations_of(user):
    """The translations that are going on, of pages that this person may edit: written or translated."""
    pages = PAGES.instances_user_has_any_permission_for(user, {"change", TRANSLATE})
    target = pages.filter(translation_key=OuterRef("source__object_id"), locale=OuterRef("target_locale_id"))
    return Translation.objects.filter(Exists(target), enabled=True)


def languages_of(user):
    """The codes of the languages into which this person translates anything."""
    locales = Locale.objects.filter(pk__in=translations_of(user).values("target_locale"))
    return sorted(locales.values_list("language_code", flat=True))


def regions_of(user):
    """The regions of which this person translates anything, in whatever language."""
    own = PAGES.instances_user_has_any_permission_for(user, {"change", TRANSLATE})
    return Region.objects.filter(pk__in=RegionPage.objects.filter(pk__in=own.values("pk")).values("region")).order_by("name")


def narrowed(translations, language="", region=None):
    """Of these the ones into one language, of the pages of one region."""
    if language:
        translations = translations.filter(target_locale__language_code=language)
    if region:
        below = Page.objects.none()
        for page in region.pages.all():
            below |= Page.objects.descendant_of(page, inclusive=True)
        target = below.filter(translation_key=OuterRef("source__object_id"), locale=OuterRef("target_locale_id"))
        translations = translations.filter(Exists(target))
    return translations


def works_on_translations(request, kwargs):
    """The key to the doors of the screen, see `portal.doors`: whoever translates something, somewhere."""
    return translations_of(request.user).exists()
