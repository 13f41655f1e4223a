"""Below /api/ everybody is answered alike: open to every site, errors as problems, HEAD wherever there is GET."""

from functools import wraps

from django.http import Http404, HttpResponse

from .problems import MEDIA_TYPE, problem

FIRST_ERROR = 400
METHODS = "GET, HEAD, OPTIONS"


class ApiMiddleware:
    """No session is touched here, so the answers are the same for everybody and may be kept by anybody."""

    prefix = "/api/"

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not request.path.startswith(self.prefix):
            return self.get_response(request)
        return to_other_sites(preflight() if request.method == "OPTIONS" else self.answer(request))

    def answer(self, request):
        method = request.method
        if method == "HEAD":
            request.method = "GET"  # the server sends the head of it
        response = self.get_response(request)
        request.method = method
        if response.status_code >= FIRST_ERROR and response.get("Content-Type") != MEDIA_TYPE:
            allowed = {"Allow": METHODS} if response.has_header("Allow") else None
            response = problem(response.status_code, headers=allowed)
        return response


def preflight():
    """A browser asks first when a script sends `If-None-Match`."""
    headers = {
        "Access-Control-Allow-Methods": METHODS,
        "Access-Control-Allow-Headers": "If-None-Match, Accept",
    }
    return HttpResponse(status=204, headers={**headers, "Access-Control-Max-Age": "86400", "Allow": METHODS})


def open_to_other_sites(view):
    """A view outside of /api/ that answers as those below it do: only read, by scripts of every site, errors as problems."""

    @wraps(view)
    def open_view(request, *args, **kwargs):
        if request.method == "OPTIONS":
            return to_other_sites(preflight())
        if request.method not in ("GET", "HEAD"):
            return to_other_sites(problem(405, headers={"Allow": METHODS}))
        try:
            return to_other_sites(view(request, *args, **kwargs))
        except Http404:
            return to_other_sites(problem(404))

    return open_view


def to_other_sites(response):
    """The same answer, which scripts of every site may read, and what it says of its age."""
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Expose-Headers"] = "ETag, Last-Modified, Content-Language"
    return response
