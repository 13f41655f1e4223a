"""How often something happens, as a rule of RFC 5545 (3.3.10) and as days. A leaf."""

from datetime import UTC, datetime, time

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from spaces.asking.times import MOST_DATES, WEEKS, nth_of_month, repeated

DAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]


def dates_of(pattern, first, until):
    """The days of a rule, the first one among them."""
    if until <= first:
        raise ValidationError({"until": _("Until which day does it repeat?")})
    days = repeated(pattern, first, until)
    if len(days) > MOST_DATES:
        raise ValidationError({"until": _("At most %(most)s dates at once.") % {"most": MOST_DATES}})
    return days


def rule_of(pattern, first, until):
    """`FREQ=WEEKLY;INTERVAL=2;BYDAY=WE;UNTIL=20270630T235959Z`."""
    end = datetime.combine(until, time(23, 59, 59), UTC)
    if pattern in WEEKS:
        parts = ["FREQ=WEEKLY", f"INTERVAL={WEEKS[pattern]}", f"BYDAY={DAYS[first.weekday()]}"]
    else:
        day = nth_of_month(first)
        parts = ["FREQ=MONTHLY", f"BYDAY={day.n}{DAYS[day.weekday]}"]
    return ";".join([*parts, f"UNTIL={end:%Y%m%dT%H%M%SZ}"])
