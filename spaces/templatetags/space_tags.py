from django import template
from django.utils.translation import get_language

from portal.lists import counted
from spaces.models import Space
from spaces.recognition import shown_awards

register = template.Library()


@register.simple_tag
def spaces_of(region, limit=6):
    """The first spaces of a region, free ones first, and how many there are."""
    spaces = Space.objects.listed().in_region(region).shown_in(get_language()).select_related("region").free_first()
    return counted(spaces, limit)


@register.simple_tag
def hosts_spaces(user):
    """Whether somebody opens a space for others."""
    return Space.objects.hosted_by(user).exists()


@register.simple_tag
def free_spaces(limit=4):
    """Free spaces, the lately confirmed ones first."""
    free = Space.objects.listed().free().shown_in(get_language()).select_related("region")
    return free.lately_confirmed_first()[:limit]


@register.simple_tag
def recognition_of(space):
    """What a space is thanked for: by people first, then by what its records say."""
    return shown_awards(space)
