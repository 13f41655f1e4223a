from django.conf import settings

from .models import Membership
from .translating.following import counted_once


class RolesEndMiddleware:
    """A role that has run out stops working with the first click of the next day, and every session with it."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        # The cookie is asked first: a reader without one must not touch the session.
        if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
            Membership.objects.expired().filter(person=request.user).end(reason="expired")
        return self.get_response(request)


class BoardMiddleware:
    """What one request does to translations is counted once, at its end, and not after each of its steps."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.method in {"GET", "HEAD", "OPTIONS"}:
            return self.get_response(request)
        with counted_once():
            return self.get_response(request)
