"""What is planned in a space hears of it when its booking is lost, or moves: the one signal from `spaces`."""

from django.dispatch import receiver
from django.urls import reverse
from wagtail.log_actions import log

from spaces.models import Change, booking_changed

from .models import Event


@receiver(booking_changed)
def follow_booking(sender, booking, change, space, **kwargs):
    """Mark what is announced there then, or take it along to the new space. Returns what that is, for the case."""
    at_that_time = {"starts_at__lt": booking.ends_at, "ends_at__gt": booking.starts_at}
    if change == Change.WON:  # the same room after all
        Event.objects.filter(space=space, lost_space=space, **at_that_time).update(lost_space=None)
        return []
    events = Event.objects.select_for_update().filter(status=Event.Status.SCHEDULED, space=space, **at_that_time)
    planned = []
    for event in events.order_by("pk"):
        if change == Change.LOST:
            event.lost_space = space
            event.save(update_fields=["lost_space", "updated_at"])
            log(instance=event, action="portal.space_lost", data={"space": space.pk})
        else:
            event.space, event.lost_space = booking.space, None
            event.save(update_fields=["space", "lost_space", "updated_at"])
            event.log_facts(None, {"space": [str(space), str(booking.space)]})
        planned.append({"name": event.name, "url": reverse(event.snippet_viewset.get_url_name("edit"), args=[event.pk])})
    return planned
