"""Opening hours as somebody reads them: "Monday to Friday 9:00–18:00". A leaf: it is handed the rules of a week."""

from babel.lists import format_list
from django.utils.dates import WEEKDAYS
from django.utils.formats import time_format
from django.utils.translation import get_language, gettext, to_locale

LONG_RUN = 3  # from so many days on, "Monday to Wednesday" is shorter
SCHEMA_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def lines(rules):
    """(days, hours) in words, with the days that have the same hours together, in the order of the week."""
    days = {}
    for rule in sorted(rules, key=lambda rule: (rule.weekday, rule.opens)):
        days.setdefault(rule.weekday, []).append((rule.opens, rule.closes))
    alike = {}
    for day, hours in days.items():
        alike.setdefault(tuple(hours), []).append(day)
    return [(in_words(found), "; ".join(span(*each) for each in hours)) for hours, found in alike.items()]


def in_words(days):
    """Days of a week (0 is Monday), with runs of them shortened."""
    if len(days) == len(WEEKDAYS):
        return gettext("Every day")
    parts = []
    for run in runs(days):
        names = [str(WEEKDAYS[day]) for day in run]
        ends = {"first": names[0], "last": names[-1]}
        parts += [gettext("%(first)s to %(last)s") % ends] if len(run) >= LONG_RUN else names
    return joined(parts)


def runs(days):
    """[0, 1, 2, 5] -> [[0, 1, 2], [5]]"""
    found = []
    for day in days:
        if found and found[-1][-1] == day - 1:
            found[-1].append(day)
        else:
            found.append([day])
    return found


def joined(words):
    return format_list(words, locale=to_locale(get_language()))


def span(opens, closes):
    if opens == closes:
        return gettext("all day and night")
    times = {"opens": time_format(opens, "TIME_FORMAT"), "closes": time_format(closes, "TIME_FORMAT")}
    if closes < opens:
        return gettext("%(opens)s–%(closes)s on the next day") % times
    return gettext("%(opens)s–%(closes)s") % times


def until_midnight(start, end):
    """A stretch of one day in words; `end` may be the midnight after it."""
    opens, closes = start.time(), end.time()
    if end.date() == start.date() or opens == closes:
        return span(opens, closes)
    return gettext("%(opens)s–midnight") % {"opens": time_format(opens, "TIME_FORMAT")}


def specification(rules):
    """The same for machines (schema.org). What closes after midnight closes before it opens, as schema.org has it."""
    alike = {}
    for rule in rules:
        alike.setdefault((rule.opens, rule.closes), []).append(SCHEMA_DAYS[rule.weekday])
    kind = {"@type": "OpeningHoursSpecification"}
    return [
        {**kind, "dayOfWeek": days, "opens": f"{opens:%H:%M}", "closes": f"{closes:%H:%M}"}
        for (opens, closes), days in alike.items()
    ]
