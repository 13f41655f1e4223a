"""Examples of the letters about keeping records true, with people and places that do not exist."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.mail_templates import MailTemplate
from portal.models import Addressee
from regions.models import ProblemReport, Region, UserGroup

KEEPING = _("Keeping it true")
WEI = Addressee("wei@example.org", "en", "Wei Lin", True)


def a_group():
    confirmed_at = timezone.now() - timedelta(days=365)
    return UserGroup(name="Mappers of Kisumu", region=Region(name="Kenya", language="en"), confirmed_at=confirmed_at)


def a_question():
    group = a_group()
    return {"addressee": WEI, "questions": [{"record": group, "url": "/en/confirm/an-example/"}], "first": group}


def a_sleeper():
    return {"addressee": WEI, "record": a_group(), "url": "/en/confirm/an-example/"}


def a_report():
    text = "The link to the chat leads nowhere."
    report = ProblemReport(about="Mappers of Kisumu", kind=ProblemReport.Kind.CONTACT, text=text, done="The link is mended.")
    return {"report": report, "keeper": WEI, "url": "/admin/snippets/regions/problemreport/inspect/17/"}


def letters():
    """For `register_mail_templates`."""
    return [
        MailTemplate("ask_to_confirm", _("Is it all still right?"), a_question, KEEPING, order=60),
        MailTemplate("fallen_asleep", _("Nobody answers, so it is asleep"), a_sleeper, KEEPING, order=60),
        MailTemplate("problem_reported", _("A problem was reported"), a_report, KEEPING, order=60),
        MailTemplate("problem_settled", _("What was done about a problem"), a_report, KEEPING, order=60),
    ]
