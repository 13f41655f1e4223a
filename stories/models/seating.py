from django.utils import timezone

from stories.attending import letters

from .event_steps import Status


class Seating:
    """How many may come, come, and wait. The event's row is the lock: whoever wants the last seat waits for it."""

    @property
    def is_taking_seats(self):
        """Whether somebody may still say that they come."""
        return self.takes_seats and self.status == Status.SCHEDULED and self.starts_at > timezone.now()

    def count_seats(self, status="going"):
        return self.seats.filter(status=status).count()

    @property
    def seats_left(self):
        """None: as many as like to."""
        return None if self.capacity is None else max(0, self.capacity - self.count_seats())

    def has_room(self):
        return self.capacity is None or self.count_seats() < self.capacity

    def fill(self):
        """Whoever waits longest moves up, as far as there is room, and is told. Called with the event's row locked."""
        if not self.is_taking_seats:
            return
        left = self.seats_left
        waiting = self.seats.filter(status="waiting").order_by("waits_since", "pk")
        for seat in waiting if left is None else waiting[:left]:
            seat.set("going")
            letters.tell_seat(seat, "moved_up")
