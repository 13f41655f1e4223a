"""The directory as data: for the map, for other programs, for spreadsheets. Open to every site (CORS)."""

import csv
import json
from io import StringIO

from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from portal.cells import safe_cell
from portal.drawing import land_rings
from portal.drawing.chart import draw_chart

from .boxes import BoxForm
from .directory import directory
from .facts import plain_row
from .geojson import feature
from .models import Space
from .open_data import open_data, refused, whole_directory

DAY = 86_400


@open_data
def geojson(request):
    spaces, columns, refusal = whole_directory(request)
    if refusal:
        return refusal
    collection = {"type": "FeatureCollection", "features": [feature(space, url, columns) for space, url in spaces]}
    return HttpResponse(json.dumps(collection, ensure_ascii=False), content_type="application/geo+json")


@open_data
def table(request):
    spaces, columns, refusal = whole_directory(request)
    if refusal:
        return refusal
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(columns)
    writer.writerows(map(safe_cell, plain_row(space, url, columns)) for space, url in spaces)
    response = HttpResponse(text.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="spaces.csv"'
    return response


@open_data
def clusters(request):
    """What a map shows of a box at a zoom. Filters are read as the list reads them: an unknown value filters nothing."""
    form = BoxForm(request.GET)
    if not form.is_valid():
        return refused(form.errors)
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
