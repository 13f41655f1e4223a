"""What a guesser gets: no page tells who has an account, and after five wrong guesses the right one is refused, too."""

import time

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.test import Client

from portal.models import OutgoingMail, User

from .test_account import PASSWORD, activate_second_step, code_for, confirm_it_is_me, sign_in, soup, url, wrong

pytestmark = pytest.mark.django_db
TOO_MANY = "Too many failed attempts. Wait ten minutes, then try again."
NOBODY = "nobody@example.org"


@pytest.fixture(autouse=True)
def _mail_goes_to_the_outbox(settings):
    settings.EMAIL_BACKEND = "portal.mail.OutboxBackend"


def member(name, verified=True, **fields):
    user = User.objects.create_user(f"{name}@example.org", PASSWORD, first_name=name.title(), **fields)
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=verified)
    return user


@pytest.fixture
def alice():
    return member("alice")


@pytest.fixture
def everybody(alice):
    """One address of each kind: confirmed, never confirmed, shut out, and of nobody."""
    return [alice.email, member("young", verified=False).email, member("gone", is_active=False).email, NOBODY]


def seen_by_guesser(name, address, **answer):
    """All that the answer to a form shows, with the address itself left out: status, way, text, cookies; and the mails."""
    cache.clear()
    browser, before = Client(), OutgoingMail.objects.count()
    response = browser.post(url(name), answer, follow=True)
    text = soup(response).find("main").decode().replace(address, "ADDRESS")
    token = soup(response).select_one("[name=csrfmiddlewaretoken]")
    text = text.replace(token["value"], "TOKEN") if token else text
    return response.status_code, response.redirect_chain, text, sorted(browser.cookies), OutgoingMail.objects.count() - before


# -- Who has an account? -----------------------------------------------------------------------------------------------


def test_signing_in_tells_nothing(everybody):
    seen = [seen_by_guesser("account_login", each, login=each, password="a wrong guess") for each in everybody]
    assert seen[0][:2] == (200, [])
    assert "form-errors" in seen[0][2]
    assert seen == [seen[0]] * 4


def test_signing_up_tells_nothing(everybody):
    answer = {"first_name": "Eve", "password1": PASSWORD, "password2": PASSWORD}
    seen = [seen_by_guesser("account_signup", each, email=each, **answer) for each in everybody]
    assert seen[0][1] == [(url("account_email_verification_sent"), 302)]
    assert seen[0][4] == 1
    assert seen == [seen[0]] * 4
    assert [User.objects.filter(email=each).count() for each in everybody] == [1] * 4


def test_a_forgotten_password_tells_nothing(everybody):
    seen = [seen_by_guesser("account_reset_password", each, email=each) for each in everybody]
    assert seen[0][1] == [(url("account_reset_password_done"), 302)]
    assert seen[0][4] == 1
    assert seen == [seen[0]] * 4


def test_changing_ones_address_tells_nothing(client, alice, everybody):
    sign_in(client)
    seen = []
    for each in everybody[1:]:
        cache.clear()
        confirm_it_is_me(client)
        before = OutgoingMail.objects.count()
        response = client.post(url("account_email"), {"email": each, "action_add": ""}, follow=True)
        main = soup(response).find("main").text
        seen.append((response.status_code, response.redirect_chain, OutgoingMail.objects.count() - before, "already" in main))
    assert seen == [(200, [(url("account_email"), 302)], 1, False)] * 3
    assert EmailAddress.objects.get(user=alice, verified=True).email == alice.email


# -- How often may one guess? ------------------------------------------------------------------------------------------


def is_refused(response):
    return response.status_code == 200 and soup(response).select_one(".form-errors").text.strip().endswith(TOO_MANY)


@pytest.mark.parametrize("address", ["alice@example.org", NOBODY])
def test_the_sixth_attempt_is_refused_even_with_the_right_password(client, alice, address):
    for _attempt in range(5):
        assert TOO_MANY not in sign_in(client, email=address, password="a wrong guess").text
    refused = sign_in(client, email=address)
    assert is_refused(refused)
    assert "_auth_user_id" not in client.session


def test_one_address_does_not_shut_out_another_one(client, alice):
    for _attempt in range(6):
        sign_in(client, email=NOBODY, password="a wrong guess")
    assert sign_in(client).url == url("account_home")


def test_ten_minutes_later_the_right_password_opens_again(client, alice, monkeypatch):
    for _attempt in range(6):
        sign_in(client, password="a wrong guess")
    later = time.time() + 601
    monkeypatch.setattr(time, "time", lambda: later)
    assert sign_in(client).url == url("account_home")


def test_one_network_has_ten_wrong_attempts_for_all_addresses(client, alice):
    for number in range(10):
        sign_in(client, email=f"nobody{number}@example.org", password="a wrong guess")
    assert is_refused(sign_in(client))


def test_the_sixth_code_is_refused_even_when_it_is_right(client, alice):
    sign_in(client)
    secret = activate_second_step(client)
    client.post(url("account_logout"))
    sign_in(client)
    for _attempt in range(5):
        assert TOO_MANY not in client.post(url("mfa_authenticate"), {"code": wrong(code_for(secret))}).text
    refused = client.post(url("mfa_authenticate"), {"code": code_for(secret)})
    assert is_refused(refused)
    assert client.get(url("account_home")).status_code == 302


def test_the_same_holds_for_confirming_that_it_is_me(client, alice):
    sign_in(client)
    for _attempt in range(5):
        client.post(url("account_reauthenticate"), {"password": "a wrong guess"})
    assert is_refused(confirm_it_is_me(client))
    assert client.get(url("mfa_activate_totp")).url.startswith(url("account_reauthenticate"))


@pytest.mark.parametrize("address", ["alice@example.org", NOBODY])
def test_the_sixth_letter_in_a_minute_is_not_written(client, alice, address):
    for _attempt in range(5):
        assert client.post(url("account_reset_password"), {"email": address}).status_code == 302
    refused = client.post(url("account_reset_password"), {"email": address})
    assert refused.status_code == 429
    assert soup(refused).find("h1").text == "Too many attempts"
    assert OutgoingMail.objects.count() == 5


@pytest.mark.parametrize("name", ["account_signup", "account_email"])
def test_the_addresses_of_erased_accounts_stay_free(client, alice, name):
    sign_in(client)
    confirm_it_is_me(client)
    if name == "account_signup":
        client.post(url("account_logout"))
    squatted = {"email": "erased-7@Erased.invalid", "first_name": "Eve", "password1": PASSWORD, "password2": PASSWORD}
    refused = client.post(url(name), {**squatted, "action_add": ""})
    assert "No mail can arrive at this address." in refused.text
    assert not EmailAddress.objects.filter(email__iendswith="erased.invalid").exists()
    assert User.objects.count() == 1
