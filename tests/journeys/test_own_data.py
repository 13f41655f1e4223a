"""One's own data: to read, to take along, to erase. What is erased is looked for in every column of the database."""

import json
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.contrib.sessions.models import Session
from django.db.models import CharField, FileField, JSONField, TextField
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Comment, ModelLogEntry, PageLogEntry, PageSubscription
from wagtail.users.models import UserProfile
from wagtail_localize.models import StringTranslation, TranslationSource

from portal.models import OutgoingMail, Picture, User
from portal.personal_data import kinds_of_data
from regions.models import AmbassadorPage, Ambassadorship, Membership
from spaces.models import SpaceHost
from tests.factories import UserFactory, appointed, listed_space, open_region, publish_in, told_story

from .test_account import PASSWORD, activate_second_step, confirm_it_is_me, sign_in, soup, url

pytestmark = pytest.mark.django_db
NAME, ADDRESS = "Wanjiru", "wanjiru.k@example.org"


def member(email=ADDRESS, **fields):
    user = User.objects.create_user(email, PASSWORD, **fields)
    EmailAddress.objects.create(user=user, email=email, primary=True, verified=True)
    return user


@pytest.fixture
def person():
    return member(first_name=NAME, last_name="Kamau", language="en")


@pytest.fixture
def other_superuser():
    return UserFactory(is_superuser=True)


@pytest.fixture
def here(client, person):
    sign_in(client, email=ADDRESS)
    return client


def file_of(client):
    content = json.loads(client.get(url("account_export")).content)
    return {kind["kind"]: kind["data"] for kind in content["kinds"]}


def erase(client):
    confirm_it_is_me(client)
    return client.post(url("account_erase"), follow=True)


def host(space, **fields):
    return SpaceHost.objects.create(space=space, **{"name": "Wanjiru Kamau", "email": ADDRESS, **fields})


# -- To read, and to take along ----------------------------------------------------------------------------------------


def test_the_account_leads_to_both(here):
    links = [a["href"] for a in soup(here.get(url("account_home"))).select("main a")]
    assert url("account_data") in links
    assert url("account_erase") in links


@pytest.mark.parametrize("name", ["account_data", "account_export", "account_erase"])
def test_strangers_see_nothing(client, person, name):
    response = client.get(url(name))
    assert response.status_code == 302
    assert response.url.startswith(url("account_login"))


@pytest.mark.parametrize("name", ["account_data", "account_export", "account_erase"])
def test_nobody_keeps_a_copy_on_the_way(here, name):
    confirm_it_is_me(here)
    assert "no-store" in here.get(url(name))["Cache-Control"]


def test_all_kinds_are_there_and_only_what_is_ones_own(here, person):
    region = open_region(name="Kenya")
    region.grant(person, "editor", reason="Asked for it")
    other = appointed(region, person=member("other@example.org", first_name="Bob"))
    space = listed_space(region, name="Ngong Road hub")
    host(space)
    host(space, name="Bob", email="other@example.org")
    story = told_story(region, owner=person)
    Comment.objects.create(page=story, user=person, text="Is this true?", contentpath="title")
    OutgoingMail.objects.create(to=[f"Wanjiru <{ADDRESS}>"], subject="Welcome", body="A link that is a key")
    OutgoingMail.objects.create(to=["other@example.org"], reply_to=[ADDRESS], subject="A letter of mine", body="Hidden")
    OutgoingMail.objects.create(to=["other@example.org"], subject="Not mine", body="Not mine")
    OutgoingMail.objects.create(to=[f"x{ADDRESS}"], subject="Nor this", body="Nor this")
    sign_in(here, email=ADDRESS)  # the new role has ended the session
    data = file_of(here)
    assert list(data) == [kind.key for kind in kinds_of_data()]
    assert data["account"][0]["E-mail address"] == ADDRESS
    assert data["signing-in"] == [{"E-mail address": ADDRESS, "Confirmed": "yes"}]
    assert len(data["sessions"]) == 1
    assert sorted(row["Subject"] for row in data["letters"]) == ["A letter of mine", "Welcome"]
    assert data["forms"] == []
    assert [(row["Role"], row["Reason"]) for row in data["roles"]] == [("editor, Kenya", "Asked for it")]
    assert data["terms"] == []
    assert data["hosts"] == [{"Space": "Ngong Road hub", "Name": "Wanjiru Kamau", "E-mail address": ADDRESS}]
    assert [row.get("Page") for row in data["works"]] == [story.title, story.title]
    assert [row.get("Comment") for row in data["works"]] == [None, "Is this true?"]
    assert "Role granted" in [row["What"] for row in data["log"]]
    page = here.get(url("account_data")).text
    for fact in (ADDRESS, "Welcome", "Asked for it", "Ngong Road hub", "Is this true?"):
        assert fact in page
    for text in (page, here.get(url("account_export")).text):
        for secret in ("A link that is a key", "Hidden", "Not mine", "Nor this", "other@example.org", str(other)):
            assert secret not in text


