"""The addresses of the screens, below /admin/requests/ and /admin/cases/; their doors and items in the menu."""

from django.urls import include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem

from spaces.models import Case, SpaceRequest

from .lists import CaseList, RequestList
from .pages import case_page, request_page
from .scope import door, door_to_one, sees_some

requests = [
    path("", RequestList.as_view(), name="index"),
    path("results/", RequestList.as_view(results_only=True), name="index_results"),
    path("<int:pk>/", request_page, name="request"),
]
cases = [
    path("", CaseList.as_view(), name="index"),
    path("results/", CaseList.as_view(results_only=True), name="index_results"),
    path("<int:pk>/", case_page, name="case"),
]


def admin_urls():
    """For Wagtail's `register_admin_urls`."""
    return [
        path("requests/", include((requests, "requests"))),
        path("cases/", include((cases, "cases"))),
    ]


def doors():
    """For `register_doors`, see `portal.doors`."""
    return {
        "requests:index": door(SpaceRequest),
        "requests:index_results": door(SpaceRequest),
        "requests:request": door_to_one(SpaceRequest),
        "cases:index": door(Case),
        "cases:index_results": door(Case),
        "cases:case": door_to_one(Case),
    }


class OwnMenuItem(MenuItem):
    model = None

    def is_shown(self, request):
        return sees_some(self.model, request.user)


class RequestsMenuItem(OwnMenuItem):
    """Stands in the menu of those who see requests somewhere."""

    model = SpaceRequest

    def __init__(self):
        super().__init__(_("Requests"), reverse_lazy("requests:index"), name="requests", icon_name="date")


class CasesMenuItem(OwnMenuItem):
    model = Case

    def __init__(self):
        super().__init__(_("Cases"), reverse_lazy("cases:index"), name="cases", icon_name="warning")
