"""Whose submissions somebody decides on, and the keys to the doors of the screen."""

from wagtail.permissions import policy_registry

from portal.scopes import found
from spaces.models import SpaceSubmission


def policy():
    return policy_registry.get_by_type(SpaceSubmission)


def reviews_somewhere(user):
    return policy().user_has_permission(user, "approve")


def submissions_of(user):
    return policy().instances_user_has_permission_for(user, "approve").select_related("region", "space")


def at_the_door(request, kwargs):
    """See `portal.doors`."""
    return reviews_somewhere(request.user)


def at_one(request, kwargs):
    """Another region's does not exist."""
    if not reviews_somewhere(request.user):
        return False
    found(submissions_of(request.user), kwargs["pk"])
    return True
