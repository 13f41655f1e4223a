"""The letters to those who come to an event, and to whoever organises it. A leaf: it is handed events, seats and steps."""

from urllib.parse import urljoin

from django.conf import settings
from django.utils.translation import override

from portal.calendars import Method
from portal.faces import link_to
from portal.mail import queue_mail
from stories.calendars import entry_for
from stories.organising.links import path

from .words import HEADINGS, TO_ORGANISERS, TOLD

WITH_ENTRY = {"going", "moved_up", "already", "reminder"}
CHANGES_ENTRY = {"reschedule", "postpone", "relocate", "go_online"}


def ask_to_confirm(seat):
    """The first letter, with the link that says: this address is mine, and I come."""
    context = {**about(seat.event, seat.language), "name": seat.name, "url": seat.confirmation_path()}
    queue_mail([seat.email], "seat_address", context, seat.language)


def tell_seat(seat, what, step=None):
    """How it stands with a seat, or what happened to the event; with the entry for the calendar, where there is one."""
    with override(seat.language):
        context = {
            **about(seat.event, seat.language),
            "name": seat.name,
            "heading": HEADINGS[what],
            "told": TOLD[what],
            "step": step,
            "is_waiting": seat.status == "waiting",
            "room_is_asked": what in CHANGES_ENTRY,
            "url": seat.path(),
        }
    queue_mail([seat.email], "seat_told", context, seat.language, purpose=f"seat_{what}", **calendar_for(seat, what, context))


def tell_seats(event, step):
    """Everybody who holds a seat, in their language."""
    for seat in event.seats.filter(status__in=["going", "waiting"]).exclude(email="").order_by("pk"):
        seat.event = event
        tell_seat(seat, step.verb, step)


def calendar_for(seat, what, context):
    """Whoever only waits has nothing in the calendar yet."""
    is_over = what in ("cancel", "cancelled")
    if not (is_over or what in WITH_ENTRY | CHANGES_ENTRY) or seat.status == "waiting":
        return {}
    method = Method.CANCEL if is_over else Method.REQUEST
    return {"calendar": entry_for(seat, context["title"], context["page_url"], method)}


def tell_organiser(event, step):
    """Whoever organises it, with the link to its page for them; not of what they did themselves, but for the first step."""
    email, name, language = event.organiser
    is_own = step.by_id and step.by_id in (event.planned_by_id, event.request.person_id if event.request else None)
    if not email or (is_own and (step.verb != "plan" or not event.request)):
        return
    with override(language):
        context = {
            **about(event, language),
            "name": name,
            "heading": HEADINGS[step.verb],
            "told": TO_ORGANISERS[step.verb],
            "step": step,
            "url": path(event, language),
        }
    queue_mail([email], "event_told", context, language, purpose=f"event_{step.verb}")


def ask_how_it_went(event, email, name, language, url):
    context = {**about(event, language), "name": name, "url": url}
    queue_mail([email], "event_outcome", context, language)


def about(event, language):
    """The event in the words of its page in this language, or the nearest there is."""
    link = link_to(type(event).objects.with_face(language).get(pk=event.pk))
    url = urljoin(settings.WAGTAILADMIN_BASE_URL, link.url) if link else ""
    return {"event": event, "title": link.title if link else event.name, "page_url": url}
