"""The control of the race for seats: the same portal, in which nobody waits for the event's row."""

import time

from portal.wsgi import application
from stories.models import Seat

__all__ = ["application"]


def confirm_without_lock(seat):
    """As one would write it first: look, then take."""
    event = seat.event
    has_room = event.capacity is None or event.count_seats() < event.capacity
    time.sleep(0.05)
    seat.set(Seat.Status.GOING if has_room else Seat.Status.WAITING)


Seat.confirm = confirm_without_lock
