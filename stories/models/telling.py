from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from regions.models import TrainingRecord
from spaces.models.request_steps import Status as BookingStatus

from .event_steps import Verb

TOLD = {BookingStatus.HELD: True, BookingStatus.NOT_HELD: False}


class Telling:
    """How it went: what its booking knows, and what the event asks beside it."""

    @property
    def told(self):
        """The outcome, or None while nobody has told it."""
        return getattr(self, "outcome", None)

    @property
    def was_held(self):
        """Whether it took place; None while nobody has said."""
        if self.has_promise:
            return TOLD.get(self.booking.status)
        return self.told.held if self.told else None

    @property
    def came(self):
        """How many came, as its organiser says."""
        if self.has_promise:
            return self.booking.came
        return self.told.came if self.told else None

    @property
    def may_tell_outcome(self):
        """Whether its own form asks: a booking asks in its stead."""
        return self.may(Verb.OUTCOME) and not self.has_promise and self.told is None

    @property
    def may_tell_story(self):
        return bool(self.was_held) and not self.stories.exists()

    @transaction.atomic
    def close_outcome(self, outcome, actual, by=None):
        """Beside each number that was hoped for, the one that came true. Nobody counts twice what was asked already."""
        self.lock()
        if not self.may(Verb.OUTCOME):
            raise ValidationError(_("This is not possible now. Nothing was changed."), code="not now")
        known = {"people": self.came, "first_timers": outcome.first_timers}
        for each in self.expected.all():
            each.actual = (known | actual).get(each.kind) if self.was_held else None
            each.save(update_fields=["actual"])
        self.write_down(Verb.OUTCOME, by)

    @property
    def is_training_to_record(self):
        """A training that was held, of which nobody has put on record yet who was there."""
        if self.kind != "training" or not self.was_held:
            return False
        there = {email.lower() for email in self.seats.filter(came=True).exclude(email="").values_list("email", flat=True)}
        known = TrainingRecord.objects.filter(event_key=self.key).values_list("email", flat=True)
        return bool(there - {email.lower() for email in known})

    def tell_outcome(self, form, by=None):
        """How it went, as somebody of the region's team knows."""
        return form.save(by)

    @transaction.atomic
    def record_training(self, by=None):
        """Whoever was ticked at the door has the training on record. Returns for how many that is new."""
        self.lock()
        there = self.seats.filter(came=True).exclude(email="").select_related("person")
        people = [(seat.name, seat.email, seat.person) for seat in there]
        facts = {"kind": self.training, "date": self.starts_wall.date(), "title": self.name, "event_key": self.key}
        return TrainingRecord.objects.record(people, region=self.region, **facts, by=by)

    @transaction.atomic
    def tell_story(self, by=None):
        """The draft of a story about it, or the one that there is already."""
        self.lock()
        return self.stories.model.about(self, by)
