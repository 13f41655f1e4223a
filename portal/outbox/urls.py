"""The addresses of the mail's screens, below /admin/mail/; their doors and their item in the menu."""

from django.urls import include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem

from portal.keys import staff
from portal.permissions import oversees

from . import acts, lists, looks

app_name = "outbox"
urlpatterns = [
    path("", lists.MailList.as_view(), name="index"),
    path("results/", lists.MailList.as_view(results_only=True), name="index_results"),
    path("letters/", lists.TemplateList.as_view(), name="templates"),
    path("letters/<slug:name>/<slug:language>/", looks.ExampleView.as_view(), name="template"),
    path("letters/<slug:name>/<slug:language>/html/", looks.ExampleHtml.as_view(), name="template_html"),
    path("<int:pk>/", looks.MailView.as_view(), name="mail"),
    path("<int:pk>/html/", looks.MailHtml.as_view(), name="mail_html"),
    path("<int:pk>/again/", acts.SendAgain.as_view(), name="again"),
    path("<int:pk>/now/", acts.SendNow.as_view(), name="now"),
    path("<int:pk>/give-up/", acts.GiveUp.as_view(), name="give_up"),
]


def admin_urls():
    """For Wagtail's `register_admin_urls`."""
    return [path("mail/", include((urlpatterns, app_name)))]


def doors():
    """For `register_doors`: the mail of all regions is for those who look after all of them."""
    return {f"{app_name}:{pattern.name}": staff for pattern in urlpatterns}


class MailMenuItem(MenuItem):
    """Stands in the menu of those who look after all regions."""

    def __init__(self):
        super().__init__(_("Mail"), reverse_lazy("outbox:index"), name="mail", icon_name="mail")

    def is_shown(self, request):
        return oversees(request.user)
