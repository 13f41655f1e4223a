from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from itertools import pairwise

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import IntegrityError, models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext_lazy as _

from spaces.availability import Span, on_the_wall
from spaces.prices import cost_of

from .request_steps import BEFORE, TAKEN, Status, Verb
from .spaces import Space

WIDEST = timedelta(hours=26)  # no clock is farther from another


class Taken(ValidationError):
    """Somebody else has the time already; `bookings` are the ones that cannot be."""

    def __init__(self, bookings):
        self.bookings = bookings
        words = _("Somebody else has this time already: %(dates)s. Nothing was changed.")
        super().__init__(words, code="taken", params={"dates": "; ".join(str(each) for each in bookings)})


def new_key():
    return get_random_string(12)


class BookingQuerySet(models.QuerySet):
    def taken(self):
        return self.filter(status__in=TAKEN)

    def in_calendars(self):
        """What is promised, and what was and is not any more: whoever has it entered must hear of that, too."""
        return self.filter(Q(status__in=TAKEN) | Q(sequence__gt=0))

    def overlapping(self, starts_at, ends_at):
        return self.filter(starts_at__lt=ends_at, ends_at__gt=starts_at)

    def last_change(self):
        return self.aggregate(models.Max("request__changed_at"))["request__changed_at__max"]

    def to_ask_about(self, now):
        """Over, nobody has told how it went, and there is somebody to be asked."""
        return self.filter(status=Status.ACCEPTED, ends_at__lt=now).exclude(request__email="")

    def spans(self, space, first, last):
        """What is booked in a space on these days, by its own clock."""
        begin, end = (datetime.combine(day, time(), UTC) for day in (first, last))
        near = self.filter(space=space).taken().overlapping(begin - WIDEST, end + 2 * WIDEST)
        return spans_of(near.values_list("starts_at", "ends_at"), space.zone)

    @transaction.atomic
    def hold(self, bookings, **facts):
        """Give these times to who asked for them: all, or none when one of them is taken (`Taken`).

        Whoever wants a time in a space waits here for the one before: for the space's row on PostgreSQL, for the
        whole database on SQLite, whose transactions begin IMMEDIATE. PostgreSQL would refuse two that overlap even then.
        """
        spaces = {booking.space_id for booking in bookings}
        # `no_key`: whoever only points at the space, as an event does, need not wait.
        locked = Space.objects.select_for_update(no_key=True).filter(pk__in=spaces).order_by("pk")
        if [space for space in locked if space.status == Space.Status.CLOSED]:
            raise ValidationError(_("This space is closed. Nothing was changed."), code="closed")
        lost = [booking for booking in bookings if self.in_the_way_of(booking).exists()]
        if lost or overlap_each_other(bookings):
            raise Taken(lost or bookings)
        try:
            with transaction.atomic():
                for booking in bookings:
                    booking.change(status=Status.ACCEPTED, **facts)
        except IntegrityError as error:
            raise Taken(bookings) from error

    def in_the_way_of(self, booking):
        others = self.model.objects.filter(space_id=booking.space_id).taken().exclude(pk=booking.pk)
        return others.overlapping(booking.starts_at, booking.ends_at)


def overlap_each_other(bookings):
    ordered = sorted(bookings, key=lambda each: (each.space_id, each.starts_at))
    return any(one.space_id == other.space_id and other.starts_at < one.ends_at for one, other in pairwise(ordered))


def spans_of(moments, zone):
    return [span for begin, end in moments for span in on_the_wall(begin, end, zone)]


class Booking(models.Model):
    """One time in one space: asked for in a request, and once accepted nobody else's."""

    Status = Status

    key = models.CharField(max_length=12, editable=False, default=new_key, unique=True)  # in calendars
    request = models.ForeignKey("spaces.SpaceRequest", on_delete=models.CASCADE, related_name="bookings")
    space = models.ForeignKey(Space, on_delete=models.PROTECT, related_name="bookings", verbose_name=_("space"))
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.SENT, editable=False)
    sequence = models.PositiveSmallIntegerField(default=0, editable=False)  # how often calendars were told
    cost = models.DecimalField(
        _("agreed cost"), max_digits=10, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    # How it went, as its organiser says.
    came = models.PositiveIntegerField(_("how many people came"), null=True, blank=True)
    actual_cost = models.DecimalField(
        _("what it cost in the end"), max_digits=10, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    asked_at = models.DateTimeField(null=True, editable=False)  # how it went
    times_asked = models.PositiveSmallIntegerField(default=0, editable=False)

    objects = BookingQuerySet.as_manager()

    class Meta:
        verbose_name = _("booking")
        verbose_name_plural = _("bookings")
        ordering = ["starts_at", "pk"]
        indexes = [models.Index(fields=["space", "starts_at"]), models.Index(fields=["status", "ends_at"])]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="a_booking_ends_after_it_begins")
        ]  # that no two overlap: see the migration, PostgreSQL only

    def __str__(self):
        """By the clock of the place, in the reader's language."""
        begin, end = self.local
        until = time_format(end) if begin.date() == end.date() else date_format(end, "DATETIME_FORMAT")
        return f"{date_format(begin, 'D')} {date_format(begin, 'DATETIME_FORMAT')} – {until}"

    @property
    def zone(self):
        return self.space.zone

    @property
    def local(self):
        """From when to when, by the clock of the place, without a zone."""
        return Span(*(at.astimezone(self.zone).replace(tzinfo=None) for at in (self.starts_at, self.ends_at)))

    def may(self, verb):
        """Whether a verb can happen to it. What is over is neither cancelled nor withdrawn; what is not, has no outcome."""
        if self.status == Status.ACCEPTED and verb in (Verb.CANCEL, Verb.WITHDRAW, Verb.MOVE) and self.is_over:
            return False
        return self.status in BEFORE[verb] and (verb != Verb.OUTCOME or self.is_over)

    @property
    def hours(self):
        return (self.ends_at - self.starts_at) / timedelta(hours=1)

    @property
    def is_taken(self):
        return self.status in TAKEN

    @property
    def is_over(self):
        return self.ends_at < timezone.now()

    @property
    def has_begun(self):
        return self.starts_at <= timezone.now()

    @property
    def usual_cost(self):
        """What the space says it costs."""
        return cost_of(self.space, self.local)

    @property
    def uid(self):
        return f"booking-{self.key}"

    def saved(self, terms):
        """What meeting here saved against renting, in the currency of the region's rent; None where nobody can say."""
        if self.status not in (Status.ACCEPTED, Status.HELD):
            return None
        cost = self.actual_cost if self.actual_cost is not None else self.cost
        if terms.rent is None or cost is None or (cost and self.currency != terms.rent_currency):
            return None
        return terms.rent * Decimal(self.hours) - cost

    def change(self, **facts):
        """Called by the verbs of its request, on the row that they have locked."""
        if "status" in facts and self.status in (Status.ACCEPTED, Status.WITHDRAWN):  # it stands in calendars
            facts["sequence"] = self.sequence + 1
        for name, value in facts.items():
            setattr(self, name, value)
        self.save(update_fields=list(facts))
