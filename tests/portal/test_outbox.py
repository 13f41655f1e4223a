"""Staff look after the mail: what waits, what failed and why; once more, at once, not any more. Nobody else comes in."""

import smtplib
from datetime import timedelta
from unittest.mock import Mock

import pytest
from bs4 import BeautifulSoup
from django.core import mail as django_mail
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from portal.delivery import PartlyRefused, is_about_the_server, is_for_ever
from portal.mail import attempt, queue_mail
from portal.mail_templates import MailTemplate, mail_templates
from portal.models import OutgoingMail, User
from portal.models.delivering import CLAIM, MAX_ATTEMPTS
from portal.outbox.urls import urlpatterns
from portal.workplace import action_items
from regions.models import Team
from tests.factories import UserFactory, open_region
from tests.portal.test_calendars import entry

pytestmark = pytest.mark.django_db
KEY = "eyJwayI6Ijk5In0:1vKEYKEY:Zm9vYmFyYmF6"


def write(**fields):
    facts = {"to": ["alice@example.org"], "subject": "Hello", "body": f"Dear Alice\nhttp://testserver/en/status/{KEY}/"}
    return OutgoingMail.objects.create(**facts | fields)


def given_up(**fields):
    return write(given_up_at=timezone.now(), needs_somebody=True, attempts=MAX_ATTEMPTS, **fields)


@pytest.fixture
def staff(client):
    person = User.objects.create_user("sam@example.org", "a long pass phrase", first_name="Sam")
    Team.objects.ensure(role="staff").admit(person)
    client.force_login(User.objects.get(pk=person.pk))
    return User.objects.get(pk=person.pk)


@pytest.fixture
def server(monkeypatch):
    """A mail server whose next answers are set by the test: an error, or None to take the letter."""
    connection = Mock()
    monkeypatch.setattr("portal.models.delivering.get_connection", lambda backend: connection)
    return connection.send_messages


def soup(response):
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def post(client, mail, act, **data):
    return client.post(reverse(f"outbox:{act}", args=[mail.pk]), data)


def logged(mail):
    return [(entry.action, entry.user.email) for entry in ModelLogEntry.objects.for_instance(mail).order_by("pk")]


# -- What an answer means ----------------------------------------------------------------------------------------------


def refused(*codes):
    return {f"{name}@example.org": (code, b"no") for name, code in zip(("alice", "bob", "cleo"), codes, strict=False)}


@pytest.mark.parametrize(
    ("error", "for_ever", "about_server"),
    [
        (smtplib.SMTPRecipientsRefused(refused(550)), True, False),
        (smtplib.SMTPRecipientsRefused(refused(550, 451)), False, False),
        (smtplib.SMTPRecipientsRefused(refused(450)), False, False),
        (smtplib.SMTPDataError(554, b"spam"), True, False),
        (smtplib.SMTPDataError(451, b"later"), False, False),
        (smtplib.SMTPSenderRefused(552, b"too big", "us"), True, False),
        (smtplib.SMTPSenderRefused(550, b"who are you", "us"), False, False),
        (smtplib.SMTPAuthenticationError(535, b"no"), False, True),
        (smtplib.SMTPConnectError(554, b"no"), False, True),
        (smtplib.SMTPServerDisconnected("gone"), False, True),
        (TimeoutError("silence"), False, True),
        (ConnectionRefusedError("no"), False, True),
        (ValueError("Invalid address"), True, False),
        (RuntimeError("?"), False, False),
    ],
    ids=lambda value: f"{type(value).__name__}{getattr(value, 'smtp_code', '')}" if isinstance(value, Exception) else None,
)
def test_what_is_for_ever_and_what_is_about_the_server(error, for_ever, about_server):
    assert (is_for_ever(error), is_about_the_server(error)) == (for_ever, about_server)


def test_what_is_refused_for_ever_is_given_up_at_once_with_the_reason(server):
    server.side_effect = smtplib.SMTPRecipientsRefused(refused(550))
    mail = attempt(write().pk)
    mail.refresh_from_db()
    assert (mail.status, mail.attempts, mail.needs_somebody, mail.refused) == ("given-up", 1, True, ["alice@example.org"])
    assert "550" in mail.last_error
    assert attempt(mail.pk) is None


