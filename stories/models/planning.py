from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.walltimes import moment_of, refuse_skipped, wall_of
from spaces.asking import times
from spaces.availability import Span
from spaces.models import SpaceRequest
from spaces.models.asked_facts import MOST_PEOPLE
from spaces.models.request_steps import TAKEN
from stories.repeating import dates_of, rule_of

from .event_steps import Status, Verb

LEAST_OUTCOMES = 2  # that are said before an event is announced
ASKED = ["title", "community", "group", "people", "needs", "languages", "organiser", "email", "language", "person"]
# What "do it again" does not copy: what belongs to that one time.
OWN = {
    "id", "key", "slug", "created_at", "updated_at", "starts_wall", "ends_wall", "starts_at", "ends_at", "request", "booking",
    "status", "was_at", "went_online", "sequence", "announced_at", "planned_by", "asked_at", "times_asked", "series",
    "source", "source_uid", "source_facts",
}  # fmt: skip


class Planning:
    """From a promised space, or from nothing, to an event that people are told of; and once more on another day."""

    @classmethod
    @transaction.atomic
    def plan(cls, booking, by=None):
        """An event and the draft of its page, with all that the request has said; or the one that there is already."""
        asked = SpaceRequest.objects.select_for_update(of=("self",)).get(pk=booking.request_id)
        booking = asked.bookings.select_related("space__region").get(pk=booking.pk)
        planned = cls.objects.filter(booking=booking).first()
        if planned:
            return planned
        if booking.status not in TAKEN:
            raise ValidationError(_("An event is planned as soon as the space is promised."), code="not now")
        space = booking.space
        event = cls(
            name=asked.title,
            region=space.region,
            space=space,
            request=asked,
            booking=booking,
            languages=asked.languages,
            capacity=space.capacity,
            other_communities="" if asked.group else asked.community,
            accessibility=["step_free"] if space.step_free == "yes" else [],
            planned_by=by,
        )
        zone = space.zone
        event.set_times(wall_of(booking.starts_at, zone), wall_of(booking.ends_at, zone), str(zone))
        event.series = cls.series_of(asked)
        event.save()
        if asked.group:
            event.host_with(asked.group)
        event.expect("people", asked.people)
        event.make_face(by=by)
        event.write_down(Verb.PLAN, by)
        return event

    @classmethod
    def unplanned(cls, asked):
        """The dates of a request that are promised and still to come, and of which no event was made yet."""
        planned = set(cls.objects.filter(request=asked).values_list("booking_id", flat=True))
        return [each for each in asked.all_dates() if each.is_taken and not each.is_over and each.pk not in planned]

    @classmethod
    def series_of(cls, asked):
        """The dates of one request are a series."""
        if not asked.is_series:
            return None
        planned = cls.objects.filter(request=asked).exclude(series=None).first()
        if planned:
            return planned.series
        rule = rule_of(asked.pattern, asked.day, asked.last_day)
        return cls._meta.get_field("series").related_model.objects.create(rule=rule)

    @transaction.atomic
    def announce(self, by=None, **content):
        """Make it public, in the region's first language. The host of a space that nobody has asked yet is asked now."""
        self.lock()
        is_new = self.status == Status.DRAFT
        if is_new:
            if self.expected.count() < LEAST_OUTCOMES:
                words = _("Say first at least %(number)s things that it is meant to bring, each with a number.")
                raise ValidationError(words, code="outcomes", params={"number": LEAST_OUTCOMES})
            self.change(status=Status.SCHEDULED, announced_at=timezone.now())
            if self.space and not self.has_room_in_sight and self.starts_at > timezone.now():
                self.ask_for_space(by, like=self.request)
            self.write_down(Verb.ANNOUNCE, by)
        return self.make_face(by=by, publish=is_new, **content)

    def ask_for_space(self, by=None, like=None):
        """Ask its host for this time, as whoever asked before, else as whoever acts. Until the answer the page says so.

        Refuses (`ValidationError`) what cannot be: the space is taken then, or nobody can ask for it.
        """
        if not self.space.may_be_requested:
            raise ValidationError(_("Nobody can ask for this space. Give an address instead."), code="space")
        asked = SpaceRequest(space=self.space, **(facts_like(like) if like else self.facts_to_ask(by)))
        asked.title, asked.pattern = self.name, SpaceRequest.Pattern.ONCE
        asked.day, asked.begins = self.starts_wall.date(), self.starts_wall.time()
        asked.last_day, asked.ends = self.ends_wall.date(), self.ends_wall.time()
        SpaceRequest.objects.ask(asked, [(self.starts_at, self.ends_at)], is_confirmed=True, told=("host",))
        self.change(request=asked, booking=asked.bookings.get())

    def facts_to_ask(self, by):
        target = self.expected.filter(kind="people").values_list("target", flat=True).first()
        who = by if by and by.is_authenticated else None
        return {
            "community": ", ".join(self.communities)[:160] or self.region.name,
            "people": min(target or self.capacity or 1, MOST_PEOPLE),
            "languages": self.languages,
            "organiser": (who.get_full_name() if who else "") or self.region.name,
            "email": who.email if who else "",
            "language": (who and who.language) or self.region.language,
            "person": who,
        }

    def refuse_taken_space(self, starts_wall, ends_wall):
        """Its space is not free then: says so, with the next times that would do."""
        span = Span(starts_wall, ends_wall)
        if times.fits(self.space, span):
            return
        now = timezone.now().astimezone(self.space.zone).replace(tzinfo=None)
        offers = times.next_that_fit(self.space, span, now)
        words = _("%(space)s is not free then.")
        if offers:
            words = _("%(space)s is not free then. It is on: %(times)s.")
        offered = "; ".join("{day}, {time}".format(**times.in_words(offer.start)) for offer in offers)
        raise ValidationError(words, code="space", params={"space": self.space, "times": offered})

    # -- Once more -----------------------------------------------------------------------------------------------------

    @transaction.atomic
    def again(self, day, by=None):
        """A draft of the same on another day: all is copied but the date, and its page with it."""
        self.lock()
        if self.series is None:
            self.change(series=self._meta.get_field("series").related_model.objects.create())
        return self.copy_to(day, by)

    @transaction.atomic
    def repeat(self, pattern, until, by=None):
        """Drafts of the same on all days of a rule, from this one until a day. Returns them."""
        self.lock()
        days = dates_of(pattern, self.starts_wall.date(), until)
        known = {each.starts_wall.date() for each in [self, *(self.series.events.all() if self.series else [])]}
        self.change(series=self.series or self._meta.get_field("series").related_model.objects.create())
        self.series.rule = rule_of(pattern, self.starts_wall.date(), until)
        self.series.save()
        today = timezone.localdate(timezone=self.zone)
        return [self.copy_to(day, by) for day in days if day not in known and day > today]

    def copy_to(self, day, by):
        starts = datetime.combine(day, self.starts_wall.time())
        ends = starts + (self.ends_wall.replace(fold=0) - self.starts_wall.replace(fold=0))
        if moment_of(starts, self.zone) <= timezone.now():
            raise ValidationError(_("This day is over."), code="day")
        refuse_skipped(starts, self.zone)
        refuse_skipped(ends, self.zone)
        facts = {field.name: getattr(self, field.name) for field in self._meta.concrete_fields if field.name not in OWN}
        copy = type(self)(**facts, series=self.series, planned_by=by)
        copy.set_times(starts, ends)
        copy.save()
        copy.tags.set(self.tags.names())
        for row in self.co_hosts.all():
            copy.host_with(row.group)
        for row in self.expected.all():
            copy.expect(row.kind, row.target)
        face = self.pages.filter(locale__language_code=self.region.language).first()
        latest = face.get_latest_revision_as_object() if face else None
        content = {name: getattr(latest, name) for name in ("title", "summary", "image", "body")} if latest else {}
        copy.make_face(by=by, **content)
        copy.write_down(Verb.PLAN, by)
        return copy


def facts_like(asked):
    """What somebody has said once is not asked again."""
    return {name: getattr(asked, name) for name in ASKED}
