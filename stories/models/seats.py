from datetime import timedelta

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal import links
from spaces.models.bookings import new_key
from stories.attending import letters

from .events import Event

ADDRESS, SEAT = "seat-address", "seat"  # purposes of links
TO_CONFIRM = timedelta(days=7)
LINKS_LAST = timedelta(days=2 * 365)
FULL = _("Meanwhile nobody can say any more that they come.")


class SeatQuerySet(models.QuerySet):
    def going(self):
        return self.filter(status=Seat.Status.GOING)

    def held(self):
        """Those who are told what happens: they come, or wait."""
        return self.filter(status__in=[Seat.Status.GOING, Seat.Status.WAITING])

    def of_person(self, user):
        confirmed = EmailAddress.objects.filter(user=user, verified=True).values_list("email", flat=True)
        theirs = Q(person=user)
        for address in confirmed:
            theirs |= Q(email__iexact=address)
        return self.filter(theirs)


class SeatManager(models.Manager.from_queryset(SeatQuerySet)):
    @transaction.atomic
    def ask(self, event, *, name, email, language, person=None, is_confirmed=False):
        """Somebody says that they come. Whose address is not confirmed yet gets a letter that asks for it.

        Who has said so already gets the link to their seat once more; the page tells nobody which of the two it was.
        """
        event.lock(with_request=False)
        if not event.is_taking_seats:
            raise ValidationError(FULL, code="not now")
        seat = event.seats.filter(email__iexact=email).first() or Seat(event=event, email=email, key=new_key())
        if seat.is_held:
            letters.tell_seat(seat, "already")
            return seat
        seat.event = event
        if seat.status == Seat.Status.DRAFT or is_confirmed:  # of one that was given up only its holder changes anything
            seat.name, seat.language, seat.created_at = name, language, timezone.now()
            seat.person = person if is_confirmed else None
            seat.save()
        if is_confirmed:
            seat.confirm()
        else:
            letters.ask_to_confirm(seat)
        return seat

    def held_with(self, token, purpose=SEAT):
        """The seat that a link opens. Raises a `LinkError` that says why it opens none."""
        content = links.read(token, purpose, TO_CONFIRM if purpose == ADDRESS else LINKS_LAST)
        found = self.select_related("event__region", "event__space", "event__booking").filter(pk=content["pk"]).first()
        if found is None or found.key != content.get("key"):
            raise links.LinkExpired
        return found


class Seat(models.Model):
    """Somebody comes to an event, or would like to. iCalendar calls them attendee, schema.org their answer `RsvpAction`."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("address not confirmed")
        GOING = "going", pgettext_lazy("seat", "comes")
        WAITING = "waiting", pgettext_lazy("seat", "waits for a place")
        CANCELLED = "cancelled", pgettext_lazy("seat", "does not come")

    key = models.CharField(max_length=12, editable=False, default=new_key)  # a number may be used again
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="seats", verbose_name=_("event"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, editable=False, on_delete=models.SET_NULL, related_name="seats"
    )
    name = models.CharField(_("your name"), max_length=160)
    email = models.EmailField(_("your e-mail address"))
    language = models.CharField(max_length=12, editable=False)  # in which we write to them
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.DRAFT, editable=False)
    came = models.BooleanField(_("was there"), null=True, editable=False)  # ticked at the door; None: nobody has looked
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    waits_since = models.DateTimeField(null=True, editable=False)
    reminded_at = models.DateTimeField(null=True, editable=False)

    objects = SeatManager()

    class Meta:
        verbose_name = _("seat")
        verbose_name_plural = _("seats")
        ordering = ["pk"]
        indexes = [models.Index(fields=["event", "status"])]
        constraints = [models.UniqueConstraint("event", Lower("email"), condition=~Q(email=""), name="one_seat_for_an_address")]

    def __str__(self):
        return str(self.event)  # never who: this goes into the log

    @property
    def is_held(self):
        return self.status in (self.Status.GOING, self.Status.WAITING)

    def confirmation_path(self):
        return self._path("confirm_seat", ADDRESS, self.language)

    def path(self, language=""):
        """The page of their seat, for whoever holds the link."""
        return self._path("status", SEAT, language or self.language)

    @property
    def here(self):
        """The same, for who reads this page."""
        return self.path(translation.get_language())

    def _path(self, name, purpose, language):
        with translation.override(language):
            return reverse(name, args=[links.sign(purpose, self, key=self.key)])

    @transaction.atomic
    def confirm(self):
        """Whoever holds the address says that they come: they have a seat, or wait for one."""
        event = self.lock()
        if self.is_held:
            return
        if not event.is_taking_seats:
            raise ValidationError(FULL, code="not now")
        has_room = event.has_room() and not event.count_seats("waiting")
        self.reminded_at = None
        self.set(self.Status.GOING if has_room else self.Status.WAITING)
        letters.tell_seat(self, self.status)

    @transaction.atomic
    def cancel(self):
        """They do not come: whoever waits longest moves up."""
        event = self.lock()
        if self.status == self.Status.CANCELLED:
            return
        if event.is_past:
            raise ValidationError(_("This event is over."), code="over")
        was_held = self.is_held
        self.set(self.Status.CANCELLED)
        if was_held:
            letters.tell_seat(self, "cancelled")
            event.fill()

    def lock(self):
        """Its event's row, for this transaction alone, and the seat as it is now."""
        event = Event.objects.get(pk=self.event_id)
        event.lock(with_request=False)
        self.refresh_from_db()
        self.event = event
        return event

    def set(self, status):
        self.status = status
        self.waits_since = timezone.now() if status == self.Status.WAITING else None
        self.save(update_fields=["status", "waits_since", "reminded_at"])

    def tick(self, came):
        """At the door: here they are, or the tick was a slip."""
        self.came = came
        if came and self.status == self.Status.WAITING:  # somebody has made room
            self.status = self.Status.GOING
        self.save(update_fields=["came", "status"])
