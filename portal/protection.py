"""What stands between a public form and those who abuse it: a moment's patience and a limit. No cookie, no puzzle."""

import time
from ipaddress import ip_address, ip_network

from allauth.account.adapter import get_adapter
from django.core.exceptions import PermissionDenied
from django.core.signing import BadSignature, Signer
from django.utils.crypto import salted_hmac

from .models import Attempts

HOUR = 60 * 60
# People need more than two seconds to fill a form; after twelve hours it may have changed under them.
YOUNGEST, OLDEST = 2, 12 * HOUR


def opening_token(form, opened_at=None):
    """Signed: when this form was opened. It travels in the form, so the reader needs no session."""
    return _signer(form).sign(f"{opened_at or time.time():.3f}")


def age(token, form):
    """How many seconds ago the form was opened; None when the token is not ours."""
    try:
        return time.time() - float(_signer(form).unsign(token))
    except BadSignature:
        return None


def network_of(request):
    """Where a request comes from, wide enough for one house or one provider's customer: /24 of IPv4, /64 of IPv6.

    Behind a web server this needs allauth's setting ALLAUTH_TRUSTED_PROXY_COUNT, else the whole world is one network.
    """
    try:
        address = ip_address(get_adapter().get_client_ip(request))
    except PermissionDenied:  # a server on a Unix socket knows no address: then only the address typed is counted
        return ""
    address = getattr(address, "ipv4_mapped", None) or address
    return str(ip_network((address, 24 if address.version == 4 else 64), strict=False))  # noqa: PLR2004


def count(form, kind, value):
    """Count one more from here, and say how many that makes within the hour.

    In the database, so that neither a restart nor an emptied cache gives anybody a second hour.
    """
    # Hashed, since nobody needs to know whose it is.
    key = salted_hmac(form, f"{kind} {value.strip().lower()}", algorithm="sha256").hexdigest()
    return Attempts.objects.count_one(key, HOUR)


def _signer(form):
    return Signer(salt=f"portal.protection.{form}")
