from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from portal.walltimes import refuse_skipped, wall_of
from spaces.models.request_steps import Actor, Part
from spaces.models.request_steps import Verb as RequestVerb
from stories.attending import letters

from .event_steps import PLACE_BOUND, TOLD, TOLD_TO_ORGANISERS, Status, Verb


class Changing:
    """What can happen to an event that people were told of. Each takes the row lock, and tells whoever holds a seat."""

    def lock(self, verb=None):
        """The row as it is now, for this transaction alone. Refuses in words a step that is not possible."""
        type(self).objects.select_for_update(no_key=True).get(pk=self.pk)
        self.refresh_from_db()
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
        if verb in TOLD:
            self.change(sequence=self.sequence + 1)
        step = self.steps.create(verb=verb, by=by, text=text.strip(), facts=facts)
        log(instance=self, action=f"portal.event_{verb}", user=by, data={"changes": facts})
        if verb in TOLD and self.status != Status.DRAFT:
            letters.tell_seats(self, step)
        if verb in TOLD_TO_ORGANISERS:
            letters.tell_organiser(self, step)
        return step

    @transaction.atomic
    def reschedule(self, starts_wall, ends_wall, by=None, reason=""):
        """To another time. What was promised for the old one is free again, and the host is asked for the new one."""
        self.lock(Verb.RESCHEDULE)
        refuse_skipped(starts_wall, self.zone)
        refuse_skipped(ends_wall, self.zone)
        before, was_at, asked = self.when_as_kept, self.was_at or self.starts_at, self.request
        self.seats.update(came=None)  # ticked for another day
        self.release_space(by, reason)
        self.set_times(starts_wall, ends_wall)
        if self.ends_at <= self.starts_at:
            raise ValidationError({"ends_wall": _("An event ends after it starts.")})
        if self.starts_at <= timezone.now():
            raise ValidationError({"starts_wall": _("This time has begun already.")})
        self.change(**{name: getattr(self, name) for name in TIMES}, was_at=was_at, status=Status.SCHEDULED)
        if self.space:
            self.refuse_taken_space(starts_wall, ends_wall)
            self.ask_for_space(by, like=asked)
        self.write_down(Verb.RESCHEDULE, by, reason, when=[before, self.when_as_kept])

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
        self.change(space=space, address="" if space else address, went_online=False, accessibility=self.access_without(space))
        if space and str(space.zone) != self.timezone:
            self.set_times(wall_of(self.starts_at, space.zone), wall_of(self.ends_at, space.zone), str(space.zone))
            self.change(timezone=self.timezone, **{name: getattr(self, name) for name in TIMES})
        if space and self.status == Status.SCHEDULED:
            self.refuse_taken_space(*self.local)
            self.ask_for_space(by, like=asked)
        self.write_down(Verb.RELOCATE, by, reason, where=[before, self.where_as_kept])

    @transaction.atomic
    def go_online(self, online_url, by=None, reason=""):
        """Nobody meets in a room any more. What was promised is free again."""
        self.lock(Verb.GO_ONLINE)
        before = self.where_as_kept
        self.release_space(by, reason)
        self.change(space=None, address="", online_url=online_url, went_online=True, accessibility=self.access_without(None))
        self.write_down(Verb.GO_ONLINE, by, reason, where=[before, online_url])

    @transaction.atomic
    def cancel(self, by=None, reason=""):
        """It will not happen. Its page stays and says so; the time in the space is free again."""
        self.lock()
        if self.status == Status.CANCELLED:
            return
        self.lock(Verb.CANCEL)
        self.change(status=Status.CANCELLED)
        self.cancel_booking(by, reason)  # still this event's: where people rely on it, that opens a case
        self.write_down(Verb.CANCEL, by, reason)

    # -- The space -----------------------------------------------------------------------------------------------------

    def release_space(self, by, reason):
        """The booking is not this event's any more, so nobody mistakes its end for a loss."""
        booking = self.booking
        self.change(booking=None)
        self.cancel_booking(by, reason, booking)

    def cancel_booking(self, by, reason, booking=None):
        booking = booking or self.booking
        if booking and booking.may(RequestVerb.CANCEL) and not booking.is_over:
            booking.request.cancel(self.actor(by, booking.request), reason, [booking.key], told=("host",))

    def actor(self, by, asked):
        """Whoever acts, in which part: as the one who asked for the space, or as the region's team."""
        if by is None or (by.is_authenticated and asked.is_from(by)):
            return asked.as_organiser
        return Actor(Part.REGION, by, by.get_full_name())

    def lose_space(self, by=None):
        """The room that was promised is not, any more: said on the page, and to whoever holds a seat."""
        self.lock()
        if self.status == Status.SCHEDULED and not self.is_past:
            self.write_down(Verb.LOSE_SPACE, by)

    def win_space(self, booking):
        """The host has said yes; where they agreed on another time, the event is then."""
        self.lock()
        before, was_at = self.when_as_kept, self.was_at or self.starts_at
        zone = booking.space.zone
        self.set_times(wall_of(booking.starts_at, zone), wall_of(booking.ends_at, zone), str(zone))
        moved = self.when_as_kept != before
        facts = {name: getattr(self, name) for name in TIMES} | ({"was_at": was_at} if moved else {})
        self.change(booking=booking, space=booking.space, timezone=self.timezone, **facts)
        if moved:
            self.write_down(Verb.RESCHEDULE, None, when=[before, self.when_as_kept])
        else:
            self.write_down(Verb.WIN_SPACE, None)

    def follow_booking(self, booking, before):
        """Its booking has moved to another space, and the event with it."""
        self.lock()
        self.change(space=booking.space, address="", accessibility=self.access_without(booking.space))
        self.write_down(Verb.RELOCATE, None, where=[str(before), str(booking.space)])

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
