import json
from email.utils import make_msgid, parseaddr

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Q, TextField
from django.db.models.functions import Cast, Concat
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from .delivering import CLAIM, MAX_ATTEMPTS, Delivering

# Who is named on a mail, and what is left of its content once that is erased.
ENVELOPE = ["to", "cc", "bcc", "reply_to"]
NOTHING = {"subject": "", "body": "", "html": "", "headers": {}} | {
    name: [] for name in ("attachments", "tries", "delivered_to", "refused")
}


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
        return self.filter(sent_at=None, given_up_at=None)

    def due(self):
        """Waiting, and it is time for the next attempt."""
        return self.waiting().filter(next_attempt_at__lte=timezone.now())

    def claim(self, pk):
        """Take one mail that is due, so that nobody else sends it meanwhile; None when there is nothing to do.

        One conditional update, not a lock held while we talk to the mail server: on SQLite such a lock would keep
        everybody else from writing.
        """
        now = timezone.now()
        taken = self.due().filter(pk=pk)
        if not taken.update(attempts=F("attempts") + 1, next_attempt_at=now + CLAIM, claimed_at=now):
            return None
        mail = self.get(pk=pk)
        if mail.attempts > MAX_ATTEMPTS:  # whoever sent it died of it, again and again
            mail.end_of_patience()
            return None
        return mail

    def needing_somebody(self):
        """It did not arrive, at least not everywhere, and nobody has decided what becomes of it."""
        return self.filter(needs_somebody=True)

    def with_words(self, words):
        """Mails with these words in the subject or in an address."""
        return self.annotate(envelope=_envelope()).filter(Q(subject__icontains=words) | _spellings(words))

    def erase_delivered(self, before):
        """Erase what was written in mails that were sent (or given up) before this time: it may be personal.

        Who was written to, when and why remains. Returns how many mails were erased.
        """
        settled = Q(sent_at__lt=before) | Q(given_up_at__lt=before)
        written = self.filter(settled).exclude(subject="", body="", html="")
        return written.update(**NOTHING, needs_somebody=False)

    def forget(self, before):
        """Delete mails of which everything is long settled. Returns how many."""
        return self.exclude(pk__in=self.waiting().values("pk")).filter(created_at__lt=before).delete()[0]

    def naming(self, address):
        """The mails that went to an address, or whose answers go there."""
        found = self.annotate(envelope=_envelope()).filter(_spellings(address))
        return [mail for mail in found if mail.names(address)]

    def erase_address(self, address, instead):
        """Erase an address, and what was written to it or from there. A mail that still waits is not sent any more."""
        for mail in self.naming(address):
            if mail.status == mail.Status.WAITING:
                mail.delete()
            else:
                mail.replace_address(address, instead)
                envelope = {name: getattr(mail, name) for name in ENVELOPE}
                self.filter(pk=mail.pk).update(**envelope, **NOTHING, needs_somebody=False)


def _envelope():
    return Concat(*(Cast(name, TextField()) for name in ENVELOPE), output_field=TextField())


def _spellings(words):
    """SQLite keeps letters other than ASCII by their numbers."""
    return Q(envelope__icontains=words) | Q(envelope__icontains=json.dumps(words)[1:-1])


