"""Regions, ambassadors and user groups for other programs: see `portal.api`."""

from django.db.models import Prefetch
from ninja import Field, Query, Router, Schema

from portal.api.pages import PageLink, page_link
from portal.api.paging import Page, cut
from portal.api.problems import Problem
from portal.api.queries import ItemQuery, found_or_404, narrowed, query_for
from portal.languages import tag

from .filters import AmbassadorFilters, GroupFilters, RegionFilters
from .models import Ambassadorship, Region, UserGroup

ERRORS = {422: Problem}
ITEM_ERRORS = {404: Problem, 422: Problem}
REGION = "The region, by its id."
AREA = "The part of the world."

regions, ambassadors, groups = Router(), Router(), Router()


class RegionOut(Schema):
    """A part of the world with ambassadors of its own."""

    id: str = Field(description="Its id, also the last part of its page's address.", examples=["kenya"])
    name: str = Field(description="In the region's first language.", examples=["Kenya"])
    area: str = Field(description=AREA, examples=["africa"])
    language: str = Field(description="Its first language (BCP 47): that of `name`.", examples=["en"])
    languages: list[str] = Field(description="In which its pages exist or shall exist.", examples=[["en", "fr"]])
    countries: list[str] = Field(description="ISO 3166-1 alpha-2.", examples=[["KE"]])
    timezone: str = Field(description="IANA name.", examples=["Africa/Nairobi"])
    latitude: float = Field(description="Where its mark stands on a map (WGS 84).", examples=[-1.29])
    longitude: float = Field(description="Where its mark stands on a map (WGS 84).", examples=[36.82])
    page: PageLink


class AmbassadorOut(Schema):
    """Somebody who speaks for a region today."""

    id: str = Field(description="Its id, also the last part of the page's address.", examples=["amina-otieno"])
    name: str = Field(description="The person's name.", examples=["Amina Otieno"])
    title: str = Field(description="`ambassador` or `deputy`.", examples=["ambassador"])
    region: str = Field(description=REGION, examples=["kenya"])
    languages: list[str] = Field(description="In which people may write to them (BCP 47).", examples=[["en", "sw"]])
    topics: list[str] = Field(description="What to ask them about.", examples=[["newcomers"]])
    is_away: bool = Field(description="Whether a stand-in answers at the moment.", examples=[False])
    page: PageLink


class ChannelOut(Schema):
    """Where a group talks or shows itself."""

    kind: str = Field(description="What it is.", examples=["matrix"])
    name: str = Field(description="As people there call it.", examples=["#mappers"])
    url: str = Field(description="Where one joins or reads along.", examples=["https://chat.example.org/mappers"])


class GroupOut(Schema):
    """A local community."""

    id: str = Field(description="Its id, also the last part of its page's address.", examples=["mappers-nairobi"])
    name: str = Field(description="As it calls itself.", examples=["Mappers of Nairobi"])
    region: str = Field(description=REGION, examples=["kenya"])
    description: str = Field(description="What it does and how to join.", examples=["We map on Saturdays."])
    description_language: str = Field(description="The language of the description (BCP 47).", examples=["en"])
    languages: list[str] = Field(description="In which it talks (BCP 47).", examples=[["en", "sw"]])
    place: str = Field(description="A city, a campus, a country; may be empty.", examples=["Nairobi, Kenya"])
    latitude: float | None = Field(description="WGS 84, where known.", examples=[-1.29])
    longitude: float | None = Field(description="WGS 84, where known.", examples=[36.82])
    health: str = Field(description="How it is.", examples=["active"])
    confirmed_at: str | None = Field(
        description="When somebody last said that this is true (ISO 8601).", examples=["2026-09-01T10:00:00+00:00"]
    )
    channels: list[ChannelOut] = Field(description="Where it talks.")
    url: str = Field(description="Its page.", examples=["https://portal.example.org/en/groups/mappers-nairobi/"])


class RegionsPage(Page):
    items: list[RegionOut] = Field(description="The regions of this page.")


class AmbassadorsPage(Page):
    items: list[AmbassadorOut] = Field(description="The ambassadors of this page.")


class GroupsPage(Page):
    items: list[GroupOut] = Field(description="The groups of this page.")


