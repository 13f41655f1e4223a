"""What is open to every site (CORS): the same answer for everybody, and the directory with its filters."""

from functools import wraps

from django.conf import settings
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import override

from portal.api.middleware import preflight, to_other_sites
from portal.api.problems import problem
from portal.faces import link_to
from portal.languages import tag

from .directory import directory
from .facts import COLUMNS


def open_data(view):
    """Answers in the language that is asked for, never in the browser's: one address, one answer, for everybody."""

    def answered(request, *args, **kwargs):
        if request.method not in ("GET", "HEAD"):
            return problem(405, headers={"Allow": "GET, HEAD, OPTIONS"})
        language = request.GET.get("language", settings.LANGUAGE_CODE)
        if language not in dict(settings.LANGUAGES):
            return refused({"language": [_("The portal has no such language.")]})
        with override(language):
            try:
                response = view(request, *args, **kwargs)
            except Http404:
                return problem(404)
            response["Content-Language"] = tag(language)
            return response

    @wraps(view)
    def open_view(request, *args, **kwargs):
        return to_other_sites(preflight() if request.method == "OPTIONS" else answered(request, *args, **kwargs))

    return open_view


def refused(errors):
    """What is wrong with which parameter, as the API tells it: {name: [messages]}."""
    return problem(422, errors=[(name, " ".join(messages)) for name, messages in errors.items()])


def whole_directory(request):
    """All spaces that the filters leave, what a file tells of them, or else what is wrong with a filter."""
    listed = directory(request.GET)
    if listed.filters.errors:
        return [], [], refused(listed.filters.errors)
    columns = [*COLUMNS, "kilometres"] if listed.filters.place else COLUMNS
    spaces = listed.found.with_face(listed.language).select_related("region").prefetch_related("tags")
    found = ((space, request.build_absolute_uri(link_to(space, request).url)) for space in spaces if space.face)
    return found, columns, None
