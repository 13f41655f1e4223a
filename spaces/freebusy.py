"""When a space can be had, for calendars: iCalendar's VFREEBUSY (RFC 5545, 3.6.4). A leaf: it is handed a space.

Calendars take what they are not told for free. So the rest is told, too: `FREE` is what may be asked for, and
`BUSY` what is promised to somebody, `BUSY-UNAVAILABLE` all other time.
"""

from datetime import datetime, time, timedelta

from icalendar import Calendar, FreeBusy, vUri

from portal.calendars import PRODUCT

from .availability import Span, merged, moments, within, without

DAYS = 60
DAY = timedelta(days=1)


def freebusy(space, url, today):
    """The next days as bytes. The same all day while nothing changes, so that who has it need not fetch it again."""
    whole = Span(datetime.combine(today, time()), datetime.combine(today + DAYS * DAY, time()))
    days = today, today + (DAYS - 1) * DAY
    free, booked = space.free(*days), within(merged(space.bookings.spans(space, *days)), whole)
    begin, *_between, end = (moment for stretch in moments(whole, space.zone) for moment in stretch)
    entry = FreeBusy()
    entry.add("uid", f"free-{space.key}")
    entry.add("dtstamp", max(begin, space.updated_at, space.bookings.last_change() or begin))
    entry.add("dtstart", begin)
    entry.add("dtend", end)
    entry.add("comment", space.name)
    entry.add("url", vUri(url))
    closed = without([whole], [*free, *booked])
    kinds = ((free, "FREE"), (booked, "BUSY"), (closed, "BUSY-UNAVAILABLE"))
    spans = [(span, kind) for found, kind in kinds for span in found]
    told = sorted((stretch, kind) for span, kind in spans for stretch in moments(span, space.zone))
    for stretch, kind in told:
        entry.add("freebusy", tuple(stretch), parameters={"FBTYPE": kind})
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add_component(entry)
    return calendar.to_ical()
