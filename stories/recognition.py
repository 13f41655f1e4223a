"""What events say for a space: many of them, each on a day of its own, and really over."""

from datetime import timedelta

from django.db.models import Count
from django.db.models.functions import TruncDate
from django.utils.translation import gettext_lazy as _

from spaces.recognition import AwardRule

from .models import Event

YEAR = timedelta(days=365)
ENOUGH = 6  # days with an event within a year: one every other month


def many_events(spaces, now):
    """Events that were held there in the last year; several on one day count once, and a cancelled one does not."""
    held = Event.objects.filter(space__in=spaces, status=Event.Status.SCHEDULED, ends_at__lte=now, ends_at__gt=now - YEAR)
    counted = held.order_by().values("space").annotate(days=Count(TruncDate("starts_at"), distinct=True))
    return {row["space"]: {"days": row["days"]} for row in counted.filter(days__gte=ENOUGH)}


def award_rules():
    """For the hook `register_award_rules`."""
    words = _("Events were held there on %(days)s days within a year.")
    return [AwardRule("many-events", _("A home for events"), words, many_events)]
