"""Who may import spaces, and into which regions: those who list them there, and staff everywhere."""

from wagtail.permissions import policy_registry

from portal.permissions import oversees
from spaces.models import Space


def regions_of(user):
    return policy_registry.get_by_type(Space).regions_for(user, "approve")


def limits_of(user):
    """The regions that an import is kept to; None for staff: every open one."""
    return None if oversees(user) else list(regions_of(user))


def imports_somewhere(user):
    return oversees(user) or regions_of(user).exists()


def at_the_door(request, kwargs):
    """The key to the doors of the screens, see `portal.doors`."""
    return imports_somewhere(request.user)
