from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from portal.jobs import Job
from portal.search import Kind, find_pages_of

from . import event_views, example_letters
from .attending.views import seat_page
from .desk import events_that_wait, events_without_room, outcomes_untold, stories_to_tell, trainings_to_record
from .models import AnnouncementPage, EventPage, EventStep, StoryPage
from .models.seats import SEAT
from .organising.daily import run as see_to_events
from .organising.links import ORGANISER
from .organising.outcomes import questions
from .organising.views import organiser_page
from .personal_data import KINDS
from .recognition import award_rules
from .uploads import urls as uploads

register_snippet(event_views.EventViewSet)
hooks.register("register_admin_urls", event_views.admin_urls)
hooks.register("register_doors", event_views.doors)
hooks.register("register_admin_urls", uploads.admin_urls)
hooks.register("register_doors", uploads.doors)
hooks.register(Job.EVENTS.hook, uploads.ImportMenuItem)
hooks.register("register_action_items", events_without_room)
hooks.register("register_action_items", events_that_wait)
hooks.register("register_action_items", outcomes_untold)
hooks.register("register_action_items", trainings_to_record)
hooks.register("register_action_items", stories_to_tell)
hooks.register("register_award_rules", award_rules)
hooks.register("register_outcome_questions", questions)
hooks.register("keep_true_daily", see_to_events)
hooks.register("register_mail_templates", example_letters.letters)


@hooks.register("register_search_kinds")
def events_stories_announcements():
    return [
        Kind("events", _("Events"), find_pages_of(EventPage), "includes/page_result.html", 50),
        Kind("stories", _("Stories"), find_pages_of(StoryPage), "includes/page_result.html", 60),
        Kind("announcements", _("Announcements"), find_pages_of(AnnouncementPage), "includes/page_result.html", 70),
    ]


@hooks.register("register_status_pages")
def seats_and_events():
    return [(SEAT, seat_page), (ORGANISER, organiser_page)]


@hooks.register("register_personal_data")
def people_at_events():
    return KINDS


@hooks.register("register_log_actions")
def steps_of_events(actions):
    for step in EventStep.Verb:
        actions.register_action(f"portal.event_{step}", step.label, step.label)
