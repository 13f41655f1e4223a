from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.log_actions import log

from spaces.asking import case_letters

from .bookings import Booking, new_key
from .request_steps import PORTAL, Part
from .spaces import Space

A_DAY = timedelta(days=1)
# How long each step may take; never longer than there is time before the meeting.
TO_ASK, TO_ANSWER = A_DAY, 2 * A_DAY
LAST_CALL = timedelta(hours=2)


class CaseQuerySet(models.QuerySet):
    def open(self):
        return self.filter(closed_at=None)

    def too_late(self, now):
        """Still open, and the meeting would have begun."""
        return self.open().filter(booking__starts_at__lt=now)


class CaseManager(models.Manager.from_queryset(CaseQuerySet)):
    def begin(self, booking, kind, planned=()):
        """Called by the verb that loses the booking, in its transaction: the steps, and whom they concern."""
        case = self.create(booking=booking, space=booking.space, kind=kind, planned=list(planned))
        case.add_step(CaseStep.Kind.TELL, Part.PORTAL).finish(PORTAL)
        first = CaseStep.Kind.OFFER if kind == Case.Kind.WITHDRAWN else CaseStep.Kind.SPREAD
        case.add_step(first, Part.REGION, TO_ASK)
        log(instance=case, action="portal.case_open", data={"kind": kind})
        case_letters.tell_keepers(case)
        return case


class Case(models.Model):
    """A booking was lost shortly before, or others relied on it: what is done about it, by whom, until when."""

    class Kind(models.TextChoices):
        WITHDRAWN = "withdrawn", _("The host has withdrawn")
        CANCELLED = "cancelled", _("The organiser has cancelled")

    class Outcome(models.TextChoices):
        MOVED = "moved", _("another space has stepped in")
        ELSEWHERE = "elsewhere", _("the organiser has found a place")
        NOT_HELD = "not_held", _("the meeting does not take place")
        UNRESOLVED = "unresolved", _("no place was found in time")
        TOLD = "told", _("everybody who relied on it knows")

    booking = models.ForeignKey(Booking, on_delete=models.CASCADE, related_name="cases", verbose_name=_("booking"))
    space = models.ForeignKey(Space, on_delete=models.PROTECT, related_name="cases", verbose_name=_("space"))  # the one lost
    kind = models.CharField(_("what happened"), max_length=10, choices=Kind)
    planned = models.JSONField(_("what was planned there"), default=list, blank=True)  # see `signals`
    opened_at = models.DateTimeField(_("open since"), default=timezone.now)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    outcome = models.CharField(_("how it ended"), max_length=10, choices=Outcome, blank=True)

    objects = CaseManager()

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        ordering = ["-opened_at", "pk"]
        indexes = [models.Index(fields=["space", "closed_at"])]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.space}"

    @property
    def is_open(self):
        return self.closed_at is None

    @property
    def time_to_resolution(self):
        return self.closed_at and self.closed_at - self.opened_at

    @property
    def outcomes(self):
        """How it can end by somebody's word; that a space stepped in says the space itself."""
        lost = self.kind == self.Kind.WITHDRAWN
        return [self.Outcome.ELSEWHERE, self.Outcome.NOT_HELD] if lost else [self.Outcome.TOLD]

    def add_step(self, kind, owner, long=timedelta(0), text=""):
        due = min(timezone.now() + long, max(self.booking.starts_at, timezone.now() + LAST_CALL)) if long else timezone.now()
        return self.steps.create(kind=kind, owner=owner, due_at=due, text=text)

    def latest(self):
        """The row, for this transaction alone, if it is open."""
        latest = type(self).objects.select_for_update(of=("self",)).select_related("booking__request", "space__region")
        latest = latest.get(pk=self.pk)
        if not latest.is_open:
            words = _("This case is closed: %(outcome)s. Nothing was changed.")
            raise ValidationError(words, code="closed", params={"outcome": latest.get_outcome_display()})
        return latest

    @transaction.atomic
    def ask_substitutes(self, spaces, by):
        """Ask the hosts of these whether they step in. Whoever was asked already is not asked twice."""
        latest = self.latest()
        if latest.kind != self.Kind.WITHDRAWN:
            raise ValidationError(_("Its organiser does not need a space any more."), code="not now")
        if latest.booking.has_begun:
            raise ValidationError(_("This time has begun already. Nothing was changed."), code="begun")
        asked = {offer.space_id for offer in latest.offers.all()}
        new = [space for space in spaces if space.pk not in asked and space.pk != latest.space_id]
        if not new:
            raise ValidationError(_("Choose at least one space that was not asked yet."), code="none")
        offers = [latest.offers.create(space=space, part=by.part) for space in new]
        latest.finish_steps(CaseStep.Kind.OFFER, by)
        latest.finish_steps(CaseStep.Kind.ANSWER, by)
        latest.add_step(CaseStep.Kind.ANSWER, Part.HOST, TO_ANSWER, ", ".join(str(space) for space in new))
        log(instance=latest, action="portal.case_ask", user=by.person, data={"spaces": [space.pk for space in new]})
        for offer in offers:
            case_letters.ask_host(offer)
        return offers

    @transaction.atomic
    def close(self, outcome, by, text=""):
        """It is settled: what was asked and not answered lapses."""
        latest = self.latest()
        if outcome not in (*latest.outcomes, self.Outcome.MOVED, self.Outcome.UNRESOLVED):
            raise ValidationError(_("A case of this kind does not end so."), code="outcome")
        latest.closed_at, latest.outcome = timezone.now(), outcome
        latest.save(update_fields=["closed_at", "outcome"])
        latest.finish_steps(None, by)
        latest.add_step(CaseStep.Kind.CLOSE, by.part, text=text).finish(by)
        for offer in latest.offers.filter(status=SubstituteOffer.Status.ASKED).select_related("space__region"):
            offer.set(SubstituteOffer.Status.LAPSED)
            case_letters.tell_lapsed(offer)
        log(instance=latest, action="portal.case_close", user=by.person, data={"outcome": outcome})
        if outcome != self.Outcome.MOVED and by.part != Part.ORGANISER:  # of the move its own letter tells
            case_letters.tell_organiser(latest, text)
        self.refresh_from_db()

    def finish_steps(self, kind, by):
        waiting = self.steps.filter(done_at=None)
        for step in waiting.filter(kind=kind) if kind else waiting:
            step.finish(by)


