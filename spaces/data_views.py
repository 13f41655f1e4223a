"""The directory as data: for the map, for other programs, for spreadsheets. Open to every site (CORS)."""

import csv
import json
from functools import wraps
from io import StringIO

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from portal.drawing import land_rings
from portal.drawing.chart import draw_chart
from portal.faces import link_to
from portal.languages import tag

from .boxes import BoxForm
from .directory import directory
from .geojson import COLUMNS, feature, row
from .models import Space

DAY = 86_400


def open_data(view):
    """Answers in the language that is asked for, never in the browser's: one address, one answer, for everybody."""

    @require_safe
    @wraps(view)
    def open_view(request, *args, **kwargs):
        language = request.GET.get("language", settings.LANGUAGE_CODE)
        if language not in dict(settings.LANGUAGES):
            response = problem({"language": [_("The portal has no such language.")]})
        else:
            with override(language):
                response = view(request, *args, **kwargs)
                response["Content-Language"] = tag(language)
        response["Access-Control-Allow-Origin"] = "*"
        return response

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


@open_data
def geojson(request):
    spaces, refusal = whole_directory(request)
    if refusal:
        return refusal
    collection = {"type": "FeatureCollection", "features": [feature(space, url) for space, url in spaces]}
    return HttpResponse(json.dumps(collection, ensure_ascii=False), content_type="application/geo+json")


@open_data
def table(request):
    spaces, refusal = whole_directory(request)
    if refusal:
        return refusal
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    writer.writerows(row(space, url) for space, url in spaces)
    response = HttpResponse(text.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="spaces.csv"'
    return response


@open_data
def clusters(request):
    """What a map shows of a box at a zoom. Filters are read as the list reads them: an unknown value filters nothing."""
    form = BoxForm(request.GET)
    if not form.is_valid():
        return problem(form.errors)
    marks = directory(request.GET, request=request).marks(form.cleaned_data["bbox"], form.cleaned_data["zoom"])
    return JsonResponse({"marks": [as_data(mark) for mark in marks]}, json_dumps_params={"ensure_ascii": False})


def as_data(mark):
    """A mark in few bytes: a map asks for many, and often."""
    latitude, longitude = mark.position
    told = {"key": mark.key, "at": [latitude, longitude], "count": mark.sums.count, "cost": mark.cost, "label": mark.label}
    if mark.spaces:
        return {**told, "spaces": mark.spaces}
    return {**told, "free": mark.sums.free, "box": mark.box}


@open_data
def land(request):
    """The coasts of the world for the map, as rings of [latitude, longitude]."""
    response = JsonResponse({"rings": land_rings()}, json_dumps_params={"separators": (",", ":")})
    patch_cache_control(response, public=True, max_age=DAY)
    return response


@require_safe
def share_picture(request, slug):
    """A picture of the chart around a space, for those who share its page."""
    space = get_object_or_404(Space.objects.on_map(), slug=slug)
    response = HttpResponse(draw_chart(space.latitude, space.longitude, space.cost_class), content_type="image/png")
    patch_cache_control(response, public=True, max_age=DAY)
    return response
