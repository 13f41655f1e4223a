"""Bookings for a calendar program that fetches them: of one request, or of all spaces of a host."""

from icalendar import Event

from portal import calendars
from portal.calendars import by_the_clock, uid_at_home

CANCELLED = ("withdrawn", "cancelled")


def calendar_of(bookings, name=""):
    """As bytes. The same `UID` as in the letters, so nothing stands there twice."""
    bookings = list(bookings)
    first = min((each.starts_at for each in bookings), default=None)
    last = max((each.ends_at for each in bookings), default=None)
    return calendars.calendar_of(map(event_of, bookings), first, last, x_wr_calname=name)


def event_of(booking):
    request, event = booking.request, Event()
    event.add("uid", uid_of(booking))
    event.add("sequence", booking.sequence)
    event.add("dtstamp", request.changed_at)
    zone = str(booking.zone)
    event.add("dtstart", by_the_clock(booking.starts_at, zone))
    event.add("dtend", by_the_clock(booking.ends_at, zone))
    event.add("summary", f"{request.title} ({request.community})")
    event.add("location", f"{booking.space}, {booking.space.stands_at}")
    event.add("status", "CANCELLED" if booking.status in CANCELLED else "CONFIRMED")
    return event


def uid_of(booking):
    return uid_at_home(booking.uid)
