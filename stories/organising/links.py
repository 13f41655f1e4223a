"""The links of those who organise an event without an account: to its page, and to the list at its door. A leaf."""

from datetime import timedelta

from django.urls import reverse
from django.utils import translation

from portal import links

ORGANISER, DOOR = "event", "door"  # purposes of links
LINKS_LAST = timedelta(days=2 * 365)
DOOR_IS_OPEN = timedelta(days=400)  # events are announced a year ahead at most


def path(event, language="", purpose=ORGANISER):
    """The address of its page for whoever organises it."""
    with translation.override(language or translation.get_language()):
        name = "door" if purpose == DOOR else "status"
        return reverse(name, args=[links.sign(purpose, event, key=str(event.key))])


def held_with(events, token, purpose=ORGANISER):
    """The event that a link opens. Raises a `LinkError` that says why it opens none."""
    content = links.read(token, purpose, LINKS_LAST if purpose == ORGANISER else DOOR_IS_OPEN)
    found = events.filter(pk=content["pk"]).first()
    if found is None or str(found.key) != content.get("key"):
        raise links.LinkExpired
    return found
