"""Street maps from another host: one setting, one more host in the policy of the page with the map, and only after a click."""

from typing import NamedTuple
from urllib.parse import urlsplit

from django.conf import settings


class StreetMap(NamedTuple):
    """Where pictures of streets come from, who made them, and how near they go."""

    url: str
    attribution: str
    closest_zoom: int

    @property
    def host(self):
        """As the policy names it, and as a reader is told before the click."""
        parts = urlsplit(self.url.replace("{s}", "*"))
        return f"{parts.scheme}://{parts.netloc}"

    @property
    def name(self):
        return urlsplit(self.url).netloc.replace("{s}.", "")


def street_map():
    """The one that the operator has set, or None."""
    url = settings.MAP_TILES_URL
    return StreetMap(url, settings.MAP_TILES_ATTRIBUTION, settings.MAP_TILES_CLOSEST_ZOOM) if url else None


def allow_tiles(next_serve_page):
    """Pages that show the map may load pictures from the street map's host. A hook of Wagtail's."""

    def serve_page(page, request, args, kwargs):
        response = next_serve_page(page, request, args, kwargs)
        return with_tiles(response) if getattr(page, "shows_map", False) else response

    return serve_page


def with_tiles(response):
    """The same answer, whose page may load pictures from the street map's host."""
    if found := street_map():
        response._csp_update = {"img-src": [found.host]}
    return response
