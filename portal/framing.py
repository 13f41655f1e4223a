"""Showing a mail's HTML inside a page of ours: in a frame that may do nothing. A leaf."""

from csp.constants import NONE, SELF

# The styles of a mail stand in the mail: nowhere else may they.
NOTHING_BUT_LOOKS = {
    "default-src": [NONE],
    "style-src": ["'unsafe-inline'"],
    "base-uri": [NONE],
    "form-action": [NONE],
    "frame-ancestors": [SELF],
}


def in_a_frame(response, sandbox=""):
    """The answer may be framed by our own pages, and is no part of our site: no script, no cookie, nothing from elsewhere."""
    response._csp_config = {**NOTHING_BUT_LOOKS, "sandbox": sandbox.split() or True}
    response["X-Frame-Options"] = "SAMEORIGIN"
    response["Referrer-Policy"] = "no-referrer"
    return response
