"""Who sent in a space: what the portal keeps about them, see `portal.personal_data` and docs/submitting.md."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.personal_data import PersonalData

from .models import SpaceSubmission


def export_submissions(user):
    return [
        {
            gettext("Space"): submission.name,
            gettext("Sent"): submission.created_at,
            gettext("Name"): submission.submitter if submission.email.lower() == user.email.lower() else submission.host[0],
            gettext("How it stands"): str(submission.get_status_display()),
        }
        for submission in SpaceSubmission.objects.sent_by(user).order_by("created_at")
    ]


def erase_submissions(user):
    """A space that was listed stays, with its host: see `spaces.personal_data`."""
    SpaceSubmission.objects.sent_by(user).delete()


def forget_submissions(now):
    forgettable = SpaceSubmission.objects.forgettable(now)
    number = forgettable.count()
    forgettable.delete()
    return number


KINDS = [
    PersonalData(
        key="submissions",
        label=_("Spaces that were sent in: name and e-mail address of sender and host, and what was written to and fro"),
        why=_("So that the region can decide, ask, and tell what it decided."),
        until=_(
            "7 days, if the address is never confirmed; half a year after a question that nobody answers, a refusal or a "
            "withdrawal; a year after the space was listed."
        ),
        erased_how=_("What you sent in is deleted. A space that was listed stays listed."),
        export=export_submissions,
        erase=erase_submissions,
        forget=forget_submissions,
        order=65,
    )
]
