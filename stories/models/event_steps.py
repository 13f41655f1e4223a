"""What can stand and happen to an event, in the words of iCalendar and schema.org. The table is in docs/events.md."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Status(models.TextChoices):
    DRAFT = "draft", _("draft")
    SCHEDULED = "scheduled", _("scheduled")
    POSTPONED = "postponed", _("postponed")
    CANCELLED = "cancelled", _("cancelled")


# RFC 5545, 3.8.1.11. A postponed event keeps its old time in calendars, marked as not certain.
STATUS_IN_CALENDARS = {Status.SCHEDULED: "CONFIRMED", Status.POSTPONED: "TENTATIVE", Status.CANCELLED: "CANCELLED"}


class Verb(models.TextChoices):
    """What can happen to an event; the labels are those of its history."""

    PLAN = "plan", _("Planned")
    ANNOUNCE = "announce", pgettext_lazy("event", "Announced")
    RESCHEDULE = "reschedule", _("Moved to another time")
    POSTPONE = "postpone", pgettext_lazy("event", "Postponed")
    RELOCATE = "relocate", _("Moved to another place")
    GO_ONLINE = "go_online", _("Moved online")
    CANCEL = "cancel", pgettext_lazy("event", "Cancelled")
    LOSE_SPACE = "lose_space", _("The room is not available any more")
    WIN_SPACE = "win_space", _("The room is confirmed")
    OUTCOME = "outcome", _("Told how it went")


ANNOUNCED = {Status.SCHEDULED, Status.POSTPONED}
BEFORE = {
    Verb.ANNOUNCE: {Status.DRAFT},
    Verb.RESCHEDULE: {Status.DRAFT, *ANNOUNCED},  # of a draft with a room that is promised
    Verb.POSTPONE: {Status.SCHEDULED},
    Verb.RELOCATE: {Status.DRAFT, *ANNOUNCED},
    Verb.GO_ONLINE: {Status.DRAFT, *ANNOUNCED},
    Verb.CANCEL: ANNOUNCED,
    Verb.OUTCOME: {Status.SCHEDULED},
}
# What people who hold a seat are told of, and what their calendars have to know.
TOLD = (Verb.RESCHEDULE, Verb.POSTPONE, Verb.RELOCATE, Verb.GO_ONLINE, Verb.CANCEL, Verb.LOSE_SPACE, Verb.WIN_SPACE)


# What whoever organises it is told of by the event itself. What the host decides, the request tells.
TOLD_TO_ORGANISERS = (
    Verb.PLAN,
    Verb.ANNOUNCE,
    Verb.RESCHEDULE,
    Verb.POSTPONE,
    Verb.RELOCATE,
    Verb.GO_ONLINE,
    Verb.CANCEL,
)
# What the place promised, and another one may not.
PLACE_BOUND = ("step_free", "toilet", "loop", "quiet_room")


class EventStep(models.Model):
    """One thing that happened to an event: who did it, when, why, and which facts it changed."""

    Verb = Verb

    event = models.ForeignKey("stories.Event", on_delete=models.CASCADE, related_name="steps")
    verb = models.CharField(_("step"), max_length=10, choices=Verb)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("by")
    )
    text = models.TextField(_("why"), blank=True, max_length=1000)
    facts = models.JSONField(_("facts"), default=dict, blank=True)  # {field: [before, after]}
    at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        verbose_name = _("step of an event")
        verbose_name_plural = _("steps of events")
        ordering = ["pk"]

    def __str__(self):
        return str(self.get_verb_display())
