"""The daily run of events: the clocks are followed, those who come are reminded, organisers are asked how it went."""

from collections import Counter
from datetime import timedelta

from django.db import transaction

from stories.attending import letters
from stories.models import Event, Seat
from stories.models.changing import TIMES
from stories.models.event_steps import Status

from .links import path

A_DAY = timedelta(hours=20)  # a daily run is not always on the minute
BEFORE = timedelta(hours=36)  # whoever is reminded by a run in the morning meets on that evening or the next
ASKED_AFTER = (timedelta(0), timedelta(days=3), timedelta(days=7))
TOLD_KEEPERS = timedelta(days=10)


def run(now):
    """For `keep_true_daily`: how many of each."""
    done = Counter()
    for pk in whose_clocks_moved(now):
        done["events whose clocks are read anew"] += follow_clock(pk)
    for pk in to_remind(now).order_by("pk").values_list("pk", flat=True):
        done["people reminded of an event"] += remind(pk, now)
    asked = Event.objects.to_ask_about(now).filter(times_asked__lt=len(ASKED_AFTER))
    for pk in asked.order_by("pk").values_list("pk", flat=True):
        done["outcomes of events asked for"] += ask_how_it_went(pk, now)
    return {words: number for words, number in done.items() if number}


def whose_clocks_moved(now):
    """Those whose moments are not any more what the clock of their place will show: hardly ever one."""
    coming = Event.objects.filter(ends_at__gt=now).order_by("pk").only(*TIMES, "timezone")
    return [event.pk for event in coming.iterator() if has_moved(event)]


def has_moved(event):
    before = event.starts_at, event.ends_at
    event.follow_clock()
    return (event.starts_at, event.ends_at) != before


@transaction.atomic
def follow_clock(pk):
    """When the rules of a zone have changed since, the moment moves, and "at seven" stays. Calendars have those rules."""
    event = Event.objects.select_for_update(no_key=True).get(pk=pk)
    if not has_moved(event):
        return 0
    event.sequence += 1
    event.save(update_fields=["starts_at", "ends_at", "sequence", "updated_at"])
    return 1


def to_remind(now):
    soon = {"event__status": Status.SCHEDULED, "event__starts_at__gt": now, "event__starts_at__lte": now + BEFORE}
    return Seat.objects.going().filter(**soon, reminded_at=None).exclude(email="")


@transaction.atomic
def remind(pk, now):
    seat = Seat.objects.select_for_update(of=("self",)).select_related("event__space__region", "event__booking").get(pk=pk)
    if seat.status != Seat.Status.GOING or seat.reminded_at:
        return 0
    seat.reminded_at = now
    seat.save(update_fields=["reminded_at"])
    letters.tell_seat(seat, "reminder")
    return 1


@transaction.atomic
def ask_how_it_went(pk, now):
    """Of an event that no booking asks about: at its end, and twice more."""
    event = Event.objects.select_for_update(of=("self",), no_key=True).select_related("planned_by", "region").get(pk=pk)
    times, (email, name, language) = event.times_asked, event.organiser
    is_early = event.ends_at + ASKED_AFTER[min(times, 2)] > now or (event.asked_at and event.asked_at > now - A_DAY)
    if times >= len(ASKED_AFTER) or is_early or not email:
        return 0
    event.change(times_asked=times + 1, asked_at=now)
    letters.ask_how_it_went(event, email, name, language, path(event, language))
    return 1


def untold(now):
    """Events about whose outcome nobody answers: those who look after the region may know."""
    return Event.objects.to_ask_about(now).filter(ends_at__lt=now - TOLD_KEEPERS)
