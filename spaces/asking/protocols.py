"""What happens when, in words for hosts and organisers: they read it before they need it."""

from django.shortcuts import render
from django.utils.translation import get_language

from portal.alternates import same_view_alternates
from regions.models import Region
from spaces.models import RegionTerms


def protocols(request):
    regions = Region.objects.open().shown_in(get_language()).select_related("terms").order_by("name")
    told = [(region, getattr(region, "terms", None) or RegionTerms(region=region)) for region in regions]
    context = {"regions": told, "usual": RegionTerms(), "alternates": same_view_alternates(request)}
    return render(request, "spaces/asking/protocols.html", context)
