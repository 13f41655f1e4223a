"""Somebody reads "not yet in your language", offers to help, and ends up with exactly that role."""

import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from bs4 import BeautifulSoup
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portal import protection
from portal.models import User
from regions.models import Invitation, Membership, Role, Team, TranslationOffer
from tests.factories import UserFactory, open_region, told_story

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("commits_at_once")]
LINK = re.compile(r"https?://[^\s/]+(/\S+)")
Status = TranslationOffer.Status


@pytest.fixture(autouse=True)
def _mail_is_delivered(settings, monkeypatch):
    settings.EMAIL_BACKEND = "portal.mail.OutboxBackend"
    monkeypatch.setattr(protection, "YOUNGEST", 0)


@pytest.fixture
def kenya():
    return open_region(name="Kenya", languages=["en", "fr"])


def member_of(role, language="", region=None):
    person = UserFactory(first_name=f"{role.title()}{language}{region.pk if region else ''}")
    EmailAddress.objects.create(user=person, email=person.email, primary=True, verified=True)
    Team.objects.ensure(role, region=region, language=language).admit(person)
    return person


def browser(person):
    client = Client()
    client.force_login(User.objects.get(pk=person.pk))
    return client


def fields_of(response):
    form = BeautifulSoup(response.content, "html.parser").select_one("form.form")
    inputs = {field["name"]: field.get("value", "") for field in form.select("input[name]")}
    chosen = {field["name"]: (field.select_one("[selected]") or {"value": ""})["value"] for field in form.select("select")}
    return {**inputs, **{field["name"]: field.text.strip() for field in form.select("textarea")}, **chosen}


def offer(url, **typed):
    reader = Client()
    typed = {"name": "Rosa", "email": "rosa@example.org", "text": "I read a lot.", **typed}
    return reader.post(url, {**fields_of(reader.get(url)), **typed})


def confirmed_offer(url=None, **typed):
    offer(url or reverse("offer_translation"), **typed)
    Client().post(LINK.search(mail.outbox[-1].body)[1])
    return TranslationOffer.objects.get()


def test_from_a_missing_page_to_a_role(kenya):
    ambassador, remy = member_of("ambassador", region=kenya), member_of("reviewer", "fr")
    story = told_story(kenya, title="Forty evenings")
    not_yet = Client().get(f"/fr/not-yet/{story.translation_key}/")
    link = BeautifulSoup(not_yet.content, "html.parser").select_one("main a.button[rel=nofollow]")["href"]
    typed = fields_of(Client().get(link))
    assert (typed["language"], typed["region"]) == ("fr", str(kenya.pk))

    assert offer(link).url == "/fr/translate/sent/"
    (letter,) = mail.outbox
    assert letter.to == ["rosa@example.org"]
    given = TranslationOffer.objects.get()
    assert (given.status, given.region, given.language, given.reads_in) == (Status.UNCONFIRMED, kenya, "fr", "fr")
    path = LINK.search(letter.body)[1]
    assert Client().get(path).status_code == 200
    given.refresh_from_db()
    assert given.status == Status.UNCONFIRMED  # a scanner that follows the link decides nothing

    Client().post(path)
    given.refresh_from_db()
    assert given.status == Status.OPEN
    assert {address for sent in mail.outbox[1:] for address in sent.to} == {ambassador.email, remy.email}
    assert all("rosa@example.org" not in sent.body for sent in mail.outbox[1:])

    desk = browser(ambassador).get(reverse("wagtailadmin_home"))
    assert reverse("translating:offer", args=[given.pk]) in desk.content.decode()
    answer = browser(ambassador).post(reverse("translating:offer", args=[given.pk]), {"accept": "1", "words": "Welcome!"})
    assert answer.url == reverse("translating:offers")
    invitation = Invitation.objects.get()
    assert (invitation.email, invitation.team.role, invitation.team.language, invitation.team.region) == (
        "rosa@example.org",
        Role.TRANSLATOR,
        "fr",
        kenya,
    )
    rosa = UserFactory(first_name="Rosa", email="rosa@example.org")
    EmailAddress.objects.create(user=rosa, email=rosa.email, primary=True, verified=True)
    browser(rosa).post(LINK.search(mail.outbox[-1].body)[1], {"answer": "accept"})
    roles = Membership.objects.running().filter(person=rosa).values_list("team__role", "team__language", "team__region")
    assert list(roles) == [("translator", "fr", kenya.pk)]


def test_an_offer_for_all_regions_is_for_the_language_team(kenya):
    ambassador, remy = member_of("ambassador", region=kenya), member_of("reviewer", "fr")
    arabic, local = member_of("reviewer", "ar"), member_of("reviewer", "fr", kenya)
    given = confirmed_offer(language="fr", region="")
    url = reverse("translating:offer", args=[given.pk])
    for person in (ambassador, arabic, local):
        assert browser(person).get(url).status_code == 404
        assert browser(person).post(url, {"accept": "1"}).status_code == 404
    given.refresh_from_db()
    assert (given.status, Invitation.objects.count()) == (Status.OPEN, 0)
    assert browser(remy).post(url, {"accept": "1"}).status_code == 302
    assert Invitation.objects.get().team.region is None


