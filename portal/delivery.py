"""Talking to the mail server, and what its answers mean. A leaf: it knows Django's backend, no models.

An answer that begins with 5 about this very letter, or about an address, is for ever. Whatever concerns the server or
our account there (no connection, wrong password, refused sender) is mended by somebody, and the letters wait for it.
"""

import smtplib
from functools import cached_property

from django.core.mail.backends.smtp import EmailBackend

PERMANENT = range(500, 600)
TOO_BIG = 552


class PartlyRefused(smtplib.SMTPRecipientsRefused):
    """The letter was taken for some, and not for others. Python's own client tells nobody."""


class _TellsWhoWasRefused:
    def sendmail(self, *args, **kwargs):
        refused = super().sendmail(*args, **kwargs)
        if refused:
            raise PartlyRefused(refused)
        return refused


class SMTP(_TellsWhoWasRefused, smtplib.SMTP):
    """Python's client, which tells of everybody who was refused."""


class SMTP_SSL(_TellsWhoWasRefused, smtplib.SMTP_SSL):
    """The same, over TLS from the first byte."""


class SMTPBackend(EmailBackend):
    """Django's way to the mail server, on which nobody's refusal is lost."""

    @cached_property
    def connection_class(self):
        return SMTP_SSL if self.use_ssl else SMTP


def refusals(error):
    """Who was refused, with the code: {"alice@example.org": 550}; empty when it was not about who receives."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return {address: answer[0] for address, answer in error.recipients.items()}
    return {}


def is_for_ever(error):
    """Whether trying again would meet the same answer."""
    codes = refusals(error).values()
    if codes:
        return all(code in PERMANENT for code in codes)
    if isinstance(error, smtplib.SMTPDataError):
        return error.smtp_code in PERMANENT
    if isinstance(error, smtplib.SMTPSenderRefused):
        return error.smtp_code == TOO_BIG
    return isinstance(error, ValueError)  # an address or a header that cannot be written


def is_about_the_server(error):
    """Whether every other letter would meet the same: nobody answers, or nobody lets us in."""
    answers = smtplib.SMTPRecipientsRefused | smtplib.SMTPDataError | smtplib.SMTPSenderRefused
    return isinstance(error, OSError) and not isinstance(error, answers)


def told(error):
    """What happened, in the words of the server: for staff, beside the letter. It may name addresses."""
    return f"{type(error).__name__}: {error}"[:2000]


def logged(error):
    """The same for the log, where no address may stand: the kind of error and its numbers."""
    codes = sorted(set(refusals(error).values())) or [getattr(error, "smtp_code", None) or getattr(error, "errno", None)]
    return " ".join([type(error).__name__, *(str(code) for code in codes if code)])