def test_the_file_holds_no_secret(here, person):
    secret = activate_second_step(here)
    here.post(url("account_reset_password"), {"email": ADDRESS})
    codes = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()
    person.refresh_from_db()
    response = here.get(url("account_export"))
    assert [row.get("Second step") for row in json.loads(response.content)["kinds"][1]["data"]] == [
        None,
        "code from an app",
        "recovery codes",
    ]
    for page in (response.text, here.get(url("account_data")).text):
        for hidden in (secret, person.password, here.session.session_key, *codes, "/password/reset/key/"):
            assert hidden not in page


def test_the_file_is_a_file_in_english_from_every_page(here, person):
    response = here.get("/fr/account/data/download/")
    assert response["Content-Type"] == "application/json"
    assert response["Content-Disposition"] == 'attachment; filename="portolan-data.json"'
    assert json.loads(response.content)["kinds"][0]["data"][0]["E-mail address"] == ADDRESS
    assert here.post(url("account_export")).status_code == 405


def test_long_lists_are_short_on_the_page_and_whole_in_the_file(here, person):
    for number in range(25):
        ModelLogEntry.objects.log_action(person, "portal.role_granted", user=person, title=f"Thing {number}")
    page = soup(here.get(url("account_data"))).find(id="log")
    assert len(page.select(".kept-rows > li")) == 20
    assert "20 of 25" in page.text
    assert len(file_of(here)["log"]) == 25


# -- To erase: first it is said, then the password is asked ------------------------------------------------------------


def test_the_page_says_what_goes_and_what_stays(here):
    confirm_it_is_me(here)
    page = soup(here.get(url("account_erase"))).find("main").text
    for kind in kinds_of_data():
        assert str(kind.erased_how) in page
        assert str(kind.stays) in page


@pytest.mark.parametrize("method", ["get", "post"])
def test_the_password_is_asked_again(here, person, method):
    response = getattr(here, method)(url("account_erase"))
    assert response.url == f"{url('account_reauthenticate')}?{urlencode({'next': url('account_erase')})}"
    person.refresh_from_db()
    assert (person.email, person.is_active) == (ADDRESS, True)


def test_a_wrong_password_erases_nothing(here, person):
    here.post(url("account_erase"))
    here.post(url("account_reauthenticate"), {"password": "a wrong guess", "next": url("account_erase")})
    assert here.get(url("account_erase")).status_code == 302
    assert User.objects.get(pk=person.pk).email == ADDRESS


def test_who_pressed_the_button_and_is_asked_only_then_need_not_press_it_again(here, person):
    here.post(url("account_erase"))
    answer = {"password": PASSWORD, "next": url("account_erase")}
    farewell = here.post(url("account_reauthenticate"), answer, follow=True)
    assert "Your account is erased" in farewell.text
    assert not User.objects.get(pk=person.pk).is_active
    assert "_auth_user_id" not in here.session


def test_looking_at_the_page_erases_nothing(here, person):
    confirm_it_is_me(here)
    here.get(url("account_erase"))
    assert User.objects.get(pk=person.pk).is_active


def test_the_last_superuser_has_to_stay(here, person):
    User.objects.filter(pk=person.pk).update(is_superuser=True)
    confirm_it_is_me(here)
    told = "Make somebody else a superuser first, then leave."
    assert told in here.get(url("account_erase")).text
    response = here.post(url("account_erase"), follow=True)
    assert told in soup(response).select_one(".messages").text
    person.refresh_from_db()
    assert (person.email, person.first_name, person.is_active) == (ADDRESS, NAME, True)
    assert here.get(url("account_home")).status_code == 200


def test_a_superuser_who_is_not_the_last_may_go(here, person, other_superuser):
    User.objects.filter(pk=person.pk).update(is_superuser=True)
    erase(here)
    person.refresh_from_db()
    assert (person.is_active, person.is_superuser) == (False, False)


