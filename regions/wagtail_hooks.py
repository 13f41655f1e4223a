from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.snippets.models import register_snippet

from portal.jobs import Job
from portal.search import Kind, find_pages_of
from portal.viewsets import Verb

from . import checks, desk, example_letters  # noqa: F401 (registers itself)
from .exchange import urls as exchange
from .keeping import desk as keeping
from .keeping import example_letters as keeping_letters
from .keeping.personal_data import KINDS as REPORTS
from .models import AmbassadorPage, Ambassadorship, ProblemReport, Region, RegionPage, TrainingRecord, UserGroup
from .people import urls as people
from .personal_data import KINDS
from .policies import AmbassadorshipPolicy, GroupPolicy, ProblemPolicy, RegionItselfPolicy, TrainingPolicy
from .search import find_groups
from .sitemaps import GroupsSitemap
from .translating import together
from .translating import urls as translating
from .viewsets import RegionalRecordViewSet, RegionalVerbViewSet, RegionalViewSet
from .wording import editor, glossary, machine  # noqa: F401 (registers a check)
from .wording import views as wording

CONFIRM = Verb(
    "confirm",
    _("Confirm that this is true"),
    _("The page will say that the facts were confirmed today."),
    lambda record: record.may_be_shown,
    "check",
)


class RegionViewSet(RegionalRecordViewSet):
    model = Region
    policy_class = RegionItselfPolicy
    menu_hook = Job.REGION.hook
    icon = "globe"
    list_display = ["name", "area", "language", "status"]
    list_export = ["name", "area", "language", "timezone", "latitude", "longitude", "status", "opened_at"]
    search_fields = ["name", "slug"]
    panels = [
        "name",
        FieldRowPanel(["area", "timezone"]),
        FieldRowPanel(["language", "languages"]),
        "countries",
        FieldRowPanel(["latitude", "longitude"]),
        "slug",
    ]
    verbs = [
        Verb(
            "open",
            _("Open this region"),
            _("Its pages are made in each of its languages, the first one is published, and its teams are set up."),
            lambda region: not region.may_be_shown or region.lacks_pages,
            needs="approve",
        ),
        Verb(
            "close",
            _("Close this region"),
            _("All its pages are taken out of public sight, in every language. Nothing is deleted."),
            lambda region: region.may_be_shown,
            "cross",
            needs="approve",
        ),
    ]


class AmbassadorshipViewSet(RegionalRecordViewSet):
    model = Ambassadorship
    policy_class = AmbassadorshipPolicy
    menu_hook = Job.PEOPLE.hook
    icon = "user"
    list_display = list_export = ["person", "region", "title", "starts", "ends"]
    search_fields = ["person__first_name", "person__last_name", "region__name"]
    panels = [
        FieldRowPanel(["person", "region"]),
        "title",
        FieldRowPanel(["starts", "ends"]),
        "languages",
        "topics",
        MultiFieldPanel([FieldRowPanel(["away_until", "stand_in"])], heading=_("Away")),
        "slug",
    ]
    verbs = [
        Verb(
            "appoint",
            _("Appoint"),
            _("The page is published in the region's first language, and the ambassador may edit the region."),
            lambda ambassadorship: ambassadorship.may_be_shown,
            "check",
            needs="approve",
        ),
        CONFIRM,
    ]


class UserGroupViewSet(RegionalVerbViewSet):
    model = UserGroup
    policy_class = GroupPolicy
    menu_hook = Job.REGION.hook
    icon = "group"
    list_display = list_export = ["name", "region", "place", "health", "confirmed_at"]
    list_filter = ["region", "health"]
    panels = [
        FieldRowPanel(["name", "region"]),
        FieldRowPanel(["description_language", "health"]),
        "description",
        "languages",
        FieldRowPanel(["place", "latitude", "longitude"]),
        InlinePanel("channels", label=_("Channel"), panels=[FieldRowPanel(["kind", "name"]), "url"]),
        FieldPanel("slug"),
    ]
    verbs = [
        CONFIRM,
        Verb(
            "close",
            _("Close this group"),
            _("It is taken out of the directory. Nothing is deleted, and it can be brought back."),
            lambda group: group.may_be_shown,
            "cross",
        ),
        Verb(
            "reopen",
            _("Bring it back"),
            _("It stands in the directory again, and is to be confirmed now."),
            lambda group: group.closed_at is not None,
            "rotate",
        ),
    ]


