"""Keys and addresses are for those who got them: not for staff at a screen, and not for the log."""

import io
import logging
import smtplib
from unittest.mock import Mock

import pytest
from allauth.account.forms import default_token_generator
from allauth.account.models import EmailConfirmationHMAC
from allauth.account.utils import user_pk_to_url_str
from django.core.management import call_command
from django.urls import reverse

from portal.discretion import DiscreetFormatter, discreet, hide_keys
from portal.links import sign
from portal.mail import deliver
from portal.models import OutgoingMail
from tests.factories import UserFactory

HOST = "https://portal.example"


@pytest.mark.parametrize(
    "harmless",
    [
        "/",
        "/en/regions/kenya/",
        "/zh-hant/events/an-evening-2/",
        "/admin/pages/17/edit/",
        "/spaces.csv",
        "/en/stories/2026-11-30/",
    ],
)
def test_an_address_of_words_is_shown(harmless):
    assert hide_keys(f"See {HOST}{harmless} today.") == f"See {HOST}{harmless} today."


@pytest.mark.parametrize("key", ["a?token=secret", "a#secret", "a?next=/en/secret"])
def test_what_follows_a_question_mark_is_hidden(key):
    assert hide_keys(f"{HOST}/en/{key}") == f"{HOST}/en/a?…"


def test_a_code_that_stands_alone_is_hidden_and_words_are_not():
    assert hide_keys("Your code:\n\n  AB12-CD34\n\nKENYA\n") == "Your code:\n\n…\n\nKENYA\n"


@pytest.mark.django_db
def test_every_kind_of_key_that_we_know_is_hidden():
    person = UserFactory()
    reset = f"{user_pk_to_url_str(person)}-{default_token_generator.make_token(person)}"
    confirmation = EmailConfirmationHMAC(Mock(pk=person.pk)).key
    keys = [sign("invitation", person, nonce="x"), sign("space-host", 7), confirmation, reset]
    assert all(len(key) > 20 for key in keys)
    for key in keys:
        for text in (f"{HOST}/en/status/{key}/", f'<a href="{HOST}/ar/x/{key}">', f"Open\n{HOST}/en/x/{key}/."):
            shown = hide_keys(text)
            assert "…" in shown
            assert not any(part in shown for part in key.replace("-", ":").split(":") if len(part) > 4)
        assert key not in discreet(f"Not Found: /en/status/{key}/")


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("{'alice@example.org': (550, b'no such user alice@example.org')}", "{'…@…': (550, b'no such user …@…')}"),
        ("Not Found: /en/status/eyJwayI6MX0:1abc:XYZ/", "Not Found: /en/status/…/"),
        ("GET /en/spaces/?q=Alice HTTP/1.1", "GET /en/spaces/?… HTTP/1.1"),
        ('File "/srv/portal/portal/mail.py", line 12, in deliver', 'File "/srv/portal/portal/mail.py", line 12, in deliver'),
        ("12 of 13 waiting", "12 of 13 waiting"),
    ],
)
def test_a_line_of_the_log(line, shown):
    assert discreet(line) == shown


# -- A canary in a letter that fails -----------------------------------------------------------------------------------

CANARY, KEY = "canary.bird@example.org", "eyJwayI6Ijk5In0:1vCANARY:Zm9vYmFyYmF6"
REPLY = f"5.1.1 <{CANARY}> unknown here"
ERRORS = [
    smtplib.SMTPRecipientsRefused({CANARY: (550, REPLY.encode())}),
    smtplib.SMTPRecipientsRefused({CANARY: (451, REPLY.encode())}),
    smtplib.SMTPSenderRefused(501, REPLY.encode(), CANARY),
    smtplib.SMTPDataError(554, REPLY.encode()),
    smtplib.SMTPServerDisconnected(f"lost while talking about {CANARY}"),
    ConnectionRefusedError(f"no way to {CANARY}"),
    ValueError(f'Invalid address "{CANARY}"'),
    RuntimeError(CANARY),
]


@pytest.fixture
def log():
    """Everything that anything logs, from DEBUG on, as the record has it and as our formatter writes it."""
    records, written = [], io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(DiscreetFormatter("%(name)s %(message)s"))
    handler.emit = lambda record, emit=handler.emit: (records.append(record), emit(record))
    loggers = [logging.getLogger(), logging.getLogger("django")]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.addHandler(handler)
        logger.setLevel(logging.DEBUG)
    # SQL with its values is written in debug mode only, for whoever works on the code.
    logging.getLogger("django.db.backends").setLevel(logging.INFO)
    yield records, written
    for logger, level in zip(loggers, levels, strict=True):
        logger.removeHandler(handler)
        logger.setLevel(level)
    logging.getLogger("django.db.backends").setLevel(logging.NOTSET)


@pytest.mark.django_db
@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_no_address_and_no_key_comes_into_the_log_when_a_delivery_fails(error, log, monkeypatch):
    records, written = log
    connection = Mock()
    connection.send_messages.side_effect = error
    monkeypatch.setattr("portal.models.delivering.get_connection", lambda backend: connection)
    mails = [
        OutgoingMail.objects.create(
            to=[f"Canary Bird <{CANARY}>"], subject="Canary Bird", body=f"{HOST}/en/x/{KEY}/", attempts=attempts
        )
        for attempts in (0, 7)
    ]
    deliver.enqueue(mails[0].pk)
    call_command("deliver_mail", stdout=io.StringIO(), stderr=io.StringIO())
    mails[0].refresh_from_db()
    assert CANARY in mails[0].last_error  # staff read it there, as long as the letter is kept
    ours = [record for record in records if record.name == "portal.mail"]
    assert len(ours) == 2
    assert all(type(error).__name__ in record.getMessage() for record in ours)
    for record in records:
        said = f"{record.getMessage()} {record.args} {record.exc_info}"
        assert "canary" not in said.lower()
        assert KEY[:12] not in said
    assert "canary" not in written.getvalue().lower()


@pytest.mark.django_db
def test_a_link_that_is_no_longer_good_leaves_no_key_in_the_log(client, log):
    _records, written = log
    answer = client.get(reverse("invitation", args=[KEY]))
    assert answer.status_code == 404
    assert "invitation/…/" in written.getvalue()
    assert KEY not in written.getvalue()


def test_the_portal_logs_by_this_formatter(settings):
    [handler] = settings.LOGGING["root"]["handlers"]
    formatter = settings.LOGGING["formatters"][settings.LOGGING["handlers"][handler]["formatter"]]
    assert formatter["()"] == "portal.discretion.DiscreetFormatter"
