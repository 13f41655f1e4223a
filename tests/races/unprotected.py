"""The control: the portal with a `hold` as one writes it at first. It looks whether the time is free, then takes it.

No lock, no transaction, no constraint (`prepare` drops it): in the same race more than one must win, or the race proves
nothing.
"""

import time

from portal.wsgi import application
from spaces.models import Taken
from spaces.models.answered import Answered
from spaces.models.bookings import Booking


def accept(request, by, dates=None, text=""):
    bookings = list(request.bookings.all())
    if any(Booking.objects.in_the_way_of(each).exists() for each in bookings):
        raise Taken(bookings)
    time.sleep(0.05)
    for booking in bookings:
        booking.change(status="accepted")


Answered.accept = accept
__all__ = ["application"]
