"""An account's life over HTTP: opened, confirmed, given a second step, and not to be entered by a side door."""

import base64
import hashlib
import hmac
import re
import struct
import time

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.urls import get_resolver, reverse

from portal.models import OutgoingMail, User

pytestmark = pytest.mark.django_db

PASSWORD = "seven-winds-and-a-rose"
LINK = re.compile(r"https?://[^\s/]+(/\S+)")

# What answers with a page of its own, and who may see it; the rest needs a step begun before, a key in hand, or a link.
FOR_ANYBODY = [
    "account_login",
    "account_signup",
    "account_inactive",
    "account_email_verification_sent",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key_done",
    "account_erased",
]
FOR_MEMBERS = [
    "account_home",
    "account_data",
    "account_erase",
    "account_logout",
    "account_reauthenticate",
    "account_email",
    "account_change_password",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
]
WITH_SECOND_STEP = [
    "mfa_index",
    "mfa_reauthenticate",
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
]
ELSEWHERE = {
    "account_export": "test_own_data.py",
    "account_confirm_email": "test_from_sign_up_to_signing_in",
    "account_reset_password_from_key": "test_a_new_password",
    "mfa_authenticate": "test_signing_in_asks_for_the_second_step",
    "mfa_download_recovery_codes": "test_recovery_codes_are_a_text_to_keep",
    "mfa_edit_webauthn": "test_a_key_is_renamed_and_removed",
    "mfa_remove_webauthn": "test_a_key_is_renamed_and_removed",
    "mfa_reauthenticate_webauthn": "needs a real key: tried in a browser",
    "account_set_password": "for accounts without a password, which we do not have",
    "account_confirm_login_code": "sign-in by code is off",
}


@pytest.fixture(autouse=True)
def _mail_goes_to_the_outbox(settings):
    settings.EMAIL_BACKEND = "portal.mail.OutboxBackend"  # Django's test runner puts its own there


@pytest.fixture
def alice():
    user = User.objects.create_user("alice@example.org", PASSWORD, first_name="Alice")
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    return user


@pytest.fixture
def root(alice):
    alice.is_superuser = True
    alice.save()
    return alice


def url(name, **kwargs):
    return reverse(name, kwargs=kwargs or None)


def sign_in(client, email="alice@example.org", password=PASSWORD, target=""):
    return client.post(url("account_login"), {"login": email, "password": password, "next": target})


def confirm_it_is_me(client):
    return client.post(url("account_reauthenticate"), {"password": PASSWORD})


