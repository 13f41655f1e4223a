"""The letters about requests. A leaf: it is handed the request, the step and the bookings.

Host and organiser read each other's address only once something is accepted; until then the portal passes on what they write.
"""

from django.urls import reverse
from django.utils.translation import override

from portal.calendars import CalendarEntry, Method, Party, the_portal
from portal.mail import queue_mail
from regions.models import keepers_of

from .calendars import calendar_of, uid_of
from .words import ASKED_HOW_IT_WENT, HEADINGS, HOSTLESS, NOBODY_ANSWERS, NOT_AGREED, REMINDED, TOLD, TOLD_BY_REGION

ENTERED, TAKEN_OUT = {"accept", "agree", "move"}, {"withdraw", "cancel"}


def ask_to_confirm(request):
    """The first letter, with the link that says: this address is mine, and I ask for this."""
    context = {"asked": request, "space": request.space, "url": request.confirmation_path()}
    queue_mail([request.email], "request_address", context, request.language)


def tell(request, step, dates, was="", parts=("organiser", "host")):
    """Whoever of these is concerned by a step, each in their own language. `was`: how the request stood before."""
    told = TOLD.get(step.verb, {})
    if step.part == "region":
        told = TOLD_BY_REGION.get(step.verb, told)
    if step.verb == "expire" and was == "proposed":
        told = dict.fromkeys(told, NOT_AGREED)
    told = {part: words for part, words in told.items() if part in parts}
    is_own = step.verb == "say" and step.part  # who writes gets no letter about it
    if "organiser" in told and is_own != "organiser":
        write_to_organiser(request, told["organiser"], step, dates)
    if "host" in told and is_own != "host":
        for space in {booking.space for booking in dates} or request.places:
            write_to_hosts(request, space, told["host"], step, [each for each in dates if each.space == space])


def remind(request, part):
    """Whoever has to answer."""
    if part == "organiser":
        write_to_organiser(request, REMINDED[part], None, [])
    else:
        write_to_hosts(request, request.space, REMINDED[part], None, [])


def tell_keepers(request, told=NOBODY_ANSWERS, occasion="keepers", space=None):
    """Nobody answers, or nobody is named who could: those who look after the region."""
    url, region = reverse("requests:request", args=[request.pk]), (space or request.space).region
    for keeper in keepers_of([region])[region.pk]:
        with override(keeper.language):
            words = {
                "heading": HEADINGS[occasion, "region"],
                "told": told,
                "name": keeper.name,
                "url": url,
                "is_workplace": True,
            }
            context = {**about(request, []), **words}
            queue_mail([keeper.email], "request_told", context, keeper.language, purpose="request_keepers")


def ask_how_it_went(booking):
    request = booking.request
    write_to_organiser(request, ASKED_HOW_IT_WENT, None, [booking], occasion="outcome")


def write_to_organiser(request, told, step, dates, occasion="reminder"):
    if not request.email:  # who asked has left, or is forgotten
        return
    context = {
        **about(request, dates),
        "heading": heading(step, occasion, "organiser"),
        "told": told,
        "step": said(step, "organiser"),
        "name": request.organiser,
        "url": request.path(),
        "contacts": request.contacts,
    }
    entry = calendar_for(request, step, dates, Party(request.email, request.organiser))
    purpose = purpose_of(step, occasion)
    queue_mail([request.email], "request_told", context, request.language, purpose=purpose, **entry)


def write_to_hosts(request, space, told, step, dates):
    """Each by the link that is theirs; where nobody is named, those who look after the region answer."""
    hosts = {host.email.lower(): host for host in space.hosts.select_related("person", "space__region")}
    if not hosts and not (step and step.part == "region"):
        tell_keepers(request, told if step and step.verb != "confirm" else HOSTLESS, "hostless", space)
    for host in hosts.values():
        context = {
            **about(request, dates),
            "heading": heading(step, "reminder", "host"),
            "told": told,
            "step": said(step, "host"),
            "name": host.name,
            "url": host.path_to(request),
            "asks": request,
            "answer_by": request.answer_by if request.is_open else None,
            "contacts": [{"name": request.organiser, "email": request.email}] if request.shows_addresses else [],
        }
        entry = calendar_for(request, step, dates, Party(host.email, host.name))
        queue_mail([host.email], "request_told", context, host.language, purpose=purpose_of(step), **entry)


def purpose_of(step, otherwise="reminder"):
    return f"request_{step.verb if step else otherwise}"


def heading(step, otherwise, part):
    words = HEADINGS.get((step.verb if step else otherwise, part))
    return words or type(step).Verb(step.verb).label


def about(request, dates):
    """Without dates of its own, all of them; a request for any day is told in words."""
    if not dates and not request.is_flexible:
        dates = list(request.bookings.select_related("space__region"))
    places = {booking.space for booking in dates}
    return {"asked": request, "space": places.pop() if len(places) == 1 else request.space, "dates": dates}


def said(step, part):
    """The words of a step for whoever did not write them."""
    return step if step and step.text and step.part != part and step.verb != "move" else None


def calendar_for(request, step, dates, receiver):
    """What was agreed or lost, for the calendar: one time as an entry that it enters by itself, several as a file."""
    verb = step.verb if step else ""
    lost = verb in TAKEN_OUT and all(booking.sequence for booking in dates)
    if not dates or not (verb in ENTERED or lost):
        return {}
    if len(dates) > 1:
        return {"attachments": [("dates.ics", calendar_of(dates), "text/calendar")]}
    booking = dates[0]
    entry = CalendarEntry(
        uid=uid_of(booking),
        summary=f"{request.title} ({request.community})",
        starts=booking.starts_at,
        ends=booking.ends_at,
        zone=str(booking.space.zone),
        organizer=the_portal(),
        attendees=(receiver,),
        place=f"{booking.space}, {booking.space.stands_at}",
        sequence=booking.sequence,
        method=Method.CANCEL if lost else Method.REQUEST,
    )
    return {"calendar": entry}
