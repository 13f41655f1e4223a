"""The addresses of the screen, below /admin/submissions/; its doors and its item in the menu."""

from django.urls import include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem

from .acting import act
from .lists import SubmissionList
from .review import review
from .scope import at_one, at_the_door, reviews_somewhere

app_name = "submissions"
urlpatterns = [
    path("", SubmissionList.as_view(), name="index"),
    path("results/", SubmissionList.as_view(results_only=True), name="index_results"),
    path("<int:pk>/", review, name="review"),
    path("<int:pk>/<slug:verb>/", act, name="act"),
]


def admin_urls():
    """For Wagtail's `register_admin_urls`."""
    return [path("submissions/", include((urlpatterns, app_name)))]


def doors():
    """For `register_doors`, see `portal.doors`."""
    of_all = {f"{app_name}:{name}": at_the_door for name in ("index", "index_results")}
    return of_all | {f"{app_name}:{name}": at_one for name in ("review", "act")}


class SubmissionsMenuItem(MenuItem):
    """Stands in the menu of those who decide somewhere."""

    def __init__(self):
        super().__init__(_("Submitted spaces"), reverse_lazy("submissions:index"), name="submissions", icon_name="download")

    def is_shown(self, request):
        return reviews_somewhere(request.user)
