from django.conf import settings
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language, get_language_from_request
from django.views.decorators.http import require_safe
from wagtail.models import Page

from portal.alternates import alternates_of, translations_of
from portal.models.records import face_rank


@require_safe
def choose_language(request):
    """The front door without a language: on to the first of the browser's languages that the portal has."""
    response = HttpResponseRedirect(f"/{get_language_from_request(request)}/")
    patch_vary_headers(response, ["Accept-Language"])
    return response


def not_yet(request, key):
    """Says, in the language asked for, that a page is not there in it yet, and where it can be read instead."""
    language = get_language()
    there = Page.objects.filter(translation_key=key, live=True, alias_of=None).public()
    ranked = there.annotate(rank=face_rank(language, settings.LANGUAGE_CODE)).select_related("locale")
    original = ranked.order_by("rank", "locale_id").first()
    if original is None:
        raise Http404
    if original.locale.language_code == language:
        return HttpResponseRedirect(original.get_url(request))
    context = {
        "key": key,
        "original": original,
        "alternates": alternates_of(original, request),
        "readable": translations_of(original).values(),
        "canonical": request.build_absolute_uri(original.get_url(request)),
    }
    return render(request, "portal/not_yet.html", context)
