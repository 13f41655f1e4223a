from django.conf import settings
from django.utils.translation import get_language, get_language_bidi

from .languages import tag


def reader(request):
    """What every page knows of its reader: the language, its direction, and whether there may be an account."""
    language = get_language() or settings.LANGUAGE_CODE
    return {
        "language": language,
        "language_tag": tag(language),
        "language_direction": "rtl" if get_language_bidi() else "ltr",
        "is_known": settings.SESSION_COOKIE_NAME in request.COOKIES,
        "site_name": settings.WAGTAIL_SITE_NAME,
        "is_demo": settings.PORTAL_DEMO,
    }
