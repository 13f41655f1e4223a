"""Who may import calendars, and into which regions: those who announce events there, and staff everywhere."""

from wagtail.permissions import policy_registry

from portal.permissions import oversees
from stories.models import Event


def regions_of(user):
    return policy_registry.get_by_type(Event).regions_for(user, "publish")


def imports_somewhere(user):
    return oversees(user) or regions_of(user).exists()


def at_the_door(request, kwargs):
    """The key to the doors of the screens, see `portal.doors`."""
    return imports_somewhere(request.user)
