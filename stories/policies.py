"""What is particular about events among the records of a region."""

from django.db.models import Q

from regions.permissions import RECORD_ACTIONS
from regions.policies import RegionPolicy


class EventPolicy(RegionPolicy):
    """An event that nobody was ever told of may be thrown away by the region's ambassador."""

    actions = {**RECORD_ACTIONS, "ambassador": RECORD_ACTIONS["ambassador"] | {"delete"}}

    def reach(self, user, actions):
        reached = super().reach(user, actions - {"delete"})
        never_told = Q(status="draft") & ~Q(pages__first_published_at__isnull=False)
        return reached | (self.within(self.region_ids(user, actions & {"delete"})) & never_told)
