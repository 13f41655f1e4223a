from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .bookings import Booking, Taken
from .request_steps import Status, Verb
from .signals import Change, told_above

MOST_MESSAGES = 20  # of one part in a day


class Answered:
    """What is said and decided between a request and its answer. Each takes the row lock and is one transaction."""

    @transaction.atomic
    def confirm(self, told=("organiser", "host")):
        """Whoever holds the address says that they ask. Now the host reads it, unless the time is gone meanwhile."""
        latest = self.latest(Verb.CONFIRM, self.as_organiser)
        now = timezone.now()
        dates = latest.dates_for(Verb.CONFIRM)
        gone = [each for each in dates if each.starts_at <= now or Booking.objects.in_the_way_of(each).exists()]
        if (gone and len(gone) == len(dates)) or (
            latest.is_flexible and latest.last_day < timezone.localdate(now, latest.space.zone)
        ):
            raise ValidationError(_("Meanwhile this time is taken, or over. Please ask again, for another one."), code="gone")
        if not latest.space.may_be_requested:
            raise ValidationError(_("Meanwhile nobody can ask for this space any more."), code="gone")
        for booking in dates:
            booking.change(status=Status.DECLINED if booking in gone else Status.SENT)
        until = now + latest.terms.time_to_answer
        first = latest.first_moment([each for each in dates if each not in gone])
        until = min(until, first)
        facts = {"sent_at": now, "waits_since": now, "answer_by": until}
        if latest.is_flexible:
            facts["status"] = Status.SENT
        return self.after(latest.write_down(Verb.CONFIRM, self.as_organiser, dates=dates, told=told, **facts))

    @transaction.atomic
    def correct(self, by, **facts):
        """The organiser sets right how many come, what it is about and what is needed."""
        latest = self.latest(Verb.CORRECT, by)
        new = [str(value) for name, value in facts.items() if value != getattr(latest, name) and name != "group"]
        return self.after(latest.write_down(Verb.CORRECT, by, "; ".join(new), **facts))

    @transaction.atomic
    def say(self, text, by):
        """A question or an answer, between host and organiser; each reads it without the other's address."""
        latest = self.latest(Verb.SAY, by)
        today = latest.steps.filter(verb=Verb.SAY, part=by.part, at__gt=timezone.now() - timedelta(days=1))
        if today.count() >= MOST_MESSAGES:
            raise ValidationError(_("Those are many messages for one day. Please go on tomorrow."), code="limit")
        return self.after(latest.write_down(Verb.SAY, by, worded(text)))

    @transaction.atomic
    def note(self, text, by):
        """For the region's team alone."""
        return self.after(self.latest(Verb.NOTE, by).write_down(Verb.NOTE, by, worded(text)))

    @transaction.atomic
    def accept(self, by, dates=None, text=""):
        """The time is theirs: the dates chosen, or all. Raises `Taken` when somebody else has one, and changes nothing."""
        latest = self.latest(Verb.ACCEPT, by)
        chosen = latest.dates_for(Verb.ACCEPT, dates)
        refuse_begun(chosen)
        Booking.objects.hold(chosen)
        latest.drop(Verb.AGREE)  # what was proposed instead
        told_above(chosen, Change.WON)
        return self.after(latest.write_down(Verb.ACCEPT, by, text, chosen, **latest.answering(by)))

    def drop(self, verb):
        """The dates that could still go that way do not: another one counts. The history tells that they were there."""
        for booking in self.dates_for(verb):
            booking.delete()

    @transaction.atomic
    def decline(self, reason, by, dates=None):
        latest = self.latest(Verb.DECLINE, by)
        chosen = latest.dates_for(Verb.DECLINE, dates)
        for booking in chosen:
            booking.change(status=Status.DECLINED)
        told_above(chosen, Change.LOST)
        facts = latest.answering(by)
        if not chosen or latest.is_flexible:
            facts["status"] = Status.DECLINED
        return self.after(latest.write_down(Verb.DECLINE, by, worded(reason), chosen, **facts))

    @transaction.atomic
    def propose(self, starts_at, ends_at, by, text=""):
        """Another time than the one asked for, or one of the days that would do. It holds nothing until they agree."""
        latest = self.latest(Verb.PROPOSE, by)
        booking = Booking(request=latest, space=latest.space, starts_at=starts_at, ends_at=ends_at, status=Status.PROPOSED)
        booking.cost, booking.currency = booking.usual_cost, latest.space.currency
        refuse_begun([booking])
        if Booking.objects.in_the_way_of(booking).exists():
            raise Taken([booking])
        latest.drop(Verb.AGREE)  # one proposal at a time: the last word counts
        booking.save()
        until = min(timezone.now() + latest.terms.time_to_answer, starts_at)
        facts = {**latest.answering(by), "answer_by": until, "waits_since": timezone.now(), "reminders": 0}
        return self.after(latest.write_down(Verb.PROPOSE, by, text, [booking], **facts))

    @transaction.atomic
    def agree(self, by, proposal=None):
        """To the proposed time: now it is theirs. `proposal` is the key of the one that was on the screen."""
        latest = self.latest(Verb.AGREE, by)
        chosen = latest.dates_for(Verb.AGREE)
        if proposal and proposal not in [booking.key for booking in chosen]:
            raise ValidationError(_("Meanwhile another time was proposed. Nothing was changed."), code="meanwhile")
        refuse_begun(chosen)
        Booking.objects.hold(chosen)
        latest.drop(Verb.DECLINE)
        told_above(chosen, Change.WON)
        return self.after(latest.write_down(Verb.AGREE, by, dates=chosen))

    @transaction.atomic
    def turn_down(self, by, text=""):
        """The proposed time does not suit: the host thinks again."""
        latest = self.latest(Verb.TURN_DOWN, by)
        latest.drop(Verb.TURN_DOWN)
        until = timezone.now() + latest.terms.time_to_answer
        waiting = [each.starts_at for each in latest.dates_for(Verb.ACCEPT)]
        facts = {"answer_by": min([until, *waiting]), "waits_since": timezone.now(), "reminders": 0}
        return self.after(latest.write_down(Verb.TURN_DOWN, by, text, status=Status.SENT, **facts))


def worded(text):
    if not text.strip():
        raise ValidationError(_("Please write a sentence or two."))
    return text.strip()


def refuse_begun(bookings):
    begun = [booking for booking in bookings if booking.has_begun]
    if begun:
        words = _("This time has begun already: %(dates)s. Nothing was changed.")
        raise ValidationError(words, code="begun", params={"dates": "; ".join(map(str, begun))})
