"""The daily run: remind, tell those who look after the region, close; ask how it went; pass on what is overdue.

Each step is taken once, however often and wherever it runs: it locks the row, and looks again.
"""

from collections import Counter
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction

from spaces.models import Booking, Case, CaseStep, SpaceRequest
from spaces.models.request_steps import OPEN, PORTAL, Status

from . import case_letters, letters

A_DAY = timedelta(hours=20)  # a daily run is not always on the minute
# How long after the end an organiser is asked how it went, and reminded; then those of the region.
ASKED_AFTER = (timedelta(0), timedelta(days=3), timedelta(days=7))
TOLD_KEEPERS = timedelta(days=10)


def run(now):
    """For `keep_true_daily`: how many of each."""
    done = Counter()
    for pk in SpaceRequest.objects.filter(status__in=OPEN, answer_by__isnull=False).order_by("pk").values_list("pk", flat=True):
        done[see_to_request(pk, now)] += 1
    for pk in (
        Booking.objects.to_ask_about(now).filter(times_asked__lt=len(ASKED_AFTER)).order_by("pk").values_list("pk", flat=True)
    ):
        done[ask_how_it_went(pk, now)] += 1
    overdue = CaseStep.objects.filter(case__closed_at=None, done_at=None, due_at__lt=now, escalated_at=None)
    for pk in overdue.order_by("pk").values_list("pk", flat=True):
        done[pass_on(pk, now)] += 1
    for case in Case.objects.too_late(now).order_by("pk"):
        done[give_up(case)] += 1
    done.pop("", None)
    return dict(done)


@transaction.atomic
def see_to_request(pk, now):
    """Half of the time is over: whoever has to answer is reminded. Three quarters: the region. All of it: it has expired.

    However late the run comes, nothing expires before its reminders were written, unless the meeting has begun.
    """
    asked = SpaceRequest.objects.select_for_update(of=("self",)).select_related("space__region").get(pk=pk)
    if asked.status not in OPEN or asked.answer_by is None:
        return ""
    waited, long = now - asked.waits_since, max(asked.answer_by - asked.waits_since, timedelta(minutes=1))
    has_begun = (
        asked.bookings.filter(status__in=OPEN).exists()
        and not asked.bookings.filter(status__in=OPEN, starts_at__gt=now).exists()
    )
    if asked.answer_by <= now and (asked.reminders >= 2 or has_begun):  # noqa: PLR2004 (both were written to)
        return "requests expired" if asked.expire(now) else ""
    due = 2 if waited >= long * 3 / 4 else 1 if waited >= long / 2 else 0
    if due <= asked.reminders:
        return ""
    asked.reminders += 1
    asked.save(update_fields=["reminders"])
    if asked.status == Status.PROPOSED and asked.reminders > 1:  # nobody else can agree for the organiser
        return ""
    if asked.reminders == 1:
        letters.remind(asked, "organiser" if asked.status == Status.PROPOSED else "host")
        return "requests reminded of"
    letters.tell_keepers(asked)
    return "requests told to the region"


@transaction.atomic
def ask_how_it_went(pk, now):
    booking = Booking.objects.select_for_update(of=("self",)).select_related("request", "space__region").get(pk=pk)
    times = booking.times_asked
    is_early = times < len(ASKED_AFTER) and booking.ends_at + ASKED_AFTER[times] > now
    if booking.status != Status.ACCEPTED or times >= len(ASKED_AFTER) or is_early or asked_today(booking, now):
        return ""
    booking.change(times_asked=times + 1, asked_at=now)
    letters.ask_how_it_went(booking)
    return "outcomes asked for"


def asked_today(booking, now):
    return booking.asked_at is not None and booking.asked_at > now - A_DAY


def untold(now):
    """Bookings about whose outcome nobody answers: those who look after the region may know."""
    return Booking.objects.filter(status=Status.ACCEPTED, ends_at__lt=now - TOLD_KEEPERS)


def give_up(case):
    """The meeting would have begun, and nobody has said what became of it: what was asked of others lapses."""
    try:
        told = case.kind == Case.Kind.CANCELLED
        case.close(Case.Outcome.TOLD if told else Case.Outcome.UNRESOLVED, PORTAL)
    except ValidationError:  # closed meanwhile
        return ""
    return "cases closed since their time is over"


@transaction.atomic
def pass_on(pk, now):
    step = CaseStep.objects.select_for_update(of=("self",)).select_related("case__space__region").get(pk=pk)
    if step.done_at or step.escalated_at:
        return ""
    step.escalated_at = now
    step.save(update_fields=["escalated_at"])
    case = Case.objects.select_related("booking__request", "booking__space__region", "space__region").get(pk=step.case_id)
    case_letters.tell_overdue(case, step)
    return "steps of cases passed on"
