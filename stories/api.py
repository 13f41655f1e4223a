"""Events for other programs: see `portal.api`."""

from ninja import Field, Query, Router, Schema

from portal.api.pages import PageLink, page_link
from portal.api.paging import Page, cut
from portal.api.problems import Problem
from portal.api.queries import ItemQuery, found_or_404, narrowed, query_for
from regions.models import Region

from .calendars import uid_of
from .filters import EventFilters
from .models import Event

events = Router()
FILTERS = {
    "region": "The region, by its id.",
    "when": "`upcoming` (also what goes on now) or `past`.",
    "on": "A day (ISO 8601): what falls on it, by the clock of each place.",
    "kind": "What kind of event.",
    "language": "Spoken there.",
    "tag": "A topic.",
    "near": "In a space near a place: `latitude,longitude`, or a city by its name.",
    "within": "With `near`: how far away, in kilometres.",
    "online": "Only those that people can join online.",
    "space": "In a space, by its id.",
}


class EventOut(Schema):
    """People meet at a time: in a space, at an address, or online."""

    id: str = Field(description="Its id, also the last part of its page's address.", examples=["mapping-2027-05-03"])
    uid: str = Field(description="As calendars know it.", examples=["event-1b4e28ba-2fa1-11d2-883f-0016d3cca427@example.org"])
    name: str = Field(description="In the region's first language.", examples=["Evening for new mappers"])
    region: str = Field(description="The region, by its id.", examples=["kenya"])
    kind: str = Field(description="What kind of event.", examples=["meetup"])
    status: str = Field(description="`scheduled`, `postponed` or `cancelled`.", examples=["scheduled"])
    starts_at: str = Field(description="The moment (ISO 8601, UTC).", examples=["2027-05-03T15:00:00+00:00"])
    ends_at: str = Field(description="The moment (ISO 8601, UTC).", examples=["2027-05-03T18:00:00+00:00"])
    local_start: str = Field(description="By the clock of the place.", examples=["2027-05-03T18:00:00"])
    local_end: str = Field(description="By the clock of the place.", examples=["2027-05-03T21:00:00"])
    timezone: str = Field(description="Of the place, IANA name.", examples=["Africa/Nairobi"])
    previous_start: str | None = Field(description="What was announced first, if it was rescheduled.", examples=[None])
    moved_online: bool = Field(description="It was announced for a place, and takes place online.", examples=[False])
    space: str | None = Field(description="The space, by its id; null when it is elsewhere.", examples=["lamp-room"])
    space_is_confirmed: bool = Field(description="False while its host was asked and has not answered.", examples=[True])
    address: str = Field(description="When it is in no space of the directory.", examples=[""])
    online_url: str = Field(description="Where people join from elsewhere; may be empty.", examples=[""])
    languages: list[str] = Field(description="Spoken there (BCP 47).", examples=[["en", "sw"]])
    tags: list[str] = Field(description="Topics.", examples=[["maps"]])
    communities: list[str] = Field(description="Who hosts it.", examples=[["Nairobi Mappers"]])
    accessibility: list[str] = Field(description="What people can count on.", examples=[["step_free"]])
    capacity: int | None = Field(description="How many may come; null: as many as like to.", examples=[40])
    going: int = Field(description="How many have said that they come. Never who.", examples=[12])
    came: int | None = Field(description="How many came, once somebody has told.", examples=[None])
    page: PageLink


class EventsPage(Page):
    items: list[EventOut] = Field(description="The events of this page.")


EventQuery = query_for(EventFilters, FILTERS)


def shown(language):
    listed = Event.objects.public().shown_in(language).with_counts()
    return listed.select_related("region", "space", "booking", "outcome").prefetch_related("tags", "co_hosts__group")


def event_out(event, request):
    return {
        "id": event.slug,
        "uid": uid_of(event),
        "name": event.name,
        "region": event.region.slug,
        "kind": event.kind,
        "status": event.status,
        "starts_at": event.starts_at.isoformat(),
        "ends_at": event.ends_at.isoformat(),
        "local_start": event.starts_wall.isoformat(),
        "local_end": event.ends_wall.isoformat(),
        "timezone": event.timezone,
        "previous_start": event.was_at.isoformat() if event.is_rescheduled else None,
        "moved_online": event.went_online,
        "space": event.space.slug if event.space else None,
        "space_is_confirmed": not event.seeks_space,
        "address": event.address,
        "online_url": event.online_url,
        "languages": event.languages,
        "tags": [tag.name for tag in event.tags.all()],
        "communities": event.communities,
        "accessibility": event.accessibility,
        "capacity": event.capacity,
        "going": event.going,
        "came": event.came,
        "page": page_link(event, request),
    }


@events.get("", response={200: EventsPage, 422: Problem}, summary="All events", operation_id="list_events")
def list_events(request, query: EventQuery = Query(...)):
    """The calendar, with its filters, in the order in which events were entered. Who comes is not public."""
    filters = EventFilters(request.GET, shown(query.lang), Region.objects.open().with_face(query.lang))
    page = cut(request, narrowed(request, query, filters), query.cursor, query.limit)
    return {**page, "items": [event_out(event, request) for event in page["items"]]}


@events.get("/{slug:slug}", response={200: EventOut, 404: Problem, 422: Problem}, summary="One event", operation_id="get_event")
def get_event(request, slug: str, query: ItemQuery = Query(...)):
    return event_out(found_or_404(shown(query.lang), slug), request)