def test_who_has_it_does_not_get_it_again_when_another_is_refused(server):
    sent_to = []
    answers = [PartlyRefused({"bob@example.org": (550, b"no"), "cleo@example.org": (451, b"later")}), None]
    server.side_effect = lambda messages: sent_to.append(messages[0].recipients()) or fail(answers.pop(0))
    mail = write(to=["Alice <Alice@example.org>", "bob@example.org"], cc=["cleo@example.org"])
    attempt(mail.pk)
    mail.refresh_from_db()
    assert (mail.status, mail.delivered_to, mail.refused) == ("waiting", ["alice@example.org"], ["bob@example.org"])
    assert mail.needs_somebody is False
    OutgoingMail.objects.update(next_attempt_at=timezone.now())
    attempt(mail.pk)
    mail.refresh_from_db()
    assert sent_to == [["Alice <Alice@example.org>", "bob@example.org", "cleo@example.org"], ["cleo@example.org"]]
    assert (mail.status, mail.needs_somebody) == ("sent", True)


def fail(error):
    if error:
        raise error


def test_what_fails_together_does_not_come_back_together(server):
    server.side_effect = ConnectionRefusedError
    waits = {attempt(write().pk).next_attempt_at.replace(microsecond=0) for _ in range(30)}
    assert len(waits) > 5


def test_a_mail_of_which_senders_die_is_given_up_after_its_last_attempt():
    mail = write(attempts=MAX_ATTEMPTS)
    assert attempt(mail.pk) is None
    mail.refresh_from_db()
    assert (mail.status, mail.needs_somebody) == ("given-up", True)


# -- Seen --------------------------------------------------------------------------------------------------------------


def test_the_list_shows_each_mail_and_costs_the_same_for_many(client, staff):
    def fetch():
        return soup(client.get(reverse("outbox:index")))

    for number in range(3):
        write(subject=f"Number {number}", purpose="invitation")
    page, few = fetch(), queries_of(fetch)
    assert [link.text for link in page.select("a.mail-subject")] == ["Number 2", "Number 1", "Number 0"]
    assert "An invitation to take on a role" in page.text
    OutgoingMail.objects.bulk_create(OutgoingMail(to=["x@example.org"], subject=f"More {n}") for n in range(17))
    assert queries_of(fetch) == few


def queries_of(act):
    with CaptureQueriesContext(connection) as captured:
        act()
    return len(captured)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"waiting", "failed", "given up", "sent", "Ωμέγα"}),
        ("status=waiting", {"waiting", "failed", "Ωμέγα"}),
        ("status=failed", {"failed"}),
        ("status=given-up", {"given up"}),
        ("status=needs", {"given up"}),
        ("status=sent", {"sent"}),
        ("purpose=invitation", {"sent"}),
        ("q=given", {"given up"}),
        ("q=zoë@example.org", {"Ωμέγα"}),
        ("q=Ωμέγα", {"Ωμέγα"}),
        ("q=nothing-like-it", set()),
        ("created_at_to=2001-01-01", set()),
        ("created_at_from=2001-01-01&status=sent", {"sent"}),
        ("status=nonsense", {"waiting", "failed", "given up", "sent", "Ωμέγα"}),
    ],
)
def test_filters(client, staff, query, found):
    write(subject="waiting"), write(subject="failed", attempts=2), given_up(subject="given up")
    write(subject="sent", sent_at=timezone.now(), purpose="invitation"), write(subject="Ωμέγα", to=["zoë@example.org"])
    page = soup(client.get(f"{reverse('outbox:index_results')}?{query}"))
    assert {link.text for link in page.select("a.mail-subject")} == found


def test_one_mail_is_shown_without_its_keys(client, staff):
    mail = given_up(tries=[["2026-11-25T16:00:00+00:00", "SMTPRecipientsRefused: alice@example.org"]], purpose="invitation")
    for url in (reverse("outbox:mail", args=[mail.pk]), reverse("outbox:mail_html", args=[mail.pk])):
        response = client.get(url)
        page = soup(response)
        assert "Dear Alice" in page.text
        assert "http://testserver/en/status/…/" in page.text
        assert "Zm9vYmFyYmF6" not in response.content.decode()
    page = soup(client.get(reverse("outbox:mail", args=[mail.pk])))
    assert "SMTPRecipientsRefused: alice@example.org" in page.text
    assert mail.message_id in page.text
    assert page.select_one("iframe.mail-frame")["sandbox"] == []


def test_the_frame_may_do_nothing(client, staff):
    response = client.get(reverse("outbox:mail_html", args=[write().pk]))
    policy = {part.split(" ")[0]: part.split(" ")[1:] for part in response["Content-Security-Policy"].split("; ")}
    assert policy == {
        "default-src": ["'none'"],
        "style-src": ["'unsafe-inline'"],
        "base-uri": ["'none'"],
        "form-action": ["'none'"],
        "frame-ancestors": ["'self'"],
        "sandbox": [],
    }
    assert response["X-Frame-Options"] == "SAMEORIGIN"


