"""Who may what with what strangers have sent in."""

from portal.permissions import as_plain, oversees
from regions.policies import NOTHING, RegionPolicy


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
