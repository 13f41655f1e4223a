"""Readers' reports, with the address for an answer: what the portal keeps about who wrote them. See `portal.personal_data`."""

from allauth.account.models import EmailAddress
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.personal_data import MONTH, PersonalData
from regions.models import ProblemReport

HALF_A_YEAR = 6 * MONTH


def addresses_of(user):
    confirmed = EmailAddress.objects.filter(user=user, verified=True)
    return {user.email.lower(), *(address.lower() for address in confirmed.values_list("email", flat=True))}


def export_problems(user):
    return [
        {
            gettext("About"): report.about,
            gettext("What is wrong"): str(report.get_kind_display()),
            gettext("In words"): report.text,
            gettext("Address"): report.email,
            gettext("Sent"): report.created_at,
        }
        for report in ProblemReport.objects.concerning(addresses_of(user)).order_by("created_at")
    ]


def erase_problems(user):
    ProblemReport.objects.concerning(addresses_of(user)).update(email="")


def forget_problems(now):
    return ProblemReport.objects.forget(before=now - HALF_A_YEAR, never_settled_before=now - 2 * HALF_A_YEAR)


KINDS = [
    PersonalData(
        key="problems",
        label=_("Reports of a problem, with an address for the answer"),
        why=_("So that what the portal tells stays true, and whoever told us hears what was done."),
        until=_("The address until the answer is sent; the report for 180 days after that, at most a year if nobody answers."),
        erased_how=_("Your address is deleted from your reports."),
        stays=_("What was wrong, until it is settled: without your address nothing says that you wrote it."),
        export=export_problems,
        erase=erase_problems,
        forget=forget_problems,
        order=58,
    )
]
