from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .answered import worded
from .bookings import Booking
from .cases import Case
from .request_steps import PORTAL, Actor, Part, Status, Verb
from .signals import Change, told_above


class Booked:
    """What happens to times that were accepted, and to requests that nobody answers."""

    @transaction.atomic
    def withdraw(self, reason, by, dates=None):
        """The host cannot keep the promise. The times are free again; what comes late opens a case."""
        latest = self.latest(Verb.WITHDRAW, by)
        chosen = latest.dates_for(Verb.WITHDRAW, dates)
        refuse_over(chosen)
        reason = worded(reason)
        for booking in chosen:
            booking.change(status=Status.WITHDRAWN)
        latest.write_down(Verb.WITHDRAW, by, reason, chosen)
        for booking in chosen:
            planned = told_above([booking], Change.LOST)
            if booking.starts_at - timezone.now() < latest.terms.notice:
                Case.objects.begin(booking, Case.Kind.WITHDRAWN, planned)
        self.refresh_from_db()
        return chosen

    def leave_closed_space(self, by):
        """Its space closes: each date is given back, with a word in the organiser's language."""
        actor = Actor(Part.REGION, by, by.get_full_name()) if by else PORTAL
        with translation.override(self.language):
            words = gettext("The space has closed.")
        if self.may(Verb.DECLINE):
            self.decline(words, actor)
        if self.may(Verb.WITHDRAW):
            self.withdraw(words, actor)

    @transaction.atomic
    def cancel(self, by, reason="", dates=None, told=("organiser", "host")):
        """The organiser does not need the space. What others rely on opens a case, so that they hear of it."""
        latest = self.latest(Verb.CANCEL, by)
        chosen = latest.dates_for(Verb.CANCEL, dates)
        kept = [booking for booking in chosen if booking.status == Status.ACCEPTED]
        refuse_over(kept)
        was_draft = latest.status == Status.DRAFT
        for booking in chosen:
            booking.change(status=Status.CANCELLED)
        facts = {} if chosen else {"status": Status.CANCELLED}
        latest.write_down(Verb.CANCEL, by, reason.strip(), chosen, told=() if was_draft else told, **facts)
        for booking in kept:
            planned = told_above([booking], Change.LOST)
            if planned:
                Case.objects.begin(booking, Case.Kind.CANCELLED, planned)
        self.refresh_from_db()
        return chosen

    @transaction.atomic
    def expire(self, now):
        """Nobody has answered within the time of the region. Says whether it was still open."""
        latest = type(self).objects.select_for_update(of=("self",)).select_related("space__region").get(pk=self.pk)
        if not latest.is_open or latest.answer_by > now:
            return False
        chosen = latest.dates_for(Verb.EXPIRE)
        for booking in chosen:
            booking.change(status=Status.EXPIRED)
        told_above(chosen, Change.LOST)
        latest.write_down(Verb.EXPIRE, PORTAL, dates=chosen, **({} if chosen else {"status": Status.EXPIRED}))
        self.refresh_from_db()
        return True

    @transaction.atomic
    def move(self, booking, space, by):
        """A date of it goes to another space, which has said yes: the same entry in the calendar, another place."""
        latest = self.latest(Verb.MOVE, by)
        booking = latest.bookings.select_related("space__region").get(pk=booking.pk)
        before, booking.space = booking.space, space
        cost = {"cost": booking.usual_cost, "currency": space.currency}
        Booking.objects.hold([booking], space=space, **cost)
        if not latest.bookings.exclude(space=space).exists():
            latest.space = space
        latest.write_down(Verb.MOVE, by, f"{before} → {space}", [booking], space=latest.space)
        told_above([booking], Change.MOVED, before)
        self.refresh_from_db()
        return booking

    @transaction.atomic
    def tell_outcome(self, booking, by, held, came=None, actual_cost=None):
        """How it went: asked once, after the end. The cost is in the currency that was agreed."""
        latest = self.latest(Verb.OUTCOME, by)
        booking = latest.bookings.select_related("space__region").get(pk=booking.pk)
        if booking.status != Status.ACCEPTED or not booking.is_over:
            raise ValidationError(_("This was told already. Thank you."), code="not now")
        facts = {"came": came, "actual_cost": actual_cost} if held else {}
        booking.change(status=Status.HELD if held else Status.NOT_HELD, **facts)
        latest.write_down(Verb.OUTCOME, by, dates=[booking])
        self.refresh_from_db()
        return booking


def refuse_over(bookings):
    over = [booking for booking in bookings if booking.is_over]
    if over:
        words = _("This is over already: %(dates)s. Nothing was changed.")
        raise ValidationError(words, code="over", params={"dates": "; ".join(map(str, over))})
