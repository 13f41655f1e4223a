from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import FieldRowPanel, MultiFieldPanel
from wagtail.snippets.models import register_snippet

from portal.jobs import Job
from portal.search import Kind, find_pages_of
from portal.viewsets import MOVE, Verb
from regions.viewsets import RegionalRecordViewSet

from .desk import events_that_wait
from .forms import EventForm
from .models import AnnouncementPage, Event, EventPage, StoryPage
from .policies import EventPolicy
from .recognition import award_rules


class EventViewSet(RegionalRecordViewSet):
    model = Event
    policy_class = EventPolicy
    icon = "calendar"
    menu_hook = Job.EVENTS.hook
    base_form_class = EventForm
    list_display = ["name", "region", "starts_at", "kind", "status"]
    list_filter = ["region", "kind", "status"]
    list_export = ["name", "region", "kind", "starts_at", "ends_at", "timezone", "space", "status"]
    search_fields = ["name"]
    panels = [
        FieldRowPanel(["name", "region"]),
        "kind",
        MultiFieldPanel([FieldRowPanel(["starts_at", "ends_at"]), "timezone"], heading=_("When")),
        MultiFieldPanel(["space", "address", "online_url"], heading=_("Where")),
        "languages",
        "capacity",
        "tags",
        "slug",
    ]
    verbs = [
        Verb(
            "announce",
            _("Announce"),
            _("Its page is published in the region's first language, and the event stands in the calendar."),
            lambda event: event.status == Event.Status.DRAFT,
            "check",
            needs="publish",
        ),
        Verb(
            "cancel",
            _("Cancel this event"),
            _("Its page stays and says that the event is cancelled."),
            lambda event: event.status == Event.Status.SCHEDULED,
            "cross",
            needs="publish",
        ),
        MOVE,
    ]


register_snippet(EventViewSet)
hooks.register("register_action_items", events_that_wait)
hooks.register("register_award_rules", award_rules)


@hooks.register("register_search_kinds")
def events_stories_announcements():
    return [
        Kind("events", _("Events"), find_pages_of(EventPage), "includes/page_result.html", 50),
        Kind("stories", _("Stories"), find_pages_of(StoryPage), "includes/page_result.html", 60),
        Kind("announcements", _("Announcements"), find_pages_of(AnnouncementPage), "includes/page_result.html", 70),
    ]


@hooks.register("register_log_actions")
def steps_of_events(actions):
    actions.register_action(
        "portal.space_lost", _("The space is not available any more"), _("The space is not available any more")
    )
