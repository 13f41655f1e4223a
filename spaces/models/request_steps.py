"""What can stand and happen between who asks for a space and who opens it. The table is in docs/requests.md."""

from typing import NamedTuple

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Status(models.TextChoices):
    """Of a request, and of each date in it: a request stands as the date of it that is least settled."""

    DRAFT = "draft", _("address not confirmed")
    SENT = "sent", _("waits for the host")
    PROPOSED = "proposed", _("another time is proposed")
    ACCEPTED = "accepted", pgettext_lazy("request", "accepted")
    WITHDRAWN = "withdrawn", _("withdrawn by the host")
    HELD = "held", pgettext_lazy("meeting", "held")
    NOT_HELD = "not_held", _("not held")
    CANCELLED = "cancelled", _("cancelled by the organiser")
    DECLINED = "declined", pgettext_lazy("request", "declined")
    EXPIRED = "expired", _("not answered in time")


OPEN = (Status.SENT, Status.PROPOSED)  # somebody has to answer
TAKEN = (Status.ACCEPTED, Status.HELD, Status.NOT_HELD)  # the time is, or was, theirs: no two of these overlap
LEAST_SETTLED = [Status.DRAFT, Status.PROPOSED, *(each for each in Status if each not in (Status.DRAFT, Status.PROPOSED))]


def standing(statuses):
    """How a request stands whose dates stand so."""
    return min(statuses, key=LEAST_SETTLED.index)


class Part(models.TextChoices):
    """In which part somebody acts."""

    ORGANISER = "organiser", _("organiser")
    HOST = "host", _("host")
    REGION = "region", _("the region’s team")
    PORTAL = "portal", _("the portal")


class Actor(NamedTuple):
    """Who does something, in which part: with an account, or as whoever holds the link of that name."""

    part: str
    person: object = None
    name: str = ""


PORTAL = Actor(Part.PORTAL)


class Verb(models.TextChoices):
    """What can happen to a request; the labels are those of its history."""

    ASK = "ask", pgettext_lazy("request", "Asked")
    CONFIRM = "confirm", _("Address confirmed, sent to the host")
    CORRECT = "correct", _("Facts corrected")
    SAY = "say", pgettext_lazy("between host and organiser", "Message")
    NOTE = "note", _("Note of the region’s team")
    ACCEPT = "accept", pgettext_lazy("request", "Accepted")
    DECLINE = "decline", pgettext_lazy("request", "Declined")
    PROPOSE = "propose", _("Another time proposed")
    AGREE = "agree", _("Agreed to the proposed time")
    TURN_DOWN = "turn_down", _("The proposed time does not suit")
    WITHDRAW = "withdraw", _("Withdrawn by the host")
    CANCEL = "cancel", pgettext_lazy("request", "Cancelled")
    EXPIRE = "expire", _("Not answered in time")
    MOVE = "move", _("Moved to another space")
    OUTCOME = "outcome", _("Told how it went")


# In which states of a date a verb may happen to it.
BEFORE = {
    Verb.CONFIRM: {Status.DRAFT},
    Verb.CORRECT: set(OPEN),
    Verb.SAY: {*OPEN, Status.ACCEPTED, Status.WITHDRAWN},
    Verb.NOTE: set(Status) - {Status.DRAFT},
    Verb.ACCEPT: {Status.SENT},
    Verb.DECLINE: set(OPEN),
    Verb.PROPOSE: set(OPEN),
    Verb.AGREE: {Status.PROPOSED},
    Verb.TURN_DOWN: {Status.PROPOSED},
    Verb.WITHDRAW: {Status.ACCEPTED},
    Verb.CANCEL: {Status.DRAFT, *OPEN, Status.ACCEPTED},
    Verb.EXPIRE: set(OPEN),
    Verb.MOVE: {Status.ACCEPTED, Status.WITHDRAWN},
    Verb.OUTCOME: {Status.ACCEPTED},
}


class RequestStep(models.Model):
    """One thing that happened to a request: who, in which part, when, and the words that were said."""

    Verb = Verb

    request = models.ForeignKey("spaces.SpaceRequest", on_delete=models.CASCADE, related_name="steps")
    verb = models.CharField(_("step"), max_length=10, choices=Verb)
    part = models.CharField(_("in which part"), max_length=10, choices=Part)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("by")
    )
    name = models.CharField(_("name"), max_length=160, blank=True)  # of a host without an account
    text = models.TextField(_("words"), blank=True, max_length=2000)
    dates = models.JSONField(_("dates"), default=list, blank=True)  # the bookings that it concerned, if not all
    at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        verbose_name = _("step of a request")
        verbose_name_plural = _("steps of requests")
        ordering = ["pk"]

    def __str__(self):
        return str(self.get_verb_display())

    @property
    def is_for_host(self):
        """The region's team has answered in the host's place."""
        return self.part == Part.REGION and self.verb in (Verb.ACCEPT, Verb.DECLINE, Verb.PROPOSE, Verb.WITHDRAW)

    @property
    def is_private(self):
        """For the region's team alone."""
        return self.verb == Verb.NOTE
