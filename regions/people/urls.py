"""The addresses of the screen, below /admin/people/; its doors and its item in the menu."""

from django.urls import include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem

from . import acts, lists
from .scope import at_the_door, grants_somewhere

app_name = "people"
urlpatterns = [
    path("", lists.PeopleList.as_view(), name="index"),
    path("results/", lists.PeopleList.as_view(results_only=True), name="index_results"),
    path("invitations/", lists.InvitationList.as_view(), name="invitations"),
    path("invitations/results/", lists.InvitationList.as_view(results_only=True), name="invitations_results"),
    path("invite/", acts.InviteView.as_view(), name="invite"),
    path("invitation/<int:pk>/renew/", acts.RenewInvitation.as_view(), name="renew"),
    path("invitation/<int:pk>/withdraw/", acts.WithdrawInvitation.as_view(), name="withdraw"),
    path("role/<int:pk>/end/", acts.EndRole.as_view(), name="end"),
    path("role/<int:pk>/last-day/", acts.ChangeLastDay.as_view(), name="last_day"),
]


def admin_urls():
    """For Wagtail's `register_admin_urls`."""
    return [path("people/", include((urlpatterns, app_name)))]


def doors():
    """For `register_doors`, see `portal.doors`."""
    return {f"{app_name}:{pattern.name}": at_the_door for pattern in urlpatterns}


class TeamMenuItem(MenuItem):
    """Stands in the menu of those who may give a role somewhere."""

    def __init__(self):
        super().__init__(_("Team"), reverse_lazy("people:index"), name="team", icon_name="group")

    def is_shown(self, request):
        return grants_somewhere(request.user)
