from .ambassadors import AmbassadorIndexPage, AmbassadorPage, Ambassadorship
from .groups import GroupChannel, GroupIndexPage, UserGroup
from .memberships import LANGUAGE_ROLES, PROGRAMME_ROLES, REGION_ROLES, Membership, Role, Team
from .pages import RegionIndexPage, RegionPage
from .regions import Region

__all__ = [
    "LANGUAGE_ROLES",
    "PROGRAMME_ROLES",
    "REGION_ROLES",
    "AmbassadorIndexPage",
    "AmbassadorPage",
    "Ambassadorship",
    "GroupChannel",
    "GroupIndexPage",
    "Membership",
    "Region",
    "RegionIndexPage",
    "RegionPage",
    "Role",
    "Team",
    "UserGroup",
]
