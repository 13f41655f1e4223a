from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.admin.widgets.button import Button
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet

from portal.jobs import Job
from portal.search import Kind, find_pages_of
from portal.viewsets import MOVE, RecordEditView, Verb
from regions.viewsets import RegionalRecordViewSet

from . import example_letters, requested_data, submitted_data
from .answering import urls as answering
from .answering.terms import TermsViewSet
from .asking.daily import run as see_to_requests
from .asking.following import request_page
from .awarding import AwardViewSet
from .declaring import declaration_form
from .desk import cases_that_are_open, outcomes_untold, requests_that_wait, spaces_that_wait, submissions_that_wait
from .facts_form import SpaceFactsForm
from .models import Case, RequestStep, Space, SpacePage, SpaceRequest, SpaceSubmission
from .models.requests import REQUEST
from .models.submission_steps import Verb as Step
from .models.submissions import STATUS as SUBMISSION
from .panels import ProvenancePanel
from .personal_data import KINDS
from .policies import CasePolicy, RequestPolicy, SubmissionPolicy
from .recognition import compute_awards
from .reviewing import urls as reviewing
from .submitting.following import submission_status
from .tiles import allow_tiles
from .uploads import urls as uploads

CASE_ACTIONS = {
    "open": _("Case opened"),
    "ask": _("Other spaces asked"),
    "decline": _("A space cannot step in"),
    "close": _("Case closed"),
}


class SpaceEditView(RecordEditView):
    """With the way to the grid of its hours, which is quicker than rows."""

    @cached_property
    def header_more_buttons(self):
        slug = Space.objects.values_list("slug", flat=True).get(pk=self.object.pk)  # not what was typed and refused
        url = reverse("space_hours", args=[slug])
        return [*super().header_more_buttons, Button(_("Hours and closed times"), url=url, icon_name="calendar-alt")]


class SpaceViewSet(RegionalRecordViewSet):
    model = Space
    edit_view_class = SpaceEditView
    base_form_class = SpaceFactsForm
    icon = "home"
    menu_hook = Job.SPACES.hook
    list_display = ["name", "city", "region", "cost", "status", "confirmed_at"]
    list_filter = ["region", "status", "cost", "kind"]
    list_export = ["name", "region", "address", "city", "country", "capacity", "cost", "status", "confirmed_at"]
    search_fields = ["name", "city", "address"]
    panels = [
        FieldRowPanel(["name", "region"]),
        "kind",
        MultiFieldPanel(
            ["address", FieldRowPanel(["city", "country"]), FieldRowPanel(["latitude", "longitude"])], heading=_("Where")
        ),
        FieldRowPanel(["capacity", "step_free"]),
        "facilities",
        MultiFieldPanel(["cost", FieldRowPanel(["price", "currency"])], heading=_("Cost")),
        MultiFieldPanel(
            [
                "timezone",
                InlinePanel(
                    "opening_hours",
                    label=_("Opening"),
                    heading=_("Every week"),
                    panels=[FieldRowPanel(["weekday", "opens", "closes"])],
                ),
                InlinePanel(
                    "special_hours",
                    label=_("Special hours"),
                    heading=_("On some days"),
                    panels=[FieldRowPanel(["day", "opens", "closes"])],
                ),
                InlinePanel(
                    "closures",
                    label=_("Closed time"),
                    heading=_("Closed times"),
                    panels=[FieldRowPanel(["first_day", "begins"]), FieldRowPanel(["last_day", "ends"]), "note"],
                ),
            ],
            heading=_("Opening hours"),
            help_text=_("One row for each day and each time it opens. Without any row the page says that one has to ask."),
        ),
        InlinePanel("photos", label=_("Photo"), heading=_("Photos"), panels=["picture"]),
        "website",
        "tags",
        MultiFieldPanel(
            list(Space.DECLARATIONS),
            heading=_("What the host declares"),
            help_text=_("A space is listed when all four declarations are made."),
        ),
        InlinePanel("hosts", label=_("Host"), panels=[FieldRowPanel(["name", "email"])]),
        "slug",
        ProvenancePanel(heading=_("Imported")),
    ]
    verbs = [
        Verb(
            "list",
            _("List this space"),
            _("Its page is published in the region's first language, and the space stands in the directory."),
            lambda space: space.status in (Space.Status.DRAFT, Space.Status.IMPORTED),
            "check",
            needs="approve",
        ),
        Verb(
            "confirm",
            _("Confirm that this is true"),
            _("The page will say that the facts were confirmed today."),
            lambda space: space.may_be_shown,
            "check",
        ),
        Verb(
            "close",
            _("Close this space"),
            _("Its pages are taken out of public sight, in every language. Nothing is deleted."),
            lambda space: space.may_be_shown,
            "cross",
            needs="approve",
        ),
        Verb(
            "reopen",
            _("Bring it back"),
            _("The pages that were public are public again, as they were, and its hosts are asked whether all is right."),
            lambda space: space.status == Space.Status.CLOSED,
            "rotate",
            needs="approve",
        ),
        MOVE,
    ]


register_snippet(SpaceViewSet)
register_permission_policy(SpaceSubmission, SubmissionPolicy(SpaceSubmission))
hooks.register("register_action_items", submissions_that_wait)
register_snippet(AwardViewSet)
hooks.register("register_action_items", spaces_that_wait)
hooks.register("register_admin_urls", reviewing.admin_urls)
hooks.register("register_doors", reviewing.doors)
hooks.register(Job.SPACES.hook, reviewing.SubmissionsMenuItem)
register_permission_policy(SpaceRequest, RequestPolicy(SpaceRequest))
register_permission_policy(Case, CasePolicy(Case))
register_snippet(TermsViewSet)
hooks.register("register_admin_urls", answering.admin_urls)
hooks.register("register_doors", answering.doors)
hooks.register(Job.SPACES.hook, answering.RequestsMenuItem)
hooks.register(Job.SPACES.hook, answering.CasesMenuItem)
hooks.register("register_action_items", cases_that_are_open)
hooks.register("register_action_items", requests_that_wait)
hooks.register("register_action_items", outcomes_untold)
hooks.register("keep_true_daily", see_to_requests)
hooks.register("on_serve_page", allow_tiles)
hooks.register("owner_form", declaration_form)


@hooks.register("register_search_kinds")
def spaces():
    return [Kind("spaces", _("Spaces"), find_pages_of(SpacePage), "includes/page_result.html", 40)]


hooks.register("register_admin_urls", uploads.admin_urls)
hooks.register(Job.SPACES.hook, uploads.ImportMenuItem)
hooks.register("register_doors", uploads.doors)


@hooks.register("register_personal_data")
def hosts():
    return [*KINDS, *submitted_data.KINDS, *requested_data.KINDS]


@hooks.register("register_log_actions")
def steps_of_submissions(actions):
    for step in Step:
        actions.register_action(f"portal.submission_{step}", step.label, step.label)
    for step in RequestStep.Verb:
        actions.register_action(f"portal.request_{step}", step.label, step.label)
    for name, words in CASE_ACTIONS.items():
        actions.register_action(f"portal.case_{name}", words, words)


hooks.register("register_mail_templates", example_letters.letters)


@hooks.register("register_status_pages")
def what_was_sent():
    return [(REQUEST, request_page), (SUBMISSION, submission_status)]


@hooks.register("keep_true_daily")
def awards_follow_the_records(now):
    new, changed, gone = compute_awards(now)
    return {"awards computed anew": new + changed, "awards whose reason is gone": gone}
