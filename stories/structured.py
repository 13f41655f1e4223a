"""An event for search engines: schema.org's `Event`. A leaf; only what its page shows."""

SCHEMA = "https://schema.org/"


def statuses(event):
    """schema.org's `eventStatus`: it may be rescheduled and moved online at once."""
    if event.is_cancelled:
        return [f"{SCHEMA}EventCancelled"]
    found = [f"{SCHEMA}EventPostponed"] if event.is_postponed else []
    found += [f"{SCHEMA}EventRescheduled"] if event.is_rescheduled and not event.is_postponed else []
    found += [f"{SCHEMA}EventMovedOnline"] if event.went_online else []
    return found or [f"{SCHEMA}EventScheduled"]


def attendance_mode(event):
    is_somewhere, is_online = bool(event.space or event.address), bool(event.online_url)
    if is_somewhere and is_online:
        return f"{SCHEMA}MixedEventAttendanceMode"
    return f"{SCHEMA}OnlineEventAttendanceMode" if is_online else f"{SCHEMA}OfflineEventAttendanceMode"


def places(event):
    if event.space:
        space = event.space
        yield {
            "@type": "Place",
            "name": space.name,
            "address": {
                "@type": "PostalAddress",
                **({"streetAddress": space.address} if space.address else {}),
                "addressLocality": space.city,
                "addressCountry": space.country.code,
            },
            "geo": {"@type": "GeoCoordinates", "latitude": space.latitude, "longitude": space.longitude},
        }
    elif event.address:
        yield {"@type": "Place", "name": event.address, "address": event.address}
    if event.online_url:
        yield {"@type": "VirtualLocation", "url": event.online_url}


def as_event(event, page, url, picture, left=None):
    """The facts of an event and the words of its page, as JSON-LD. `left`: places that are left, None for any number."""
    status, where = statuses(event), list(places(event))
    told = {
        "@context": "https://schema.org",
        "@type": "EducationEvent" if event.kind == "training" else "Hackathon" if event.kind == "hackfest" else "Event",
        "@id": url,
        "url": url,
        "name": page.title,
        "description": page.summary,
        "startDate": event.local_start.isoformat(),
        "endDate": event.local_end.isoformat(),
        "previousStartDate": event.was_at.astimezone(event.zone).isoformat() if event.is_rescheduled else None,
        "eventStatus": status if len(status) > 1 else status[0],
        "eventAttendanceMode": attendance_mode(event),
        "location": where if len(where) > 1 else where[0] if where else None,
        "organizer": [{"@type": "Organization", "name": name} for name in event.communities],
        "inLanguage": event.languages,
        "maximumAttendeeCapacity": event.capacity,
        "remainingAttendeeCapacity": left,
        "isAccessibleForFree": True,
        "keywords": ", ".join(tag.name for tag in event.tags.all()),
        "image": picture,
    }
    return {name: value for name, value in told.items() if value not in ("", None, [])}