def test_when_something_goes_wrong_on_the_way_nothing_is_erased(here, person, monkeypatch):
    open_region(name="Kenya").grant(person, "editor")
    sign_in(here, email=ADDRESS)
    monkeypatch.setattr(User, "set_unusable_password", lambda user: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        erase(here)
    assert EmailAddress.objects.filter(user=person, verified=True).exists()
    assert Membership.objects.get(person=person).ended_at is None
    assert User.objects.get(pk=person.pk).first_name == NAME


# -- What is left ------------------------------------------------------------------------------------------------------


def everywhere(words):
    """Every column of every table in which one of the words still stands."""
    for model in apps.get_models():
        names = [f.attname for f in model._meta.concrete_fields if isinstance(f, CharField | TextField | JSONField | FileField)]
        for row in model._base_manager.values(*names, "pk") if names else []:
            text = json.dumps({name: str(row[name]) for name in names}, ensure_ascii=False).lower()
            if any(word.lower() in text for word in words):
                yield f"{model._meta.label} {row['pk']}: {text[:300]}"


def test_no_trace_of_name_or_address_is_left(here, person, commits_at_once):
    """Somebody with everything that one can have: term, page in two languages, portrait, roles, letters, a second step."""
    browser = Client()
    region = open_region(name="Kenya")
    portrait = Picture.objects.create(title="Wanjiru at work", file=get_test_image_file("wanjiru.png"))
    term = appointed(region, person=person)
    face = term.pages.get()
    face.body = [("paragraph", "<p>Wanjiru has mapped since 2012.</p>")]
    face.image = portrait
    face.save_revision().publish()
    french = publish_in(face, "fr", title="Wanjiru, en français")
    source = TranslationSource.objects.get(object_id=term.key)
    segment = source.stringsegment_set.get(string__data="Wanjiru has mapped since 2012.")
    french_words = {"locale": french.locale, "context": segment.context, "data": "Wanjiru cartographie"}
    StringTranslation.objects.create(translation_of=segment.string, **french_words)
    face.body = [("paragraph", "<p>Wanjiru changed this sentence.</p>")]
    face.save_revision().publish()
    source.update_from_db()
    stands_in = appointed(region, person=UserFactory(first_name="Bob"))
    Ambassadorship.objects.filter(pk=stands_in.pk).update(stand_in=term)
    region.grant(person, "editor", reason="Wanjiru asked for it")
    space = listed_space(region)
    host(space)
    host(space, name="Bob", email="bob@example.org")
    story = told_story(region, owner=person)
    Comment.objects.create(page=story, user=person, text="Is this true?", contentpath="title")
    PageSubscription.objects.create(page=story, user=person, comment_notifications=True)
    profile = UserProfile.objects.create(user=person, avatar=get_test_image_file("wanjiru.png"))
    avatar = profile.avatar
    OutgoingMail.objects.create(to=[f"Wanjiru <{ADDRESS}>"], subject="Wanjiru", body="Wanjiru", sent_at=timezone.now())
    OutgoingMail.objects.create(to=[ADDRESS], subject="Wanjiru", body="Wanjiru")
    OutgoingMail.objects.create(to=["bob@example.org"], reply_to=[ADDRESS], body="I, Wanjiru", sent_at=timezone.now())
    sign_in(browser, email=ADDRESS)
    sign_in(here, email=ADDRESS)
    activate_second_step(here)
    term.rename("wanjiru-of-nairobi", by=person)
    assert len(list(everywhere([NAME, ADDRESS]))) > 20

    farewell = erase(here)
    assert farewell.redirect_chain == [(url("account_erased"), 302)]
    assert "Your account is erased" in farewell.text
    assert list(everywhere([NAME, "kamau", ADDRESS])) == []
    assert here.get(url("account_home")).status_code == 302
    assert browser.get(url("account_home")).status_code == 302
    assert not AmbassadorPage.objects.filter(ambassadorship=term).exists()
    assert here.get(face.get_url()).status_code == 404
    assert not Picture.objects.filter(pk=portrait.pk).exists()
    assert not portrait.file.storage.exists(portrait.file.name)
    assert not avatar.storage.exists(avatar.name)
    assert not PageSubscription.objects.exists()
    check_what_stays(person, term, stands_in, story, space)


def check_what_stays(person, term, stands_in, story, space):
    person.refresh_from_db()
    assert (person.email, person.is_active, person.language) == (f"erased-{person.pk}@erased.invalid", False, "")
    assert str(person) == person.get_full_name() == "somebody who left"
    assert not person.has_usable_password()
    assert not person.groups.exists()
    assert not Authenticator.objects.filter(user=person).exists()
    assert not [session for session in Session.objects.all() if session.get_decoded().get("_auth_user_id") == str(person.pk)]
    term.refresh_from_db()
    stands_in.refresh_from_db()
    assert (term.ends, term.person, term.slug) == (timezone.localdate(), person, f"ambassadorship-{term.key}")
    assert stands_in.stand_in is None
    assert stands_in.pages.get().live
    held = Membership.objects.filter(person=person)
    assert sorted(membership.team.role for membership in held) == ["ambassador", "editor"]
    assert all(membership.ended_at and not membership.reason for membership in held)
    story.refresh_from_db()
    assert (story.live, story.owner) == (True, person)
    assert Comment.objects.get().text == "Is this true?"
    assert [each.name for each in space.hosts.all()] == ["Bob"]
    assert sorted(OutgoingMail.objects.exclude(purpose="").values_list("to", flat=True)) == []
    ours = OutgoingMail.objects.filter(to__in=[[person.email], ["bob@example.org"]]).order_by("to")
    assert {(mail.subject, mail.body) for mail in ours} == {("", "")}
    assert ModelLogEntry.objects.filter(action="portal.erased", user=person).get().user_display_name == "somebody who left"
    assert PageLogEntry.objects.filter(page=story.pk, action="wagtail.publish").exists()


def test_the_log_says_somebody_who_left(here, person, client):
    erase(here)
    client.force_login(member("root@example.org", is_superuser=True))
    listing = client.get(reverse("wagtailadmin_reports:site_history")).text
    assert "somebody who left" in listing
    assert NAME not in listing
    with translation.override("fr"):
        assert str(person.__class__.objects.get(pk=person.pk)) == translation.gettext("somebody who left")


def test_the_old_password_opens_nothing_and_the_address_is_free(here, person, client):
    erase(here)
    assert sign_in(client, email=ADDRESS).status_code == 200
    assert sign_in(client, email=person.erased_address).status_code == 200
    assert "_auth_user_id" not in client.session
    member(first_name="Somebody new")
    assert sign_in(client, email=ADDRESS).url == url("account_home")
    assert file_of(client)["log"] == []


def test_a_portrait_that_stands_elsewhere_too_stays(here, person):
    region = open_region(name="Kenya")
    shared = Picture.objects.create(title="A view", file=get_test_image_file("view.png"))
    face = appointed(region, person=person).pages.get()
    story = told_story(region)
    for page in (face, story):
        page.image = shared
        page.save_revision().publish()
    sign_in(here, email=ADDRESS)
    erase(here)
    assert Picture.objects.filter(pk=shared.pk).exists()


def test_a_term_that_never_began_is_gone_and_one_that_ended_keeps_its_day(here, person):
    region, today = open_region(name="Kenya"), timezone.localdate()
    ended = appointed(region, person=person)
    Ambassadorship.objects.filter(pk=ended.pk).update(ends=today - timedelta(days=3))
    future = Ambassadorship.objects.create(person=person, region=region, starts=today + timedelta(days=9), languages=["en"])
    sign_in(here, email=ADDRESS)
    erase(here)
    assert not Ambassadorship.objects.filter(pk=future.pk).exists()
    assert Ambassadorship.objects.get(pk=ended.pk).ends == today - timedelta(days=3)


# -- Hosts -------------------------------------------------------------------------------------------------------------


@pytest.fixture
def space():
    return listed_space(open_region(name="Kenya"), name="Ngong Road hub")


def hosts(space):
    return [(each.name, each.email, each.person) for each in space.hosts.order_by("pk")]


def test_the_only_host_of_a_listed_space_is_told_and_still_answers(here, person, space):
    host(space)
    confirm_it_is_me(here)
    warning = soup(here.get(url("account_erase"))).select_one(".messages .banner").text
    assert warning.startswith("You are the only host of Ngong Road hub: its entry keeps your name and address until")
    erase(here)
    assert hosts(space) == [("Wanjiru Kamau", ADDRESS, None)]


def test_named_twice_is_still_alone(here, person, space):
    host(space)
    host(space)
    erase(here)
    assert hosts(space) == [("Wanjiru Kamau", ADDRESS, None)] * 2


def test_where_somebody_else_opens_too_the_entry_goes(here, person, space):
    host(space)
    host(space, name="Bob", email="bob@example.org")
    erase(here)
    assert hosts(space) == [("Bob", "bob@example.org", None)]


def test_where_the_space_is_closed_the_entry_goes(here, person, space):
    host(space)
    space.close()
    erase(here)
    assert hosts(space) == []


def test_the_entry_of_an_office_is_not_ones_own(here, person, space):
    SpaceHost.objects.bulk_create([SpaceHost(space=space, name="The library", email="office@example.org", person=person)])
    host(space, name="Bob", email="bob@example.org")
    erase(here)
    assert hosts(space) == [("The library", "office@example.org", None), ("Bob", "bob@example.org", None)]
