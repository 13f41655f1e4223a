"""One entry of a calendar, read: what it says, in our words, and what is wrong with it. A leaf: it knows no models."""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from hashlib import sha256
from html import unescape
from zoneinfo import ZoneInfo, available_timezones

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.html import strip_tags
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.imports import Problem
from portal.walltimes import readings, wall_of
from spaces.submitting.tidying import in_one_line, tidy
from stories.choices import LONGEST_LINK

# What the library and the zones of Python raise for what they do not understand; "Africa" is a folder of zones.
UNREADABLE = (ValueError, LookupError, TypeError, AttributeError, OverflowError, RecursionError, OSError)
LONGEST = timedelta(days=14)
LINKS = re.compile(r"https?://\S+")
BREAKS = re.compile(r"<\s*(br|/p|/div|/li|/h\d)\s*/?\s*>", re.IGNORECASE)
TAGS = re.compile(r"<[a-zA-Z/!][^>]*>")
MANY_LINES = re.compile(r"\n{3,}")
LENGTHS = {"name": 160, "address": 255, "description": 5000}
FACTS = ("name", "starts_wall", "ends_wall", "timezone", "address", "online_url", "tags", "description")


# What the properties of the standard are called by people.
WORDS = {
    "SUMMARY": gettext_lazy("name"),
    "DTSTART": gettext_lazy("beginning"),
    "DTEND": gettext_lazy("end"),
    "RRULE": gettext_lazy("repetition"),
    "RECURRENCE-ID": gettext_lazy("repetition"),
    "UID": "UID",
}


@dataclass
class Reading:
    """One entry, or one date of an entry that repeats."""

    number: int
    facts: dict = field(default_factory=dict)
    uid: str = ""
    is_cancelled: bool = False
    is_over: bool = False
    problems: list = field(default_factory=list)
    notes: list = field(default_factory=list)

    @property
    def label(self):
        day = self.facts.get("starts_wall")
        name = self.facts.get("name") or _("without a name")
        return f"{name}, {day:%Y-%m-%d}" if day else name

    @property
    def is_right(self):
        return not self.problems

    def refuse(self, name, message):
        self.problems.append(Problem(str(message), str(WORDS.get(name, name)), self.number))


def read(number, entry, dates, zone):
    """A component as a `Reading`. `dates` are its (begin, end), as the calendar has them; `zone` is that of the region."""
    reading = Reading(number)
    try:
        read_words(reading, entry)
        read_times(reading, *dates, zone)
        reading.uid = uid_of(reading, entry)
        reading.is_cancelled = str(entry.get("STATUS", "")).upper() == "CANCELLED"
    except UNREADABLE as error:  # what the library let through
        reading.refuse("", _("This entry cannot be read: %(error)s") % {"error": str(error)[:200]})
    return reading


def read_words(reading, entry):
    facts = reading.facts
    name = in_one_line(plain(entry.get("SUMMARY")))
    if not name:
        reading.refuse("SUMMARY", _("An event needs a name."))
    description, location = plain(entry.get("DESCRIPTION")), in_one_line(plain(entry.get("LOCATION")))
    facts["name"] = shortened(reading, "name", name)
    facts["description"] = shortened(reading, "description", description)
    facts["online_url"] = web_address(entry.get("CONFERENCE")) or web_address(first_link(location))
    facts["address"] = shortened(reading, "address", "" if location == facts["online_url"] else location)
    facts["tags"] = sorted(set(categories(entry)))
    more = web_address(entry.get("URL"))
    if more and more not in description:
        facts["description"] = shortened(reading, "description", f"{description}\n\n{more}".strip())
    if not (facts["address"] or facts["online_url"]):
        facts["address"] = _("to be announced")
        reading.notes.append(_("it says no place"))


def plain(value):
    """Text without markup: many calendars write HTML into what is meant to be plain."""
    text = tidy(str(value or "")).replace("\r\n", "\n").replace("\xa0", " ")
    if TAGS.search(text):
        text = unescape(strip_tags(BREAKS.sub("\n", text)))
    return MANY_LINES.sub("\n\n", "\n".join(line.rstrip() for line in text.splitlines())).strip()


def shortened(reading, name, text):
    if len(text) <= LENGTHS[name]:
        return text
    reading.notes.append(_("%(field)s is shortened") % {"field": name})
    return Truncator(text).chars(LENGTHS[name])


def first_link(text):
    found = LINKS.search(text)
    return found[0].rstrip(").,;") if found else ""


def web_address(value):
    text = str(value or "").strip()
    try:
        URLValidator(schemes=["http", "https"])(text)
    except ValidationError:
        return ""
    return text if len(text) <= LONGEST_LINK else ""


def categories(entry):
    found = entry.get("CATEGORIES") or []
    for each in found if isinstance(found, list) else [found]:
        for word in getattr(each, "cats", [each]):
            name = in_one_line(tidy(str(word)))[:100]
            if name:
                yield name


def read_times(reading, begin, end, zone):
    """As the clock of the place shows them. What says no zone, or one that nobody else knows, is told by the region's."""
    facts, name = reading.facts, zone_name(begin)
    place = ZoneInfo(name) if name else zone
    starts, ends = on_the_wall(begin, place), on_the_wall(end, place)
    if isinstance(begin, datetime) and not name:
        is_floating = begin.tzinfo is None
        reading.notes.append(
            _("it says no time zone: read by the region’s clock")
            if is_floating
            else _("its time zone is only its own: shown by the region’s clock")
        )
    if not isinstance(begin, datetime):
        reading.notes.append(_("all day"))
    facts |= {"starts_wall": starts, "ends_wall": ends, "timezone": str(place)}
    if not readings(starts, place) or not readings(ends, place):
        reading.refuse("DTSTART", _("This hour does not exist there: the clocks are put forward that night."))
    elif ends <= starts:
        reading.refuse("DTEND", _("It ends before it begins."))
    elif ends - starts > LONGEST:
        reading.refuse("DTEND", _("It lasts longer than two weeks."))


def zone_name(moment):
    """The name of its zone, if that is one that everybody knows."""
    key = getattr(getattr(moment, "tzinfo", None), "key", "") if isinstance(moment, datetime) else ""
    return key if key in available_timezones() and key != "UTC" else ""


def on_the_wall(moment, zone):
    if not isinstance(moment, datetime):
        return datetime.combine(moment, time())
    if moment.tzinfo is None:
        return moment.replace(second=0, microsecond=0)
    return wall_of(moment.astimezone(UTC), zone).replace(second=0, microsecond=0)


def uid_of(reading, entry):
    """The name of the entry; of a date of one that repeats, with that date. What has none is known by what it says."""
    uid = in_one_line(tidy(str(entry.get("UID") or "")))
    if not uid:
        said = repr([reading.facts.get("name"), reading.facts.get("starts_wall")])
        uid = f"{sha256(said.encode()).hexdigest()[:32]}@without-uid"
        reading.notes.append(_("it has no UID: known by its name and time"))
    suffix = getattr(entry, "date_of_series", "")
    return f"{uid[: 255 - len(suffix)]}{suffix}"
