"""The directory for other sites and programs: SpaceAPI documents, a workbook, a list that others show on their pages."""

import json
from hashlib import sha256

from csp.decorators import csp_replace
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.clickjacking import xframe_options_exempt

from portal.faces import link_to
from portal.lists import Pages
from regions.models import Region

from . import spaceapi
from .facts import plain_row
from .filters import SpaceFilters
from .freebusy import freebusy
from .models import Space
from .open_data import open_data, whole_directory
from .workbook import MEDIA_TYPE, workbook

IN_A_FRAME = 12


def json_of(data):
    return JsonResponse(data, json_dumps_params={"ensure_ascii": False, "indent": 2})


@open_data
def spaceapi_directory(request):
    """{name: address} of every space in the directory, as the SpaceAPI's own directory is written."""
    shown = Space.objects.listed().shown_in(get_language()).order_by("name", "pk").only("pk", "name", "city", "slug")
    addresses = ((space, request.build_absolute_uri(reverse("spaceapi_space", args=[space.slug]))) for space in shown)
    return json_of(spaceapi.directory(addresses))


@open_data
def spaceapi_space(request, slug):
    shown = Space.objects.listed().shown_in(get_language()).select_related("region").prefetch_related("tags")
    space = get_object_or_404(shown, slug=slug)
    request.page_changed_at = space.updated_at
    page = space.pages.get(pk=space.face["pk"])
    url, logo = (request.build_absolute_uri(address) for address in (link_to(space, request).url, static("img/share.png")))
    return json_of(spaceapi.document(space, url, logo, page.getting_in))


@open_data
def space_freebusy(request, slug):
    """When a space can be had, for calendars; of one whose hours nobody has told there is nothing to say."""
    space = get_object_or_404(Space.objects.findable().shown_in(get_language()).select_related("region"), slug=slug)
    if not space.has_hours:
        raise Http404
    today = timezone.now().astimezone(space.zone).date()
    content = freebusy(space, request.build_absolute_uri(link_to(space, request).url), today)
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'inline; filename="{space.slug}.ics"'
    return response


@open_data
def xlsx(request):
    spaces, columns, refusal = whole_directory(request)
    if refusal:
        return refusal
    rows = [plain_row(space, url, columns) for space, url in spaces]
    response = HttpResponse(workbook("spaces", columns, rows), content_type=MEDIA_TYPE)
    response["ETag"] = f'W/"{sha256(json.dumps([columns, rows]).encode()).hexdigest()}"'  # a workbook says when it was made
    response["Content-Disposition"] = 'attachment; filename="spaces.xlsx"'
    return response


@open_data
@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"]})
def embed(request):
    """The list inside another site's page. Its links open in the reader's whole window."""
    language = get_language()
    filters = SpaceFilters(request.GET, Space.objects.listed().shown_in(language), Region.objects.open().with_face(language))
    found = Pages(filters.qs.select_related("region"), IN_A_FRAME).get_page(request.GET.get("page"))
    address = f"/{language}/spaces/?{filters.query}"
    return render(request, "spaces/embed.html", {"found": found, "filters": filters, "address": address})