def test_without_anybody_in_place_staff_are_told(kenya):
    staff = member_of("staff")
    confirmed_offer(language="es", region="")
    assert mail.outbox[-1].to == [staff.email]


def test_of_two_answers_one_wins_and_the_other_is_told_who(kenya):
    ambassador, remy = member_of("ambassador", region=kenya), member_of("reviewer", "fr")
    given = confirmed_offer(language="fr", region=kenya.pk)
    url = reverse("translating:offer", args=[given.pk])
    browser(ambassador).post(url, {"decline": "1", "words": "We are enough."})
    assert "We are enough." in mail.outbox[-1].body
    sent = len(mail.outbox)
    answer = browser(remy).post(url, {"accept": "1"})
    assert f"answered already, by {ambassador.get_full_name()}" in answer.content.decode()
    assert (len(mail.outbox), Invitation.objects.count()) == (sent, 0)


def test_a_no_has_a_reason(kenya):
    remy = member_of("reviewer", "fr")
    given = confirmed_offer(language="fr", region="")
    answer = browser(remy).post(reverse("translating:offer", args=[given.pk]), {"decline": "1", "words": " "})
    assert "Say why, in a sentence" in answer.content.decode()
    given.refresh_from_db()
    assert given.status == Status.OPEN


@pytest.mark.parametrize("role", ["contributor", "editor", "translator"])
def test_others_have_no_letterbox(kenya, role):
    person = member_of(role, "fr" if role == "translator" else "", kenya)
    assert browser(person).get(reverse("translating:offers")).status_code == 302


def test_a_reviewer_brings_in_translators_of_the_own_language_only(kenya):
    remy, local = member_of("reviewer", "fr"), member_of("reviewer", "fr", kenya)
    french, of_kenya = Team.objects.ensure("translator", language="fr"), Team.objects.ensure("translator", kenya, "fr")
    others = [
        Team.objects.ensure("translator", language="ar"),
        Team.objects.ensure("reviewer", language="fr"),
        Team.objects.ensure("editor", region=kenya),
    ]
    assert [team.may_be_granted_by(remy) for team in (french, of_kenya, *others)] == [True, True, False, False, False]
    assert [team.may_be_granted_by(local) for team in (french, of_kenya, *others)] == [False, True, False, False, False]


@pytest.mark.parametrize(
    ("typed", "beside"),
    [
        ({"email": "not an address"}, "id_email_error"),
        ({"name": ""}, "id_name_error"),
        ({"language": "tlh"}, "id_language_error"),
        ({"region": "999999"}, "id_region_error"),
        ({"text": "x" * 2001}, "id_text_error"),
    ],
)
def test_what_does_not_fit_is_said_beside_it(kenya, typed, beside):
    answer = offer(reverse("offer_translation"), **typed)
    assert answer.status_code == 200
    assert beside in answer.content.decode()
    assert "I read a lot." in answer.content.decode() or "text" in typed
    assert (TranslationOffer.objects.count(), mail.outbox) == (0, [])


def test_a_region_that_is_not_read_in_this_language(kenya):
    answer = offer(reverse("offer_translation"), language="ar", region=kenya.pk)
    assert "Kenya is not read in this language" in answer.content.decode()
    assert TranslationOffer.objects.count() == 0


def test_links_that_do_not_open(kenya):
    offer(reverse("offer_translation"), language="fr")
    path = LINK.search(mail.outbox[0].body)[1]
    assert Client().get(path[:-3] + "xy/").status_code == 404
    assert Client().post(path[:-3] + "xy/").status_code == 404
    TranslationOffer.objects.all().delete()
    assert Client().post(path).status_code == 410
    assert Client().get("/en/translate/confirm/nonsense/").status_code == 404


@pytest.mark.parametrize("page", ["", "nonsense", "00000000-0000-0000-0000-000000000000"])
def test_a_page_that_nobody_knows_prefills_nothing(kenya, page):
    typed = fields_of(Client().get(reverse("offer_translation"), {"page": page, "language": "xx"}))
    assert (typed["language"], typed["region"]) == ("en", "")


def test_offers_are_forgotten():
    now = timezone.now()
    make = TranslationOffer.objects.create
    facts = {"name": "Rosa", "email": "rosa@example.org", "language": "fr", "reads_in": "fr"}
    make(**facts, created_at=now - timedelta(days=8))
    make(**facts, created_at=now - timedelta(days=6))
    make(**facts, created_at=now - timedelta(days=99), status=Status.OPEN)
    make(**facts, status=Status.DECLINED, decided_at=now - timedelta(days=31))
    gone = TranslationOffer.objects.forget(now - timedelta(days=7), now - timedelta(days=30))
    assert gone == 2
    assert sorted(TranslationOffer.objects.values_list("status", flat=True)) == ["open", "unconfirmed"]
