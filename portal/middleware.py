"""What every request passes: the language of its address, who may keep the answer, what the browser may do with it."""

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from csp.middleware import CSPMiddleware
from django.conf import settings
from django.contrib import messages
from django.middleware.http import ConditionalGetMiddleware
from django.shortcuts import redirect
from django.utils import timezone, translation
from django.utils.cache import patch_cache_control
from django.utils.http import http_date
from django.utils.translation import get_language_from_path, get_language_from_request
from django.utils.translation import gettext as _

from portal.permissions import oversees


class LanguageFromAddressMiddleware:
    """The language is the first part of the address; only addresses without one ask the browser. No cookie is read.

    Unlike Django's own, it never sends `/regions/` on to `/en/regions/`: an address that is not ours is not found.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        language = get_language_from_path(request.path_info) or get_language_from_request(request)
        translation.activate(language)
        request.LANGUAGE_CODE = translation.get_language()
        response = self.get_response(request)
        response.headers.setdefault("Content-Language", translation.get_language())
        return response


class ConditionalMiddleware(ConditionalGetMiddleware):
    """A 304 keeps what lets scripts of other sites read it; Django's would take that away with the content."""

    kept = ("Access-Control-Allow-Origin", "Access-Control-Expose-Headers")

    def process_response(self, request, response):
        answer = super().process_response(request, response)
        for name in self.kept:
            if response.has_header(name):
                answer.headers.setdefault(name, response[name])
        return answer


class ReadersPagesMiddleware:
    """A reader without a session gets the public page, which a shared cache may keep; anybody else's is private."""

    max_age = 60

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.has_header("Cache-Control") or request.path.startswith(("/static/", "/media/")):
            return response
        is_public = settings.SESSION_COOKIE_NAME not in request.COOKIES and not response.cookies
        if request.method not in ("GET", "HEAD") or not is_public or response.has_header("Expires"):
            patch_cache_control(response, private=True, no_cache=True)
        elif response.status_code == 200:  # noqa: PLR2004
            patch_cache_control(response, public=True, max_age=self.max_age)
        return response


class LastModifiedMiddleware:
    """Says when a page last changed: its own last change or the start of this hour, whichever is later.

    Lists on a page change with the clock and with other pages, so a date alone never earns a "not modified": the
    `ETag` decides, which is exact.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.META.pop("HTTP_IF_MODIFIED_SINCE", None)
        response = self.get_response(request)
        changed_at = getattr(request, "page_changed_at", None)
        if changed_at and response.status_code == 200 and not response.has_header("Last-Modified"):  # noqa: PLR2004
            hour = timezone.now().replace(minute=0, second=0, microsecond=0)
            response["Last-Modified"] = http_date(max(changed_at, hour).timestamp())
        return response


class SecondStepMiddleware:
    """Who looks after all regions enters the workplace with a second step, or is led to where one is set up.

    The page they wanted is remembered: once the second step is there, the pages about it lead on to it.
    """

    steps = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if settings.STAFF_NEED_SECOND_STEP and self.concerns(request):
            if not is_mfa_enabled(request.user, self.steps):
                return self.lead_to_setup(request)
            request.session.pop("wanted_workplace", None)
        return self.get_response(request)

    def concerns(self, request):
        if not request.path.startswith("/admin/") or request.path == "/admin/logout/":
            return False
        return request.user.is_authenticated and oversees(request.user)

    def lead_to_setup(self, request):
        is_page = request.method == "GET" and request.headers.get("Sec-Fetch-Dest", "document") == "document"
        if is_page:
            request.session["wanted_workplace"] = request.get_full_path()
            messages.error(request, _("You look after all regions, so a password alone is not enough. Set up a second step."))
        return redirect("mfa_index")


class PolicyMiddleware(CSPMiddleware):
    """One strict Content-Security-Policy, and a laxer one for the admin, whose choosers use inline scripts."""

    def get_policy_parts(self, request, response, report_only=False):
        parts = super().get_policy_parts(request, response, report_only)
        if not report_only and parts.config is None and request.path.startswith("/admin/"):
            parts.config = settings.ADMIN_CONTENT_SECURITY_POLICY["DIRECTIVES"]
        return parts
