from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings


class PortalBackend(AuthenticationBackend):
    """Sign-in by e-mail. The demo's password opens nothing outside the demo, even on a copy of the demo's database."""

    def authenticate(self, request, **credentials):
        if credentials.get("password") == settings.DEMO_PASSWORD and not settings.PORTAL_DEMO:
            return None
        return super().authenticate(request, **credentials)
