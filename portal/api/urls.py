"""The addresses of the API. What is none of them is a problem, too, not a page."""

from django.urls import path, re_path
from django.views.decorators.csrf import csrf_exempt

from . import docs
from .problems import problem
from .v1 import api


@csrf_exempt
def nothing_here(request, rest=""):
    return problem(404)


urlpatterns = [
    path("v1/docs", docs.docs, name="api_docs"),
    path("v1/", api.urls),
    re_path(r"^(?P<rest>.*)$", nothing_here, name="api_nothing"),
]
