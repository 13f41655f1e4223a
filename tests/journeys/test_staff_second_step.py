"""Who looks after all regions needs a second step for the workplace; everybody else may have one."""

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group, Permission

from portal.models import User
from portal.settings import base
from tests.factories import open_region

from .test_account import PASSWORD, activate_second_step, code_for, sign_in, soup, url

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _it_is_required(settings):
    settings.STAFF_NEED_SECOND_STEP = True


@pytest.fixture
def alice(client):
    user = User.objects.create_user("alice@example.org", PASSWORD, first_name="Alice")
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    sign_in(client)
    return user


@pytest.fixture
def overseer(alice):
    group = Group.objects.create(name="All regions")
    rights = Permission.objects.filter(codename__in=["oversee", "access_admin"])
    group.permissions.set(rights.filter(content_type__app_label__in=["portal", "wagtailadmin"]))
    assert group.permissions.count() == 2
    alice.groups.add(group)
    return alice


def messages_on(page):
    return [banner.text for banner in soup(page).select(".messages .banner")]


WHY = "You look after all regions, so a password alone is not enough. Set up a second step."


def test_the_portal_requires_it_unless_told_otherwise():
    assert base.STAFF_NEED_SECOND_STEP is True


def test_staff_without_it_are_led_to_where_it_is_set_up_and_told_why(client, overseer):
    page = client.get("/admin/reports/site-history/", follow=True)
    assert page.redirect_chain == [(url("mfa_index"), 302)]
    assert messages_on(page) == [WHY]
    assert not soup(page).find("a", string="On to the workplace")  # not before it is there


def test_so_are_superusers(client, alice):
    User.objects.filter(pk=alice.pk).update(is_superuser=True)
    assert client.get("/admin/").url == url("mfa_index")


def test_until_then_nothing_is_done(client, overseer):
    answer = {"name_email-first_name": "Mallory", "name_email-last_name": ""}
    response = client.post("/admin/account/", answer)
    assert (response.status_code, response.url) == (302, url("mfa_index"))
    assert User.objects.get().first_name == "Alice"


def test_with_it_they_get_to_the_page_they_wanted(client, overseer):
    wanted = "/admin/account/?tab=1"
    client.get(wanted)
    secret = activate_second_step(client)
    codes = soup(client.get(url("mfa_view_recovery_codes")))
    assert codes.find("a", string="On to the workplace")["href"] == wanted
    assert client.get(wanted).status_code == 200
    assert not soup(client.get(url("mfa_index"))).find("a", string="On to the workplace")  # they have been led there
    client.post(url("account_logout"))
    assert sign_in(client, target="/admin/").url == url("mfa_authenticate")
    assert client.post(url("mfa_authenticate"), {"code": code_for(secret)}).url == "/admin/"
    assert client.get("/admin/").status_code == 200


def test_a_security_key_is_a_second_step_and_recovery_codes_alone_are_not(client, overseer):
    Authenticator.objects.create(user=overseer, type=Authenticator.Type.RECOVERY_CODES, data={"seed": "x", "used_mask": 0})
    assert client.get("/admin/").url == url("mfa_index")
    data = {"name": "Blue key", "credential": {"clientExtensionResults": {}}}
    Authenticator.objects.create(user=overseer, type=Authenticator.Type.WEBAUTHN, data=data)
    assert client.get("/admin/").status_code == 200


def test_without_it_they_may_read_and_leave(client, overseer):
    assert client.get("/en/").status_code == 200
    assert client.get(url("account_home")).status_code == 200
    assert client.post("/admin/logout/").status_code == 302
    assert client.get(url("account_home")).status_code == 302


def test_whoever_has_one_region_may_do_without(client, alice):
    open_region(name="Kenya").grant(alice, "editor")
    sign_in(client)
    assert client.get("/admin/", follow=True).redirect_chain in ([], [("/admin/pages/", 302)])


def test_the_demo_does_not_require_it(client, overseer, settings):
    settings.STAFF_NEED_SECOND_STEP = False
    assert client.get("/admin/").status_code == 200