class CaseStep(models.Model):
    """What is to be done about a case: by whom, until when."""

    class Kind(models.TextChoices):
        TELL = "tell", _("The organiser, the host and the region’s team are told")
        OFFER = "offer", _("Ask other spaces whether they step in")
        ANSWER = "answer", _("The spaces that were asked answer")
        SPREAD = "spread", _("See to it that everybody who relied on it knows")
        CLOSE = "close", _("Say how it ended")

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="steps")
    kind = models.CharField(_("step"), max_length=10, choices=Kind)
    owner = models.CharField(_("whose turn"), max_length=10, choices=Part)
    due_at = models.DateTimeField(_("due"))
    text = models.TextField(_("words"), blank=True)
    done_at = models.DateTimeField(_("done"), null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("by")
    )
    done_part = models.CharField(_("in which part"), max_length=10, choices=Part, blank=True)
    escalated_at = models.DateTimeField(_("passed on"), null=True, blank=True)

    class Meta:
        verbose_name = _("step of a case")
        verbose_name_plural = _("steps of cases")
        ordering = ["pk"]

    def __str__(self):
        return str(self.get_kind_display())

    @property
    def is_overdue(self):
        return self.done_at is None and self.due_at < timezone.now()

    def finish(self, by):
        self.done_at, self.done_by, self.done_part = timezone.now(), by.person, by.part
        self.save(update_fields=["done_at", "done_by", "done_part"])


class SubstituteOffer(models.Model):
    """Another space is asked to step in. The first to say yes has it."""

    class Status(models.TextChoices):
        ASKED = "asked", pgettext_lazy("space", "asked")
        ACCEPTED = "accepted", _("steps in")
        DECLINED = "declined", _("cannot")
        LAPSED = "lapsed", _("not needed any more")

    key = models.CharField(max_length=12, editable=False, default=new_key, unique=True)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="offers")
    space = models.ForeignKey(Space, on_delete=models.PROTECT, related_name="offers", verbose_name=_("space"))
    part = models.CharField(_("asked by"), max_length=10, choices=Part)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.ASKED)
    asked_at = models.DateTimeField(_("asked on"), default=timezone.now)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)

    class Meta:
        verbose_name = _("space asked to step in")
        verbose_name_plural = _("spaces asked to step in")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["case", "space"], name="a_space_is_asked_once_for_a_case")]

    def __str__(self):
        return str(self.space)

    def set(self, status):
        self.status, self.answered_at = status, timezone.now()
        self.save(update_fields=["status", "answered_at"])

    def latest(self):
        """Still asked, in a case that is still open: whoever is second reads that it is not needed any more."""
        case = self.case.latest()
        offer = type(self).objects.select_related("space__region").get(pk=self.pk)
        if offer.status != self.Status.ASKED:
            words = _("This was answered already: %(status)s. Nothing was changed.")
            raise ValidationError(words, code="not now", params={"status": offer.get_status_display()})
        return offer, case

    @transaction.atomic
    def accept(self, by):
        """The booking and its entry in the calendar move here, and the case is closed."""
        request = self.case.booking.request
        type(request).objects.select_for_update().get(pk=request.pk)  # always before the case
        offer, case = self.latest()
        if case.booking.has_begun:
            raise ValidationError(_("This time has begun already. Nothing was changed."), code="begun")
        request.move(case.booking, offer.space, by)
        offer.set(self.Status.ACCEPTED)
        case.close(Case.Outcome.MOVED, by, str(offer.space))
        self.refresh_from_db()

    @transaction.atomic
    def decline(self, by):
        """They cannot. When nobody is left who might, the region's team asks others."""
        offer, case = self.latest()
        offer.set(self.Status.DECLINED)
        log(instance=case, action="portal.case_decline", user=by.person, data={"space": offer.space_id})
        if not case.offers.filter(status=self.Status.ASKED).exists():
            case.finish_steps(CaseStep.Kind.ANSWER, by)
            case.add_step(CaseStep.Kind.OFFER, Part.REGION, TO_ASK)
            case_letters.tell_keepers(case)
            case_letters.tell_organiser(case)
        self.refresh_from_db()
