from . import string_guard  # noqa: F401 (stands before wagtail-localize)
from .ambassadors import AmbassadorIndexPage, AmbassadorPage, Ambassadorship
from .glossary import GlossaryTerm
from .groups import GroupChannel, GroupIndexPage, UserGroup
from .invitations import Invitation
from .keepers import keepers_of
from .memberships import LANGUAGE_ROLES, PROGRAMME_ROLES, REGION_ROLES, Membership, Role, Team, roles_of
from .memory import MemoryKey
from .moderation import ModerationTask, ensure_moderation, moderators_of, region_of
from .offers import TranslationOffer
from .pages import RegionIndexPage, RegionPage
from .problems import ProblemReport
from .regions import Region
from .trainings import TrainingRecord
from .translations import PageTranslation, SentBack, TranslationBatch

__all__ = [
    "LANGUAGE_ROLES",
    "PROGRAMME_ROLES",
    "REGION_ROLES",
    "AmbassadorIndexPage",
    "AmbassadorPage",
    "Ambassadorship",
    "GlossaryTerm",
    "GroupChannel",
    "GroupIndexPage",
    "Invitation",
    "Membership",
    "MemoryKey",
    "ModerationTask",
    "PageTranslation",
    "ProblemReport",
    "Region",
    "RegionIndexPage",
    "RegionPage",
    "Role",
    "SentBack",
    "Team",
    "TrainingRecord",
    "TranslationBatch",
    "TranslationOffer",
    "UserGroup",
    "ensure_moderation",
    "keepers_of",
    "moderators_of",
    "region_of",
    "roles_of",
]
