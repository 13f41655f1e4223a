"""Events as iCalendar writes them (RFC 5545): for feeds, and for those who hold a seat. A leaf: it is handed events.

The `UID` is the same everywhere and for ever, so a feed and a letter make one entry. `SEQUENCE` grows with every change
that calendars have to know. Times are those of the clock of the place, and the rules of its zone travel along.
"""

from icalendar import Event as Component
from icalendar import vUri

from portal.calendars import CalendarEntry, Method, Party, by_the_clock, calendar_of, the_portal, uid_at_home


def uid_of(event):
    return event.source_uid or uid_at_home(event.uid)


def place_in_words(event):
    """Where it is, for a line in a calendar."""
    if event.space:
        return f"{event.space}, {event.space.stands_at}"
    return event.address or event.online_url


def component_of(event, title, url, description=""):
    """One event, as everybody may read it."""
    component = Component()
    zone = event.timezone
    component.add("uid", uid_of(event))
    component.add("sequence", event.sequence)
    component.add("dtstamp", event.updated_at)
    component.add("last-modified", event.updated_at)
    component.add("created", event.announced_at or event.created_at)
    component.add("dtstart", by_the_clock(event.starts_at, zone))
    component.add("dtend", by_the_clock(event.ends_at, zone))
    component.add("summary", title)
    component.add("status", event.status_in_calendars)
    component.add("class", "PUBLIC")
    component.add("url", vUri(url))
    for name, value in {"description": description, "location": place_in_words(event)}.items():
        if value:
            component.add(name, value)
    if event.space:
        component.add("geo", (event.space.latitude, event.space.longitude))
    if event.online_url:  # RFC 7986, 5.11
        component.add("conference", vUri(event.online_url), parameters={"VALUE": "URI", "FEATURE": ["AUDIO", "VIDEO"]})
    tags = [tag.name for tag in event.tags.all()]
    if tags:
        component.add("categories", tags)
    return component


def feed_of(events, name, language, url=""):
    """`events` are (event, title, url, description). As bytes, the same as long as no event changes."""
    events = list(events)
    first = min((each.starts_at for each, *_words in events), default=None)
    last = max((each.ends_at for each, *_words in events), default=None)
    components = [component_of(*each) for each in events]
    words = {"name": name, "x_wr_calname": name, "url": vUri(url) if url else ""}
    return calendar_of(components, first, last, **words)


def entry_for(seat, title, url, method=Method.REQUEST):
    """The entry that travels with a letter to whoever holds a seat."""
    event = seat.event
    return CalendarEntry(
        uid=uid_of(event),
        summary=title,
        starts=event.starts_at,
        ends=event.ends_at,
        zone=event.timezone,
        organizer=the_portal(),
        attendees=(Party(seat.email, seat.name),),
        place=place_in_words(event),
        url=url,
        sequence=event.sequence,
        method=method,
        status=event.status_in_calendars,
    )
