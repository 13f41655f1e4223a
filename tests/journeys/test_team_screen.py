"""Bringing people in, over HTTP and as the people themselves: the form, the letter, the answer, and every forgery."""

import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from bs4 import BeautifulSoup
from django.contrib.messages import get_messages
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portal import links
from portal.models import OutgoingMail, User
from regions.models import Invitation, Membership, Role, Team
from regions.people.urls import TeamMenuItem
from tests.factories import appointed, open_region

pytestmark = pytest.mark.django_db
PASSWORD = "seven-winds-and-a-rose"
LINK = re.compile(r"https?://[^\s/]+(/\S+)")
NEXT_YEAR = timezone.localdate() + timedelta(days=365)


@pytest.fixture(autouse=True)
def _mail_is_delivered(settings, commits_at_once):
    settings.EMAIL_BACKEND = "portal.mail.OutboxBackend"


@pytest.fixture
def kenya():
    return open_region(name="Kenya", languages=["en", "fr"])


@pytest.fixture
def chad():
    return open_region(name="Chad", languages=["fr", "ar"], language="fr")


def member(name, **fields):
    user = User.objects.create_user(f"{name}@example.org", PASSWORD, first_name=name.title(), **fields)
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    return user


def ambassador_of(region, name):
    person = member(name)
    region.grant(person, Role.AMBASSADOR)
    return person


def desk(person):
    """A browser in which this person is signed in."""
    client = Client()
    client.force_login(User.objects.get(pk=person.pk))
    return client


@pytest.fixture
def amina(kenya):
    return ambassador_of(kenya, "amina")


@pytest.fixture
def moussa(chad):
    return ambassador_of(chad, "moussa")


@pytest.fixture
def staff():
    person = member("joris")
    Team.objects.ensure(Role.STAFF).admit(person)
    return person


@pytest.fixture
def bob():
    return member("bob")


@pytest.fixture
def editors(kenya):
    return kenya.teams.get(role=Role.EDITOR)


def url(name, *args):
    return reverse(f"people:{name}", args=args)


def typed(place, **changes):
    answer = {"email": "new@example.org", "role": "editor", "region": place.pk if place else "", "letter_language": "en"}
    return {**answer, **changes}


def soup(response):
    return BeautifulSoup(response.content, "html.parser")


def words(response):
    """What can be read on a page, links and addresses included."""
    return response.content.decode()


def beside(response, name):
    """What is said beside a field of a form of the workplace."""
    assert response.status_code == 200
    label = soup(response).find(attrs={"name": name})
    return label.find_parent(class_="w-field__wrapper").select_one(".error-message").text.strip()


def link_in_last_mail():
    return LINK.search(mail.outbox[-1].body)[1]


def invited(amina, team, email="new@example.org", **terms):
    """The link of an invitation that was just sent."""
    Invitation.objects.invite(team, email, by=User.objects.get(pk=amina.pk), **terms)
    return link_in_last_mail()


def everything():
    return [list(model.objects.order_by("pk").values()) for model in (Membership, Invitation, OutgoingMail)]


# -- From the form to the role -----------------------------------------------------------------------------------------


