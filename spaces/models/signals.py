"""The one domain signal: a booking was won, lost, or moved to another space.

Receivers stand in the apps above. Each changes what it has planned there, in the same transaction, and returns what that is:
[{"name": "Evening for new mappers", "url": "/en/…"}].
"""

from enum import StrEnum

from django.dispatch import Signal


class Change(StrEnum):
    WON = "won"
    LOST = "lost"
    MOVED = "moved"


booking_changed = Signal()  # arguments: booking, change, and space: the one it was in


def told_above(bookings, change, space=None):
    """What is planned there hears of it, and says what it is. `space`: where it was, if not where it is."""
    planned = []
    for booking in bookings:
        answers = booking_changed.send(sender=type(booking), booking=booking, change=change, space=space or booking.space)
        planned += [each for _receiver, found in answers for each in found or ()]
    return planned
