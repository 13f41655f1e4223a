"""The letters about a submission. A leaf: it is handed the submission, the step and the people."""

from django.urls import reverse
from django.utils.translation import override

from portal.mail import queue_mail

from .words import TOLD, WAITS


def ask_to_confirm(submission):
    """The first letter, with the link that says: this address is mine, and I sent this."""
    context = {"submission": submission, "url": submission.confirmation_path()}
    queue_mail([submission.email], "submission_address", context, submission.language)


def tell_submitter(submission, step):
    context = {
        "submission": submission,
        "step": step,
        "told": TOLD[step.verb],
        "url": submission.path(),
        "page_url": page_url(submission),
    }
    queue_mail([submission.email], "submission_step", context, submission.language, purpose=f"submission_{step.verb}")


def tell_reviewers(submission, step, people):
    """Whose turn it is, each in their own language. Nothing about who submitted: a letter is easily passed on."""
    if step.verb not in WAITS:
        return
    url = reverse("submissions:review", args=[submission.pk])
    for person in people:
        context = {"submission": submission, "person": person, "waits": WAITS[step.verb], "url": url}
        queue_mail([person.email], "submission_waits", context, person.language or language_of(submission))


def language_of(submission):
    return submission.region.language if submission.region else ""


def page_url(submission):
    """Where the public finds it, once it does; in the submitter's language when there is such a page."""
    if submission.space is None:
        return ""
    pages = {page.locale.language_code: page for page in submission.space.pages.filter(live=True).select_related("locale")}
    page = pages.get(submission.language) or next(iter(pages.values()), None)
    with override(submission.language):
        return page.get_url() if page else ""