def test_from_an_invitation_to_a_published_page(client, kenya, amina):
    page = desk(amina).post(url("invite"), typed(kenya, until=NEXT_YEAR, reason="You know everybody."), follow=True)
    assert page.redirect_chain == [(url("index"), 302)]
    assert "on its way to new@example.org" in words(page)
    assert mail.outbox[-1].to == ["new@example.org"]

    link = link_in_last_mail()
    opened = client.get(link)
    assert opened.status_code == 200
    assert "no-store" in opened["Cache-Control"]
    for told in ("Amina", "editor", "Kenya", "You know everybody.", str(NEXT_YEAR.year)):
        assert told.lower() in words(opened).lower()
    assert Invitation.objects.get().is_open  # opened by a person or a scanner: nothing is decided

    signup = client.post(link, {"answer": "sign-up"}, follow=True)
    form = soup(signup).select_one("main form")
    assert form.find("input", {"name": "email"})["value"] == "new@example.org"
    answer = {"email": "new@example.org", "first_name": "Nadia", "password1": PASSWORD, "password2": PASSWORD}
    letters = len(mail.outbox)
    back = client.post(reverse("account_signup"), {**answer, "next": form.find("input", {"name": "next"})["value"]})
    assert back.url == link
    assert len(mail.outbox) == letters  # nobody confirms an address to which the invitation came
    assert "You are signed in as" in words(client.get(link))

    welcome = client.post(link, {"answer": "accept"}, follow=True)
    assert welcome.redirect_chain[-1][0] == reverse("wagtailadmin_home")
    assert "Welcome! Your role: editor, Kenya." in words(welcome)
    nadia = User.objects.get(email="new@example.org")
    membership = nadia.memberships.get()
    assert (membership.granted_by, membership.until, membership.reason) == (amina, NEXT_YEAR, "You know everybody.")
    assert client.get(reverse("wagtailadmin_pages:edit", args=[kenya.page_in("en").pk])).status_code == 200

    again = client.get(link)
    assert again.status_code == 410
    assert "accepted already" in words(again)


def test_who_has_an_account_signs_in_and_comes_back(client, editors, amina, bob):
    link = invited(amina, editors, bob.email)
    sign_in = soup(client.get(link)).find("a", string="I have an account: sign in")["href"]
    back = client.post(sign_in.partition("?")[0], {"login": bob.email, "password": PASSWORD, "next": link})
    assert back.url == link
    elsewhere = desk(bob)
    assert client.post(link, {"answer": "accept"}).url == reverse("wagtailadmin_home")
    assert client.get(reverse("account_home")).status_code == 200  # still signed in here,
    assert elsewhere.get(reverse("account_home")).status_code == 302  # and nowhere else


def test_a_role_without_the_workplace_leads_to_the_account(kenya, amina, bob):
    link = invited(amina, kenya.teams.get(role=Role.VOLUNTEER), bob.email)
    response = desk(bob).post(link, {"answer": "accept"}, follow=True)
    assert response.redirect_chain[-1][0] == reverse("account_home")
    assert "Welcome! Your role: volunteer, Kenya." in words(response)


def test_a_mail_to_a_known_address_is_the_same_as_to_any_other(kenya, amina, bob):
    answers = []
    for address in (bob.email, "eve@example.org"):
        page = desk(amina).post(url("invite"), typed(kenya, email=address), follow=True)
        letter = mail.outbox.pop().body
        answers.append((page.status_code, letter.replace(LINK.search(letter)[0], "")))
        assert address in str(next(iter(get_messages(page.wsgi_request)), words(page)))
    assert answers[0] == answers[1]


def test_who_signs_up_with_another_address_confirms_that_one(client, editors, amina):
    link = invited(amina, editors)
    client.post(link, {"answer": "sign-up"})
    answer = {"email": "eve@example.org", "first_name": "Eve", "password1": PASSWORD, "password2": PASSWORD}
    assert client.post(reverse("account_signup"), answer).url == reverse("account_email_verification_sent")
    assert list(EmailAddress.objects.filter(verified=True).values_list("email", flat=True)) == [amina.email]


def test_signing_up_with_a_known_address_takes_nothing_over(client, editors, amina, bob):
    link = invited(amina, editors, bob.email)
    client.post(link, {"answer": "sign-up"})
    answer = {"email": bob.email, "first_name": "Bob", "password1": "another-rose-again", "password2": "another-rose-again"}
    assert client.post(reverse("account_signup"), answer).url == reverse("account_email_verification_sent")
    assert "_auth_user_id" not in client.session
    assert User.objects.get(email=bob.email).check_password(PASSWORD)


