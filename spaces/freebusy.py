"""When a space can be had, for calendars: iCalendar's VFREEBUSY (RFC 5545, 3.6.4). A leaf: it is handed a space.

Calendars take what they are not told for free. So the rest is told, too: `FREE` is what may be asked for, and
`BUSY-UNAVAILABLE` all other time.
"""

from datetime import datetime, time, timedelta

from icalendar import Calendar, FreeBusy, vUri

from portal.calendars import PRODUCT

from .availability import Span, moments, without

DAYS = 60
DAY = timedelta(days=1)


def freebusy(space, url, today):
    """The next days as bytes. The same all day while nothing changes, so that who has it need not fetch it again."""
    whole = Span(datetime.combine(today, time()), datetime.combine(today + DAYS * DAY, time()))
    free = space.free(today, today + (DAYS - 1) * DAY)
    begin, *_between, end = (moment for stretch in moments(whole, space.zone) for moment in stretch)
    entry = FreeBusy()
    entry.add("uid", f"free-{space.key}")
    entry.add("dtstamp", max(begin, space.updated_at))
    entry.add("dtstart", begin)
    entry.add("dtend", end)
    entry.add("comment", space.name)
    entry.add("url", vUri(url))
    spans = [(span, "FREE") for span in free] + [(span, "BUSY-UNAVAILABLE") for span in without([whole], free)]
    told = sorted((stretch, kind) for span, kind in spans for stretch in moments(span, space.zone))
    for stretch, kind in told:
        entry.add("freebusy", tuple(stretch), parameters={"FBTYPE": kind})
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add_component(entry)
    return calendar.to_ical()
