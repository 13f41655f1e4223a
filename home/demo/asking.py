"""Requests of the demo: one that waits, one that is promised, one that is over, and one whose host has withdrawn."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from spaces.models import Booking, Space, SpaceRequest
from spaces.models.request_steps import Actor, Part

LONG_AGO = timedelta(days=90)


def ask(region, table):
    """As its organiser and its host did, by the verbs that they used."""
    space = Space.objects.get(slug=table["space"])
    if SpaceRequest.objects.filter(space=space, title=table["title"]).exists():
        return
    # What is over was asked when it was still ahead; then the calendar is turned back.
    ahead = LONG_AGO if table["then"] == "held" else timedelta(0)
    day = timezone.localdate() + timedelta(days=table["day"]) + ahead
    begin = datetime.combine(day, time.fromisoformat(table["time"]), space.zone)
    end = begin + timedelta(hours=table["hours"])
    said = {name: table[name] for name in ("title", "community", "people", "needs", "organiser", "email")}
    when = {"day": day, "last_day": end.date(), "begins": begin.time(), "ends": end.time()}
    request = SpaceRequest(space=space, languages=region.all_languages[:1], language=region.language, **said, **when)
    SpaceRequest.objects.ask(request, [(begin, end)], is_confirmed=True)
    answer(request, table, Actor(Part.HOST, None, space.hosts.first().name), ahead)


def answer(request, table, host, ahead):
    if "question" in table:
        request.say(table["question"], host)
    if table["then"] in ("accepted", "held", "withdrawn"):
        request.accept(host)
    if table["then"] == "withdrawn":
        request.withdraw(table["reason"], host)
    if table["then"] == "held":
        booking = request.bookings.get()
        moved = {"starts_at": booking.starts_at - ahead, "ends_at": booking.ends_at - ahead}
        Booking.objects.filter(pk=booking.pk).update(**moved)
        request.tell_outcome(booking, request.as_organiser, held=True, came=table["came"], actual_cost=booking.cost)
