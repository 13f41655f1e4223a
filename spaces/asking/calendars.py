"""Bookings for a calendar program that fetches them: of one request, or of all spaces of a host."""

from email.utils import parseaddr

from django.conf import settings
from icalendar import Calendar, Event

from portal.calendars import PRODUCT, YEAR, by_the_clock

CANCELLED = ("withdrawn", "cancelled")


def calendar_of(bookings, name=""):
    """As bytes (RFC 5545). The same `UID` as in the letters, so nothing stands there twice."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    if name:
        calendar.add("x-wr-calname", name)
    bookings = list(bookings)
    for booking in bookings:
        calendar.add_component(event_of(booking))
    if bookings:
        first, last = min(each.starts_at for each in bookings), max(each.ends_at for each in bookings)
        calendar.add_missing_timezones((first - YEAR).date(), (last + YEAR).date())
    return calendar.to_ical()


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
    return f"{booking.uid}@{parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition('@')[2]}"
