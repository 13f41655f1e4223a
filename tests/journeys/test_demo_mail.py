"""Somebody new tries the demo: every link that it would have sent by mail is found at /demo/mail/, and works from there."""

from base64 import b64encode
from urllib.parse import urlsplit

import pytest
from allauth.account.models import EmailAddress
from bs4 import BeautifulSoup
from django.urls import reverse

from portal.models import OutgoingMail, User
from regions.models import Invitation, Team
from tests.factories import open_region
from tests.portal.test_calendars import entry

pytestmark = pytest.mark.django_db
PASSWORD = "a long pass phrase"


@pytest.fixture(autouse=True)
def demo(settings):
    settings.PORTAL_DEMO = True
    settings.EMAIL_BACKEND = "portal.mail.OutboxBackend"


def soup(response):
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def newest(client):
    """Its page, and what stands in the frame there, as somebody comes to them from the list."""
    first = soup(client.get("/demo/mail/")).select_one(".rows a")
    page = soup(client.get(first["href"]))
    return page, soup(client.get(page.select_one("iframe.mail-frame")["src"]))


def button(framed):
    return framed.select_one("td.button a")


def test_from_signing_up_to_a_new_password(client):
    answer = {"email": "alice@example.org", "first_name": "Alice", "password1": PASSWORD, "password2": PASSWORD}
    client.post(reverse("account_signup"), answer)
    _page, framed = newest(client)
    assert button(framed).text == "To confirm that it is yours, open this link"
    confirm = urlsplit(button(framed)["href"]).path
    assert client.get(confirm).status_code == 200
    client.post(confirm)
    assert EmailAddress.objects.get().verified
    client.post(reverse("account_reset_password"), {"email": "alice@example.org"})
    page, framed = newest(client)
    assert button(framed)["href"] in page.select_one(".mail-text").text
    assert soup(client.get(urlsplit(button(framed)["href"]).path, follow=True)).find("input", {"name": "password1"})
    client.logout()


def test_an_invitation_is_answered(client):
    team = Team.objects.get(region=open_region(name="Kenya"), role="editor")
    Invitation.objects.invite(team, "wei@example.org", by=User.objects.create_superuser("root@example.org", PASSWORD))
    _page, framed = newest(client)
    assert button(framed).text == "Look at it, then say yes or no"
    assert urlsplit(button(framed)["href"]).netloc == "testserver"  # whatever the settings call this host
    page = soup(client.get(urlsplit(button(framed)["href"]).path))
    assert "Kenya" in page.text


def test_the_frame_is_no_part_of_the_site_and_its_links_open_in_the_window(client):
    mail = OutgoingMail.objects.create(to=["a@example.org"], subject="S", body="<script>alert(1)</script>")
    page = client.get(f"/demo/mail/{mail.pk}/")
    assert "frame-src 'self'" in page["Content-Security-Policy"]
    assert "style-src 'self'" in page["Content-Security-Policy"]
    frame = soup(page).select_one("iframe")
    assert frame["sandbox"] == ["allow-top-navigation-by-user-activation"]
    response = client.get(frame["src"])
    assert "sandbox allow-top-navigation-by-user-activation" in response["Content-Security-Policy"]
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    framed = soup(response)
    assert framed.base["target"] == "_top"
    assert framed.find("script") is None


def test_the_html_of_others_is_shown_as_it_is(client):
    html = "<html><head></head><body><p>From <b>Wagtail</b></p></body></html>"
    mail = OutgoingMail.objects.create(to=["a@example.org"], subject="S", body="T", html=html)
    assert soup(client.get(f"/demo/mail/{mail.pk}/html/")).b.text == "Wagtail"


def test_an_entry_for_the_calendar_is_taken_along(client):
    ics, kind = entry().as_ics(), entry().mimetype
    attached = [["invite.ics", b64encode(ics).decode(), kind]]
    mail = OutgoingMail.objects.create(to=["a@example.org"], subject="S", body="T", attachments=attached)
    link = soup(client.get(f"/demo/mail/{mail.pk}/")).find("a", string="invite.ics")
    response = client.get(link["href"])
    assert (b"".join(response.streaming_content), response["Content-Type"]) == (ics, kind)
    assert response["Content-Disposition"] == 'attachment; filename="invite.ics"'
    assert client.get(f"/demo/mail/{mail.pk}/attached/1/").status_code == 404


def test_outside_the_demo_nothing_of_it_is_there(client, settings):
    settings.PORTAL_DEMO = False
    attached = [["invite.ics", "QQ==", "text/calendar"]]
    mail = OutgoingMail.objects.create(to=["a@example.org"], subject="S", body="secret", attachments=attached)
    for address in ("", "html/", "attached/0/"):
        response = client.get(f"/demo/mail/{mail.pk}/{address}")
        assert response.status_code == 404
        assert b"secret" not in response.content


def test_letters_about_an_account_are_in_its_owners_language(client):
    """Whoever asks for a new password at an English page: the owner reads Arabic."""
    person = User.objects.create_user("amal@example.org", PASSWORD, language="ar")
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    client.post("/en/account/password/reset/", {"email": person.email})
    mail = OutgoingMail.objects.get()
    assert (mail.language, mail.purpose) == ("ar", "password_reset_key")
    _page, framed = newest(client)
    assert (framed.html["lang"], framed.html["dir"]) == ("ar", "rtl")


@pytest.mark.parametrize("address", ["/demo/mail/", "/nowhere/", "/en/account/login/?next=/en/"])
def test_the_choice_of_language_leads_somewhere(client, address):
    page = BeautifulSoup(client.get(address).content, "html.parser")
    links = [link["href"] for link in page.select("details.languages a")]
    assert len(links) == 4
    assert {client.get(link).status_code for link in links} == {200}
