"""The draft of a story about an event: what is known stands in it, and somebody writes the rest. A leaf: it is handed rows."""

import json

from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join, linebreaks
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override


def draft_of(event, language):
    """Title, summary and body, in the language of the page that it will be."""
    with override(language):
        words = {"when": date_format(event.starts_wall, "DATE_FORMAT"), "where": place(event)}
        body = [{"type": kind, "value": str(value) if isinstance(value, str) else value} for kind, value in blocks(event)]
        return {"title": event.name, "summary": _("%(when)s, %(where)s.") % words, "body": json.dumps(body)}


def place(event):
    return f"{event.space}, {event.space.city}" if event.space else event.address or _("online")


def blocks(event):
    learned = event.told.learned if event.told else ""
    yield "paragraph", linebreaks(learned or _("What happened? Tell it as you would tell a friend."), autoescape=True)
    for photo in event.photos.all():
        yield "picture", {"image": photo.picture.pk, "decorative": False, "alt_text": photo.picture.description}
    figures = list(figures_of(event))
    if figures:
        yield "heading", _("In figures")
        yield "paragraph", format_html("<ul>{}</ul>", format_html_join("", "<li>{}</li>", ([line] for line in figures)))
    if event.communities:
        yield "paragraph", format_html("<p>{}</p>", _("Hosted by %(names)s.") % {"names": ", ".join(event.communities)})
    if event.space:
        space = event.space
        where = {"latitude": str(space.latitude), "longitude": str(space.longitude)}
        yield "place", {"name": space.name, "address": space.stands_at, **where}


def figures_of(event):
    if event.came is not None:
        yield ngettext("%(number)s person came.", "%(number)s people came.", event.came) % {"number": event.came}
    for each in event.expected.all():
        if each.actual is not None and each.kind != "people":
            words = {"what": each.get_kind_display(), "actual": each.actual, "target": each.target}
            yield _("%(actual)s %(what)s; hoped for: %(target)s") % words
