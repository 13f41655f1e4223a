import io
from datetime import timedelta
from email.utils import format_datetime
from unittest.mock import Mock

import pytest
from django.core import mail as django_mail
from django.core.mail import BadHeaderError, EmailMessage, EmailMultiAlternatives, get_connection, send_mail
from django.core.management import call_command
from django.db import DatabaseError, transaction
from django.utils import timezone, translation

from portal.mail import deliver, queue_mail
from portal.models import OutgoingMail
from portal.models.delivering import CLAIM, JITTER, MAX_ATTEMPTS, WAITS

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def letters(settings, tmp_path):
    """Every message goes through the outbox, as outside the tests; one letter is there to be sent."""
    settings.EMAIL_BACKEND = "portal.mail.OutboxBackend"
    folder = tmp_path / "emails"
    folder.mkdir()
    (folder / "hello.subject.txt").write_text("{{ who }}: {% load i18n %}{% get_current_language as now %}{{ now }}\n")
    (folder / "hello.txt").write_text("Dear {{ who }} & all,\n{{ base_url }}\n")
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [*settings.TEMPLATES[0]["DIRS"], tmp_path]}]


@pytest.fixture
def broken_server(monkeypatch):
    """A mail server that refuses."""
    connection = Mock()
    connection.send_messages.side_effect = ConnectionRefusedError("no")
    monkeypatch.setattr("portal.models.delivering.get_connection", lambda backend: connection)
    return connection


@pytest.fixture
def commit(django_capture_on_commit_callbacks):
    return lambda: django_capture_on_commit_callbacks(execute=True)


def write(**fields):
    return OutgoingMail.objects.create(to=["alice@example.org"], subject="Hello", body="Dear Alice", **fields)


# -- Writing -----------------------------------------------------------------------------------------------------------


def test_a_letter_is_a_row_first_and_delivered_on_commit(commit):
    with commit() as callbacks:
        mail = queue_mail("alice@example.org", "hello", {"who": "Alice"}, "en")
        assert (mail.status, django_mail.outbox) == ("waiting", [])
    assert len(callbacks) == 1
    mail.refresh_from_db()
    assert (mail.status, mail.attempts, mail.last_error) == ("sent", 1, "")
    [sent] = django_mail.outbox
    assert (sent.to, sent.subject) == (["alice@example.org"], "Alice: en")
    assert sent.extra_headers["Message-ID"] == mail.message_id


def test_a_letter_goes_back_with_what_caused_it(commit):
    @transaction.atomic
    def accept():
        queue_mail("alice@example.org", "hello", {"who": "Alice"}, "en")
        raise RuntimeError

    with commit() as callbacks, pytest.raises(RuntimeError):
        accept()
    assert (OutgoingMail.objects.count(), callbacks, django_mail.outbox) == (0, [], [])


@pytest.mark.parametrize(("language", "written_in"), [("fr", "fr"), ("zh-hant", "zh-hant"), ("", "en"), (None, "en")])
def test_the_language_is_the_receivers(language, written_in):
    with translation.override("ar"):
        mail = queue_mail("alice@example.org", "hello", {"who": "Alice"}, language)
        assert translation.get_language() == "ar"
    assert mail.subject == f"Alice: {written_in}"
    assert mail.headers == {"Content-Language": {"zh-hant": "zh-Hant"}.get(written_in, written_in)}
    assert mail.language == written_in


def test_plain_text_is_not_escaped(settings):
    mail = queue_mail("alice@example.org", "hello", {"who": "O'Neil <x>"}, "en", reply_to="bob@example.org")
    assert mail.subject == "O'Neil <x>: en"
    assert mail.body == f"Dear O'Neil <x> & all,\n{settings.WAGTAILADMIN_BASE_URL}\n"
    assert (mail.to, mail.reply_to, mail.purpose) == (["alice@example.org"], ["bob@example.org"], "hello")


@pytest.mark.parametrize(
    "injected",
    [
        {"context": {"who": "Alice\nBcc: everybody@example.org"}},
        {"context": {"who": "Alice\r\nBcc: everybody@example.org"}},
        {"to": "alice@example.org\nBcc: everybody@example.org"},
        {"reply_to": ["bob@example.org\nBcc: everybody@example.org"]},
    ],
)
def test_a_line_break_in_a_header_is_refused(injected, commit):
    call = {"to": "alice@example.org", "template": "hello", "context": {"who": "Alice"}, "language": "en"} | injected
    with commit() as callbacks, pytest.raises(BadHeaderError):
        queue_mail(**call)
    assert (OutgoingMail.objects.count(), callbacks) == (0, [])


def test_a_letter_to_nobody_is_refused():
    with pytest.raises(ValueError, match="somebody to go to"):
        queue_mail([], "hello", {"who": "Alice"}, "en")
    assert OutgoingMail.objects.count() == 0


