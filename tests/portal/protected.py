"""For tests of public forms: what a reader's browser would post with what he typed."""

import time
from uuid import uuid4

from portal import protection
from portal.forms import ProtectedForm


def posted(form_class: type[ProtectedForm], *, seconds_ago=60, key=None, trap="", **typed):
    """The data of a form that was opened `seconds_ago`; the same `key` twice is a retry."""
    opened = protection.opening_token(form_class.form_name, opened_at=time.time() - seconds_ago)
    return {"form_opened": opened, "form_key": str(key or uuid4()), "form_topic": trap, **typed}
