from typing import NamedTuple

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Status(models.TextChoices):
    SUBMITTED = "submitted", _("address not confirmed")
    CONFIRMED = "confirmed", _("waits for the region")
    ASKED = "asked", _("waits for an answer")
    ANSWERED = "answered", _("answered, waits for the region")
    LISTED = "listed", _("listed")
    DECLINED = "declined", _("declined")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Verb(models.TextChoices):
    """What can happen to a submission; the labels are those of its history."""

    SUBMIT = "submit", _("Sent in")
    CONFIRM = "confirm", _("Address confirmed")
    ASK = "ask", _("Question")
    ANSWER = "answer", _("Answer")
    CORRECT = "correct", _("Facts corrected")
    LIST = "list", _("Listed")
    DECLINE = "decline", _("Declined")
    REOPEN = "reopen", _("Looked at again")
    HAND_OVER = "hand_over", _("Handed over to another region")
    WITHDRAW = "withdraw", _("Withdrawn")
    SEND_AGAIN = "send_again", _("Sent again")


class Allowed(NamedTuple):
    """In which states a verb may happen, and to which it leads; to none: the state stays."""

    before: frozenset
    after: str = ""


WAITING = frozenset({Status.CONFIRMED, Status.ANSWERED})  # for the region
OPEN = WAITING | {Status.ASKED}
ALLOWED = {
    Verb.CONFIRM: Allowed(frozenset({Status.SUBMITTED}), Status.CONFIRMED),
    Verb.ASK: Allowed(WAITING, Status.ASKED),
    Verb.ANSWER: Allowed(frozenset({Status.ASKED, Status.DECLINED}), Status.ANSWERED),
    Verb.CORRECT: Allowed(OPEN),
    Verb.LIST: Allowed(OPEN, Status.LISTED),
    Verb.DECLINE: Allowed(OPEN, Status.DECLINED),
    Verb.REOPEN: Allowed(frozenset({Status.DECLINED}), Status.CONFIRMED),
    Verb.HAND_OVER: Allowed(OPEN | {Status.DECLINED}),
    Verb.WITHDRAW: Allowed(OPEN | {Status.DECLINED}, Status.WITHDRAWN),
    Verb.SEND_AGAIN: Allowed(frozenset({Status.WITHDRAWN}), Status.CONFIRMED),
}


class SubmissionStep(models.Model):
    """One thing that happened to a submission: who, when, and the words that were said."""

    submission = models.ForeignKey("spaces.SpaceSubmission", on_delete=models.CASCADE, related_name="steps")
    verb = models.CharField(_("step"), max_length=12, choices=Verb)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("by")
    )  # empty: the submitter
    text = models.TextField(_("words"), blank=True, max_length=2000)
    at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        verbose_name = _("step of a submission")
        verbose_name_plural = _("steps of submissions")
        ordering = ["pk"]

    def __str__(self):
        return str(self.get_verb_display())

    @property
    def who(self):
        """The name of the reviewer who did it, in public by office; empty for the submitter."""
        return self.by.get_full_name() if self.by else ""

    @property
    def is_by_region(self):
        return self.verb in (Verb.ASK, Verb.LIST, Verb.DECLINE, Verb.REOPEN, Verb.HAND_OVER)