def test_a_calendar_entry_travels_with_the_letter(commit):
    with commit():
        queue_mail("alice@example.org", "hello", {}, "en", attachments=[("visit.ics", "BEGIN:VCALENDAR ö", "text/calendar")])
    assert [tuple(attachment) for attachment in django_mail.outbox[0].attachments] == [
        ("visit.ics", "BEGIN:VCALENDAR ö", "text/calendar")
    ]


# -- What others send --------------------------------------------------------------------------------------------------


def test_what_anybody_sends_goes_through_the_outbox(commit):
    with commit():
        assert send_mail("Reset", "Text", "from@example.org", ["alice@example.org"], html_message="<p>Text</p>") == 1
        assert django_mail.outbox == []
    mail = OutgoingMail.objects.get()
    assert (mail.from_email, mail.to, mail.body, mail.html) == (
        "from@example.org",
        ["alice@example.org"],
        "Text",
        "<p>Text</p>",
    )
    assert django_mail.outbox[0].alternatives == [("<p>Text</p>", "text/html")]


def test_nothing_of_a_message_is_lost_on_the_way(commit):
    message = EmailMessage("S", "T", "f@example.org", ["a@example.org"], ["b@example.org"], cc=["c@example.org"])
    message.reply_to, message.extra_headers = ["r@example.org"], {"X-Kind": "test", "Message-Id": "<theirs@x>"}
    with commit():
        message.send()
    [sent] = django_mail.outbox
    assert (sent.to, sent.bcc, sent.cc, sent.reply_to) == (
        ["a@example.org"],
        ["b@example.org"],
        ["c@example.org"],
        ["r@example.org"],
    )
    mail = OutgoingMail.objects.get()
    assert sent.extra_headers == {
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "OOF, AutoReply",
        "Content-Language": "en",
        "X-Kind": "test",
        "Message-ID": mail.message_id,
        "Date": format_datetime(mail.created_at),
    }


def test_a_message_written_in_html_gets_a_text():
    message = EmailMessage("S", "<p>Fish &amp; chips</p>", to=["a@example.org"])
    message.content_subtype = "html"
    message.send()
    mail = OutgoingMail.objects.get()
    assert (mail.body, mail.html) == ("Fish & chips", "<p>Fish &amp; chips</p>")


def test_another_alternative_is_refused_not_dropped():
    message = EmailMultiAlternatives("S", "T", to=["a@example.org"], alternatives=[("BEGIN", "text/calendar")])
    with pytest.raises(ValueError, match="text/calendar"):
        message.send()
    assert OutgoingMail.objects.count() == 0


def test_several_messages_go_together_or_not_at_all():
    good, bad = EmailMessage("S", "T", to=["a@example.org"]), EmailMessage("S\nx", "T", to=["a@example.org"])
    with pytest.raises(BadHeaderError):
        get_connection().send_messages([good, bad])
    assert OutgoingMail.objects.count() == 0


def test_a_message_of_others_to_nobody_is_left_out():
    assert get_connection().send_messages([EmailMessage("S", "T"), EmailMessage("S", "T", to=["a@example.org"])]) == 1
    assert OutgoingMail.objects.get().to == ["a@example.org"]


def test_the_report_of_an_error_is_no_second_error_without_a_database(monkeypatch):
    monkeypatch.setattr(OutgoingMail.objects, "create", Mock(side_effect=DatabaseError))
    assert send_mail("S", "T", None, ["a@example.org"], fail_silently=True) == 0
    with pytest.raises(DatabaseError):
        send_mail("S", "T", None, ["a@example.org"])


# -- Delivering --------------------------------------------------------------------------------------------------------


def test_a_mail_is_sent_once():
    mail = write()
    assert [deliver.call(mail.pk), deliver.call(mail.pk)] == [True, False]
    assert len(django_mail.outbox) == 1


def test_a_claimed_mail_is_nobody_elses():
    mail = write()
    assert OutgoingMail.objects.claim(mail.pk) == mail
    assert OutgoingMail.objects.claim(mail.pk) is None
    assert deliver.call(mail.pk) is False
    assert django_mail.outbox == []


def test_after_a_crash_the_claim_runs_out_and_the_repeat_has_the_same_id():
    mail = write()
    crashed = OutgoingMail.objects.claim(mail.pk)
    get_connection("django.core.mail.backends.locmem.EmailBackend").send_messages([crashed.as_message()])
    OutgoingMail.objects.update(next_attempt_at=timezone.now() - timedelta(seconds=1))
    assert deliver.call(mail.pk) is True
    assert [sent.extra_headers["Message-ID"] for sent in django_mail.outbox] == [mail.message_id] * 2