class ProblemReportViewSet(RegionalVerbViewSet):
    model = ProblemReport
    policy_class = ProblemPolicy
    menu_hook = Job.REGION.hook
    icon = "warning"
    list_display = ["about", "kind", "region", "by_owner", "created_at", "status"]
    list_filter = ["status", "kind", "region"]
    panels = ["about"]  # nobody edits one
    inspect_view_fields = ["about", "kind", "text", "by_owner", "email", "language", "created_at", "status", "done"]
    verbs = [
        Verb(
            "settle",
            _("Settle this report"),
            _("Say what was done. Whoever left an address is told so, and the address is deleted."),
            lambda report: report.is_open,
            "check",
            asks="done",
            needs="approve",
        )
    ]


class TrainingViewSet(RegionalViewSet):
    """Who was trained in what, as it was verified: put on record by an event, and by nothing else."""

    model = TrainingRecord
    policy_class = TrainingPolicy
    menu_hook = Job.PEOPLE.hook
    icon = "tick-inverse"
    list_display = ["name", "kind", "title", "region", "date", "verified_by"]
    list_filter = ["region", "kind"]
    list_export = ["name", "email", "kind", "title", "region", "date", "verified_by"]
    search_fields = ["name", "title"]
    panels = ["name"]  # nobody edits one
    inspect_view_fields = ["name", "email", "kind", "title", "region", "date", "verified_by", "recorded_at"]


for viewset in (
    RegionViewSet,
    AmbassadorshipViewSet,
    UserGroupViewSet,
    ProblemReportViewSet,
    TrainingViewSet,
    glossary.GlossaryViewSet,
):
    register_snippet(viewset)

# The admin as a workplace: what each function does stands with it.
hooks.register("register_action_items", desk.terms_that_end)
hooks.register("register_action_items", desk.translations_that_wait)
hooks.register("register_action_items", keeping.facts_to_confirm)
hooks.register("register_action_items", keeping.problems_to_settle)
hooks.register("register_roles_in_words", desk.roles_in_words)
hooks.register("register_start_pages", desk.own_region)


@hooks.register("register_sitemaps")
def groups_in_the_sitemap(request):
    return {"groups": GroupsSitemap(request)}


@hooks.register("register_search_kinds")
def regions_people_groups():
    return [
        Kind("regions", _("Regions"), find_pages_of(RegionPage), "includes/page_result.html", 10),
        Kind("ambassadors", _("Ambassadors"), find_pages_of(AmbassadorPage), "includes/page_result.html", 20),
        Kind("groups", _("Groups"), find_groups, "includes/group_result.html", 30),
    ]


@hooks.register("register_personal_data")
def roles_and_terms():
    return [*KINDS, *REPORTS]


hooks.register("register_admin_urls", people.admin_urls)
hooks.register(Job.PEOPLE.hook, people.TeamMenuItem)
hooks.register("register_doors", people.doors)

hooks.register("register_admin_urls", translating.admin_urls)
hooks.register(Job.LANGUAGES.hook, translating.TranslatingMenuItem)
hooks.register(Job.LANGUAGES.hook, translating.ReviewMenuItem)
hooks.register(Job.LANGUAGES.hook, translating.OffersMenuItem)
hooks.register("register_doors", translating.doors)
hooks.register("before_edit_page", together.remember_what_is_seen, order=-1)  # wagtail-localize's editor answers there
hooks.register("insert_editor_js", together.editor_module)
hooks.register("register_admin_urls", wording.admin_urls)
hooks.register("register_doors", wording.doors)
hooks.register("insert_editor_js", editor.script)
hooks.register("insert_global_admin_css", editor.stylesheet)
hooks.register("register_mail_templates", example_letters.letters)

hooks.register("register_admin_urls", exchange.admin_urls, order=-1)  # before wagtail-localize's
hooks.register("register_doors", exchange.doors)
hooks.register("register_page_header_buttons", exchange.page_buttons)
hooks.register(Job.LANGUAGES.hook, exchange.FilesMenuItem)
hooks.register("register_mail_templates", keeping_letters.letters)
