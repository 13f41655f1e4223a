from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from portal.jobs import Job
from portal.search import Kind, find_pages_of

from .models import Menu, SiteTexts, StandardPage


class MenuViewSet(SnippetViewSet):
    model = Menu
    icon = "list-ul"
    menu_hook = Job.PROGRAMME.hook


class SiteTextsViewSet(SnippetViewSet):
    model = SiteTexts
    icon = "openquote"
    menu_hook = Job.PROGRAMME.hook


for viewset in (MenuViewSet, SiteTextsViewSet):
    register_snippet(viewset)


@hooks.register("register_search_kinds")
def pages():
    return [Kind("pages", _("Pages"), find_pages_of(StandardPage), "includes/page_result.html", 80)]


@hooks.register("insert_global_admin_css")
def admin_look():
    """Wagtail's admin with the portal's accent, and fields that run the way their language does."""
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin.css"))
