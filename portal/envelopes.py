"""How a mail is packed for its way: seven bits, short lines, the same identity at every attempt. A leaf: no models."""

import base64
from email.charset import QP, Charset
from email.utils import parseaddr

from django.core.mail import EmailMultiAlternatives
from django.core.mail.message import sanitize_address

from .calendars import method_of

QUOTED = Charset("utf-8")
QUOTED.body_encoding = QP
# Keeps the answers of absent people away from us: the first by RFC 3834, the second as Exchange understands it.
AUTOMATIC = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "OOF, AutoReply"}


class Message(EmailMultiAlternatives):
    """A mail that every server on its way can carry: no byte above 127, no line above 78."""

    encoding = QUOTED
    only_for = None  # who has not got it yet, when the server took it for some only

    def recipients(self):
        everybody = super().recipients()
        return everybody if self.only_for is None else [line for line in everybody if bare(line) in self.only_for]

    def enclose(self, name, content, content_type):
        """An attachment. A calendar's entry is an alternative to the text, too: mail programs then show a button."""
        content = base64.b64decode(content)
        if method_of(content_type):
            self.attach_alternative(content.decode(), content_type)
            content_type = "application/ics"
        self.attach(name, content, content_type)


def bare(line):
    """The address in "Zoë <zoe@bücher.example>", as a mail server says it."""
    return parseaddr(sanitize_address(line, "utf-8"))[1].lower()


def packed(attachment):
    """An attachment as a row keeps it: [name, base64, content type]."""
    name, content, mimetype = attachment
    content = content.encode() if isinstance(content, str) else content
    return [name, base64.b64encode(content).decode(), mimetype]


def one_click(url):
    """The headers by which mail programs offer to unsubscribe with one click (RFC 2369, 8058)."""
    return {"List-Unsubscribe": f"<{url}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"} if url else {}
