from datetime import datetime, time, timedelta

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal import links
from spaces.asking import letters

from .answered import Answered
from .asked_facts import AskedFacts
from .booked import Booked
from .bookings import Booking, new_key
from .request_steps import OPEN, TAKEN, Actor, Part, Status, Verb
from .spaces import Space
from .stepping import Stepping
from .terms import RegionTerms

ADDRESS, REQUEST = "request-address", "request"  # purposes of links
TO_CONFIRM = timedelta(days=7)
LINKS_LAST = timedelta(days=2 * 365)


class RequestQuerySet(models.QuerySet):
    def seen(self):
        """Before the address is confirmed it may be anybody's, so nobody sees it."""
        return self.exclude(status=Status.DRAFT)

    def open(self):
        return self.filter(status__in=OPEN)

    def with_dates(self):
        return self.select_related("space__region").prefetch_related("bookings__space__region")

    def in_spaces(self, spaces):
        """Asked of these spaces, or moved there."""
        moved = Booking.objects.filter(request=OuterRef("pk"), space__in=spaces)
        return self.filter(Q(space__in=spaces) | Exists(moved))

    def sent_by(self, user):
        confirmed = EmailAddress.objects.filter(user=user, verified=True).values_list("email", flat=True)
        theirs = Q(person=user)
        for address in confirmed:
            theirs |= Q(email__iexact=address)
        return self.filter(theirs)


class RequestManager(models.Manager.from_queryset(RequestQuerySet)):
    @transaction.atomic
    def ask(self, request, spans, is_confirmed=False, told=("organiser", "host")):
        """Somebody asks for a space. Whose address is not confirmed yet gets a letter that asks for it."""
        request.key = new_key()
        request.save()
        for starts_at, ends_at in spans:
            booking = Booking(request=request, space=request.space, starts_at=starts_at, ends_at=ends_at, status=Status.DRAFT)
            booking.cost, booking.currency = booking.usual_cost, request.space.currency
            booking.save()
        request.write_down(Verb.ASK, request.as_organiser)
        if is_confirmed:
            request.confirm(told)
        else:
            letters.ask_to_confirm(request)
        return request

    def held_with(self, token, purpose=REQUEST):
        """The request that a link opens. Raises a `LinkError` that says why it opens none."""
        content = links.read(token, purpose, TO_CONFIRM if purpose == ADDRESS else LINKS_LAST)
        found = self.with_dates().filter(pk=content["pk"], key=content.get("key")).first()
        if found is None:  # forgotten
            raise links.LinkExpired
        return found


class SpaceRequest(Stepping, Answered, Booked, AskedFacts):
    """Somebody asks for a space: for one time, for a series, or for any one day of several."""

    Status, Verb = Status, Verb

    class Pattern(models.TextChoices):
        ONCE = "once", _("once")
        WEEKLY = "weekly", _("every week")
        FORTNIGHTLY = "fortnightly", _("every two weeks")
        MONTHLY = "monthly", _("every month, on the same weekday (say, the second Wednesday)")
        FLEXIBLE = "flexible", _("once, any day between two days")

    key = models.CharField(max_length=12, editable=False)  # a number may be used again
    space = models.ForeignKey(Space, on_delete=models.PROTECT, related_name="requests", verbose_name=_("space"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.SET_NULL, related_name="space_requests"
    )
    pattern = models.CharField(_("how often"), max_length=12, choices=Pattern, default=Pattern.ONCE)
    # As it was typed, by the clock of the place: of a flexible request nothing else says when.
    day = models.DateField(pgettext_lazy("date", "day"))
    begins = models.TimeField(_("from"))
    last_day = models.DateField(_("last day"))
    ends = models.TimeField(_("until"))
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.DRAFT, editable=False)
    created_at = models.DateTimeField(_("asked on"), default=timezone.now, editable=False)
    sent_at = models.DateTimeField(_("sent"), null=True, editable=False)
    answer_by = models.DateTimeField(_("to be answered by"), null=True, editable=False)
    waits_since = models.DateTimeField(null=True, editable=False)  # for whoever has to answer now
    answered_at = models.DateTimeField(_("answered"), null=True, editable=False)
    answered_in_time = models.BooleanField(null=True, editable=False)  # by a host, the first time
    reminders = models.PositiveSmallIntegerField(default=0, editable=False)
    changed_at = models.DateTimeField(_("last step"), default=timezone.now, editable=False)

    objects = RequestManager()

    class Meta:
        verbose_name = _("request for a space")
        verbose_name_plural = _("requests for spaces")
        ordering = ["changed_at", "pk"]
        indexes = [
            models.Index(fields=["space", "status"]),
            models.Index(fields=["status", "answer_by"]),
            models.Index(fields=["status", "changed_at"]),
        ]

    def __str__(self):
        return str(self.space)  # never what a stranger typed: this goes into the log

    # -- Links and people ----------------------------------------------------------------------------------------------

    def confirmation_path(self):
        return self._path("confirm_request", ADDRESS, self.language)

    def path(self, language=""):
        """The address of its page, for whoever asked."""
        return self._path("status", REQUEST, language or self.language)

    @property
    def here(self):
        """The same, for who reads this page."""
        return self.path(translation.get_language())

    def _path(self, name, purpose, language):
        with translation.override(language):
            return reverse(name, args=[links.sign(purpose, self, key=self.key)])

    @property
    def as_organiser(self):
        return Actor(Part.ORGANISER, self.person, self.organiser)

    @property
    def terms(self):
        return RegionTerms.of(self.space.region)

    @property
    def shows_addresses(self):
        """Host and organiser read each other's address once something was accepted."""
        return self.status in TAKEN or any(booking.is_taken for booking in self.bookings.all())

    @property
    def first_day(self):
        """By the clock of the place; of a request for any day the first that would do."""
        begins = [each.starts_at for each in self.bookings.all()]
        return min(begins).astimezone(self.space.zone).date() if begins else self.day

    @property
    def places(self):
        """The spaces that it concerns: where a date of it is promised or waits, else the one that was asked."""
        dates = self.all_dates()
        return {each.space for each in dates if each.status in (*OPEN, *TAKEN)} or {self.space}

    @property
    def contacts(self):
        """The hosts of what is promised, for whoever asked; nobody before something is accepted."""
        return [host for space in self.places for host in space.hosts.all()] if self.shows_addresses else []

    @property
    def is_open(self):
        return self.status in OPEN

    @property
    def is_flexible(self):
        return self.pattern == self.Pattern.FLEXIBLE

    @property
    def is_series(self):
        return self.pattern in (self.Pattern.WEEKLY, self.Pattern.FORTNIGHTLY, self.Pattern.MONTHLY)

    def first_moment(self, dates):
        """When it is too late to answer: as the first date begins; of a flexible request, as its last day ends."""
        if dates:
            return min(each.starts_at for each in dates)
        return datetime.combine(self.last_day + timedelta(days=1), time(), self.space.zone)
