"""Events in the workplace: their form, their verbs, and the door from a request to an event."""

from django.contrib.admin.utils import quote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views import View
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets import AdminDateTimeInput
from wagtail.admin.widgets.button import Button
from wagtail.permissions import policy_registry

from portal.jobs import Job
from portal.panels import VerbsPanel
from portal.scopes import found
from portal.viewsets import RecordEditView
from regions.viewsets import RegionalRecordViewSet
from spaces.answering.scope import door_to_one, requests_of
from spaces.models import SpaceRequest

from .event_verbs import VERBS, list_of_series
from .forms import TOLD, EventForm
from .models import Event
from .organising.links import DOOR
from .organising.links import path as link
from .panels import WhichHourPanel
from .policies import EventPolicy


def when_column(event):
    """By the clock of the place."""
    return date_format(event.starts_wall, "DATETIME_FORMAT")


class EventEditView(RecordEditView):
    """With the way to the list at the door; and whoever waits moves up when there are more places."""

    @cached_property
    def header_more_buttons(self):
        buttons = super().header_more_buttons
        if self.object.status == Event.Status.SCHEDULED:
            buttons = [*buttons, Button(_("List at the door"), url=link(self.object, purpose=DOOR), icon_name="tick")]
        return buttons

    @transaction.atomic
    def save_instance(self):
        """Only what was typed is written: somebody may have announced, moved or cancelled it since the form was opened."""
        event, form = self.form.instance, self.form
        fresh = Event.objects.get(pk=event.pk)
        fresh.lock()
        told = TOLD if fresh.status != form.opened_as else ()
        typed = {name for name in form.cleaned_data if not form.fields[name].disabled and name not in told}
        for field in Event._meta.concrete_fields:
            if field.name not in typed:
                setattr(event, field.attname, getattr(fresh, field.attname))
        event = super().save_instance()
        event.fill()
        return event


class EventViewSet(RegionalRecordViewSet):
    model = Event
    policy_class = EventPolicy
    icon = "calendar"
    menu_hook = Job.EVENTS.hook
    base_form_class = EventForm
    edit_view_class = EventEditView
    list_display = [
        "name",
        "region",
        Column("starts_wall", label=_("Starts"), accessor=when_column, sort_key="starts_at"),
        "kind",
        "status",
    ]
    list_filter = ["region", "kind", "status"]
    list_export = ["name", "region", "kind", "starts_wall", "ends_wall", "timezone", "space", "status"]
    search_fields = ["name"]
    panels = [
        VerbsPanel(),
        FieldRowPanel(["name", "region"]),
        FieldRowPanel(["kind", "training"]),
        MultiFieldPanel(
            [
                FieldRowPanel(
                    [
                        FieldPanel("starts_wall", widget=AdminDateTimeInput),
                        FieldPanel("ends_wall", widget=AdminDateTimeInput),
                    ]
                ),
                WhichHourPanel("which_hour"),
                "timezone",
            ],
            heading=_("When"),
        ),
        MultiFieldPanel(["space", "address", "online_url"], heading=_("Where")),
        InlinePanel(
            "expected",
            label=_("Expected outcome"),
            heading=_("What it is meant to bring"),
            help_text=_("At least two before it is announced. Afterwards you are asked what came of it."),
            panels=[FieldRowPanel(["kind", "target"])],
        ),
        InlinePanel("co_hosts", label=_("Community"), heading=_("Communities that host it"), panels=["group"]),
        "other_communities",
        "languages",
        FieldRowPanel(["capacity", "takes_seats"]),
        "accessibility",
        "code_of_conduct",
        "tags",
        "slug",
    ]
    verbs = VERBS

    @cached_property
    def inspect_view_fields(self):
        return [name for name in super().inspect_view_fields if name != "which_hour"]


class PlanFromRequest(View):
    """One click: an event for each date that is promised, with all that is known; then on to its page."""

    def post(self, request, pk):
        asked = found(requests_of(request.user), pk)
        policy = policy_registry.get_by_type(Event)
        allowed = set(policy.regions_for(request.user, "publish").values_list("pk", flat=True))
        dates = [each for each in Event.unplanned(asked) if each.space.region_id in allowed]
        if not dates:
            raise PermissionDenied
        try:
            with transaction.atomic():
                events = [Event.plan(booking, request.user) for booking in dates]
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return redirect("requests:request", asked.pk)
        messages.success(request, gettext("Planned. Say what it is meant to bring, look at its page, then announce it."))
        edit = Event.snippet_viewset.get_url_name("edit")
        return redirect(reverse(edit, args=[quote(events[0].pk)]) if len(events) == 1 else list_of_series(events))


def admin_urls():
    """For Wagtail's `register_admin_urls`."""
    return [path("requests/<int:pk>/event/", PlanFromRequest.as_view(), name="plan_from_request")]


def doors():
    """For `register_doors`, see `portal.doors`."""
    return {"plan_from_request": door_to_one(SpaceRequest)}
