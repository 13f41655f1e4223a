"""When and where an event is, in words. A leaf: it is handed events."""

from datetime import datetime

from django.utils.translation import gettext as _

from spaces.templatetags.map_tags import zone_name
from spaces.templatetags.request_tags import span_words


def when_words(event):
    """By the clock of the place, whose zone is named: "Mon 3 May 2027, 18:00 – 21:00 (Nairobi)"."""
    return f"{span_words(event.local)} ({zone_name(event.timezone)})"


def kept_when(text):
    """A time as the history keeps it ("2027-05-03T18:00:00 2027-05-03T21:00:00"), in words."""
    return span_words([datetime.fromisoformat(part) for part in text.split()])


def where_words(event):
    """In a line without links."""
    if event.space:
        return f"{event.space.name}, {event.space.stands_at}"
    return event.address or event.online_url or _("online")
