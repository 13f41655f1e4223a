"""How far one can rely on a space, reckoned from its requests and bookings. For the region's team, never public."""

from typing import NamedTuple

from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import gettext as _

from .models import Case, SpaceRequest
from .models.request_steps import OPEN, Status

ENOUGH = 3  # of fewer, nothing can be said


class Reliability(NamedTuple):
    """The numbers, all of which can be counted again from the rows."""

    asked: int  # requests that were to be answered
    in_time: int
    promised: int  # times that were accepted
    withdrawn: int
    late: int  # of these, so late that a case was opened

    @property
    def is_known(self):
        return self.asked >= ENOUGH

    @property
    def sentences(self):
        """Explained in words."""
        if not self.asked and not self.promised:
            return [_("Nobody has asked for this space yet.")]
        found = [_("Requests: %(asked)s. Answered in time by its host: %(in_time)s.") % self._asdict()]
        if self.promised:
            words = _("Promised times: %(promised)s. Withdrawn: %(withdrawn)s. Of these late: %(late)s.")
            found.append(words % self._asdict())
        if not self.is_known:
            found.append(_("That is too little to say how far one can rely on it."))
        return found


def reliability_of(space):
    """In a few queries. A request counts for the space that was asked, a booking that moved where it was lost."""
    moved_away = Case.objects.filter(booking__request=OuterRef("pk"), outcome=Case.Outcome.MOVED)
    asked_here = (Q(space=space) & ~Exists(moved_away.exclude(space=space))) | Exists(moved_away.filter(space=space))
    due = SpaceRequest.objects.filter(asked_here).exclude(status__in=[Status.DRAFT, *OPEN]).exclude(sent_at=None)
    never = Q(status=Status.CANCELLED, answered_at=None)  # taken back before anybody could answer
    counts = due.exclude(never).aggregate(asked=Count("pk"), in_time=Count("pk", filter=Q(answered_in_time=True)))
    kept = space.bookings.filter(status__in=[Status.ACCEPTED, Status.HELD, Status.NOT_HELD]).count()
    lost = space.bookings.filter(status=Status.WITHDRAWN).count()
    cases = Case.objects.filter(space=space, kind=Case.Kind.WITHDRAWN)
    moved = cases.exclude(booking__space=space).count()
    withdrawn = lost + moved
    return Reliability(counts["asked"], counts["in_time"], kept + withdrawn, withdrawn, cases.count())
