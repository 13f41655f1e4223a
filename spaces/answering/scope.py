"""Whose requests and cases somebody sees, and the keys to the doors of the screens."""

from wagtail.permissions import policy_registry

from portal.scopes import found
from spaces.models import Case, SpaceRequest


def of(model, user, action="view"):
    return policy_registry.get_by_type(model).instances_user_has_permission_for(user, action)


def sees_some(model, user):
    return policy_registry.get_by_type(model).user_has_permission(user, "view")


def requests_of(user):
    return of(SpaceRequest, user).select_related("space__region")


def cases_of(user):
    return of(Case, user).select_related("booking__request", "booking__space__region", "space__region")


def door(model):
    """See `portal.doors`."""
    return lambda request, kwargs: sees_some(model, request.user)


def door_to_one(model):
    """Another region's does not exist."""

    def key(request, kwargs):
        if not sees_some(model, request.user):
            return False
        found(of(model, request.user), kwargs["pk"])
        return True

    return key