class OutgoingMail(Delivering, models.Model):
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
    html = models.TextField(_("HTML"), blank=True)  # of others; ours is made from the text when it is sent
    headers = models.JSONField(_("headers"), default=dict, blank=True)
    attachments = models.JSONField(_("attachments"), default=list, blank=True)  # [name, base64, content type]
    message_id = models.CharField(max_length=255, unique=True, default=new_message_id, editable=False)
    purpose = models.CharField(_("purpose"), max_length=60, blank=True)
    created_at = models.DateTimeField(_("written at"), default=timezone.now)
    next_attempt_at = models.DateTimeField(_("next attempt at"), default=timezone.now)
    claimed_at = models.DateTimeField(_("being sent since"), null=True, blank=True)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    given_up_at = models.DateTimeField(_("given up at"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    tries = models.JSONField(_("what came of them"), default=list, blank=True)  # [time, what the server said or ""]
    delivered_to = models.JSONField(_("delivered to"), default=list, blank=True)  # when the server took it for some only
    refused = models.JSONField(_("refused for"), default=list, blank=True)
    needs_somebody = models.BooleanField(_("needs somebody"), default=False)

    objects = OutgoingMailQuerySet.as_manager()

    class Meta:
        verbose_name = _("outgoing mail")
        verbose_name_plural = _("outgoing mails")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["next_attempt_at"], condition=Q(sent_at=None, given_up_at=None), name="mail_waiting"),
            models.Index(fields=["-created_at", "-id"], name="mail_newest"),
            models.Index(fields=["created_at"], condition=Q(needs_somebody=True), name="mail_needs_somebody"),
        ]

    def __str__(self):
        return f"{self.purpose or 'mail'} {self.pk}"  # never the address or the subject: this goes into the log

    @property
    def status(self):
        if self.sent_at:
            return self.Status.SENT
        return self.Status.GIVEN_UP if self.given_up_at else self.Status.WAITING

    @property
    def last_error(self):
        """What the server said at last; empty when it was content."""
        return self.tries[-1][1] if self.tries else ""

    @property
    def language(self):
        """The code of the language it is written in."""
        return self.headers.get("Content-Language", settings.LANGUAGE_CODE).lower()

    @property
    def is_erased(self):
        return not (self.subject or self.body or self.html)

    @property
    def is_in_hands(self):
        """Whether somebody sends it this moment."""
        return bool(self.claimed_at) and self.claimed_at > timezone.now() - CLAIM

    def names(self, address):
        return any(is_to(each, address) for name in ENVELOPE for each in getattr(self, name))

    def replace_address(self, address, instead):
        for name in ENVELOPE:
            setattr(self, name, [instead if is_to(each, address) else each for each in getattr(self, name)])

    # -- What staff decide ---------------------------------------------------------------------------------------------

    def may_be_sent_again(self):
        return self.status != self.Status.WAITING and not self.is_erased

    def may_be_sent_now(self):
        return self.status == self.Status.WAITING and not self.is_in_hands

    def may_be_given_up(self):
        return self.may_be_sent_now() or self.needs_somebody

    @transaction.atomic
    def send_again(self, by):
        """Once more, as if it were new: to those whom it has not reached, or to everybody if it reached them all.

        It stays the same letter with the same Message-ID: where it has arrived already, it is shown once.
        """
        self._decide(self.may_be_sent_again, _("Only a mail that is not waiting and not erased can be sent again."))
        reached = self.delivered_to if self.refused or self.status == self.Status.GIVEN_UP else []
        self._settle("again", by, delivered_to=reached, refused=[], attempts=0, sent_at=None, given_up_at=None)

    @transaction.atomic
    def send_now(self, by):
        """Without waiting for the time of its next attempt."""
        self._decide(self.may_be_sent_now, _("This mail is not waiting, or it is being sent at this moment."))
        self._settle("now", by)

    @transaction.atomic
    def give_up(self, by, reason=""):
        """It is not sent any more; or it is known by now that it did not arrive everywhere."""
        self._decide(self.may_be_given_up, _("There is nothing to give up: this mail was sent, or is being sent."))
        gone = {"given_up_at": timezone.now()} if self.status == self.Status.WAITING else {}
        self._settle("given_up", by, reason, next_attempt_at=self.next_attempt_at, **gone)

    def _decide(self, may_be_done, why_not):
        """The row as it is now, for this transaction alone; refused when somebody was quicker."""
        type(self).objects.select_for_update().get(pk=self.pk)
        self.refresh_from_db()
        if not may_be_done():
            raise ValidationError(why_not)

    def _settle(self, action, by, reason="", **facts):
        facts = {"needs_somebody": False, "next_attempt_at": timezone.now(), **facts}
        type(self).objects.filter(pk=self.pk).update(**facts)
        self.refresh_from_db()
        log(instance=self, action=f"portal.mail_{action}", user=by, data={"reason": reason} if reason else {})
