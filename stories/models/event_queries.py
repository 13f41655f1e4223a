"""The sets of events that the portal speaks of."""

from datetime import UTC, datetime, time, timedelta

from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from portal.geo import box_around
from portal.models import RecordQuerySet
from regions.models import Region
from spaces.models import Space
from spaces.models.request_steps import OPEN, TAKEN
from spaces.near import kilometres_to, within

from .event_steps import Status

DAY = timedelta(days=1)
WIDEST = timedelta(hours=26)  # no clock is farther from another
LATELY = timedelta(days=92)
COUNTED = ("going", "waiting")


class EventQuerySet(RecordQuerySet):
    def upcoming(self):
        """Not over yet, the next one first."""
        return self.filter(Q(ends_at__gte=timezone.now()) | Q(status=Status.POSTPONED)).order_by("starts_at", "pk")

    def past(self):
        """Over, the last one first."""
        return self.filter(ends_at__lt=timezone.now()).exclude(status=Status.POSTPONED).order_by("-starts_at", "-pk")

    def public(self):
        return self.filter(region__status=Region.Status.OPEN).exclude(status=Status.DRAFT)

    def in_region(self, region):
        return self.filter(region=region)

    def at_space(self, space):
        return self.filter(space=space)

    def online(self):
        return self.exclude(online_url="")

    def overlapping(self, starts_at, ends_at):
        return self.filter(starts_at__lt=ends_at, ends_at__gt=starts_at)

    def between(self, first, last):
        """Those of which some part falls on these days, by the clock of their place."""
        begin, end = datetime.combine(first, time()), datetime.combine(last + DAY, time())
        near = self.overlapping(begin.replace(tzinfo=UTC) - WIDEST, end.replace(tzinfo=UTC) + WIDEST)
        return near.filter(starts_wall__lt=end, ends_wall__gt=begin)

    def lately(self):
        """What a calendar that is fetched again and again has to know: what comes, and what was lately."""
        lately = Q(ends_at__gte=timezone.now() - LATELY) | Q(status=Status.POSTPONED)
        return self.filter(lately).order_by("starts_at", "pk")

    def near(self, place, kilometres):
        """In a space not farther away than this, each with `kilometres`. What has no space is nowhere on the map."""
        box = box_around(place.latitude, place.longitude, kilometres)
        spaces = Space.objects.filter(within(box)).annotate(kilometres=kilometres_to(place)).filter(kilometres__lte=kilometres)
        return self.filter(space__in=spaces.values("pk"))

    def with_counts(self):
        """How many come and how many wait: in public how many, never who."""
        seats = self.model._meta.get_field("seats").related_model.objects.filter(event=OuterRef("pk")).order_by()
        counted = {name: seats.filter(status=name).values("event").annotate(n=Count("pk")).values("n") for name in COUNTED}
        return self.annotate(**{name: Coalesce(Subquery(rows), 0) for name, rows in counted.items()})

    def to_ask_about(self, now):
        """Over, nobody has told how it went, and no booking asks for it."""
        told = self.model._meta.get_field("outcome").related_model.objects.filter(event=OuterRef("pk"))
        unasked = Q(booking=None) | ~Q(booking__status__in=TAKEN)
        return self.filter(unasked, status=Status.SCHEDULED, ends_at__lt=now).exclude(Exists(told))

    def without_room(self):
        """People were told of it, and its room was lost, refused or never promised."""
        lost = self.filter(status=Status.SCHEDULED, booking__isnull=False, ends_at__gte=timezone.now())
        return lost.exclude(booking__status__in=[*OPEN, *TAKEN])
