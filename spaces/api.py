"""Spaces for other programs: see `portal.api`."""

from django.urls import reverse
from ninja import Field, Query, Router, Schema

from portal.api.pages import PageLink, page_link
from portal.api.paging import Page, cut
from portal.api.problems import Problem
from portal.api.queries import ItemQuery, found_or_404, narrowed, query_for
from regions.models import Region

from .facts import facts
from .filters import SpaceFilters
from .models import Space

spaces = Router()
FILTERS = {
    "region": "The region, by its id.",
    "q": "Words in name, city or address.",
    "cost": "What it costs.",
    "kind": "What kind of place.",
    "country": "ISO 3166-1 alpha-2.",
    "people": "For at least so many people.",
    "facility": "What it has; several mean all of them.",
    "step_free": "Step-free from the street to a seat.",
    "tag": "A tag, as it stands in addresses.",
    "near": "Near a place: `latitude,longitude`, or a city by its name.",
    "within": "With `near`: how far away, in kilometres.",
    "free_on": "A day (ISO 8601): only spaces that can be had then, by their own clocks. Without times, for some of that day.",
    "free_from": "With `free_on`: from when (`18:00`).",
    "free_until": "With `free_on`: until when. At or before `free_from`, on the next day.",
    "dormant": "Also those that nobody has confirmed for long.",
}


class SpaceOut(Schema):
    """Somewhere the community can meet."""

    id: str = Field(description="Its id, also the last part of its page's address.", examples=["lamp-room"])
    name: str = Field(description="As the place calls itself.", examples=["Lamp Room"])
    region: str = Field(description="The region, by its id.", examples=["kenya"])
    kind: str = Field(description="What kind of place.", examples=["hackerspace"])
    address: str = Field(description="Street address.", examples=["Moi Avenue 1"])
    city: str = Field(description="City.", examples=["Nairobi"])
    country: str = Field(description="ISO 3166-1 alpha-2.", examples=["KE"])
    latitude: float = Field(description="WGS 84.", examples=[-1.2841])
    longitude: float = Field(description="WGS 84.", examples=[36.8233])
    timezone: str = Field(description="IANA name.", examples=["Africa/Nairobi"])
    capacity: int | None = Field(description="How many people fit in; null where nobody has said.", examples=[40])
    facilities: list[str] = Field(description="What visitors can count on.", examples=[["wifi", "projector"]])
    step_free: str = Field(description="`yes`, `partly`, `no` or `unknown`.", examples=["yes"])
    cost: str = Field(description="`free`, `donation`, `hourly` or `daily`.", examples=["free"])
    price: float | None = Field(description="For an hour or a day, as `cost` says.", examples=[None])
    currency: str = Field(description="ISO 4217; empty where there is no price.", examples=[""])
    website: str = Field(description="The place's own; may be empty.", examples=["https://lamp.example.org"])
    tags: list[str] = Field(description="Words under which it is found.", examples=[["maps"]])
    status: str = Field(description="`listed`, or `dormant`: nobody has confirmed it for long.", examples=["listed"])
    confirmed_at: str | None = Field(
        description="When somebody last said that this is true (ISO 8601).", examples=["2026-09-01T10:00:00+00:00"]
    )
    confirmed_by_host: bool = Field(
        description="False: it was brought in from elsewhere, and its host has not said yet that it may be asked for.",
        examples=[True],
    )
    kilometres: float | None = Field(description="With `near`: how far away it is; otherwise null.", examples=[None])
    spaceapi: str = Field(
        description="The same as a SpaceAPI document.", examples=["https://portal.example.org/spaceapi/lamp-room.json"]
    )
    page: PageLink


class SpacesPage(Page):
    items: list[SpaceOut] = Field(description="The spaces of this page.")


SpaceQuery = query_for(SpaceFilters, FILTERS)


def shown(language):
    return Space.objects.listed().shown_in(language).select_related("region").prefetch_related("tags")


def space_out(space, request):
    page = page_link(space, request)
    return {
        **facts(space, page["url"]),
        "page": page,
        "confirmed_by_host": not space.awaits_host,
        "spaceapi": request.build_absolute_uri(reverse("spaceapi_space", args=[space.slug])),
    }


@spaces.get("", response={200: SpacesPage, 422: Problem}, summary="All spaces", operation_id="list_spaces")
def list_spaces(request, query: SpaceQuery = Query(...)):
    """The directory, with its filters, in the order in which spaces came. Hosts and their addresses are not public."""
    filters = SpaceFilters(request.GET, shown(query.lang), Region.objects.open().with_face(query.lang))
    page = cut(request, narrowed(request, query, filters), query.cursor, query.limit)
    return {**page, "items": [space_out(space, request) for space in page["items"]]}


@spaces.get("/{slug:slug}", response={200: SpaceOut, 404: Problem, 422: Problem}, summary="One space", operation_id="get_space")
def get_space(request, slug: str, query: ItemQuery = Query(...)):
    return space_out(found_or_404(shown(query.lang), slug), request)
