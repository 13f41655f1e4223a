"""Who may what with what strangers have sent in."""

from django.db.models import Exists, OuterRef

from portal.permissions import as_plain, oversees
from regions.policies import NOTHING, LimitedPolicy, RegionPolicy

from .models import Booking


class SubmissionPolicy(RegionPolicy):
    """Ambassadors and staff look and decide; nobody adds, changes, deletes or exports one here, nor chooses it.

    What is not confirmed by its sender is seen by nobody; what no region speaks for, by staff alone.
    """

    actions = {"ambassador": {"view", "approve"}}

    def instances_user_has_any_permission_for(self, user, actions):
        if not {"view", "approve"} & set(actions):
            return self.model.objects.none()
        everything = self.model.objects.seen_by_reviewers()
        return everything if oversees(user) else as_plain(everything.filter(self.reach(user, set(actions))))

    def user_has_any_permission(self, user, actions):
        return bool({"view", "approve"} & set(actions)) and super().user_has_any_permission(user, actions)

    @property
    def public(self):
        return NOTHING


class RequestPolicy(RegionPolicy):
    """Ambassadors and staff read requests, answer for a host, write notes and take the list along.

    Nobody adds, changes or deletes one in the workplace: organisers ask with their form, and what is over goes by its time.
    """

    region_path = "space__region"
    actions = {"ambassador": {"view", "change", "approve", "export"}}
    possible = frozenset({"view", "change", "approve", "export"})

    def within(self, regions):
        """Asked of a space there, moved to one, or lost there."""
        if not regions:
            return NOTHING
        dates = Booking.objects.filter(request=OuterRef("pk"))
        moved, lost = dates.filter(space__region__in=regions), dates.filter(cases__space__region__in=regions)
        return super().within(regions) | Exists(moved) | Exists(lost)

    def instances_user_has_any_permission_for(self, user, actions):
        if not self.possible & set(actions):
            return self.model.objects.none()
        everything = self.model.objects.seen()
        return everything if oversees(user) else as_plain(everything.filter(self.reach(user, set(actions))))

    def user_has_any_permission(self, user, actions):
        return bool(self.possible & set(actions)) and super().user_has_any_permission(user, self.possible & set(actions))

    @property
    def public(self):
        return NOTHING


class CasePolicy(LimitedPolicy):
    """Ambassadors and staff see to the cases of their spaces; a case comes and goes by the verbs of its booking."""

    region_path = "space__region"
    actions = {"ambassador": {"view", "approve"}}
    possible = frozenset({"view", "approve"})


class TermsPolicy(RegionPolicy):
    """What a region has settled: read and written by its ambassadors."""

    actions = {"ambassador": {"view", "add", "change"}}
    public = NOTHING
