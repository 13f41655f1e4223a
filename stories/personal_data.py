"""Who comes to events: what the portal keeps about them, see `portal.personal_data` and docs/events.md.

The rows stay, for the figures of the programme; who it was, goes.
"""

from datetime import timedelta

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.personal_data import PersonalData

from .models import Event, EventUpload, Seat
from .models.seats import TO_CONFIRM

AFTER_EVENT = timedelta(days=180)


def export_seats(user):
    seats = Seat.objects.of_person(user).select_related("event")
    return [
        {
            gettext("Event"): str(seat.event),
            gettext("When"): seat.event.starts_at,
            gettext("Name"): seat.name,
            gettext("E-mail address"): seat.email,
            gettext("How it stands"): str(seat.get_status_display()),
            gettext("Said on"): seat.created_at,
            gettext("Was there"): {True: gettext("yes"), False: gettext("no")}.get(seat.came),
        }
        for seat in seats.order_by("created_at")
    ]


def coming(user):
    return [seat for seat in Seat.objects.of_person(user).held().select_related("event") if not seat.event.is_past]


def warn_of_seats(user):
    text = gettext("Your place at “%(event)s” is given up.")
    return [text % {"event": seat.event} for seat in coming(user)]


def erase_seats(user):
    keys = list(Seat.objects.of_person(user).values_list("pk", flat=True))
    for seat in coming(user):
        seat.cancel()
    forget(Seat.objects.filter(pk__in=keys))


def forget(seats):
    """Names and addresses. Returns of how many."""
    return seats.update(name="", email="", person=None)


def forget_seats(now):
    unconfirmed = Seat.objects.filter(status=Seat.Status.DRAFT, created_at__lt=now - TO_CONFIRM)
    number = unconfirmed.count()
    unconfirmed.delete()
    over = Seat.objects.filter(event__ends_at__lt=now - AFTER_EVENT).exclude(name="").exclude(event__status="postponed")
    return number + forget(over)


def export_planned(user):
    return [
        {
            gettext("Event"): str(event),
            gettext("When"): event.starts_at,
            gettext("How it stands"): str(event.get_status_display()),
        }
        for event in Event.objects.filter(planned_by=user).order_by("starts_at")
    ]


def erase_planned(user):
    Event.objects.filter(planned_by=user).update(planned_by=None)


def export_uploads(user):
    return [
        {gettext("File"): upload.name, gettext("Uploaded"): upload.uploaded_at, gettext("Imported"): upload.imported_at}
        for upload in EventUpload.objects.of(user).defer("content", "report")
    ]


def erase_uploads(user):
    EventUpload.objects.of(user).delete()


def forget_uploads(now):
    return EventUpload.objects.forget(before=now - EventUpload.KEPT_FOR)


KINDS = [
    PersonalData(
        key="event-uploads",
        label=_("Calendars that you have sent for importing events"),
        why=_("So that you can look at what would happen before it does."),
        until=_("For 7 days."),
        erased_how=_("The files are deleted. The events that came out of them stay."),
        export=export_uploads,
        erase=erase_uploads,
        forget=forget_uploads,
        order=71,
    ),
    PersonalData(
        key="seats",
        label=_("Who comes to events: name, e-mail address, and whether they were there"),
        why=_("So that there is a place for you, and you hear of it when something changes."),
        until=_("For half a year after the event. If you do not confirm your address, for a week."),
        erased_how=_("Your places are given up, and your name and address are deleted."),
        stays=_("That somebody came, without who: the figures of the programme count them."),
        export=export_seats,
        erase=erase_seats,
        forget=forget_seats,
        warn=warn_of_seats,
        order=67,
    ),
    PersonalData(
        key="planned-events",
        label=_("Which events you have planned"),
        why=_("So that you can be asked how they went."),
        until=_("As long as you have an account."),
        erased_how=_("Your account is taken off the events."),
        stays=_("The events themselves: they are public."),
        export=export_planned,
        erase=erase_planned,
        order=68,
    ),
]
