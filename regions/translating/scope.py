"""Who has business in the translators' workplace."""

from portal.permissions import oversees
from regions.models import LANGUAGE_ROLES, Role, roles_of
from regions.models.translations import KEEPERS


def translates_somewhere(user):
    """Those who translate, those who keep the pages of a region, and staff."""
    return oversees(user) or any(
        (team.language and team.role in LANGUAGE_ROLES) or (team.region_id and team.role in KEEPERS) for team in roles_of(user)
    )


def at_the_door(request, kwargs):
    """The key to the doors of the workplace, see `portal.doors`."""
    return translates_somewhere(request.user)


def answers_offers(user):
    """Those to whom offers to translate are addressed."""
    return oversees(user) or any(team.role in {Role.AMBASSADOR, Role.REVIEWER} for team in roles_of(user))


def at_the_letterbox(request, kwargs):
    return answers_offers(request.user)