def code_for(secret):
    """RFC 6238, written once more: so that a wrong implementation cannot prove itself."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.new(key, struct.pack(">Q", int(time.time()) // 30), hashlib.sha1).digest()
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start : start + 4])[0] & 0x7FFFFFFF) % 10**6:06d}"


def wrong(code):
    return f"{(int(code) + 500_000) % 10**6:06d}"


def soup(response):
    return BeautifulSoup(response.content, "html.parser")


def activate_second_step(client):
    """Returns the secret. The cache forgets the code that was just used: a code works once, and the next takes 30 s."""
    confirm_it_is_me(client)
    page = soup(client.get(url("mfa_activate_totp")))
    secret = page.find(id="authenticator_secret").text
    assert client.post(url("mfa_activate_totp"), {"code": code_for(secret)}).url == url("mfa_view_recovery_codes")
    cache.clear()
    return secret


@pytest.fixture
def secured(client, alice):
    """Alice is signed in and has a second step."""
    sign_in(client)
    return activate_second_step(client)


def check_page(response):
    assert response.status_code == 200
    policy = response["Content-Security-Policy"]
    assert "script-src 'self';" in f"{policy};"
    assert "style-src 'self';" in f"{policy};"
    page = soup(response)
    assert page.find("meta", {"name": "robots"})["content"] == "noindex"
    assert len(page.find_all("h1")) == 1
    assert page.select_one("header.page-head h1")
    assert "data:" not in response.text
    assert not page.select("[style], style, [onclick], [onsubmit], [onchange]")
    assert all(script.get("src") or script["type"] == "application/json" for script in page.find_all("script"))
    for form in page.select("main form[method=post]"):
        assert form.find("input", {"name": "csrfmiddlewaretoken"})


# -- Coming in ---------------------------------------------------------------------------------------------------------


def test_from_sign_up_to_signing_in(client):
    answer = {"email": "alice@example.org", "first_name": "Alice", "password1": PASSWORD, "password2": PASSWORD}
    response = client.post(url("account_signup"), answer)
    assert response.url == url("account_email_verification_sent")
    assert sign_in(client).url == url("account_email_verification_sent")  # not before the address is confirmed

    mail = OutgoingMail.objects.earliest("pk")
    assert mail.to == ["alice@example.org"]
    assert "Portolan" in mail.body
    assert "Alice" not in mail.body  # a name is free text: nobody shall send advertisements through us
    link = LINK.search(mail.body)[1]
    page = client.get(link)
    check_page(page)
    assert not EmailAddress.objects.get().verified  # a scanner that follows links confirms nothing
    client.post(link)
    assert EmailAddress.objects.get().verified

    assert sign_in(client).url == url("account_home")
    assert "Alice" in client.get(url("account_home")).text


def test_signing_in_leads_to_where_one_wanted(client, alice):
    assert sign_in(client, target="/en/regions/").url == "/en/regions/"


def test_signing_in_leads_to_no_other_site(client, alice):
    assert sign_in(client, target="https://example.com/").url == url("account_home")


def test_a_wrong_password_says_no_more_than_a_wrong_address(client, alice):
    known = soup(sign_in(client, password="wrong")).select_one(".form-errors").text
    unknown = soup(sign_in(client, email="nobody@example.org", password="wrong")).select_one(".form-errors").text
    assert known == unknown


def test_signing_up_with_a_known_address_looks_the_same(client, alice):
    answer = {"email": alice.email, "first_name": "Bob", "password1": PASSWORD, "password2": PASSWORD}
    assert client.post(url("account_signup"), answer).url == url("account_email_verification_sent")
    assert User.objects.filter(email=alice.email).count() == 1
    assert url("account_reset_password") in OutgoingMail.objects.get().body


# -- A second step -----------------------------------------------------------------------------------------------------


def test_the_picture_to_scan_is_markup(client, alice):
    sign_in(client)
    confirm_it_is_me(client)
    response = client.get(url("mfa_activate_totp"))
    assert soup(response).select_one(".qr[role=img][aria-label] svg path")
    assert "<?xml" not in response.text


def test_signing_in_asks_for_the_second_step(client, secured):
    client.post(url("account_logout"))
    assert sign_in(client, target="/en/regions/").url == url("mfa_authenticate")
    check_page(client.get(url("mfa_authenticate")))
    assert client.get(url("account_home")).status_code == 302

    refused = client.post(url("mfa_authenticate"), {"code": wrong(code_for(secured))})
    assert refused.status_code == 200
    assert soup(refused).select_one(".field-error")
    assert client.get(url("account_home")).status_code == 302

    assert client.post(url("mfa_authenticate"), {"code": code_for(secured)}).url == "/en/regions/"
    assert client.get(url("account_home")).status_code == 200


def test_a_recovery_code_works_once(client, secured):
    codes = soup(client.get(url("mfa_view_recovery_codes"))).find(id="recovery_codes").text.split()
    assert len(codes) == len(set(codes)) == 10
    for attempt, expected in enumerate((302, 200)):
        client.post(url("account_logout"))
        sign_in(client)
        assert client.post(url("mfa_authenticate"), {"code": codes[0]}).status_code == expected, attempt


def test_recovery_codes_are_a_text_to_keep(client, secured):
    response = client.get(url("mfa_download_recovery_codes"))
    assert response["Content-Type"].startswith("text/plain")
    assert len(response.text.split()) == 10


def test_a_key_is_renamed_and_removed(client, secured, alice):
    data = {"name": "Blue key", "credential": {"clientExtensionResults": {}}}
    key = Authenticator.objects.create(user=alice, type=Authenticator.Type.WEBAUTHN, data=data)
    page = client.get(url("mfa_list_webauthn"))
    check_page(page)
    assert "Blue key" in page.text
    check_page(client.get(url("mfa_edit_webauthn", pk=key.pk)))
    client.post(url("mfa_edit_webauthn", pk=key.pk), {"name": "Red key"})
    assert "Red key" in client.get(url("mfa_list_webauthn")).text
    check_page(client.get(url("mfa_remove_webauthn", pk=key.pk)))
    client.post(url("mfa_remove_webauthn", pk=key.pk))
    assert not Authenticator.objects.filter(pk=key.pk).exists()


# -- A forgotten password ----------------------------------------------------------------------------------------------


def test_a_forgotten_password_does_not_tell_who_is_here(client, alice):
    known = client.post(url("account_reset_password"), {"email": alice.email}, follow=True)
    unknown = client.post(url("account_reset_password"), {"email": "nobody@example.org"}, follow=True)
    assert known.redirect_chain == unknown.redirect_chain == [(url("account_reset_password_done"), 302)]
    assert soup(known).find("main").text == soup(unknown).find("main").text
    assert OutgoingMail.objects.count() == 2  # only the owner of an address learns whether there is an account


def test_a_new_password(client, alice):
    client.post(url("account_reset_password"), {"email": alice.email})
    mail = OutgoingMail.objects.get()
    assert "Portolan" in mail.body
    page = client.get(LINK.search(mail.body)[1], follow=True)
    check_page(page)
    answer = {"password1": "another-wind-again", "password2": "another-wind-again"}
    assert client.post(page.redirect_chain[-1][0], answer).url == url("account_reset_password_from_key_done")
    assert sign_in(client, password="another-wind-again").url == url("account_home")
    client.post(url("account_logout"))
    used = client.get(LINK.search(mail.body)[1])  # works once, and says so
    check_page(used)
    assert url("account_reset_password") in soup(used).find("main").decode()


def test_a_new_password_does_not_replace_the_second_step(client, secured, alice):
    client.post(url("account_logout"))
    OutgoingMail.objects.all().delete()
    client.post(url("account_reset_password"), {"email": alice.email})
    page = client.get(LINK.search(OutgoingMail.objects.get().body)[1], follow=True)
    client.post(page.redirect_chain[-1][0], {"password1": "another-wind-again", "password2": "another-wind-again"})
    assert sign_in(client, password="another-wind-again").url == url("mfa_authenticate")


# -- Side doors --------------------------------------------------------------------------------------------------------


def test_the_admin_sends_to_the_one_door(client):
    response = client.get("/admin/", follow=True)
    assert response.redirect_chain[-1][0] == "/en/account/login/?next=/admin/"
    check_page(response)


@pytest.mark.parametrize("door", ["/admin/login/", "/en/_util/login/"])
def test_wagtails_own_doors_let_nobody_in(client, root, door):
    """They would check the password and nothing else."""
    response = client.post(door, {"username": root.email, "password": PASSWORD})
    assert response.url.startswith(url("account_login"))
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("door", ["/admin/", "/en/_util/login/?next=/en/"])
def test_who_may_not_go_there_is_told_so_and_not_sent_in_circles(client, alice, door):
    sign_in(client)
    response = client.get(door, follow=True)
    assert response.redirect_chain[-1][0] == url("account_home")
    assert soup(response).select_one(".messages .banner")


def test_the_admin_asks_for_the_second_step(client, root):
    sign_in(client)
    secret = activate_second_step(client)
    assert client.post("/admin/logout/").status_code == 302
    assert sign_in(client, target="/admin/").url == url("mfa_authenticate")
    assert client.get("/admin/").status_code == 302
    assert client.post(url("mfa_authenticate"), {"code": code_for(secret)}).url == "/admin/"
    assert client.get("/admin/").status_code == 200


def test_the_admin_changes_no_password_and_no_address(client, root):
    sign_in(client)
    page = soup(client.get("/admin/account/"))
    assert page.find("input", {"name": "name_email-first_name"})
    assert not page.select("input[type=password], input[type=email]")
    assert client.get("/admin/password_reset/").status_code == 404


# -- Every page --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", FOR_ANYBODY)
def test_pages_for_anybody(client, name):
    check_page(client.get(url(name)))


@pytest.mark.parametrize("name", FOR_MEMBERS)
def test_pages_for_members(client, alice, name):
    assert client.get(url(name)).status_code == 302  # not for strangers
    sign_in(client)
    confirm_it_is_me(client)
    check_page(client.get(url(name)))


@pytest.mark.parametrize("name", WITH_SECOND_STEP)
def test_pages_with_a_second_step(client, secured, name):
    check_page(client.get(url(name)))


@pytest.mark.parametrize("language", ["es", "fr", "ar", "zh-hant"])
def test_pages_speak_the_language_of_their_address(client, language):
    page = soup(client.get(f"/{language}/account/login/"))
    assert page.find("h1").text != "Sign in"
    assert page.html["dir"] == ("rtl" if language == "ar" else "ltr")


def test_every_address_of_the_account_is_tried_here():
    everything = {
        name for name in get_resolver().reverse_dict if isinstance(name, str) and name.startswith(("account_", "mfa_"))
    }
    assert everything == {*FOR_ANYBODY, *FOR_MEMBERS, *WITH_SECOND_STEP, *ELSEWHERE}


def test_the_demo_tells_its_password_and_nobody_else_does(client, settings):
    assert "ambassador.kenya@example.org" not in client.get(url("account_login")).text
    settings.PORTAL_DEMO = True
    assert "ambassador.kenya@example.org" in client.get(url("account_login")).text


def test_a_readers_page_sets_no_cookie(client):
    response = client.get("/en/")
    assert response.status_code == 200
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")
