"""The admin's first page: who is here, what needs them, and what they had in their hands last."""

from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.auth import user_has_any_page_permission
from wagtail.admin.ui.components import Component
from wagtail.admin.views.home import RecentEditsPanel, WorkflowObjectsToModeratePanel
from wagtail.models import Page, TaskState

from .discretion import hide_keys
from .jobs import pages_url
from .models import OutgoingMail
from .permissions import oversees
from .views.guides import own_guides
from .workplace import TAKEN, ActionItem, action_items, roles_in_words


class WelcomePanel(Component):
    """A greeting, and the roles in which somebody is here."""

    name = "welcome"
    order = 10
    template_name = "portal/admin/welcome.html"

    def get_context_data(self, parent_context):
        user = parent_context["request"].user
        return {"name": user.first_name or str(user), "roles": roles_in_words(user), "is_superuser": user.is_superuser}


class WhatNeedsYouPanel(Component):
    """What waits for somebody, by kind, with a link straight to each act."""

    name = "what_needs_you"
    order = 100
    template_name = "portal/admin/what_needs_you.html"

    def get_context_data(self, parent_context):
        user = parent_context["request"].user
        groups = action_items(user)
        return {"groups": groups} if groups else {"groups": [], **self.elsewhere(user)}

    def elsewhere(self, user):
        """Where to go when nothing waits."""
        return {
            "guides": own_guides(user)[:1],
            "pages_url": pages_url(user) if user_has_any_page_permission(user) else "",
        }


class StillOwnEditsPanel(RecentEditsPanel):
    """Wagtail's list of what somebody edited last, without what they may not edit any more."""

    def get_context_data(self, parent_context):
        context = super().get_context_data(parent_context)
        user = context["request"].user
        edits = [(moment, page) for moment, page in context["last_edits"] if page.permissions_for_user(user).can_edit()]
        return {**context, "last_edits": edits}


# Wagtail's panels that ours take the place of: None says that the thing stands in "What needs you".
IN_PLACE_OF = {RecentEditsPanel: StillOwnEditsPanel, WorkflowObjectsToModeratePanel: None}


def lay_out(request, panels):
    """For Wagtail's `construct_homepage_panels`: ours above its own, which show only one's own things."""
    ours = [IN_PLACE_OF[type(panel)] for panel in panels if type(panel) in IN_PLACE_OF]
    others = [panel for panel in panels if type(panel) not in IN_PLACE_OF]
    panels[:] = [WelcomePanel(), WhatNeedsYouPanel(), *others, *(panel() for panel in ours if panel)]


def drafts_to_look_at(user):
    """For `register_action_items`: pages that were handed in to somebody who may approve them."""
    waiting = TaskState.objects.reviewable_by(user).select_related("revision__user").order_by("started_at")
    states = [state for state in waiting.prefetch_related("revision__content_object")[:TAKEN] if is_of_page(state)]
    above = Page.objects.filter(path__in={page_of(state).path[: -Page.steplen] for state in states})
    places = dict(above.values_list("path", "title"))
    return [as_item(state, places.get(page_of(state).path[: -Page.steplen], "")) for state in states]


def page_of(state):
    return state.revision.content_object


def is_of_page(state):
    return isinstance(page_of(state), Page)


def as_item(state, place):
    page, writer = page_of(state), state.revision.user
    words = {"title": page.get_admin_display_title(), "writer": writer}
    return ActionItem(
        label=(_("%(writer)s handed in “%(title)s”") if writer else _("“%(title)s” was handed in")) % words,
        url=reverse("wagtailadmin_pages:edit", args=[page.pk]),
        kind=_("Drafts to look at"),
        since=state.started_at,
        place=place,
        order=10,
    )


def mail_that_failed(user):
    """For `register_action_items`: mails that did not arrive, and nobody has decided what becomes of them."""
    if not oversees(user):
        return []
    failed = OutgoingMail.objects.needing_somebody().defer("body", "html", "attachments").order_by("created_at")[:TAKEN]
    return [
        ActionItem(
            label=_("“%(subject)s” did not reach %(people)s")
            % {"subject": hide_keys(mail.subject), "people": ", ".join(mail.refused or mail.to)},
            url=reverse("outbox:mail", args=[mail.pk]),
            kind=_("Mail that did not arrive"),
            since=mail.given_up_at or mail.created_at,
            order=60,
            more_url=reverse("outbox:index") + "?status=needs",
        )
        for mail in failed
    ]
