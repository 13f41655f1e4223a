"""The addresses of the screens, below /admin/import-events/; their doors and their item in the menu."""

from django.urls import include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem

from . import views
from .scope import at_the_door, imports_somewhere

app_name = "event_uploads"
urlpatterns = [
    path("", views.UploadView.as_view(), name="index"),
    path("<int:pk>/preview/", views.PreviewView.as_view(), name="preview"),
    path("<int:pk>/result/", views.ResultView.as_view(), name="result"),
    path("<int:pk>/discard/", views.DiscardView.as_view(), name="discard"),
]


def admin_urls():
    """For Wagtail's `register_admin_urls`."""
    return [path("import-events/", include((urlpatterns, app_name)))]


def doors():
    """For `register_doors`, see `portal.doors`."""
    return {f"{app_name}:{pattern.name}": at_the_door for pattern in urlpatterns}


class ImportMenuItem(MenuItem):
    """Stands in the menu of those who announce events somewhere."""

    def __init__(self):
        super().__init__(_("Import a calendar"), reverse_lazy("event_uploads:index"), name="import-events", icon_name="upload")

    def is_shown(self, request):
        return imports_somewhere(request.user)
