import logging
import random
from datetime import timedelta
from email.utils import format_datetime

from django.conf import settings
from django.core.mail import get_connection
from django.utils import timezone

from portal.delivery import PERMANENT, PartlyRefused, is_about_the_server, is_for_ever, logged, refusals, told
from portal.envelopes import AUTOMATIC, Message, bare
from portal.letters import as_html

logger = logging.getLogger("portal.mail")

MAX_ATTEMPTS = 8
# Who takes a mail has this long to send it. After a crash it is free again, for somebody else to send.
CLAIM = settings.MAIL_CLAIM
# How long to wait after the first, second, ... attempt that failed: together about two days.
WAITS = [timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 360, 720, 1440)]
JITTER = 0.25  # up to a quarter longer: what failed together does not come back together
OUTCOME = ["sent_at", "given_up_at", "tries", "delivered_to", "refused", "needs_somebody", "next_attempt_at", "claimed_at"]


class Delivering:
    """What `OutgoingMail` does at the mail server, and what becomes of the answer."""

    met_no_server = False  # the last attempt failed for a reason that every other mail would meet, too

    def as_message(self):
        """The mail as Django sends it. Every attempt carries the same Message-ID and the same date."""
        identity = {"Message-ID": self.message_id, "Date": format_datetime(self.created_at)}
        envelope = {"cc": self.cc, "bcc": self.bcc, "reply_to": self.reply_to}
        headers = {**AUTOMATIC, **self.headers, **identity}
        message = Message(self.subject, self.body, self.from_email, self.to, headers=headers, **envelope)
        message.only_for = self.still_to_reach() if self.delivered_to or self.refused else None
        message.attach_alternative(self.html or as_html(self.subject, self.body, self.language), "text/html")
        for attachment in self.attachments:
            message.enclose(*attachment)
        return message

    def still_to_reach(self):
        """The addresses of those who have it not, and might get it."""
        everybody = {bare(line): None for line in (*self.to, *self.cc, *self.bcc)}
        return [address for address in everybody if address not in self.delivered_to and address not in self.refused]

    def send(self):
        """Send a mail that was claimed, then mark it: a crash between the two repeats it and loses nothing."""
        try:
            get_connection(settings.DELIVERY_BACKEND).send_messages([self.as_message()])
        except Exception as error:
            self._was_refused(error)
        else:
            self.sent_at, self.needs_somebody = timezone.now(), bool(self.refused)
            self._note("")
        self.claimed_at = None
        self.save(update_fields=OUTCOME)
        return self.sent_at is not None

    def end_of_patience(self):
        """The last attempt never came to an end, and neither did those before."""
        self.given_up_at, self.needs_somebody, self.claimed_at = timezone.now(), True, None
        self.save(update_fields=OUTCOME)

    def _was_refused(self, error):
        """By all or some who should receive it, for ever or for now; or nobody answered at all."""
        refused = {address.lower(): code for address, code in refusals(error).items()}
        if isinstance(error, PartlyRefused):
            self.delivered_to = [*self.delivered_to, *(each for each in self.still_to_reach() if each not in refused)]
        self.refused = [*self.refused, *(address for address, code in refused.items() if code in PERMANENT)]
        self.met_no_server = is_about_the_server(error)
        self._note(told(error))
        is_over = is_for_ever(error) or not self.still_to_reach() or self.attempts >= MAX_ATTEMPTS
        if is_over:
            self._is_over()
        else:
            wait = WAITS[min(self.attempts, len(WAITS)) - 1]
            self.next_attempt_at = timezone.now() + wait * (1 + random.uniform(0, JITTER))  # noqa: S311
        what = "is given up" if is_over else "waits for its next attempt"
        logger.warning("Mail %s %s after attempt %s: %s", self.pk, what, self.attempts, logged(error))

    def _is_over(self):
        """Nothing more is tried. Where some have it, it counts as sent; somebody has to see who has not."""
        self.needs_somebody = True
        if self.delivered_to:
            self.sent_at = timezone.now()
        else:
            self.given_up_at = timezone.now()

    def _note(self, answer):
        self.tries = [*self.tries, [timezone.now().isoformat(timespec="seconds"), answer]]
