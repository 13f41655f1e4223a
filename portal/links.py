"""Signed links: whoever holds one may do one thing with one object, for a time, without an account."""

from django.core import signing
from django.utils.translation import gettext_lazy as _


class LinkError(Exception):
    """The link does not open; `message` says why, in words for the person who followed it."""

    message = _("This link does not work.")

    def __str__(self):
        return str(self.message)


class LinkExpired(LinkError):
    """It was ours, but too long ago."""

    message = _("This link has expired. Please ask for a new one.")


class LinkBroken(LinkError):
    """It was never ours, or ours for another purpose, or lost some characters on its way."""

    message = _("This link is broken. Please copy the whole of it from the e-mail.")


def sign(purpose, obj_or_pk, **extra):
    """A token for one object and one purpose, safe in an address. `extra` travels with it: readable, not changeable."""
    pk = getattr(obj_or_pk, "pk", obj_or_pk)
    return signing.dumps({**extra, "pk": pk if isinstance(pk, int) else str(pk)}, salt=_salt(purpose))


def read(token, purpose, max_age):
    """What the token carries: `pk`, and the extras. `max_age` in seconds or as a `timedelta`."""
    try:
        return signing.loads(token, salt=_salt(purpose), max_age=max_age)
    except signing.SignatureExpired as error:
        raise LinkExpired from error
    except signing.BadSignature as error:
        raise LinkBroken from error


def _salt(purpose):
    return f"portal.links.{purpose}"
