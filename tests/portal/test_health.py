from datetime import UTC, datetime, timedelta
from unittest.mock import Mock

import pytest
from django.core.cache import cache
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder

from portal.models import OutgoingMail
from portal.views import health


@pytest.fixture(autouse=True)
def forgetful_process():
    """Each test is a process of its own: what was found applied before is not remembered."""
    health.migrations_are_applied.cache_clear()
    yield
    health.migrations_are_applied.cache_clear()


# -- Alive and ready ---------------------------------------------------------------------------------------------------


def test_alive_asks_no_database(client):
    """No `django_db` mark: pytest-django fails a test that asks for a connection."""
    response = client.get("/healthz")
    assert (response.status_code, response.content, response["Content-Type"]) == (200, b"ok\n", "text/plain")
    assert "no-store" in response["Cache-Control"]
    assert not response.cookies


@pytest.mark.django_db
def test_ready_when_all_is_there(client):
    response = client.get("/readyz")
    assert (response.status_code, response.json()) == (200, {"database": True, "cache": True, "migrations": True})
    assert "no-store" in response["Cache-Control"]


@pytest.mark.django_db
def test_not_ready_without_the_database(client, monkeypatch):
    monkeypatch.setattr(connection, "cursor", Mock(side_effect=OperationalError("password=secret")))
    response = client.get("/readyz")
    assert (response.status_code, response.json()) == (503, {"database": False, "cache": True, "migrations": False})
    assert b"secret" not in response.content


@pytest.mark.django_db
def test_not_ready_without_the_cache(client, settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    response = client.get("/readyz")
    assert (response.status_code, response.json()) == (503, {"database": True, "cache": False, "migrations": True})


@pytest.mark.django_db
def test_not_ready_while_a_migration_is_missing_and_ready_once_it_is_applied(client):
    recorder = MigrationRecorder(connection)
    last = recorder.migration_qs.filter(app="sessions").latest("name")
    recorder.record_unapplied(last.app, last.name)
    response = client.get("/readyz")
    assert (response.status_code, response.json()) == (503, {"database": True, "cache": True, "migrations": False})
    recorder.record_applied(last.app, last.name)
    assert client.get("/readyz").status_code == 200


@pytest.mark.django_db
def test_a_process_reads_the_migrations_once(client, django_assert_num_queries):
    client.get("/readyz")
    with django_assert_num_queries(1):
        client.get("/readyz")


# -- For robots and for finders of holes -------------------------------------------------------------------------------


def test_robots_know_what_not_to_index(client):
    response = client.get("/robots.txt")
    assert response["Content-Type"] == "text/plain"
    assert response.content.decode() == (
        "User-agent: *\nAllow: /\nDisallow: /admin/\nDisallow: /demo/\nDisallow: /*/account/\nDisallow: /*/host/\n"
        "Disallow: /*/preferences/\nDisallow: /*/status/\nDisallow: /*/translate/confirm/\n\nSitemap: http://testserver/sitemap.xml\n"
    )


def test_who_finds_a_hole_knows_whom_to_tell(client, settings):
    settings.SECURITY_CONTACT = "mailto:holes@example.org"
    response = client.get("/.well-known/security.txt")
    fields = dict(line.split(": ", 1) for line in response.content.decode().splitlines())
    expires = datetime.strptime(fields.pop("Expires"), "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    assert fields == {
        "Contact": "mailto:holes@example.org",
        "Preferred-Languages": "en, es, fr, ar, zh-Hant",
        "Canonical": "http://testserver/.well-known/security.txt",
    }
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert expires.time() == datetime.min.time()
    # RFC 9116 asks for less than a year.
    assert timedelta(days=363) < expires - datetime.now(UTC) <= timedelta(days=365)


@pytest.mark.parametrize("address", ["/healthz", "/readyz", "/robots.txt", "/.well-known/security.txt"])
def test_they_only_answer_questions(client, address):
    assert client.post(address).status_code == 405


# -- The demo's mail ---------------------------------------------------------------------------------------------------


@pytest.fixture
def mail(db):
    return OutgoingMail.objects.create(
        to=["alice@example.org"],
        subject="Visit <b>us</b>",
        body="Open http://testserver/en/host/abc:def:ghi/\n<script>",
        sent_at=datetime.now(UTC),
    )


def test_outside_the_demo_there_is_no_mail_to_read(client, mail):
    assert OutgoingMail.objects.count() == 1
    for address in ("/demo/mail/", f"/demo/mail/{mail.pk}/"):
        response = client.get(address)
        assert response.status_code == 404
        assert b"alice@example.org" not in response.content


def test_the_demo_shows_its_mail_and_keeps_robots_out(client, mail, settings):
    settings.PORTAL_DEMO = True
    response = client.get("/demo/mail/")
    assert response.status_code == 200
    assert (response["X-Robots-Tag"], "no-store" in response["Cache-Control"]) == ("noindex, nofollow", True)
    assert f'<a href="/demo/mail/{mail.pk}/"><bdi>Visit &lt;b&gt;us&lt;/b&gt;</bdi></a>' in response.content.decode()
    assert "alice@example.org" in response.content.decode()


def test_the_links_in_a_mail_of_the_demo_can_be_followed(client, mail, settings):
    settings.PORTAL_DEMO = True
    response = client.get(f"/demo/mail/{mail.pk}/")
    page = response.content.decode()
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert 'href="http://testserver/en/host/abc:def:ghi/"' in page
    assert "&lt;script&gt;" in page
    assert client.get(f"/demo/mail/{mail.pk + 1}/").status_code == 404


def test_the_demo_keeps_its_mail_in_short_pages(client, mail, settings, django_assert_max_num_queries):
    settings.PORTAL_DEMO = True
    OutgoingMail.objects.bulk_create(OutgoingMail(to=["x@example.org"], subject=f"Number {n}") for n in range(55))
    client.get("/demo/mail/")  # the menus are built once
    with django_assert_max_num_queries(8):
        page = client.get("/demo/mail/").content.decode()
    assert page.count("<bdi>Number ") == 50
    assert 'href="?page=2"' in page


def test_the_cache_is_left_as_it_was(client, db):
    cache.set("mine", 1)
    client.get("/readyz")
    assert cache.get("mine") == 1
