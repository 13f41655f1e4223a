from datetime import timedelta

from django import template
from django.core.cache import cache
from django.utils import timezone
from django.utils.translation import get_language

from home.menus import menu_links, texts
from regions.models import Ambassadorship, UserGroup
from spaces.models import Space
from stories.models import Event

register = template.Library()
COUNTED_FOR = 60  # seconds


@register.simple_tag
def menu(place):
    """`{% menu "main" as links %}`: its links in the reader's language."""
    return menu_links(place, get_language())


@register.simple_tag
def site_texts():
    """The sentences of the portal in the reader's language."""
    return texts(get_language())


@register.simple_tag
def figures():
    """The counts of the front page. Each links to the list that it counts."""
    found = cache.get("home.figures")
    if found is None:
        found = count()
        cache.set("home.figures", found, COUNTED_FOR)
    return found


def count():
    spaces, groups = Space.objects.listed().filter(pages__live=True).distinct(), UserGroup.objects.shown()
    languages = {code for codes in groups.values_list("languages", flat=True) for code in codes}
    soon = Event.objects.public().upcoming().filter(starts_at__lte=timezone.now() + timedelta(days=30))
    return {
        "spaces": spaces.count(),
        "free": spaces.free().count(),
        "groups": groups.count(),
        "languages": len(languages),
        "events": soon.filter(pages__live=True).distinct().count(),
        "ambassadors": Ambassadorship.objects.current().filter(pages__live=True).distinct().count(),
    }
