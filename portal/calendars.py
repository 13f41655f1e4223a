"""The entry for a calendar that travels with a letter, where a time is agreed (RFC 5545, 5546, 6047). A leaf: no models.

The same `uid` with a higher `sequence` changes the entry that somebody has; `Method.CANCEL` takes it out again.
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parseaddr
from enum import StrEnum
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone
from icalendar import Calendar, Event, vCalAddress, vText, vUri

PRODUCT = "-//Portolan//Portolan//EN"
YEAR = timedelta(days=366)  # of the zone's changes around the time: a whole turn of summer and winter


class Method(StrEnum):
    """What the receiver's calendar shall do with the entry."""

    REQUEST = "REQUEST"  # enter it, or change it
    CANCEL = "CANCEL"  # take it out


@dataclass(frozen=True)
class Party:
    """Somebody who is named in an entry."""

    email: str
    name: str = ""

    def as_address(self, **params):
        address = vCalAddress(f"mailto:{self.email}")
        for name, value in {"CN": self.name, **params}.items():
            if value:
                address.params[name] = vText(value)
        return address


@dataclass(frozen=True)
class CalendarEntry:
    """What was agreed: who meets, for what, when (by the clock of which zone) and where.

    `uid` stays the same for the thing's whole life ("booking-17@example.org"); `sequence` grows with every change.
    """

    uid: str
    summary: str
    starts: datetime
    ends: datetime
    zone: str  # of the place: "Asia/Kathmandu"
    organizer: Party
    attendees: tuple
    place: str = ""
    url: str = ""
    description: str = ""
    sequence: int = 0
    method: Method = Method.REQUEST
    status: str = "CONFIRMED"  # or TENTATIVE; what is taken out is CANCELLED in any case

    def __post_init__(self):
        if timezone.is_naive(self.starts) or timezone.is_naive(self.ends):
            raise ValueError("A time without a zone is no time that two people can agree on.")
        if self.ends <= self.starts:
            raise ValueError("What is agreed ends after it has begun.")
        if not self.attendees:
            raise ValueError("An entry needs somebody who receives it.")

    @property
    def mimetype(self):
        return f"text/calendar; method={self.method.value}"

    def as_ics(self):
        """The entry as bytes, with the rules of its zone, so that no calendar has to guess them."""
        calendar = Calendar()
        calendar.add("prodid", PRODUCT)
        calendar.add("version", "2.0")
        calendar.add("method", self.method.value)
        calendar.add_component(self.as_event())
        calendar.add_missing_timezones((self.starts - YEAR).date(), (self.ends + YEAR).date())
        return calendar.to_ical()

    def as_event(self):
        event = Event()
        event.add("uid", self.uid)
        event.add("sequence", self.sequence)
        event.add("dtstamp", timezone.now())
        event.add("dtstart", by_the_clock(self.starts, self.zone))
        event.add("dtend", by_the_clock(self.ends, self.zone))
        event.add("summary", self.summary)
        event.add("status", "CANCELLED" if self.method == Method.CANCEL else self.status)
        event.add("organizer", self.organizer.as_address())
        for attendee in self.attendees:
            # It is agreed already; a reply by mail would go where nobody reads.
            event.add("attendee", attendee.as_address(CUTYPE="INDIVIDUAL", PARTSTAT="ACCEPTED", RSVP="FALSE"))
        for name, value in {"location": self.place, "description": self.description}.items():
            if value:
                event.add(name, value)
        if self.url:
            event.add("url", vUri(self.url))
        return event


def calendar_of(components, first=None, last=None, **properties):
    """A calendar of these components as bytes (RFC 5545), with the rules of their zones around these moments."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    for name, value in properties.items():
        if value:
            calendar.add(name.replace("_", "-"), value)
    for component in components:
        calendar.add_component(component)
    if first:
        calendar.add_missing_timezones((first - YEAR).date(), (last + YEAR).date())
    return calendar.to_ical()


def uid_at_home(name):
    """A name that is unique here, unique in the world: `event-17@example.org`."""
    return f"{name}@{parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition('@')[2]}"


def the_portal():
    """Who invites: the portal, for the people who meet."""
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return Party(address, name or settings.WAGTAIL_SITE_NAME)


def by_the_clock(moment, zone):
    """The time by the clock of the place; in the hour that comes twice, the second one can only be said in UTC."""
    local = moment.astimezone(ZoneInfo(zone))
    is_second_time = local.fold and local.utcoffset() != local.replace(fold=0).utcoffset()
    return moment.astimezone(ZoneInfo("UTC")) if is_second_time else local


def method_of(content_type):
    """The method that a content type names, or nothing when it is no entry to be acted on."""
    found = re.fullmatch(r"text/calendar; method=([A-Z]+)", content_type or "")
    return found[1] if found else ""