RegionQuery = query_for(RegionFilters, {"area": AREA})
AmbassadorQuery = query_for(
    AmbassadorFilters,
    {"region": REGION, "language": "Who speaks this language (BCP 47).", "topic": "What to ask them about."},
)
GroupQuery = query_for(
    GroupFilters,
    {
        "region": REGION,
        "q": "Words in name, place or description.",
        "language": "Which talks in this language (BCP 47).",
        "health": "How it is.",
        "area": AREA,
    },
)


def shown_regions(language):
    return Region.objects.open().shown_in(language)


def region_out(region, request):
    plain = ("name", "area", "timezone", "latitude", "longitude")
    return {
        "id": region.slug,
        **{name: getattr(region, name) for name in plain},
        "language": tag(region.language),
        "languages": [tag(code) for code in region.all_languages],
        "countries": [country.code for country in region.countries],
        "page": page_link(region, request),
    }


@regions.get("", response={200: RegionsPage, **ERRORS}, summary="All regions", operation_id="list_regions")
def list_regions(request, query: RegionQuery = Query(...)):
    """The open regions, each with its page."""
    found = narrowed(request, query, RegionFilters(request.GET, shown_regions(query.lang)))
    page = cut(request, found, query.cursor, query.limit)
    return {**page, "items": [region_out(region, request) for region in page["items"]]}


@regions.get("/{slug:slug}", response={200: RegionOut, **ITEM_ERRORS}, summary="One region", operation_id="get_region")
def get_region(request, slug: str, query: ItemQuery = Query(...)):
    return region_out(found_or_404(shown_regions(query.lang), slug), request)


def shown_ambassadors(language):
    return Ambassadorship.objects.current().shown_in(language).select_related("person", "region")


def ambassador_out(ambassadorship, request):
    return {
        "id": ambassadorship.slug,
        "name": str(ambassadorship),
        "title": ambassadorship.title,
        "region": ambassadorship.region.slug,
        "languages": [tag(code) for code in ambassadorship.languages],
        "topics": ambassadorship.topics,
        "is_away": ambassadorship.is_away,
        "page": page_link(ambassadorship, request),
    }


@ambassadors.get("", response={200: AmbassadorsPage, **ERRORS}, summary="All ambassadors", operation_id="list_ambassadors")
def list_ambassadors(request, query: AmbassadorQuery = Query(...)):
    """Those whose term runs today. How to write to them stands on their page: addresses are not public."""
    filters = AmbassadorFilters(request.GET, shown_ambassadors(query.lang), Region.objects.open().with_face(query.lang))
    page = cut(request, narrowed(request, query, filters), query.cursor, query.limit)
    return {**page, "items": [ambassador_out(each, request) for each in page["items"]]}


@ambassadors.get(
    "/{slug:slug}", response={200: AmbassadorOut, **ITEM_ERRORS}, summary="One ambassador", operation_id="get_ambassador"
)
def get_ambassador(request, slug: str, query: ItemQuery = Query(...)):
    return ambassador_out(found_or_404(shown_ambassadors(query.lang), slug), request)


def shown_groups():
    return UserGroup.objects.shown().select_related("region").prefetch_related(Prefetch("channels"))


def group_out(group, request, language):
    plain = ("name", "description", "place", "latitude", "longitude", "health")
    return {
        "id": group.slug,
        **{name: getattr(group, name) for name in plain},
        "region": group.region.slug,
        "description_language": tag(group.description_language),
        "languages": [tag(code) for code in group.languages],
        "confirmed_at": group.confirmed_at.isoformat(timespec="seconds") if group.confirmed_at else None,
        "channels": [{"kind": each.kind, "name": each.name, "url": each.url} for each in group.channels.all()],
        "url": request.build_absolute_uri(f"/{language}/groups/{group.slug}/"),
    }


@groups.get("", response={200: GroupsPage, **ERRORS}, summary="All user groups", operation_id="list_groups")
def list_groups(request, query: GroupQuery = Query(...)):
    """The user groups of open regions, with their channels."""
    filters = GroupFilters(request.GET, shown_groups(), Region.objects.open().with_face(query.lang))
    page = cut(request, narrowed(request, query, filters), query.cursor, query.limit)
    return {**page, "items": [group_out(each, request, query.lang) for each in page["items"]]}


@groups.get("/{slug:slug}", response={200: GroupOut, **ITEM_ERRORS}, summary="One user group", operation_id="get_group")
def get_group(request, slug: str, query: ItemQuery = Query(...)):
    return group_out(found_or_404(shown_groups(), slug), request, query.lang)