def test_saying_no_needs_no_account(client, editors, amina):
    link = invited(amina, editors)
    page = client.post(link, {"answer": "decline"})
    assert "You have declined" in words(page)
    assert (mail.outbox[-1].to, Invitation.objects.get().status) == ([amina.email], "declined")
    assert "was declined" in words(client.get(link))


@pytest.mark.parametrize("answer", ["accept", "decline", "sign-up", "nonsense"])
def test_somebody_else_is_told_so_and_answers_nothing(editors, amina, bob, answer):
    link, browser = invited(amina, editors), desk(bob)
    page = browser.get(link)
    assert "You are signed in as somebody else" in words(page)
    assert not soup(page).find("button", {"value": "accept"})
    before = everything()
    browser.post(link, {"answer": answer})
    assert everything() == before
    assert "account_verified_email" not in browser.session
    back = browser.post(reverse("account_logout"), {"next": link})
    assert back.url == link


def test_accepting_without_being_signed_in_leads_to_the_door(client, editors, amina):
    link = invited(amina, editors)
    assert client.post(link, {"answer": "accept"}).url.startswith(reverse("account_login"))
    assert Invitation.objects.get().is_open


# -- Links that open nothing -------------------------------------------------------------------------------------------


def test_an_expired_link_says_so(client, editors, amina):
    link = invited(amina, editors)
    Invitation.objects.update(expires=timezone.now() - timedelta(minutes=1))
    check_closed(client, link, 410, "has expired")


def test_a_withdrawn_link_says_so(client, editors, amina):
    link = invited(amina, editors)
    desk(amina).post(url("withdraw", Invitation.objects.get().pk))
    check_closed(client, link, 410, "was withdrawn")


def test_a_renewed_invitation_has_another_link(client, editors, amina):
    old = invited(amina, editors)
    desk(amina).post(url("renew", Invitation.objects.get().pk))
    check_closed(client, old, 410, "A newer invitation has been sent")
    assert client.get(link_in_last_mail()).status_code == 200


def test_a_forgotten_invitation_has_expired(client, editors, amina):
    link = invited(amina, editors)
    Invitation.objects.all().delete()
    check_closed(client, link, 410, "has expired")


def test_an_inviter_who_is_no_ambassador_any_more_invites_nobody(client, editors, amina):
    link = invited(amina, editors)
    amina.memberships.get().end()
    check_closed(client, link, 410, "may not give this role any more")


def test_a_tampered_or_borrowed_token_is_broken(client, editors, amina):
    link = invited(amina, editors)
    invitation = Invitation.objects.get()
    for token in (f"{link.split('/')[-2][:-1]}x", links.sign("status", invitation, nonce=invitation.nonce), "nonsense"):
        check_closed(client, reverse("invitation", args=[token]), 404, "link is broken")


def check_closed(client, link, status, why):
    """The page says why, and nothing else; a post changes nothing, whoever sends it."""
    page = client.get(link)
    assert page.status_code == status
    text = soup(page).find("main").text
    assert why in text
    assert not any(secret in text for secret in ("Kenya", "Amina", "editor", "example.org"))
    before = everything()
    for answer in ("accept", "decline", "sign-up"):
        assert client.post(link, {"answer": answer}).status_code == status
    assert everything() == before


@pytest.mark.parametrize("language", ["es", "fr", "ar", "zh-hant"])
def test_the_letter_leads_to_a_page_in_its_language(client, editors, amina, language):
    link = invited(amina, editors, language=language)
    assert link.startswith(f"/{language}/invitation/")
    assert soup(client.get(link)).html["dir"] == ("rtl" if language == "ar" else "ltr")


# -- The screen --------------------------------------------------------------------------------------------------------


