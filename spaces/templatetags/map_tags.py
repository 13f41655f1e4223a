"""The map of the directory, and what a space's page tells beside its facts: `{% load map_tags %}`."""

import json

from babel.dates import get_timezone_location
from django import template
from django.db.models import Prefetch
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, gettext, ngettext, to_locale

from portal.drawing import fitted, world
from portal.geo import Box, distance
from portal.models import Picture
from portal.templatetags.reading import listed
from spaces import hours, prices, tiles
from spaces.directory import WORLD, Directory
from spaces.filters import DISTANCES
from spaces.free_week import week
from spaces.models import Space
from spaces.structured import as_place

register = template.Library()
A_LITTLE = 0.05  # degrees around a single place
PHOTO = "fill-640x480|format-webp"
NEAR_BY = 30  # kilometres within which another space may do instead
ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}

register.filter("cost_words", prices.cost_words)


@register.simple_tag
def directory(filters):
    """What a list's filters leave, see `spaces.directory.Directory`."""
    return Directory(filters, get_language())


@register.inclusion_tag("includes/spaces_map.html", takes_context=True)
def spaces_map(context, found):
    """The map of what was found: a chart that is drawn here, and what a script needs to put a map that moves in its place."""
    bounds = found.bounds
    chart = world() if bounds in (None, WORLD) else fitted(*around(bounds))
    marks = found.marks(around(bounds), chart.zoom) if bounds else []
    spots = [{"mark": mark, "at": chart.spot(*mark.position), "url": url_of(mark, found.filters)} for mark in marks]
    street_map = tiles.street_map()
    return {
        "chart": chart,
        "spots": sorted(spots, key=lambda spot: -spot["mark"].sums.count),
        "bounds": ",".join(f"{degree:.4f}" for degree in bounds) if bounds and bounds != WORLD else "",
        "street_map": street_map,
        "language": get_language(),
        "request": context.get("request"),
    }


def around(box):
    """A little more than the box, so that a single place has a middle and none stands on the edge."""
    if box == WORLD:
        return box
    south, north = max(box.south - A_LITTLE, -90), min(box.north + A_LITTLE, 90)
    return Box(max(box.west - A_LITTLE, -180), south, min(box.east + A_LITTLE, 180), north)


def url_of(mark, filters):
    """Of one space, its page; of several, the list of what is near them."""
    if mark.sums.count == 1 and mark.spaces:
        return mark.spaces[0]["url"]
    west, south, east, north = mark.box
    latitude, longitude = mark.position
    reach = distance(south, west, north, east)
    data = filters.data.copy()
    data.pop("page", None)
    data["near"] = f"{latitude},{longitude}"
    data["within"] = str(next((km for km in DISTANCES if km >= reach), DISTANCES[-1]))
    return f"?{data.urlencode()}"


def words_of(filters, name):
    """What a filter asks for, as its chip says."""
    value = filters.in_force[name]
    return listed([filters.describe(name, each) for each in (value if isinstance(value, list) else [value])])


@register.simple_tag
def near_misses(found):
    """What to drop from filters that leave nothing: for each the words, the address, and how many spaces that shows."""
    filters = found.filters
    for count, names in found.near_misses:
        words = listed([words_of(filters, name) for name in names])
        shown = ngettext("%(count)d space", "%(count)d spaces", count) % {"count": count}
        yield {"name": words, "count": shown, "url": filters.without(*names)}


@register.filter
def kilometres(distance_away):
    """A distance in words: "800 m", "3.4 km", "120 km"."""
    if distance_away < 1:
        metres = round(distance_away * 1000, -1)
        return gettext("%(metres)s m") % {"metres": number_format(metres, 0)}
    return gettext("%(km)s km") % {"km": number_format(distance_away, 1 if distance_away < 10 else 0)}  # noqa: PLR2004


@register.simple_tag
def opening_hours(space):
    return hours.lines(space.opening_hours.all())


@register.simple_tag(takes_context=True)
def free_week(context, space):
    """When it can be had in the days to come; None where nobody has said so."""
    if not space.has_hours:
        return None
    request = context.get("request")
    now = timezone.now().astimezone(space.zone).replace(tzinfo=None)
    return week(space, request.GET.get("from", "") if request else "", now)


@register.filter
def zone_name(zone):
    """The name of a time zone as its city: in the reader's language where it is known."""
    return get_timezone_location(str(zone), locale=to_locale(get_language()), return_city=True)


@register.simple_tag
def photos_of(space):
    """Its photos with their small versions, in a number of queries that does not grow with them."""
    pictures = Picture.objects.prefetch_renditions(PHOTO)
    return space.photos.prefetch_related(Prefetch("picture", queryset=pictures))


@register.simple_tag
def alternatives(space, limit=3):
    """Other spaces near by, free ones first, the nearest first among them."""
    near = Space.objects.on_map().awake().exclude(pk=space.pk).near(space.latitude, space.longitude, NEAR_BY)
    return near.free_first("kilometres").shown_in(get_language()).select_related("region")[:limit]


@register.simple_tag(takes_context=True)
def structured_place(context, space, page):
    """The space for search engines, as a block of data that no browser runs."""
    request = context["request"]
    picture = reverse("share_picture", args=[space.slug])
    url = request.build_absolute_uri(page.get_url(request))
    place = as_place(space, page, url, request.build_absolute_uri(picture))
    text = json.dumps(place, ensure_ascii=False).translate(ESCAPES)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))  # noqa: S308 (escaped above)