def test_a_letter_between_people_is_carried_and_not_read(client, staff):
    mail = write(reply_to=["joana@example.org"])
    page = soup(client.get(reverse("outbox:mail", args=[mail.pk])))
    assert "alice@example.org" in page.text
    assert "Dear Alice" not in page.text
    assert client.get(reverse("outbox:mail_html", args=[mail.pk])).status_code == 404
    client.force_login(User.objects.create_superuser("root@example.org", "a long pass phrase"))
    assert "Dear Alice" in soup(client.get(reverse("outbox:mail", args=[mail.pk]))).text


def test_what_is_erased_says_so(client, staff):
    mail = write(subject="", body="", sent_at=timezone.now())
    assert "The words are erased" in soup(client.get(reverse("outbox:mail", args=[mail.pk]))).text
    assert client.get(reverse("outbox:mail_html", args=[mail.pk])).status_code == 404
    assert mail.may_be_sent_again() is False


def test_an_ambassador_finds_neither_menu_nor_mail(client):
    region, person = open_region(name="Kenya"), UserFactory()
    region.grant(person, "ambassador")
    client.force_login(User.objects.get(pk=person.pk))
    mail = given_up()
    assert reverse("outbox:index") not in client.get(reverse("wagtailadmin_home")).content.decode()
    for name, args in (("index", []), ("mail", [mail.pk]), ("mail_html", [mail.pk]), ("templates", []), ("again", [mail.pk])):
        response = client.get(reverse(f"outbox:{name}", args=args))
        assert response.status_code == 302
        assert "Dear Alice" not in response.content.decode()
    assert action_items(User.objects.get(pk=person.pk)) == []


def test_nobody_throws_a_mail_away(client, staff):
    """There is no address for it, and sending, giving up and looking leave the row where it is."""
    assert {pattern.name for pattern in urlpatterns} & {"delete", "edit", "add"} == set()


# -- Decided -----------------------------------------------------------------------------------------------------------


def test_what_failed_stands_on_the_desk_until_somebody_decides(client, staff):
    mail = given_up()
    [group] = action_items(staff)
    assert [str(item.label) for item in group.items] == ["“Hello” did not reach alice@example.org"]
    assert group.items[0].url == reverse("outbox:mail", args=[mail.pk])
    post(client, mail, "give_up", reason="The address is gone")
    assert action_items(staff) == []
    mail.refresh_from_db()
    assert (mail.status, logged(mail)) == ("given-up", [("portal.mail_given_up", staff.email)])
    entry = ModelLogEntry.objects.for_instance(mail).get()
    assert (entry.data["reason"], "alice" in entry.label.lower()) == ("The address is gone", False)


def test_once_more_is_the_same_letter(client, staff, django_capture_on_commit_callbacks):
    mail = given_up(refused=["alice@example.org"])
    with django_capture_on_commit_callbacks(execute=True):
        response = post(client, mail, "again")
    assert response.url == reverse("outbox:mail", args=[mail.pk])
    [sent] = django_mail.outbox
    mail.refresh_from_db()
    assert (sent.extra_headers["Message-ID"], sent.to) == (mail.message_id, ["alice@example.org"])
    assert (mail.status, mail.attempts, mail.needs_somebody, mail.refused) == ("sent", 1, False, [])
    assert logged(mail) == [("portal.mail_again", staff.email)]


def test_once_more_reaches_only_those_who_have_it_not(staff):
    mail = write(
        to=["alice@example.org", "bob@example.org"],
        sent_at=timezone.now(),
        delivered_to=["alice@example.org"],
        refused=["bob@example.org"],
    )
    mail.send_again(by=staff)
    assert mail.still_to_reach() == ["bob@example.org"]
    whole = write(to=["alice@example.org", "bob@example.org"], sent_at=timezone.now())
    whole.send_again(by=staff)
    assert whole.still_to_reach() == ["alice@example.org", "bob@example.org"]


def test_at_once_does_not_wait_for_the_next_attempt(client, staff, django_capture_on_commit_callbacks):
    mail = write(attempts=3, next_attempt_at=timezone.now() + timedelta(hours=5))
    with django_capture_on_commit_callbacks(execute=True):
        post(client, mail, "now")
    mail.refresh_from_db()
    assert (mail.status, mail.attempts, len(django_mail.outbox)) == ("sent", 4, 1)
    assert logged(mail) == [("portal.mail_now", staff.email)]


