"""A file in iCalendar (RFC 5545) as a list of readings: entries that repeat are spread out into their dates."""

from copy import copy
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from dateutil.rrule import rruleset, rrulestr
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar

from portal.imports import ImportFailed, Problem
from portal.walltimes import moment_of
from spaces.submitting.tidying import in_one_line, tidy

from .reading import UNREADABLE, Reading, read

MOST_BYTES = 2 * 1024 * 1024
MOST_ENTRIES = 1000
MOST_DATES = 60  # of one entry that repeats
AHEAD = timedelta(days=366)
EVERY, FINE, FIRST_YEAR = {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"}, {"BYHOUR", "BYMINUTE", "BYSECOND"}, 1980
BEFORE = timedelta(days=31)  # what is over is not imported


def readings_of(content, zone, now=None):
    """All entries of a file, in its order. Raises `ImportFailed` for what is no calendar."""
    now = now or timezone.now()
    entries, changed, wrong = entries_of(content), {}, []
    for number, entry in enumerate(entries, start=1):
        if "RECURRENCE-ID" in entry:  # it stands in the place of one date of another
            try:
                changed[str(entry.get("UID", "")), moment(recurrence_of(entry), zone)] = number, entry
            except UNREADABLE:
                wrong.append(refused(number, entry, "RECURRENCE-ID", _("It does not say which date it stands for.")))
    found = []
    for number, entry in enumerate(entries, start=1):
        if "RECURRENCE-ID" not in entry:
            found += spread(number, entry, changed, zone, now)
    found += [one(number, entry, zone) for number, entry in changed.values()]  # of series that stand in another file
    if len(found) > MOST_ENTRIES:
        raise ImportFailed(Problem(_("The file has more than %(most)s dates.") % {"most": MOST_ENTRIES}))
    for reading in found:
        ends = reading.facts.get("ends_wall")
        reading.is_over = bool(ends) and moment_of(ends, ZoneInfo(reading.facts["timezone"])) < now - BEFORE
    return [*found, *wrong]


def recurrence_of(entry):
    value = entry.decoded("RECURRENCE-ID")
    if not isinstance(value, date):
        raise TypeError("no date")
    return value


def refused(number, entry, name, words):
    reading = Reading(number, {"name": in_one_line(tidy(str(entry.get("SUMMARY", ""))))[:160]})
    reading.refuse(name, words)
    return reading


def entries_of(content):
    if len(content) > MOST_BYTES:
        raise ImportFailed(Problem(_("The file is larger than 2 MB.")))
    text = decoded(content)
    if "BEGIN:VCALENDAR" not in text.upper():
        raise ImportFailed(Problem(_("This is no calendar: an .ics file begins with BEGIN:VCALENDAR.")))
    try:
        calendars = Calendar.from_ical(text, multiple=True)
        entries = [entry for calendar in calendars for entry in calendar.walk("VEVENT")]
    except UNREADABLE as error:
        raise ImportFailed(Problem(_("The calendar cannot be read: %(error)s") % {"error": str(error)[:200]})) from error
    if not entries:
        raise ImportFailed(Problem(_("There is no event in this calendar.")))
    return entries


def decoded(content):
    """UTF-8, as the standard says; what is not, is the Latin of old programs."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    return text.replace("\x00", "")


def spread(number, entry, changed, zone, now):
    """One entry: itself, or its dates from now on, each of which another entry may stand for."""
    try:
        begin, end = span_of(entry)
    except UNREADABLE:
        return [refused(number, entry, "DTSTART", _("It does not say when, or that day does not exist."))]
    if not any(name in entry for name in ("RRULE", "RDATE")):
        return [one(number, entry, zone)]
    try:
        starts = dates_of(entry, begin, now)
    except UNREADABLE:
        return [refused(number, entry, "RRULE", _("How it repeats cannot be read: every day, week, month or year can."))]
    uid, found = str(entry.get("UID", "")), []
    for start in starts:
        _number, other = changed.pop((uid, moment(start, zone)), (0, None))
        each = copy(other or entry)
        each.date_of_series = f"#{moment(start, zone):%Y%m%dT%H%M%SZ}"
        try:
            dates = span_of(other) if other else (start, start + (end - begin))
        except UNREADABLE:
            found.append(refused(number, other, "DTSTART", _("It does not say when, or that day does not exist.")))
            continue
        found.append(read(number, each, dates, zone))
    return found


def one(number, entry, zone):
    try:
        each, dates = copy(entry), span_of(entry)
    except UNREADABLE:
        return refused(number, entry, "DTSTART", _("It does not say when, or that day does not exist."))
    if "RECURRENCE-ID" in entry:
        each.date_of_series = f"#{moment(recurrence_of(entry), zone):%Y%m%dT%H%M%SZ}"
    return read(number, each, dates, zone)


def span_of(entry):
    """(begin, end) of an entry; without an end, a day of one that lasts all day, and else an hour."""
    begin = entry.decoded("DTSTART")
    if not isinstance(begin, date):
        raise TypeError("no date")
    if "DTEND" in entry:
        return begin, alike(entry.decoded("DTEND"), begin)
    if "DURATION" in entry:
        return begin, begin + entry.decoded("DURATION")
    return begin, begin + (timedelta(hours=1) if isinstance(begin, datetime) else timedelta(days=1))


def alike(end, begin):
    """An end that is written otherwise than the beginning, as the beginning is: with its zone or without, or as a day."""
    if not isinstance(begin, datetime):
        return end.date() if isinstance(end, datetime) else end
    if not isinstance(end, datetime):
        return datetime.combine(end, time(), begin.tzinfo)
    if (begin.tzinfo is None) == (end.tzinfo is None):
        return end
    return end.replace(tzinfo=begin.tzinfo)


def dates_of(entry, begin, now):
    """When it begins, each time from now on: its rule and its dates, without those that are taken out."""
    tzinfo = begin.tzinfo if isinstance(begin, datetime) else None
    first = naive(begin)
    refuse_endless(entry, first)
    dates = rruleset()
    for rule in listed(entry.get("RRULE")):
        dates.rrule(rrulestr(until_without_zone(rule, tzinfo), dtstart=first))
    if "RRULE" not in entry:
        dates.rdate(first)
    for each in days_in(entry, "RDATE"):
        dates.rdate(in_zone(each, tzinfo))
    for each in days_in(entry, "EXDATE"):
        dates.exdate(in_zone(each, tzinfo))
    earliest, latest = (naive(now.astimezone(tzinfo or UTC)) + step for step in (-BEFORE, AHEAD))
    found = []
    for each in dates.xafter(earliest, count=MOST_DATES, inc=True):
        if each > latest:
            break
        found.append(each.replace(tzinfo=tzinfo) if isinstance(begin, datetime) else each.date())
    return found


def refuse_endless(entry, first):
    """What repeats every second, or since the year 1, would keep the portal reckoning for hours."""
    for rule in listed(entry.get("RRULE")):
        often = {str(each).upper() for each in rule.get("FREQ", [])}
        if not often or often - EVERY or FINE & {name.upper() for name in rule} or first.year < FIRST_YEAR:
            raise ValueError(rule)


def until_without_zone(rule, tzinfo):
    """The rule as text, its end by the same clock as its beginning: `dateutil` does not compare the two otherwise."""
    parts = []
    for part in rule.to_ical().decode().split(";"):
        name, _is, value = part.partition("=")
        if name == "UNTIL" and value.endswith("Z"):
            end = datetime.strptime(value, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
            value = f"{naive(end.astimezone(tzinfo or UTC)):%Y%m%dT%H%M%S}"
        parts.append(f"{name}={value}")
    return ";".join(parts)


def listed(value):
    return [] if value is None else value if isinstance(value, list) else [value]


def days_in(entry, name):
    for group in listed(entry.get(name)):
        for each in group.dts:
            value = each.dt[0] if isinstance(each.dt, tuple) else each.dt
            yield value


def naive(value):
    if not isinstance(value, datetime):
        return datetime.combine(value, time()) if isinstance(value, date) else value
    return value.replace(tzinfo=None)


def in_zone(value, tzinfo):
    if isinstance(value, datetime) and value.tzinfo and tzinfo:
        return naive(value.astimezone(tzinfo))
    return naive(value)


def moment(value, zone):
    """As a moment in UTC, so that the same date is found whatever way it is written."""
    if not isinstance(value, datetime):
        value = datetime.combine(value, time())
    return (value if value.tzinfo else value.replace(tzinfo=zone)).astimezone(UTC)
