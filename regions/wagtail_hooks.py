from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from portal.search import Kind, find_pages_of
from portal.viewsets import RecordViewSet, Verb

from .models import AmbassadorPage, Ambassadorship, Region, RegionPage, UserGroup
from .search import find_groups
from .sitemaps import GroupsSitemap


class RegionViewSet(RecordViewSet):
    model = Region
    icon = "globe"
    list_display = ["name", "area", "language", "status"]
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
        ),
        Verb(
            "close",
            _("Close this region"),
            _("All its pages are taken out of public sight, in every language. Nothing is deleted."),
            lambda region: region.may_be_shown,
            "cross",
        ),
    ]


class AmbassadorshipViewSet(RecordViewSet):
    model = Ambassadorship
    icon = "user"
    list_display = ["person", "region", "title", "starts", "ends"]
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
        )
    ]


class UserGroupViewSet(SnippetViewSet):
    model = UserGroup
    icon = "group"
    list_display = ["name", "region", "place", "health"]
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


class RegionsGroup(SnippetViewSetGroup):
    menu_label = _("Regions")
    menu_icon = "globe"
    menu_order = 120
    items = (RegionViewSet, AmbassadorshipViewSet, UserGroupViewSet)


register_snippet(RegionsGroup)


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