def test_the_claim_lasts_longer_than_a_mail_server_takes():
    OutgoingMail.objects.claim(write().pk)
    left = OutgoingMail.objects.get().next_attempt_at - timezone.now()
    assert CLAIM - timedelta(minutes=1) < left <= CLAIM


def test_a_refusal_is_kept_and_tried_again_later(broken_server):
    mail = write()
    assert deliver.call(mail.pk) is False
    mail.refresh_from_db()
    assert (mail.status, mail.attempts, mail.sent_at) == ("waiting", 1, None)
    assert mail.last_error == "ConnectionRefusedError: no"
    assert timedelta(seconds=50) < mail.next_attempt_at - timezone.now() <= WAITS[0] * (1 + JITTER)
    assert deliver.call(mail.pk) is False  # not yet
    assert broken_server.send_messages.call_count == 1


def test_each_wait_is_longer_and_at_last_we_give_up(broken_server, monkeypatch):
    monkeypatch.setattr("portal.models.delivering.JITTER", 0)
    mail, waits = write(), []
    for _attempt in range(MAX_ATTEMPTS + 2):
        OutgoingMail.objects.update(next_attempt_at=timezone.now())
        deliver.call(mail.pk)
        mail.refresh_from_db()
        waits.append(round((mail.next_attempt_at - timezone.now()).total_seconds() / 60))
    assert waits[: len(WAITS)] == [1, 5, 30, 120, 360, 720, 1440]
    assert broken_server.send_messages.call_count == mail.attempts == MAX_ATTEMPTS
    assert mail.status == "given-up"
    assert list(OutgoingMail.objects.waiting()) == []


def test_a_queue_that_can_wait_gets_the_next_attempt(broken_server, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    mail = write()
    deliver.call(mail.pk)
    [result] = deliver.get_backend().results
    mail.refresh_from_db()
    assert (result.args, result.task.run_after) == ([mail.pk], mail.next_attempt_at)


def test_message_ids_are_ours_and_all_different():
    ids = {write().message_id for _ in range(3)}
    assert len(ids) == 3
    assert all(message_id.endswith("@example.org>") for message_id in ids)


# -- Cron --------------------------------------------------------------------------------------------------------------


def test_cron_delivers_what_waits_and_says_how_many():
    write(), write()
    write(next_attempt_at=timezone.now() + timedelta(hours=1))
    write(given_up_at=timezone.now())
    out = io.StringIO()
    call_command("deliver_mail", stdout=out)
    assert out.getvalue() == "2 delivered, 1 still waiting.\n"
    assert len(django_mail.outbox) == 2


def test_delivering_erases_nothing():
    """That is done once a day, by `apply_retention`."""
    write(sent_at=timezone.now() - timedelta(days=400))
    call_command("deliver_mail", stdout=io.StringIO())
    assert OutgoingMail.objects.get().body == "Dear Alice"


# -- An address that nobody uses any more ------------------------------------------------------------------------------


@pytest.mark.parametrize("line", ["alice@example.org", "Alice <Alice@Example.org>", "Zoë <alice@example.org>"])
def test_a_person_is_found_however_the_address_was_written(line):
    named = [OutgoingMail.objects.create(**{name: [line, "bob@example.org"]}) for name in ("to", "cc", "bcc", "reply_to")]
    for other in ("malice@example.org", "alice@example.org.example.com", "alice@example.or"):
        OutgoingMail.objects.create(to=[other], body="alice@example.org")
    assert sorted(mail.pk for mail in OutgoingMail.objects.naming("alice@example.org")) == [mail.pk for mail in named]


def test_an_address_with_other_letters_is_found():
    mail = OutgoingMail.objects.create(to=["zoë@bücher.example"])
    assert OutgoingMail.objects.naming("zoë@bücher.example") == [mail]


def test_erasing_an_address_keeps_the_others_and_sends_nothing_more():
    sent = write(sent_at=timezone.now(), html="<p>", headers={"X": "Alice"}, attachments=[["a", "", "text/plain"]])
    shared = OutgoingMail.objects.create(to=["bob@example.org"], reply_to=["alice@example.org"], given_up_at=timezone.now())
    waiting = write()
    OutgoingMail.objects.erase_address("alice@example.org", "erased-1@erased.invalid")
    for mail in (sent, shared):
        mail.refresh_from_db()
    assert (sent.to, sent.subject, sent.body, sent.html) == (["erased-1@erased.invalid"], "", "", "")
    assert (sent.headers, sent.attachments) == ({}, [])
    assert (shared.to, shared.reply_to) == (["bob@example.org"], ["erased-1@erased.invalid"])
    assert not OutgoingMail.objects.filter(pk=waiting.pk).exists()
