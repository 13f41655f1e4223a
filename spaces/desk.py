"""What needs somebody who keeps spaces: some were sent in, some wait to be listed. Confirming: `regions.keeping`."""

from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.permissions import policy_registry

from portal.workplace import TAKEN, ActionItem

from .models import Space, SpaceSubmission


def submissions_that_wait(user):
    """What somebody sent in, for those who decide on it."""
    policy = policy_registry.get_by_type(SpaceSubmission)
    mine = policy.instances_user_has_permission_for(user, "approve").waiting().select_related("region")
    for submission in mine.order_by("changed_at")[:TAKEN]:
        yield ActionItem(
            _("“%(name)s” was proposed for the directory") % {"name": submission},
            reverse("submissions:review", args=[submission.pk]),
            _("Spaces submitted"),
            submission.changed_at,
            str(submission.region or _("No region yet")),
            order=15,
            more_url=reverse("submissions:index"),
        )


def spaces_that_wait(user):
    policy, viewset = policy_registry.get_by_type(Space), Space.snippet_viewset

    def item(space, verb, words, kind, order):
        return ActionItem(
            words % {"name": space},
            reverse(viewset.get_url_name("verb"), args=[space.pk, verb]),
            kind,
            space.confirmed_at or space.created_at,
            space.region.name,
            order,
            reverse(viewset.get_url_name("list")),
        )

    mine = policy.instances_user_has_permission_for(user, "approve").select_related("region")
    for space in mine.to_be_listed().order_by("created_at")[:TAKEN]:
        yield item(space, "list", _("“%(name)s” waits to be listed"), _("Spaces to list"), order=20)
