"""The way out for mail: a row first, in the transaction of what causes it, then a task that delivers it."""

from functools import partial
from html import unescape

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db import DatabaseError, transaction
from django.template import Context
from django.template.loader import get_template
from django.utils import translation
from django.utils.html import strip_tags
from django_tasks import task

from .envelopes import one_click, packed
from .languages import tag
from .models import OutgoingMail

SUBJECT_LENGTH = OutgoingMail._meta.get_field("subject").max_length


@task
def deliver(mail_id):
    """Deliver one mail; says whether that was done."""
    mail = attempt(mail_id)
    return mail is not None and mail.status == mail.Status.SENT


def attempt(mail_id):
    """Try to deliver one mail, if it is due and nobody else does. The next attempt comes from the queue, else from cron."""
    mail = OutgoingMail.objects.claim(mail_id)
    if mail and not mail.send() and mail.status == mail.Status.WAITING and deliver.get_backend().supports_defer:
        deliver.using(run_after=mail.next_attempt_at).enqueue(mail_id)
    return mail


def hand_over(mail):
    """To the queue, as soon as the transaction is committed. What a broken queue leaves behind, cron delivers."""
    # By hand: django-tasks 0.12 has no ENQUEUE_ON_COMMIT any more.
    transaction.on_commit(partial(deliver.enqueue, mail.pk), robust=True)


class OutboxBackend(BaseEmailBackend):
    """Where all of Django, Wagtail and allauth send their mail: into the outbox."""

    def send_messages(self, email_messages):
        try:
            with transaction.atomic():
                return len([post(message) for message in email_messages if message.recipients()])
        except DatabaseError:
            # The report of an error, while the database is away, must not become a second error.
            if not self.fail_silently:
                raise
            return 0


def queue_mail(
    to, template, context, language, *, reply_to=None, purpose="", attachments=(), calendar=None, unsubscribe_url=""
):
    """Write a letter from `emails/<template>.txt` and its `.subject.txt`, in the language of who receives it.

    Call it in the transaction of what causes the letter: both happen or neither. A line break in the subject or in an
    address is refused (`BadHeaderError`). `calendar` is a `CalendarEntry` for the time that was agreed; `unsubscribe_url`
    takes a POST without a question, for letters of which somebody may want no more.
    """
    language = language or settings.LANGUAGE_CODE
    subject, body = compose(f"emails/{template}.subject.txt", f"emails/{template}.txt", context, language)
    headers = {"Content-Language": tag(language), **one_click(unsubscribe_url)}
    addresses = {"to": _several(to), "reply_to": _several(reply_to)}
    attachments = [*attachments, *([("invite.ics", calendar.as_ics(), calendar.mimetype)] if calendar else [])]
    message = EmailMessage(subject, body, headers=headers, attachments=attachments, **addresses)
    return post(message, purpose or template)


def compose(subject_template, body_template, context, language):
    """Subject and text of a letter. Its HTML is made of them when it is sent, see `portal.letters`."""
    context = {"site_name": settings.WAGTAIL_SITE_NAME, "base_url": settings.WAGTAILADMIN_BASE_URL, **context}
    with translation.override(language):
        subject, body = (_write(name, context) for name in (subject_template, body_template))
    return subject, body + "\n"


def post(message, purpose=""):
    """Put a Django message into the outbox. It is delivered as soon as the transaction is committed."""
    if not message.recipients():
        raise ValueError("A mail needs somebody to go to.")
    message.message()  # puts the headers together once: a line break in one is refused here and not by the task
    body, html = _text_and_html(message)
    # Ours is the Message-ID that stays the same for every attempt.
    headers = {name: str(value) for name, value in message.extra_headers.items() if name.lower() != "message-id"}
    mail = OutgoingMail.objects.create(
        **{name: _several(getattr(message, name)) for name in ("to", "cc", "bcc", "reply_to")},
        from_email=message.from_email,
        subject=str(message.subject)[:SUBJECT_LENGTH],
        body=body,
        html=html,
        headers={"Content-Language": tag(translation.get_language() or settings.LANGUAGE_CODE), **headers},
        attachments=[packed(attachment) for attachment in message.attachments],
        purpose=purpose or getattr(message, "purpose", ""),
    )
    hand_over(mail)
    return mail


def _write(template, context):
    """Plain text: `&` stays `&`, whatever the template says."""
    return get_template(template).template.render(Context(context, autoescape=False)).strip()


def _several(addresses):
    return [addresses] if isinstance(addresses, str) else [str(address) for address in addresses or ()]


def _text_and_html(message):
    if message.content_subtype == "html":
        return unescape(strip_tags(message.body)).strip(), str(message.body)
    alternatives = {mimetype: str(content) for content, mimetype in getattr(message, "alternatives", ())}
    html = alternatives.pop("text/html", "")
    if alternatives:
        raise ValueError(f"The outbox cannot carry {', '.join(alternatives)} beside the text; attach it.")
    return str(message.body), html
