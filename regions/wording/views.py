from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import include, path
from django.views.decorators.http import require_GET
from wagtail_localize.models import Translation

from portal.keys import target_of, translation

from .editor import wording_of

app_name = "wording"


@require_GET
def wording(request, translation_id):
    """For the editor of one translation: the door has asked already whether somebody may edit it."""
    found = get_object_or_404(Translation.objects.select_related("source__locale", "target_locale"), pk=translation_id)
    if target_of(found) is None:
        raise Http404
    return JsonResponse(wording_of(found, request.user))


urlpatterns = [path("<int:translation_id>/", wording, name="strings")]


def admin_urls():
    """For Wagtail's `register_admin_urls`."""
    return [path("wording/", include((urlpatterns, app_name)))]


def doors():
    """For `register_doors`, see `portal.doors`: whoever may edit the translation."""
    return {"wording:strings": translation}
