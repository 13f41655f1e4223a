from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from spaces.asking import letters

from .request_steps import BEFORE, OPEN, Part, Status, Verb, standing

# What happens to dates; the last three also to a request for any day that has none yet.
OF_DATES = {Verb.ACCEPT, Verb.AGREE, Verb.TURN_DOWN, Verb.WITHDRAW, Verb.MOVE, Verb.OUTCOME}
OF_DATES |= {Verb.DECLINE, Verb.CANCEL, Verb.EXPIRE}
WITHOUT_DATES = {Verb.DECLINE, Verb.CANCEL, Verb.EXPIRE}


class Stepping:
    """How a request goes from one step to the next: what is possible, the row lock, and what is written down."""

    def may(self, verb):
        """Whether a verb is possible now, for the request or for a date of it."""
        if verb == Verb.PROPOSE and self.is_series:
            return False
        if verb in OF_DATES and self.dates_for(verb):
            return True
        if verb in OF_DATES and not (verb in WITHOUT_DATES and self.is_flexible and self.status in (Status.DRAFT, *OPEN)):
            return False
        return self.status in BEFORE[verb] or bool(self.dates_for(verb))

    def latest(self, verb, by):
        """The row as it is now, for this transaction alone, if this step can be taken. Refuses in words what cannot."""
        latest = type(self).objects.select_for_update(of=("self",)).select_related("space__region").get(pk=self.pk)
        if not latest.may(verb):
            last = latest.steps.select_related("by").last()
            raise ValidationError(told_meanwhile(last) if last else told_impossible(latest), code="not now")
        if by.part == Part.REGION and by.person and latest.is_from(by.person) and verb not in (Verb.NOTE, Verb.SAY):
            raise ValidationError(_("You asked for this yourself: somebody else answers."), code="own")
        return latest

    def all_dates(self):
        """With their spaces, in one query at most."""
        is_fetched = "bookings" in getattr(self, "_prefetched_objects_cache", {})
        return self.bookings.all() if is_fetched else self.bookings.select_related("space__region")

    def is_from(self, user):
        return type(self).objects.filter(pk=self.pk).sent_by(user).exists()

    def dates_for(self, verb, dates=None):
        """The bookings to which a verb may happen; `dates` are the keys of those that are meant, else all of them."""
        found = [each for each in self.all_dates() if each.may(verb)]
        if dates is None:
            return found
        chosen = [each for each in found if each.key in set(dates)]
        if not chosen or len(chosen) != len(set(dates)):
            raise ValidationError(_("Choose at least one of the dates that are open."), code="dates")
        return chosen

    def write_down(self, verb, by, text="", dates=(), told=("organiser", "host"), **facts):
        """How it stands now, the step, the log, and the letters to those whom it concerns. Called on the latest row."""
        bookings = self.bookings.all()
        # A proposal that did not suit leaves a request for any day as it was.
        statuses = [each.status for each in bookings if not (self.is_flexible and each.status == Status.DECLINED)]
        was = self.status
        facts = {"status": standing(statuses) if statuses else self.status, "changed_at": timezone.now(), **facts}
        for name, value in facts.items():
            setattr(self, name, value)
        self.save(update_fields=list(facts))
        keys = [booking.key for booking in dates] if len(dates) < len(bookings) else []
        step = self.steps.create(verb=verb, part=by.part, by=by.person, name=by.name, text=text, dates=keys)
        log(instance=self, action=f"portal.request_{verb}", user=by.person, data={"status": self.status, "part": by.part})
        letters.tell(self, step, list(dates), was, told)
        return step

    def answering(self, by):
        """What the first answer to a request says about its host, for `reliability`."""
        if self.answered_at:
            return {}
        now = timezone.now()
        return {"answered_at": now, "answered_in_time": by.part == Part.HOST and now <= self.answer_by}

    def after(self, step):
        self.refresh_from_db()
        return step


def told_meanwhile(step):
    """What somebody else did in the meantime, in words."""
    words = _("This is not possible any more. What happened last: %(step)s (%(who)s). Nothing was changed.")
    return words % {"step": step, "who": step.name or step.get_part_display()}


def told_impossible(request):
    return _("This is not possible now. How it stands: %(status)s.") % {"status": request.get_status_display()}
