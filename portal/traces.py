"""What people leave behind in the portal: letters, forms, pages, entries of the log. See `portal.personal_data`."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.documents import get_document_model
from wagtail.models import Comment, ModelLogEntry, Page, PageLogEntry

from .models import Attempts, OutgoingMail, Picture, Submission
from .personal_data import MONTH, ON_RECORD, PersonalData


def export_letters(user):
    """Not what was written, and not to whom: a letter may hold a link that is a key, or an address that is hidden."""
    return [
        {gettext("Written"): mail.created_at, gettext("Subject"): mail.subject, gettext("Delivered"): mail.sent_at}
        for mail in OutgoingMail.objects.naming(user.email)
    ]


def erase_letters(user):
    OutgoingMail.objects.erase_address(user.email, user.erased_address)


def forget_letters(now):
    return OutgoingMail.objects.erase_delivered(before=now - MONTH) + OutgoingMail.objects.forget(before=now - ON_RECORD)


def forget_forms(now):
    return Submission.objects.forget(before=now - MONTH) + Attempts.objects.forget(before=now)


def export_works(user):
    pages = [
        {gettext("Page"): page.title, gettext("Written"): page.first_published_at or page.latest_revision_created_at}
        for page in Page.objects.filter(owner=user).order_by("pk")
    ]
    pictures = [
        {gettext("Picture"): picture.title, gettext("Uploaded"): picture.created_at}
        for picture in Picture.objects.filter(uploaded_by_user=user).order_by("pk")
    ]
    documents = [
        {gettext("Document"): document.title, gettext("Uploaded"): document.created_at}
        for document in get_document_model().objects.filter(uploaded_by_user=user).order_by("pk")
    ]
    comments = [
        {gettext("Comment"): comment.text, gettext("Page"): comment.page.title, gettext("Written"): comment.created_at}
        for comment in Comment.objects.filter(user=user).select_related("page").order_by("pk")
    ]
    return pages + pictures + documents + comments


def export_log(user):
    """What they did, and what was done to their account."""
    done = [*PageLogEntry.objects.filter(user=user), *ModelLogEntry.objects.filter(user=user)]
    undergone = ModelLogEntry.objects.for_instance(user).exclude(user=user)
    return [
        {gettext("When"): entry.timestamp, gettext("What"): str(entry.message), gettext("To what"): entry.label}
        for entry in sorted([*done, *undergone], key=lambda entry: entry.timestamp, reverse=True)
    ]


KINDS = [
    PersonalData(
        key="letters",
        label=_("Letters that the portal sent"),
        why=_("So that none gets lost, and we can say what was sent to whom."),
        until=_("The text until 30 days after delivery; who was written to, when and why, for three years."),
        erased_how=_("Their text and your address are erased. What is not delivered yet is thrown away."),
        export=export_letters,
        erase=erase_letters,
        forget=forget_letters,
        order=30,
    ),
    PersonalData(
        key="forms",
        label=_("Forms that were sent"),
        why=_("So that a form that arrives twice counts once."),
        until=_("For 30 days."),
        erased_how=_("They are deleted when the 30 days are over. They do not say who sent them."),
        export=lambda user: [],
        forget=forget_forms,
        order=40,
    ),
    PersonalData(
        key="works",
        label=_("Pages, pictures and comments, with who made them"),
        why=_("So that there is somebody to ask about a page."),
        until=_("As long as the page or picture."),
        erased_how=_("Your name disappears from them."),
        stays=_("What you wrote for the portal, without your name, because others build on it."),
        export=export_works,
        order=80,
    ),
    PersonalData(
        key="log",
        label=_("Log of who did what"),
        why=_("So that decisions and changes can be followed."),
        until=_("As long as the portal."),
        erased_how=_("Your name disappears from it."),
        stays=_("What was done, by “somebody who left”, so that decisions can still be followed."),
        export=export_log,
        order=90,
    ),
]
