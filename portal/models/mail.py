import base64
import json
from datetime import timedelta
from email.utils import make_msgid, parseaddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import models
from django.db.models import F, Q, TextField
from django.db.models.functions import Cast, Concat
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

MAX_ATTEMPTS = 8
# Who takes a mail has this long to send it. After a crash it is free again, for somebody else to send.
CLAIM = timedelta(minutes=10)
# How long to wait after the first, second, ... attempt that failed: together about two days.
WAITS = [timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 360, 720, 1440)]
# Who is named on a mail, and what is left of its content once that is erased.
ENVELOPE = ["to", "cc", "bcc", "reply_to"]
NOTHING = {"subject": "", "body": "", "html": "", "attachments": [], "headers": {}, "last_error": ""}


def new_message_id():
    """The Message-ID of a new mail, under the domain that we write from."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    return make_msgid(domain=domain or "localhost")


def is_to(line, address):
    """Whether "Alice <alice@example.org>" is this address."""
    return parseaddr(line)[1].lower() == address.lower()


class OutgoingMailQuerySet(models.QuerySet):
    def waiting(self):
        """Not sent yet and not given up."""
        return self.filter(sent_at=None, attempts__lt=MAX_ATTEMPTS)

    def due(self):
        """Waiting, and it is time for the next attempt."""
        return self.waiting().filter(next_attempt_at__lte=timezone.now())

    def claim(self, pk):
        """Take one mail that is due, so that nobody else sends it meanwhile; None when there is nothing to do.

        One conditional update, not a lock held while we talk to the mail server: on SQLite such a lock would keep
        everybody else from writing.
        """
        taken = self.due().filter(pk=pk)
        if not taken.update(attempts=F("attempts") + 1, next_attempt_at=timezone.now() + CLAIM):
            return None
        return self.get(pk=pk)

    def erase_delivered(self, before):
        """Erase what was written in mails that were sent (or given up) before this time: it may be personal.

        Who was written to, when and why remains. Returns how many mails were erased.
        """
        settled = Q(sent_at__lt=before) | Q(sent_at=None, attempts__gte=MAX_ATTEMPTS, created_at__lt=before)
        written = self.filter(settled).exclude(subject="", body="", html="")
        return written.update(**NOTHING)

    def forget(self, before):
        """Delete mails of which everything is long settled. Returns how many."""
        return self.exclude(pk__in=self.waiting().values("pk")).filter(created_at__lt=before).delete()[0]

    def naming(self, address):
        """The mails that went to an address, or whose answers go there."""
        envelope = Concat(*(Cast(name, TextField()) for name in ENVELOPE), output_field=TextField())
        spellings = Q(envelope__icontains=address) | Q(envelope__icontains=json.dumps(address)[1:-1])
        return [mail for mail in self.annotate(envelope=envelope).filter(spellings) if mail.names(address)]

    def erase_address(self, address, instead):
        """Erase an address, and what was written to it or from there. A mail that still waits is not sent any more."""
        for mail in self.naming(address):
            if mail.status == mail.Status.WAITING:
                mail.delete()
            else:
                mail.replace_address(address, instead)
                self.filter(pk=mail.pk).update(**{name: getattr(mail, name) for name in ENVELOPE}, **NOTHING)


class OutgoingMail(models.Model):
    """A letter of the portal: written together with what causes it, then delivered, then erased."""

    class Status(models.TextChoices):
        WAITING = "waiting", _("waiting")
        SENT = "sent", _("sent")
        GIVEN_UP = "given-up", _("given up")

    to = models.JSONField(_("to"), default=list)
    cc = models.JSONField(_("copy"), default=list, blank=True)
    bcc = models.JSONField(_("blind copy"), default=list, blank=True)
    reply_to = models.JSONField(_("reply to"), default=list, blank=True)
    from_email = models.CharField(_("from"), max_length=320)
    subject = models.CharField(_("subject"), max_length=998, blank=True)
    body = models.TextField(_("text"), blank=True)
    html = models.TextField(_("HTML"), blank=True)
    headers = models.JSONField(_("headers"), default=dict, blank=True)
    attachments = models.JSONField(_("attachments"), default=list, blank=True)  # [name, base64, content type]
    message_id = models.CharField(max_length=255, unique=True, default=new_message_id, editable=False)
    purpose = models.CharField(_("purpose"), max_length=60, blank=True)
    created_at = models.DateTimeField(_("written at"), default=timezone.now)
    next_attempt_at = models.DateTimeField(_("next attempt at"), default=timezone.now)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    last_error = models.TextField(_("last error"), blank=True)

    objects = OutgoingMailQuerySet.as_manager()

    class Meta:
        verbose_name = _("outgoing mail")
        verbose_name_plural = _("outgoing mails")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["next_attempt_at"], condition=Q(sent_at=None), name="mail_waiting"),
            models.Index(fields=["-created_at", "-id"], name="mail_newest"),
        ]

    def __str__(self):
        return f"{', '.join(self.to)}: {self.subject}"

    @property
    def status(self):
        if self.sent_at:
            return self.Status.SENT
        return self.Status.GIVEN_UP if self.attempts >= MAX_ATTEMPTS else self.Status.WAITING

    def names(self, address):
        return any(is_to(each, address) for name in ENVELOPE for each in getattr(self, name))

    def replace_address(self, address, instead):
        for name in ENVELOPE:
            setattr(self, name, [instead if is_to(each, address) else each for each in getattr(self, name)])

    def as_message(self):
        """The mail as Django sends it. Every attempt carries the same Message-ID."""
        headers = {**self.headers, "Message-ID": self.message_id}
        envelope = {"cc": self.cc, "bcc": self.bcc, "reply_to": self.reply_to, "headers": headers}
        message = EmailMultiAlternatives(self.subject, self.body, self.from_email, self.to, **envelope)
        if self.html:
            message.attach_alternative(self.html, "text/html")
        for name, content, content_type in self.attachments:
            message.attach(name, base64.b64decode(content), content_type)
        return message

    def send(self):
        """Send a mail that was claimed, then mark it: a crash between the two repeats it and loses nothing."""
        try:
            get_connection(settings.DELIVERY_BACKEND).send_messages([self.as_message()])
        except Exception as error:
            self.last_error = f"{type(error).__name__}: {error}"
            self.next_attempt_at = timezone.now() + WAITS[min(self.attempts, len(WAITS)) - 1]
        else:
            self.sent_at, self.last_error = timezone.now(), ""
        self.save(update_fields=["sent_at", "last_error", "next_attempt_at"])
        return self.sent_at is not None
