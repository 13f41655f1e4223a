"""Examples of the letters about submitted spaces, with people who do not exist."""

from datetime import time, timedelta
from types import SimpleNamespace

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.mail_templates import MailTemplate

from .asking.words import HEADINGS
from .asking.words import TOLD as TOLD_OF_REQUESTS
from .submitting.words import TOLD, WAITS

SUBMISSIONS, REQUESTS = _("Submitted spaces"), _("Requests for spaces")


class Step(SimpleNamespace):
    def __str__(self):
        return str(self.label)


def a_submission():
    submission = SimpleNamespace(
        name="Ngong Road hub",
        city="Nairobi",
        country=SimpleNamespace(name="Kenya"),
        submitter="Wei",
        region="Kenya",
    )
    step = Step(label=_("Question asked"), text="Is there a ramp at the door?", who="Amina Otieno")
    return {
        "submission": submission,
        "step": step,
        "person": "Amina Otieno",
        "told": TOLD["ask"],
        "waits": next(iter(WAITS.values())),
        "url": "/en/status/an-example/",
        "page_url": "",
    }


def a_request():
    """As its host reads it."""
    day = timezone.localdate() + timedelta(days=12)
    asked = SimpleNamespace(
        title="Evening for new mappers",
        community="Nairobi Mappers",
        organiser="Wanjiru Kamau",
        people=25,
        needs="A projector.",
        languages=["en", "fr"],
        day=day,
        last_day=day + timedelta(days=7),
        begins=time(18),
        ends=time(21),
    )
    return {
        "asked": asked,
        "asks": asked,
        "space": "Ngong Road hub",
        "heading": HEADINGS["confirm", "host"],
        "told": TOLD_OF_REQUESTS["confirm"]["host"],
        "name": "Amina Otieno",
        "url": "/en/host/an-example/1/",
    }


def letters():
    """For `register_mail_templates`."""
    return [
        MailTemplate("submission_address", _("To confirm the address of a submission"), a_submission, SUBMISSIONS, order=60),
        MailTemplate("submission_step", _("What became of a submission"), a_submission, SUBMISSIONS, order=60),
        MailTemplate("request_address", _("To confirm the address of a request"), a_request, REQUESTS, order=64),
        MailTemplate("request_told", _("What happens with a request"), a_request, REQUESTS, order=64),
        MailTemplate("submission_waits", _("A submission waits for you"), a_submission, SUBMISSIONS, order=60),
    ]