def test_given_up_is_not_sent_any_more(client, staff):
    mail = write()
    post(client, mail, "give_up", reason="")
    mail.refresh_from_db()
    assert (mail.status, mail.needs_somebody) == ("given-up", False)
    assert attempt(mail.pk) is None


@pytest.mark.parametrize(
    ("fields", "possible"),
    [
        ({}, {"now", "give_up"}),
        ({"claimed_at": timezone.now}, set()),
        ({"claimed_at": lambda: timezone.now() - 2 * CLAIM}, {"now", "give_up"}),
        ({"sent_at": timezone.now}, {"again"}),
        ({"given_up_at": timezone.now}, {"again"}),
        ({"given_up_at": timezone.now, "needs_somebody": lambda: True}, {"again", "give_up"}),
    ],
)
def test_only_what_is_possible_is_offered_and_done(client, staff, fields, possible):
    mail = write(**{name: value() for name, value in fields.items()})
    page = soup(client.get(reverse("outbox:mail", args=[mail.pk])))
    urls = {act: reverse(f"outbox:{act}", args=[mail.pk]) for act in ("again", "now", "give_up")}
    assert {act for act, url in urls.items() if page.find("a", href=url)} == possible
    before = OutgoingMail.objects.filter(pk=mail.pk).values().get()
    for act in set(urls) - possible:
        assert client.get(urls[act]).url == reverse("outbox:mail", args=[mail.pk])
        post(client, mail, act)
        with pytest.raises(ValidationError):
            getattr(mail, {"again": "send_again", "now": "send_now"}.get(act, act))(by=staff)
    assert OutgoingMail.objects.filter(pk=mail.pk).values().get() == before
    assert logged(mail) == []


# -- How letters look --------------------------------------------------------------------------------------------------


def test_every_letter_can_be_looked_at_in_every_language(client, staff, settings):
    page = soup(client.get(reverse("outbox:templates")))
    links = {link["href"] for link in page.select(".mail-languages a")}
    assert len(links) == len(mail_templates()) * len(settings.LANGUAGES)
    assert len(mail_templates()) >= 15
    for url in sorted(links):
        assert client.get(url).status_code == 200
        framed = client.get(f"{url}html/")
        assert framed.status_code == 200
        assert "sandbox" in framed["Content-Security-Policy"]
    arabic = soup(client.get(reverse("outbox:template_html", args=["invitation", "ar"])))
    assert (arabic.html["lang"], arabic.html["dir"]) == ("ar", "rtl")


@pytest.mark.parametrize("address", ["nonsense/en/", "invitation/xx/", "nonsense/en/html/", "invitation/xx/html/"])
def test_a_letter_that_is_not_there(client, staff, address):
    assert client.get(f"/admin/mail/letters/{address}").status_code == 404


def test_a_letter_with_an_entry_for_the_calendar_shows_it(client, staff, monkeypatch):
    template = MailTemplate("draft_submitted", "A draft", lambda: {"region": "Kenya"}, calendar=entry)
    monkeypatch.setattr("portal.outbox.looks.mail_template", lambda name: template)
    page = soup(client.get(reverse("outbox:template", args=["draft_submitted", "en"])))
    assert "BEGIN:VEVENT" in page.text


# -- For cron and for whoever watches ----------------------------------------------------------------------------------


def test_cron_stops_knocking_at_a_closed_door(server, capsys):
    server.side_effect = ConnectionRefusedError
    for _ in range(10):
        write()
    call_command("deliver_mail")
    assert capsys.readouterr().out == "0 delivered, 10 still waiting.\n"
    assert server.call_count == 3


def test_the_numbers_to_watch(capsys):
    write(), write(attempts=1, next_attempt_at=timezone.now() + timedelta(hours=1)), given_up(), write(sent_at=timezone.now())
    call_command("deliver_mail", "--status")
    assert capsys.readouterr().out == (
        "waiting 2\ndue 1\nfailed_before 1\nneeds_somebody 1\nsent_last_hour 1\nminutes_late 0\n"
    )
    write(next_attempt_at=timezone.now() - timedelta(minutes=45))
    with pytest.raises(SystemExit, match="1"):
        call_command("deliver_mail", "--status")
    assert "minutes_late 45\n" in capsys.readouterr().out
    call_command("deliver_mail", "--status", "--late-after", "60")


def test_a_letter_knows_what_it_is_for():
    assert queue_mail("a@example.org", "invitation_declined", {}, "en").purpose == "invitation_declined"
