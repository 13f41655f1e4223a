"""Sessions end when a password changes, or when somebody's roles do."""

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings as now
from django.test import Client

from portal.models import OutgoingMail, User

from .test_account import LINK, PASSWORD, sign_in, url

pytestmark = pytest.mark.django_db
NEW = "another-wind-again"


@pytest.fixture(autouse=True)
def _mail_goes_to_the_outbox(settings):
    settings.EMAIL_BACKEND = "portal.mail.OutboxBackend"


def member(name):
    user = User.objects.create_user(f"{name}@example.org", PASSWORD, first_name=name.title())
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    return user


@pytest.fixture
def alice():
    return member("alice")


@pytest.fixture
def elsewhere(alice):
    """Alice's other browser."""
    browser = Client()
    sign_in(browser)
    return browser


def is_in(client):
    return client.get(url("account_home")).status_code == 200


def test_ending_sessions_signs_out_everywhere_with_the_next_click(client, alice, elsewhere):
    bob = Client()
    member("bob")
    sign_in(client)
    sign_in(bob, email="bob@example.org")
    assert [is_in(each) for each in (client, elsewhere, bob)] == [True, True, True]
    alice.end_sessions()
    assert [is_in(each) for each in (client, elsewhere, bob)] == [False, False, True]
    assert client.get("/admin/").url == "/admin/login/?next=/admin/"
    sign_in(client)
    assert is_in(client)


def test_it_counts_in_the_database_whatever_this_copy_remembers(alice):
    other_copy = User.objects.get(pk=alice.pk)
    alice.end_sessions()
    other_copy.end_sessions()
    assert (alice.session_version, other_copy.session_version) == (1, 2)
    assert User.objects.get(pk=alice.pk).session_version == 2
    other_copy.first_name = "Not saved"
    other_copy.end_sessions()
    assert (other_copy.first_name, other_copy.session_version) == ("Not saved", 3)


def test_a_changed_password_ends_all_other_sessions(client, alice, elsewhere):
    sign_in(client)
    answer = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    assert client.post(url("account_change_password"), answer).status_code == 302
    assert (is_in(client), is_in(elsewhere)) == (True, False)


def test_a_password_that_was_not_changed_ends_nothing(client, alice, elsewhere):
    sign_in(client)
    answer = {"oldpassword": "wrong", "password1": NEW, "password2": NEW}
    assert client.post(url("account_change_password"), answer).status_code == 200
    assert (is_in(client), is_in(elsewhere)) == (True, True)


def test_a_new_password_by_mail_ends_all_sessions_and_begins_none(client, alice, elsewhere):
    client.post(url("account_reset_password"), {"email": alice.email})
    page = client.get(LINK.search(OutgoingMail.objects.get().body)[1], follow=True)
    client.post(page.redirect_chain[-1][0], {"password1": NEW, "password2": NEW})
    assert (is_in(client), is_in(elsewhere)) == (False, False)


def test_a_new_secret_key_signs_nobody_out_and_keeps_no_ended_session(client, alice, elsewhere, settings):
    sign_in(client)
    settings.SECRET_KEY_FALLBACKS = [now.SECRET_KEY]
    settings.SECRET_KEY = "the next one"
    assert is_in(client)
    alice.end_sessions()
    assert (is_in(client), is_in(elsewhere)) == (False, False)
