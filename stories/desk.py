"""What needs somebody who keeps events: those that nobody was told of yet."""

from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.permissions import policy_registry

from portal.workplace import TAKEN, ActionItem

from .models import Event


def events_that_wait(user):
    policy, viewset = policy_registry.get_by_type(Event), Event.snippet_viewset
    mine = policy.instances_user_has_permission_for(user, "publish").select_related("region")
    for event in mine.filter(status=Event.Status.DRAFT).upcoming()[:TAKEN]:
        yield ActionItem(
            _("“%(name)s” waits to be announced") % {"name": event},
            reverse(viewset.get_url_name("verb"), args=[event.pk, "announce"]),
            _("Events to announce"),
            event.created_at,
            event.region.name,
            30,
            reverse(viewset.get_url_name("list")),
        )