def test_an_ambassador_sees_the_own_team_and_no_addresses(kenya, chad, amina, moussa, bob):
    kenya.grant(bob, Role.EDITOR, by=amina, reason="Has drafted for a year.")
    chad.grant(member("zara"), Role.EDITOR, by=moussa)
    invited(moussa, chad.teams.get(role=Role.EDITOR), "secret@example.org")
    invited(amina, kenya.teams.get(role=Role.EDITOR), "asked@example.org")
    page = soup(desk(amina).get(url("index"))).find("main").text
    for shown in ("Bob", "Amina", "Has drafted for a year.", "asked@example.org"):
        assert shown in page
    for hidden in ("Zara", "Moussa", "secret@example.org", "bob@example.org", "Chad"):
        assert hidden not in page


def test_a_nameless_account_is_not_shown_by_its_address(kenya, amina):
    nameless = member("nameless")
    User.objects.filter(pk=nameless.pk).update(first_name="")
    kenya.grant(nameless, Role.EDITOR, by=amina)
    membership = nameless.memberships.get()
    for address in (url("index"), url("end", membership.pk)):
        assert "nameless@example.org" not in words(desk(amina).get(address))


def test_staff_see_all_regions_with_addresses_and_narrow_them(kenya, chad, moussa, staff):
    amina, bob = ambassador_of(kenya, "amina"), member("bob")
    kenya.grant(bob, Role.EDITOR, by=amina)
    Team.objects.ensure(Role.TRANSLATOR, language="ar").admit(member("layla"), by=staff)
    invited(moussa, chad.teams.get(role=Role.EDITOR), "asked@example.org")
    browser = desk(staff)

    def shown(**query):
        page = soup(browser.get(url("index"), query)).find("main").text
        return {name for name in ("Bob", "Amina", "Moussa", "Layla", "asked@example.org") if name in page}

    assert shown() == {"Bob", "Amina", "Moussa", "Layla", "asked@example.org"}
    assert "bob@example.org" in words(browser.get(url("index")))
    assert shown(region=chad.pk) == {"Moussa", "asked@example.org"}
    assert shown(role="translator") == {"Layla"}
    assert shown(language="ar") == {"Layla"}
    assert shown(q="lay") == {"Layla"}
    assert shown(q="asked") == {"asked@example.org", "Moussa"}


def test_the_list_is_paged_and_its_queries_do_not_grow(kenya, amina, staff, django_assert_max_num_queries):
    for number in range(60):
        kenya.grant(member(f"p{number}", last_name=f"Person {number:02}"), Role.EDITOR, by=amina)
    browser = desk(staff)
    browser.get(url("index"))
    with django_assert_max_num_queries(45):
        first = browser.get(url("index"))
    assert "Page 1 of 2" in words(first)


def test_an_open_invitation_stands_in_its_own_list_as_well(editors, amina):
    invited(amina, editors)
    for name in ("invitations", "invitations_results", "index_results"):
        assert "new@example.org" in words(desk(amina).get(url(name)))
    desk(amina).post(url("withdraw", Invitation.objects.get().pk))
    assert "new@example.org" not in words(desk(amina).get(url("invitations")))


def test_ending_a_role_asks_for_a_reason_and_stops_the_open_session(kenya, amina, bob):
    membership = kenya.grant(bob, Role.EDITOR, by=amina)
    theirs = desk(bob)
    assert theirs.get(reverse("wagtailadmin_home")).status_code == 200
    browser = desk(amina)
    assert browser.get(url("end", membership.pk)).status_code == 200
    assert beside(browser.post(url("end", membership.pk)), "reason")
    assert bob.memberships.running().exists()
    assert browser.post(url("end", membership.pk), {"reason": "Moved away."}).url == url("index")
    membership.refresh_from_db()
    assert (membership.ended_at is None, membership.end_reason) == (False, "Moved away.")
    assert theirs.get(reverse("wagtailadmin_home")).status_code == 302
    twice = browser.post(url("end", membership.pk), {"reason": "Again."}, follow=True)
    assert "has ended already" in words(twice)


