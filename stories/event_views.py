"""Events in the workplace: their form, their verbs, and the door from a request to an event."""

from django.contrib.admin.utils import quote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views import View
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.admin.widgets import AdminDateTimeInput
from wagtail.admin.widgets.button import Button
from wagtail.permissions import policy_registry

from portal.jobs import Job
from portal.scopes import found
from portal.viewsets import MOVE, RecordEditView, Verb
from regions.viewsets import RegionalRecordViewSet
from spaces.answering.scope import door_to_one, requests_of
from spaces.models import SpaceRequest

from .forms import TOLD, AgainForm, EventForm, GoOnlineForm, RelocateForm, RepeatForm, RescheduleForm, VerbForm
from .models import Event
from .models.event_steps import Verb as Step
from .organising.forms import TellForm
from .organising.links import DOOR
from .organising.links import path as link
from .panels import WhichHourPanel
from .policies import EventPolicy


def page_of(event):
    return reverse("wagtailadmin_pages:edit", args=[event.pages.first().pk])


def list_of_series(events):
    url = reverse(Event.snippet_viewset.get_url_name("list"))
    return f"{url}?region={events[0].region_id}&status=draft" if events else url


def is_possible(step):
    """Time and place of a draft stand in its form, unless its room is promised."""
    return lambda event: event.may(step) and (event.status != Event.Status.DRAFT or step == Step.ANNOUNCE or event.booking_id)


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
    list_display = ["name", "region", "starts_at", "kind", "status"]
    list_filter = ["region", "kind", "status"]
    list_export = ["name", "region", "kind", "starts_at", "ends_at", "timezone", "space", "status"]
    search_fields = ["name"]
    panels = [
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
    verbs = [
        Verb(
            "announce",
            _("Announce"),
            _("Its page is published in the region's first language, and the event stands in the calendar."),
            is_possible(Step.ANNOUNCE),
            "check",
            needs="publish",
        ),
        Verb(
            "reschedule",
            _("Another time"),
            _("Whoever has a place is told. The host is asked for the new time, and the old one is free again."),
            is_possible(Step.RESCHEDULE),
            "time",
            needs="publish",
            form=RescheduleForm,
        ),
        Verb(
            "relocate",
            _("Another place"),
            _("Whoever has a place is told. What was promised before is free again."),
            is_possible(Step.RELOCATE),
            "site",
            needs="publish",
            form=RelocateForm,
        ),
        Verb(
            "go_online",
            _("Online instead"),
            _("Nobody meets in a room any more. Whoever has a place is told, and what was promised is free again."),
            is_possible(Step.GO_ONLINE),
            "link",
            needs="publish",
            form=GoOnlineForm,
        ),
        Verb(
            "postpone",
            _("Postpone"),
            _("It takes place later, and nobody knows yet when. Whoever has a place is told and keeps it."),
            is_possible(Step.POSTPONE),
            "history",
            needs="publish",
            form=VerbForm,
        ),
        Verb(
            "cancel",
            _("Cancel this event"),
            _("Its page stays and says that the event is cancelled. Whoever has a place is told, and the space is free again."),
            is_possible(Step.CANCEL),
            "cross",
            needs="publish",
            form=VerbForm,
        ),
        Verb(
            "again",
            _("Do it again"),
            _("A draft of the same on another day. Everything is copied but the date, also its page."),
            icon="copy",
            needs="publish",
            form=AgainForm,
            leads_to=page_of,
        ),
        Verb(
            "repeat",
            _("Repeat it"),
            _("Drafts of the same on all days of a rule. Each is an event of its own, and may differ."),
            icon="rotate",
            needs="publish",
            form=RepeatForm,
            leads_to=list_of_series,
        ),
        Verb(
            "tell_outcome",
            _("Tell how it went"),
            _("Its organiser was asked. If you know, tell it here."),
            lambda event: event.may_tell_outcome,
            "clipboard-list",
            needs="publish",
            form=TellForm,
        ),
        Verb(
            "record_training",
            _("Put the training on record"),
            _("Whoever was ticked at the door has this training on record, verified by you."),
            lambda event: event.is_training_to_record,
            "tick",
            needs="publish",
        ),
        Verb(
            "tell_story",
            _("Tell the story"),
            _("The draft of a story, with event, space, figures and photos in place. You write the rest."),
            lambda event: event.may_tell_story,
            "edit",
            needs="publish",
            leads_to=lambda story: reverse("wagtailadmin_pages:edit", args=[story.pk]),
        ),
        MOVE,
    ]

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
        messages.success(request, _t("Planned. Say what it is meant to bring, look at its page, then announce it."))
        edit = Event.snippet_viewset.get_url_name("edit")
        return redirect(reverse(edit, args=[quote(events[0].pk)]) if len(events) == 1 else list_of_series(events))


def admin_urls():
    """For Wagtail's `register_admin_urls`."""
    return [path("requests/<int:pk>/event/", PlanFromRequest.as_view(), name="plan_from_request")]


def doors():
    """For `register_doors`, see `portal.doors`."""
    return {"plan_from_request": door_to_one(SpaceRequest)}
