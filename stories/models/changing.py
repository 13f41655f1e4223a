from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from portal.walltimes import refuse_skipped, wall_of
from spaces.models import SpaceRequest
from spaces.models.request_steps import Actor, Part
from spaces.models.request_steps import Verb as RequestVerb
from stories.attending import letters

from .event_steps import PLACE_BOUND, TOLD, TOLD_TO_ORGANISERS, Status, Verb


class Changing:
    """What can happen to an event that people were told of. Each takes the row lock, and tells whoever holds a seat."""

    def lock(self, verb=None, with_request=True):
        """The row as it is now, for this transaction alone. Refuses in words a step that is not possible.

        The order of locks is request, case, space, event, as everywhere: a host may withdraw at the same moment.
        """
        asked = type(self).objects.values_list("request_id", flat=True).get(pk=self.pk)
        if with_request and asked:
            SpaceRequest.objects.select_for_update(of=("self",)).get(pk=asked)
        type(self).objects.select_for_update(no_key=True).get(pk=self.pk)
        self.refresh_from_db()
        if with_request and self.request_id != asked:
            raise ValidationError(_("Somebody has changed this at the same moment. Please look again."), code="meanwhile")
        if verb and not self.may(verb):
            words = _("This is not possible now: %(status)s. Nothing was changed.")
            said = _("it is over") if self.is_past and self.status == Status.SCHEDULED else self.get_status_display()
            raise ValidationError(words, code="not now", params={"status": said})

    def change(self, **facts):
        for name, value in facts.items():
            setattr(self, name, value)
        self.save(update_fields=[*facts, "updated_at"])

    def write_down(self, verb, by=None, text="", **facts):
        """The step, the log, and letters to those who hold a seat. `facts` are {field: [before, after]}."""
        is_news = verb in TOLD and self.status != Status.DRAFT
        if is_news:
            self.change(sequence=self.sequence + 1)
        step = self.steps.create(verb=verb, by=by, text=text.strip(), facts=facts)
        log(instance=self, action=f"portal.event_{verb}", user=by, data={"changes": facts})
        if is_news:
            letters.tell_seats(self, step)
        if verb in TOLD_TO_ORGANISERS:
            letters.tell_organiser(self, step)
        return step

    @transaction.atomic
    def reschedule(self, starts_wall, ends_wall, by=None, reason="", zone=""):
        """To another time. What was promised for the old one is free again, and the host is asked for the new one."""
        self.lock(Verb.RESCHEDULE)
        place = ZoneInfo(zone or self.timezone)
        refuse_skipped(starts_wall, place)
        refuse_skipped(ends_wall, place)
        before, asked, was = self.when_as_kept, self.request, self.starts_at
        self.release_space(by, reason)
        self.set_times(starts_wall, ends_wall, zone)
        if self.ends_at <= self.starts_at:
            raise ValidationError({"ends_wall": _("An event ends after it starts.")})
        if self.starts_at <= timezone.now():
            raise ValidationError({"starts_wall": _("This time has begun already.")})
        self.move_in_time(was, status=Status.DRAFT if self.status == Status.DRAFT else Status.SCHEDULED)
        self.take_space(by, asked)
        self.write_down(Verb.RESCHEDULE, by, reason, when=[before, self.when_as_kept])
        self.fill()

    def move_in_time(self, was, **facts):
        """Keep the times that were set. What was announced first is remembered; ticks and reminders were for another day."""
        was_at = self.was_at if self.status == Status.DRAFT else self.was_at or was
        self.change(**{name: getattr(self, name) for name in TIMES}, timezone=self.timezone, was_at=was_at, **facts)
        self.seats.update(came=None, reminded_at=None)

    def take_space(self, by, asked):
        """Ask the host for the time that it has now; of a draft nobody asks before it is announced."""
        if self.space and self.status != Status.POSTPONED:
            self.refuse_taken_space(*self.local)
        if self.space and self.status == Status.SCHEDULED:
            self.ask_for_space(by, like=asked)

    @transaction.atomic
    def postpone(self, by=None, reason=""):
        """To a time that is not known yet. What was promised is free again."""
        self.lock(Verb.POSTPONE)
        self.release_space(by, reason)
        self.change(status=Status.POSTPONED)
        self.write_down(Verb.POSTPONE, by, reason)

    @transaction.atomic
    def relocate(self, space=None, address="", by=None, reason=""):
        """To another space, whose host is asked, or to another address."""
        self.lock(Verb.RELOCATE)
        if not (space or address):
            raise ValidationError({"space": _("Say where: a space, or an address.")})
        if space and space == self.space and not self.seeks_space:
            raise ValidationError({"space": _("It is there already.")})
        before, asked = self.where_as_kept, self.request
        self.release_space(by, reason)
        self.stand_in(space, address="" if space else address)
        self.take_space(by, asked)
        self.write_down(Verb.RELOCATE, by, reason, where=[before, self.where_as_kept])

    def stand_in(self, space, **facts):
        """In this space from now on, by its clock, with what it offers; or in none."""
        if space and str(space.zone) != self.timezone:
            zone = space.zone
            self.set_times(wall_of(self.starts_at, zone), wall_of(self.ends_at, zone), str(zone))
        facts |= {name: getattr(self, name) for name in (*TIMES, "timezone")}
        self.change(space=space, went_online=False, accessibility=self.access_without(space), **facts)

    @transaction.atomic
    def go_online(self, online_url, by=None, reason=""):
        """Nobody meets in a room any more. What was promised is free again."""
        self.lock(Verb.GO_ONLINE)
        before, went = self.where_as_kept, self.status != Status.DRAFT
        self.release_space(by, reason)
        access = self.access_without(None)
        self.change(space=None, address="", online_url=online_url, went_online=went, accessibility=access)
        self.write_down(Verb.GO_ONLINE, by, reason, where=[before, online_url])

    @transaction.atomic
    def cancel(self, by=None, reason=""):
        """It will not happen. Its page stays and says so; the time in the space is free again."""
        self.lock()
        if self.status == Status.CANCELLED:
            return
        self.lock(Verb.CANCEL)
        self.change(status=Status.CANCELLED)
        self.give_back(self.booking, by, reason, "not_held")  # still its own: where people rely on it, that opens a case
        self.write_down(Verb.CANCEL, by, reason)

    # -- The space -----------------------------------------------------------------------------------------------------

    def release_space(self, by, reason):
        """The booking is not this event's any more, so nobody mistakes its end for a loss."""
        booking = self.booking
        self.change(booking=None)
        self.give_back(booking, by, reason, "elsewhere")

    def give_back(self, booking, by, reason, outcome):
        """What was promised or asked for it, in any way: nobody may say yes to it later. Open cases end with it."""
        if booking is None or booking.is_over:
            return
        asked = booking.request
        actor = self.actor(by, asked)
        for case in booking.cases.filter(closed_at=None):
            case.close(outcome if outcome in case.outcomes else "told", actor)
        if asked.may(RequestVerb.CANCEL):
            dates = [booking.key] if asked.is_series else None
            if dates is None or booking.may(RequestVerb.CANCEL):
                asked.cancel(actor, reason, dates, told=("host",))

    def actor(self, by, asked):
        """Whoever acts, in which part: as the one who asked for the space, or as the region's team."""
        if by is None or (by.is_authenticated and asked.is_from(by)):
            return asked.as_organiser
        return Actor(Part.REGION, by, by.get_full_name())

    @property
    def is_to_come(self):
        """People were told of it, and it is still ahead: what happens to its room is news."""
        return self.status == Status.SCHEDULED and not self.is_past

    def lose_space(self):
        """The room that was promised or asked for is not to be had: said on the page, and to whoever holds a seat."""
        self.lock()
        if self.is_to_come:
            self.write_down(Verb.LOSE_SPACE)

    def win_space(self, booking):
        """The host has said yes; where they agreed on another time, the event is then."""
        self.lock()
        if not (self.is_to_come or self.status == Status.DRAFT):
            return
        before, was, zone = self.when_as_kept, self.starts_at, booking.space.zone
        self.set_times(wall_of(booking.starts_at, zone), wall_of(booking.ends_at, zone), str(zone))
        self.change(booking=booking, space=booking.space)
        if self.when_as_kept == before:
            self.write_down(Verb.WIN_SPACE)
            return
        self.move_in_time(was)
        self.write_down(Verb.RESCHEDULE, when=[before, self.when_as_kept])
        self.fill()

    def follow_booking(self, booking, before):
        """Its booking has moved to another space, and the event with it."""
        self.lock()
        if self.is_to_come or self.status == Status.DRAFT:
            self.stand_in(booking.space, address="")
            self.write_down(Verb.RELOCATE, where=[str(before), str(booking.space)])

    def access_without(self, space):
        """What people can count on, without what the former place had; with the step-free way in of the new one."""
        kept = [code for code in self.accessibility if code not in PLACE_BOUND]
        return ["step_free", *kept] if space and space.step_free == "yes" else kept

    # -- As the history keeps it ---------------------------------------------------------------------------------------

    @property
    def when_as_kept(self):
        return f"{self.starts_wall.isoformat()} {self.ends_wall.isoformat()}"

    @property
    def where_as_kept(self):
        return str(self.space) if self.space else self.address or self.online_url


TIMES = ("starts_wall", "ends_wall", "starts_at", "ends_at")
