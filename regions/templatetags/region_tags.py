from dataclasses import dataclass

from django import template
from django.utils.translation import get_language

from portal.faces import link_to
from portal.lists import counted
from portal.pictures import PORTRAIT, attach_pictures
from regions.models import Ambassadorship, Region, UserGroup
from regions.models.ambassadors import stand_ins

register = template.Library()


@dataclass(frozen=True)
class Pin:
    """A region on a chart of the world."""

    name: str
    url: str
    latitude: float
    longitude: float
    lang: str


@register.simple_tag
def ambassadors_of(region):
    """The ambassadors that the public may see now."""
    current = Ambassadorship.objects.current().in_region(region).shown_in(get_language())
    named = current.select_related("person").prefetch_related(stand_ins(get_language()))
    return attach_pictures(named.order_by("title", "starts"), PORTRAIT)


@register.filter
def with_portraits(ambassadorships):
    return attach_pictures(ambassadorships, PORTRAIT)


@register.simple_tag
def groups_of(region, limit=8):
    """The first groups of a region, and how many there are."""
    return counted(UserGroup.objects.in_region(region), limit)


@register.simple_tag
def open_regions():
    """Every open region, with its page for this reader."""
    return Region.objects.open().shown_in(get_language()).order_by("area", "name")


@register.simple_tag(takes_context=True)
def pins(context, regions):
    """Regions as pins of a chart."""
    links = [(region, link_to(region, context.get("request"))) for region in regions]
    return [
        Pin(link.title, link.url, region.latitude, region.longitude, link.language if link.is_foreign else "")
        for region, link in links
    ]
