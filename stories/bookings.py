"""What is planned in a space hears of it when its booking is won, lost, or moves: the one signal from `spaces`."""

from django.dispatch import receiver
from django.urls import reverse

from spaces.models import Change, booking_changed

from .models import Event


@receiver(booking_changed)
def follow_booking(sender, booking, change, space, **kwargs):
    """Say it on the event's page and to those who hold a seat. Returns what is planned there, for the case."""
    event = Event.objects.filter(booking=booking).first()
    if change == Change.WON:
        event = event or adopting(booking)
        if event:
            event.win_space(booking)
        return []
    if event is None:
        return []
    if change == Change.LOST:
        event.lose_space()
    else:
        event.follow_booking(booking, space)
    if event.status == Event.Status.DRAFT:  # nobody relies on it yet
        return []
    return [{"name": event.name, "url": reverse(event.snippet_viewset.get_url_name("edit"), args=[event.pk])}]


def adopting(booking):
    """The event for which it was asked: they agreed on another time, so what was asked for first is gone."""
    asked = booking.request
    if asked.is_series:
        return None
    waiting = [Event.Status.DRAFT, Event.Status.SCHEDULED]
    return Event.objects.filter(request=asked, booking=None, space=booking.space_id, status__in=waiting).first()