def test_the_last_day_is_changed_and_may_not_have_passed(kenya, amina, bob):
    membership = kenya.grant(bob, Role.EDITOR, by=amina)
    browser = desk(amina)
    yesterday = timezone.localdate() - timedelta(days=1)
    assert "has passed" in beside(browser.post(url("last_day", membership.pk), {"until": yesterday}), "until")
    browser.post(url("last_day", membership.pk), {"until": NEXT_YEAR})
    membership.refresh_from_db()
    assert (membership.until, membership.granted_by) == (NEXT_YEAR, amina)


def test_the_last_day_of_a_term_is_changed_in_the_term(kenya, staff):
    term = appointed(kenya)
    membership = term.person.memberships.get()
    page = desk(staff).post(url("last_day", membership.pk), {"until": NEXT_YEAR})
    assert "change the term there" in words(page)
    membership.refresh_from_db()
    assert membership.until is None


# -- Who may not -------------------------------------------------------------------------------------------------------

SCREENS = ["index", "index_results", "invitations", "invitations_results", "invite"]


@pytest.mark.parametrize("role", [Role.VOLUNTEER, Role.CONTRIBUTOR, Role.EDITOR])
def test_others_in_a_region_have_no_business_here(kenya, amina, editors, bob, role):
    kenya.grant(bob, role, by=amina)
    invited(amina, editors)
    check_no_business(desk(bob), kenya, bob.memberships.get())
    assert not TeamMenuItem().is_shown(request_of(bob))


def test_language_teams_have_no_business_here(kenya, amina, editors, bob):
    Team.objects.ensure(Role.REVIEWER, language="fr").admit(bob)
    invited(amina, editors)
    check_no_business(desk(bob), kenya, amina.memberships.get())


def test_strangers_are_led_to_the_door(client, kenya, amina, editors):
    invited(amina, editors)
    check_no_business(client, kenya, amina.memberships.get())


def check_no_business(browser, region, membership):
    before = everything()
    for name in SCREENS:
        response = browser.get(url(name))
        assert response.status_code in (302, 403)
    browser.post(url("invite"), typed(region, email="friend@example.org"))
    browser.post(url("end", membership.pk), {"reason": "Because."})
    browser.post(url("last_day", membership.pk), {"until": NEXT_YEAR})
    invitation = Invitation.objects.get()
    for name in ("renew", "withdraw"):
        browser.post(url(name, invitation.pk))
    assert everything() == before


def test_another_regions_roles_and_invitations_do_not_exist(chad, amina, moussa, bob):
    membership = chad.grant(bob, Role.EDITOR, by=moussa)
    invited(moussa, chad.teams.get(role=Role.EDITOR))
    before, browser = everything(), desk(amina)
    for name, pk in (
        ("end", membership.pk),
        ("last_day", membership.pk),
        ("renew", Invitation.objects.get().pk),
        ("withdraw", Invitation.objects.get().pk),
        ("end", 10**9),
    ):
        assert browser.get(url(name, pk)).status_code == 404
        assert browser.post(url(name, pk), {"reason": "x", "until": NEXT_YEAR}).status_code == 404
    assert everything() == before


def test_a_role_that_one_may_not_give_one_may_not_end(kenya, amina, staff):
    colleague = kenya.grant(member("colleague"), Role.AMBASSADOR, by=staff)
    before, browser = everything(), desk(amina)
    for name in ("end", "last_day"):
        page = browser.post(url(name, colleague.pk), {"reason": "x", "until": NEXT_YEAR}, follow=True)
        assert "do not have permission" in words(page)
    assert everything() == before


def test_staff_end_no_staff_and_superusers_do(staff):
    other = Team.objects.ensure(Role.STAFF).admit(member("other"))
    desk(staff).post(url("end", other.pk), {"reason": "x"})
    other.refresh_from_db()
    assert other.is_running
    desk(member("root", is_superuser=True)).post(url("end", other.pk), {"reason": "Left the foundation."})
    other.refresh_from_db()
    assert not other.is_running


