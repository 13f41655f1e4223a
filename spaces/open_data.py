"""What is open to every site (CORS): the same answer for everybody, and the directory with its filters."""

from functools import wraps

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from portal.api.middleware import open_to_other_sites
from portal.api.problems import problem
from portal.faces import link_to
from portal.languages import tag

from .directory import directory
from .facts import COLUMNS


def open_data(view):
    """Answers in the language that is asked for, never in the browser's: one address, one answer, for everybody."""

    @open_to_other_sites
    @wraps(view)
    def answered(request, *args, **kwargs):
        language = request.GET.get("language", settings.LANGUAGE_CODE)
        if language not in dict(settings.LANGUAGES):
            return refused({"language": [_("The portal has no such language.")]})
        with override(language):
            response = view(request, *args, **kwargs)
            response["Content-Language"] = tag(language)
            return response

    return answered


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
