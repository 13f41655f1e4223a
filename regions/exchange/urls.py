"""The addresses of the screens, below /admin/exchange/, and those of wagtail-localize's that we answer instead."""

from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets.button import Button
from wagtail_localize.models import Translation

from portal.keys import string, translation
from regions.translating.urls import TranslatingMenuItem

from . import editor, views
from .scope import works_on_translations

app_name = "exchange"
urlpatterns = [
    path("", views.Index.as_view(), name="index"),
    path("download/", views.Download.as_view(), name="download"),
    path("upload/", views.Upload.as_view(), name="upload"),
    path("report/<int:pk>/", views.ReportView.as_view(), name="report"),
    path("page/<int:translation_id>/", views.OnePage.as_view(), name="page"),
    path("page/<int:translation_id>/upload/", views.Upload.as_view(), name="upload_page"),
    path("page/<int:translation_id>/<slug:file_format>/", views.download_page, name="download_page"),
]
OF_THE_EDITOR = "localize/translate/<int:translation_id>/"
in_its_place = [
    path("strings/<int:string_segment_id>/edit/", editor.edit_string, name="edit_string"),
    path("pofile/download/", editor.download, name="pofile_download"),
    path("pofile/upload/", editor.upload, name="pofile_upload"),
]


def admin_urls():
    """For Wagtail's `register_admin_urls`, before wagtail-localize's: the first address that fits answers."""
    return [
        path("exchange/", include((urlpatterns, app_name))),
        path(OF_THE_EDITOR, include((in_its_place, "exchange_editor"))),
    ]


def doors():
    """For `register_doors`, see `portal.doors`."""
    names = {f"{app_name}:{pattern.name}": works_on_translations for pattern in urlpatterns}
    names |= {f"exchange_editor:{pattern.name}": translation for pattern in in_its_place}
    names |= {f"{app_name}:{name}": translation for name in ("page", "upload_page", "download_page")}
    return names | {"exchange_editor:edit_string": string}


def page_buttons(page, user, view_name=None, next_url=None):
    """For `register_page_header_buttons`: from the editor of a translation to its files."""
    going_on = Translation.objects.filter(enabled=True, source__object_id=page.translation_key, target_locale=page.locale_id)
    found = going_on.first()
    if found and page.permissions_for_user(user).can_edit():
        yield Button(_("Translation files"), url=reverse("exchange:page", args=[found.pk]), icon_name="download", priority=65)


class FilesMenuItem(TranslatingMenuItem):
    label, url_name, icon = _("Translation files"), "exchange:index", "download"