def test_nobody_ends_or_prolongs_the_own_role(kenya, amina, staff):
    own = [amina.memberships.get(), kenya.grant(amina, Role.EDITOR, by=staff), kenya.grant(staff, Role.EDITOR, by=amina)]
    before = everything()
    for membership in own:
        for name in ("end", "last_day"):
            desk(membership.person).post(url(name, membership.pk), {"reason": "x", "until": NEXT_YEAR})
    assert everything() == before


@pytest.mark.parametrize("role", [Role.AMBASSADOR, Role.STAFF, Role.ASSESSOR, "queen"])
def test_an_ambassador_is_not_offered_and_cannot_forge_a_higher_role(kenya, amina, role):
    browser, before = desk(amina), everything()
    offered = [option["value"] for option in soup(browser.get(url("invite"))).select("select[name=role] option")]
    assert offered == ["volunteer", "contributor", "editor", "translator", "reviewer"]
    assert "Select a valid choice" in beside(browser.post(url("invite"), typed(kenya, role=role)), "role")
    assert everything() == before


@pytest.mark.parametrize("region", ["another", "none", "nonsense"])
def test_a_forged_region_is_refused_beside_the_field(kenya, chad, amina, region):
    browser, before = desk(amina), everything()
    forged = {"another": chad.pk, "none": "", "nonsense": "x"}[region]
    assert beside(browser.post(url("invite"), typed(kenya, region=forged)), "region")
    assert beside(browser.post(url("invite"), typed(kenya, region=forged, role="translator", language="fr")), "region")
    assert everything() == before


def test_a_language_stands_where_it_belongs(kenya, amina, staff):
    before = everything()
    browser = desk(amina)
    assert beside(browser.post(url("invite"), typed(kenya, language="fr")), "language")
    assert beside(browser.post(url("invite"), typed(kenya, role="translator")), "language")
    assert "not one of the region" in beside(
        browser.post(url("invite"), typed(kenya, role="translator", language="ar")), "language"
    )
    assert beside(desk(staff).post(url("invite"), typed(None)), "region")
    assert beside(desk(staff).post(url("invite"), typed(kenya, role="assessor")), "region")
    assert everything() == before


def test_staff_bring_in_a_translator_for_all_regions(staff):
    desk(staff).post(url("invite"), typed(None, role="translator", language="fr"))
    team = Invitation.objects.get().team
    assert (team.role, team.region, team.language) == ("translator", None, "fr")


def test_a_person_in_the_post_is_nobodys_role(kenya, amina, bob):
    desk(amina).post(url("invite"), typed(kenya, person=bob.pk, accepted_by=bob.pk, invited_by=bob.pk))
    invitation = Invitation.objects.get()
    assert (invitation.invited_by, invitation.accepted_by, bob.memberships.count()) == (amina, None, 0)


def test_what_the_verb_refuses_is_said_beside_the_field(kenya, amina, bob):
    kenya.grant(bob, Role.EDITOR)
    before, browser = everything(), desk(amina)
    assert "this role already" in beside(browser.post(url("invite"), typed(kenya, email=bob.email)), "email")
    assert "to themselves" in beside(browser.post(url("invite"), typed(kenya, email=amina.email)), "email")
    yesterday = timezone.localdate() - timedelta(days=1)
    assert "has passed" in beside(browser.post(url("invite"), typed(kenya, until=yesterday)), "until")
    assert everything() == before


def test_a_closed_region_takes_nobody_in(kenya, amina):
    kenya.close()
    assert beside(desk(amina).post(url("invite"), typed(kenya)), "region")


def test_the_menu_shows_the_screen_to_those_who_bring_people_in(amina, staff, bob):
    shown = {person.first_name: TeamMenuItem().is_shown(request_of(person)) for person in (amina, staff, bob)}
    assert shown == {"Amina": True, "Joris": True, "Bob": False}


def request_of(person):
    return type("Request", (), {"user": User.objects.get(pk=person.pk)})
