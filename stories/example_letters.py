"""Examples of the letters about events, with people who do not exist."""

from datetime import datetime, time, timedelta
from types import SimpleNamespace

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.mail_templates import MailTemplate

from .attending.words import HEADINGS, TO_ORGANISERS, TOLD

EVENTS = _("Events")


def an_event():
    starts = datetime.combine(timezone.localdate() + timedelta(days=12), time(18))
    event = SimpleNamespace(
        starts_wall=starts,
        ends_wall=starts + timedelta(hours=3),
        timezone="Africa/Nairobi",
        space=SimpleNamespace(stands_at="Ngong Road 112, Nairobi", name="Ngong Road hub"),
        address="",
        online_url="",
        is_cancelled=False,
        is_postponed=False,
        seeks_space=False,
    )
    event.local = (event.starts_wall, event.ends_wall)
    return {"event": event, "title": "Evening for new mappers", "name": "Brian", "url": "/en/status/an-example/"}


def a_change():
    step = SimpleNamespace(text="The projector is broken.", facts={"when": ["2027-05-03T18:00:00 2027-05-03T21:00:00", ""]})
    return {**an_event(), "heading": HEADINGS["reschedule"], "told": TOLD["reschedule"], "step": step, "is_waiting": False}


def to_an_organiser():
    return {**a_change(), "heading": HEADINGS["plan"], "told": TO_ORGANISERS["plan"], "step": None}


def letters():
    """For `register_mail_templates`."""
    return [
        MailTemplate("seat_address", _("To confirm the address of somebody who comes"), an_event, EVENTS, order=66),
        MailTemplate("seat_told", _("What happens with a place, or with its event"), a_change, EVENTS, order=66),
        MailTemplate("event_told", _("What happens with an event, to whoever organises it"), to_an_organiser, EVENTS, order=66),
        MailTemplate("event_outcome", _("To ask how an event went"), an_event, EVENTS, order=66),
    ]
