"""The sets of spaces that the portal speaks of."""

from collections import defaultdict
from datetime import UTC, datetime, time, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, Value, When
from django.db.models.functions import Coalesce, NullIf

from portal.models import ConfirmableQuerySet, RecordQuerySet
from portal.spelling import plain
from regions.models import Region
from spaces.availability import DAY, covers, free, on_day, on_the_wall, within
from spaces.near import Near, only_near
from spaces.prices import PAID


class SpaceQuerySet(ConfirmableQuerySet, RecordQuerySet):
    def listed(self):
        return self.filter(status=self.model.Status.LISTED, region__status=Region.Status.OPEN)

    def requestable(self):
        """Those one can ask for, see `Space.may_be_requested`."""
        declared = dict.fromkeys(self.model.DECLARATIONS, True)
        return self.listed().filter(Q(source="") | Q(**declared))

    def findable(self):
        """Those in the directory, and the dormant ones, which only a filter finds."""
        return self.filter(status__in=[self.model.Status.LISTED, self.model.Status.DORMANT], region__status=Region.Status.OPEN)

    def public(self):
        """Findable, with a page that the public can open in some language."""
        live = self.model.face_model().objects.filter(space=OuterRef("pk"), live=True, alias_of=None)
        return self.findable().filter(Exists(live))

    def on_map(self):
        """As `public`, from the pins: quick among a hundred thousand."""
        return self.findable().filter(pin__isnull=False)

    def awake(self):
        return self.exclude(status=self.model.Status.DORMANT)

    def near(self, latitude, longitude, kilometres):
        """Those not farther away than this, each with `kilometres`."""
        return only_near(self, Near(latitude, longitude, ""), kilometres)

    def with_face(self, language):
        """With `is_recognised`, for the mark on its card."""
        awards = self.model._meta.get_field("awards").related_model.objects.current().filter(space=OuterRef("pk"))
        return super().with_face(language).annotate(is_recognised=Exists(awards))

    def dormant(self):
        return self.filter(status=self.model.Status.DORMANT, region__status=Region.Status.OPEN)

    def kept(self):
        """Hosts are asked about what is listed. Who sleeps was asked often enough, and is woken by the last letter's link."""
        return self.listed()

    def readable(self):
        return self.findable()  # the word for it where every kind of record is kept true

    def with_owners(self):
        return self.select_related("region").prefetch_related("hosts__person")

    def in_region(self, region):
        return self.filter(region=region)

    def to_be_listed(self):
        """Drafted here or brought in from elsewhere: somebody has to look at them."""
        return self.filter(status__in=[self.model.Status.DRAFT, self.model.Status.IMPORTED])

    def free(self):
        return self.filter(cost="free")

    def of_cost(self, cost):
        """Of one of the three costs that differ wherever they are drawn, see `Space.cost_class`."""
        return self.filter(cost__in=PAID) if cost == "paid" else self.filter(cost=cost)

    def free_during(self, day, starts=None, ends=None):
        """Those that can be had on a day from a time to another, by their own clocks; without times, for some of it.

        Without hours nobody knows. Four queries, however many spaces there are.
        """
        wanted = on_day(day, starts or time(), ends or time())
        first, last = day - timedelta(days=1), wanted.end.date()
        days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
        weekly = self.rows("opening_hours", weekday__in=[each.weekday() for each in days])
        special = self.rows("special_hours", day__in=days)
        closures = self.rows("closures", first_day__lte=last, last_day__gte=day)
        booked = self.booked(first, last)
        is_free = partial(covers, wanted=wanted) if starts or ends else bool
        known = ((pk, [rows.get(pk, ()) for rows in (weekly, special, closures)]) for pk in weekly.keys() | special.keys())
        return self.filter(
            pk__in=[pk for pk, rows in known if is_free(within(free(*rows, day, last, booked=booked.get(pk, ())), wanted))]
        )

    def without_hours(self):
        """Those that have not said when they are open: one has to ask."""
        return self.filter(opening_hours=None)

    def not_taken(self, span):
        """Those in which nothing is booked and nothing closed during a time, by their own clocks."""
        first, last = span.start.date(), span.end.date()
        booked = self.booked(first, last)
        closed = self.rows("closures", first_day__lte=last, last_day__gte=first)
        gone = {pk: [*booked.get(pk, ()), *(each.span for each in closed.get(pk, ()))] for pk in booked.keys() | closed.keys()}
        return self.exclude(pk__in=[pk for pk, spans in gone.items() if within(spans, span)])

    def booked(self, first, last):
        """What is booked in these spaces, each by its own clock: {pk: [span]}."""
        bookings = (
            self.model._meta.get_field("bookings").related_model.objects.taken().filter(space__in=self.order_by().values("pk"))
        )
        begin, end = (datetime.combine(day, time(), UTC) for day in (first, last))
        zone = Coalesce(NullIf("space__timezone", Value("")), "space__region__timezone")
        rows = bookings.overlapping(begin - 2 * DAY, end + 3 * DAY).values_list("space_id", zone, "starts_at", "ends_at")
        found = defaultdict(list)
        for pk, name, starts_at, ends_at in rows:
            found[pk] += on_the_wall(starts_at, ends_at, ZoneInfo(name))
        return found

    def rows(self, name, **conditions):
        """What hangs on these spaces, {pk: [row]}."""
        rows = self.model._meta.get_field(name).related_model.objects.filter(
            space__in=self.order_by().values("pk"), **conditions
        )
        found = {}
        for row in rows:
            found.setdefault(row.space_id, []).append(row)
        return found

    def free_first(self, then=None):
        """Free before donation before paid: what organisers look for first. Then the lately confirmed, or as said."""
        rank = Case(When(cost="free", then=Value(0)), When(cost="donation", then=Value(1)), default=Value(2))
        return self.order_by(rank, then or models.F("confirmed_at").desc(nulls_last=True), "name", "pk")

    def hosted_by(self, user):
        """The spaces that somebody opens for others."""
        return self.filter(hosts__person=user).distinct()

    def with_words(self, words):
        """Those on the map that have all the words: in the name, where it stands, or what a page of it is called."""
        found = self
        for word in plain(words).split():
            found = found.filter(pin__words__contains=word)
        return found
