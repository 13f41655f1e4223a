"""Examples of the letters about submitted spaces, with people who do not exist."""

from types import SimpleNamespace

from django.utils.translation import gettext_lazy as _

from portal.mail_templates import MailTemplate

from .submitting.words import TOLD, WAITS

SUBMISSIONS = _("Submitted spaces")


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


def letters():
    """For `register_mail_templates`."""
    return [
        MailTemplate("submission_address", _("To confirm the address of a submission"), a_submission, SUBMISSIONS, order=60),
        MailTemplate("submission_step", _("What became of a submission"), a_submission, SUBMISSIONS, order=60),
        MailTemplate("submission_waits", _("A submission waits for you"), a_submission, SUBMISSIONS, order=60),
    ]
