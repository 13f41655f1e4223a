"""What needs somebody: records whose owners do not answer, and problems that readers have reported."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.permissions import policy_registry

from portal.models import confirmable_models
from portal.workplace import TAKEN, ActionItem
from regions.models import ProblemReport


def facts_to_confirm(user):
    """Of each kind the records about which nobody has answered for long enough."""
    for model in confirmable_models():
        policy, viewset = policy_registry.get_by_type(model), model.snippet_viewset
        mine = policy.instances_user_has_permission_for(user, "change").select_related("region")
        for record in mine.to_look_at(timezone.now()).order_by("due_at", "pk")[:TAKEN]:
            yield ActionItem(
                _("Is what we tell about “%(name)s” still true?") % {"name": record},
                reverse(viewset.get_url_name("verb"), args=[record.pk, "confirm"]),
                _("Facts to confirm"),
                record.due_at,
                record.region.name,
                40,
                reverse(viewset.get_url_name("list")),
            )


def problems_to_settle(user):
    viewset = ProblemReport.snippet_viewset
    mine = policy_registry.get_by_type(ProblemReport).instances_user_has_permission_for(user, "approve")
    for report in mine.open().select_related("region").order_by("created_at", "pk")[:TAKEN]:
        yield ActionItem(
            str(report),
            reverse(viewset.get_url_name("inspect"), args=[report.pk]),
            _("Reported problems"),
            report.created_at,
            report.region.name,
            15,
            reverse(viewset.get_url_name("list")),
        )
