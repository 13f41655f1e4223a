"""The one domain signal: a booking was lost, or moved to another space.

Receivers stand in the apps above. Each changes what it has planned there, in the same transaction, and returns what that is:
[{"name": "Evening for new mappers", "url": "/en/…"}].
"""

from enum import StrEnum

from django.dispatch import Signal


class Change(StrEnum):
    LOST = "lost"
    MOVED = "moved"


booking_changed = Signal()  # arguments: booking, change, and space: the one it was in
