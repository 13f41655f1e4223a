"""What is open to every site (CORS): the same answer for everybody, and the directory with its filters."""

from functools import wraps

from django.conf import settings
from django.http import JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from portal.api.middleware import preflight, to_other_sites
from portal.faces import link_to
from portal.languages import tag

from .directory import directory


def open_data(view):
    """Answers in the language that is asked for, never in the browser's: one address, one answer, for everybody."""

    @require_safe
    @wraps(view)
    def answered(request, *args, **kwargs):
        language = request.GET.get("language", settings.LANGUAGE_CODE)
        if language not in dict(settings.LANGUAGES):
            response = problem({"language": [_("The portal has no such language.")]})
        else:
            with override(language):
                response = view(request, *args, **kwargs)
                response["Content-Language"] = tag(language)
        return response

    @wraps(view)
    def open_view(request, *args, **kwargs):
        return to_other_sites(preflight() if request.method == "OPTIONS" else answered(request, *args, **kwargs))

    return open_view


def problem(errors):
    """What is wrong with the address, in the form of RFC 9457."""
    told = {"type": "about:blank", "title": _("This address asks for something that is not there."), "status": 400}
    return JsonResponse({**told, "errors": errors}, status=400, content_type="application/problem+json")


def whole_directory(request):
    """All spaces that the filters leave, with everything that a file tells of them; or what is wrong with a filter."""
    listed = directory(request.GET)
    if listed.filters.errors:
        return [], problem(listed.filters.errors)
    spaces = listed.found.with_face(listed.language).select_related("region").prefetch_related("tags")
    return ((space, request.build_absolute_uri(link_to(space, request).url)) for space in spaces if space.face), None
