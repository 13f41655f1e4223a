"""Who may what with what strangers have sent in."""

from django.db.models import Exists, OuterRef

from regions.policies import NOTHING, LimitedPolicy, RegionPolicy

from .models import Booking


class SubmissionPolicy(LimitedPolicy):
    """Ambassadors and staff look and decide; nobody adds, changes, deletes or exports one here, nor chooses it.

    What is not confirmed by its sender is seen by nobody; what no region speaks for, by staff alone.
    """

    actions = {"ambassador": {"view", "approve"}}
    possible = frozenset({"view", "approve"})

    def rows(self):
        return self.model.objects.seen_by_reviewers()


class RequestPolicy(LimitedPolicy):
    """Ambassadors and staff read requests, answer for a host, write notes and take the list along.

    Nobody adds, changes or deletes one in the workplace: organisers ask with their form, and what is over goes by its time.
    """

    region_path = "space__region"
    actions = {"ambassador": {"view", "change", "approve", "export"}}
    possible = frozenset({"view", "change", "approve", "export"})

    def rows(self):
        return self.model.objects.seen()

    def within(self, regions):
        """Asked of a space there, moved to one, or lost there."""
        if not regions:
            return NOTHING
        dates = Booking.objects.filter(request=OuterRef("pk"))
        moved, lost = dates.filter(space__region__in=regions), dates.filter(cases__space__region__in=regions)
        return super().within(regions) | Exists(moved) | Exists(lost)


class CasePolicy(LimitedPolicy):
    """Ambassadors and staff see to the cases of their spaces; a case comes and goes by the verbs of its booking."""

    region_path = "space__region"
    actions = {"ambassador": {"view", "approve"}}
    possible = frozenset({"view", "approve"})


class TermsPolicy(RegionPolicy):
    """What a region has settled: read and written by its ambassadors."""

    actions = {"ambassador": {"view", "add", "change"}}
    public = NOTHING
