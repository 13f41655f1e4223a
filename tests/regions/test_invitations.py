"""Nobody gets a role without having agreed: inviting, answering, taking back, and what each refuses."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.utils import timezone
from wagtail.models import ModelLogEntry

from portal.models import OutgoingMail, User
from regions.models import Invitation, Membership, Role, Team
from regions.models import inviting as rules
from regions.personal_data import forget_invitations
from tests.factories import open_region

pytestmark = pytest.mark.django_db
YESTERDAY = timezone.localdate() - timedelta(days=1)
NEXT_YEAR = timezone.localdate() + timedelta(days=365)


def member(name, confirmed=True, **fields):
    user = User.objects.create_user(f"{name}@example.org", "a long pass phrase", first_name=name.title(), **fields)
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=confirmed)
    return user


@pytest.fixture
def kenya():
    return open_region(name="Kenya", languages=["en", "fr"])


@pytest.fixture
def amina(kenya):
    """The ambassador of Kenya."""
    person = member("amina")
    kenya.grant(person, Role.AMBASSADOR)
    return User.objects.get(pk=person.pk)


@pytest.fixture
def editors(kenya):
    return Team.objects.get(region=kenya, role=Role.EDITOR)


@pytest.fixture
def bob():
    return member("bob")


@pytest.fixture
def invitation(editors, amina):
    return invite(editors, amina)


def invite(team, by, email="bob@example.org", **terms):
    return Invitation.objects.invite(team, email, by=by, **terms)


def refused(act, *args, **kwargs):
    """What is said beside which field; nothing may have changed."""
    before = (list(Invitation.objects.values()), Membership.objects.count(), OutgoingMail.objects.count())
    with pytest.raises(ValidationError) as error:
        act(*args, **kwargs)
    assert (list(Invitation.objects.values()), Membership.objects.count(), OutgoingMail.objects.count()) == before
    return error.value.message_dict if hasattr(error.value, "error_dict") else error.value.messages


def actions():
    return list(ModelLogEntry.objects.filter(action__startswith="portal.invit").order_by("pk").values_list("action", flat=True))


# -- Inviting ----------------------------------------------------------------------------------------------------------


def test_who_is_invited_gets_a_letter_in_their_language(editors, amina):
    invite(editors, amina, email=" Bob@Example.org ", language="fr", until=NEXT_YEAR, reason="You know\neverybody.")
    letter = OutgoingMail.objects.get()
    assert letter.to == ["bob@example.org"]
    assert "/fr/invitation/" in letter.body
    assert "You know everybody." in letter.body
    assert "Amina" in letter.body
    assert "amina@example.org" not in f"{letter.body}{letter.reply_to}{letter.headers}"
    assert (letter.purpose, letter.headers["Content-Language"]) == ("invitation", "fr")


def test_the_log_knows_no_addresses(invitation):
    entry = ModelLogEntry.objects.get(action="portal.invited")
    assert "bob" not in f"{entry.label}{entry.data}"


@pytest.mark.parametrize("role", [Role.AMBASSADOR, Role.STAFF, Role.ASSESSOR])
def test_an_ambassador_makes_no_ambassadors_and_no_staff(kenya, amina, role):
    team = Team.objects.ensure(role, region=kenya if role == Role.AMBASSADOR else None)
    assert list(refused(invite, team, amina)) == ["role"]


def test_nobody_invites_into_another_region(amina):
    chad = open_region(name="Chad")
    assert list(refused(invite, chad.teams.get(role=Role.EDITOR), amina)) == ["role"]


def test_an_editor_invites_nobody(editors, bob):
    editors.admit(bob)
    assert list(refused(invite, editors, User.objects.get(pk=bob.pk), email="new@example.org")) == ["role"]


def test_who_has_the_role_is_not_invited(editors, amina, bob):
    editors.admit(bob)
    EmailAddress.objects.create(user=bob, email="robert@example.org", verified=True)
    for address in ("BOB@example.org", "robert@example.org"):
        assert list(refused(invite, editors, amina, email=address)) == ["email"]


def test_nobody_invites_oneself(editors, amina):
    EmailAddress.objects.create(user=amina, email="amina.o@example.org", verified=True)
    for address in ("Amina@example.org", "amina.o@example.org"):
        assert list(refused(invite, editors, amina, email=address)) == ["email"]


@pytest.mark.parametrize("address", ["", "bob", "erased-7@erased.invalid"])
def test_an_address_at_which_nothing_arrives_is_refused(editors, amina, address):
    assert list(refused(invite, editors, amina, email=address)) == ["email"]


def test_a_last_day_that_has_passed_is_refused(editors, amina):
    assert list(refused(invite, editors, amina, until=YESTERDAY)) == ["until"]


def test_inviting_again_renews_the_one_that_is_open(editors, amina, invitation):
    token = invitation.path()
    again = invite(editors, amina, until=NEXT_YEAR)
    assert (again.pk, Invitation.objects.count(), OutgoingMail.objects.count()) == (invitation.pk, 1, 2)
    assert again.path() != token
    assert again.until == NEXT_YEAR


def test_after_an_answer_a_new_one_may_be_sent(editors, amina, invitation):
    invitation.decline()
    assert invite(editors, amina).pk != invitation.pk


def test_there_is_a_limit_to_a_day(editors, amina, monkeypatch):
    monkeypatch.setattr(rules, "A_DAY", 3)
    for number in range(3):
        invite(editors, amina, email=f"p{number}@example.org")
    assert "3" in refused(invite, editors, amina)[0]
    ModelLogEntry.objects.update(timestamp=timezone.now() - timedelta(days=1, minutes=1))
    invite(editors, amina)


# -- Answering ---------------------------------------------------------------------------------------------------------


def test_accepting_gives_the_role_on_the_terms_of_the_invitation(editors, amina, bob):
    invitation = invite(editors, amina, language="fr", until=NEXT_YEAR, reason="Knows everybody.")
    membership = invitation.accept(bob)
    assert (membership.team, membership.granted_by) == (editors, amina)
    assert (membership.until, membership.reason) == (NEXT_YEAR, "Knows everybody.")
    assert (invitation.status, invitation.accepted_by) == ("accepted", bob)
    assert User.objects.get(pk=bob.pk).language == "fr"
    assert actions() == ["portal.invited", "portal.invitation_accepted"]


def test_who_writes_in_a_language_already_keeps_it(editors, amina):
    carol = member("carol", language="es")
    invite(editors, amina, email=carol.email, language="fr").accept(carol)
    assert User.objects.get(pk=carol.pk).language == "es"


def test_a_decision_is_final(invitation, bob):
    invitation.accept(bob)
    for act in (lambda: invitation.accept(bob), invitation.decline, lambda: invitation.withdraw(bob)):
        assert "accepted already" in str(refused(act)[0])
    assert bob.memberships.count() == 1


def test_nobody_accepts_for_somebody_else(invitation):
    assert "another e-mail address" in str(refused(invitation.accept, member("mallory"))[0])


def test_an_address_that_is_not_confirmed_is_nobodys(editors, amina):
    squatter = member("squatter", confirmed=False)
    invitation = invite(editors, amina, email=squatter.email)
    assert "another e-mail address" in str(refused(invitation.accept, squatter)[0])


def test_a_second_address_counts_when_it_is_confirmed(editors, amina, bob):
    invitation = invite(editors, amina, email="robert@example.org")
    EmailAddress.objects.create(user=bob, email="Robert@example.org", verified=True)
    assert invitation.accept(bob).person == bob


def test_whoever_may_not_grant_any_more_has_not_invited(editors, amina, invitation, bob):
    amina.memberships.get().end()
    assert "may not give this role any more" in str(refused(invitation.accept, bob)[0])


def test_an_inviter_whose_account_is_closed_has_not_invited(amina, invitation, bob):
    User.objects.filter(pk=amina.pk).update(is_active=False)
    assert refused(invitation.accept, bob)


def test_the_role_may_have_come_by_another_way(editors, amina, invitation, bob):
    editors.admit(bob, until=NEXT_YEAR)
    assert "this role already" in str(refused(invitation.accept, bob)[0])
    assert bob.memberships.get().until == NEXT_YEAR


def test_after_thirty_days_it_is_over(invitation, bob):
    Invitation.objects.update(expires=timezone.now() - timedelta(minutes=1))
    assert "expired" in str(refused(invitation.accept, bob)[0])


def test_a_role_that_would_have_ended_is_not_given(editors, amina, bob):
    invitation = invite(editors, amina, until=timezone.localdate())
    Invitation.objects.update(until=YESTERDAY)
    assert "expired" in str(refused(invitation.accept, bob)[0])


def test_a_page_opened_before_the_renewal_accepts_nothing(editors, amina, bob, invitation):
    stale = Invitation.objects.get()
    invite(editors, amina)
    assert "newer invitation" in str(refused(stale.accept, bob)[0])
    assert "newer invitation" in str(refused(stale.decline)[0])


def test_declining_is_told_to_the_inviter(invitation, amina, bob):
    User.objects.filter(pk=amina.pk).update(language="es")
    invitation.decline(bob)
    letter = OutgoingMail.objects.get(purpose="invitation_declined")
    assert (letter.to, letter.headers["Content-Language"]) == (["amina@example.org"], "es")
    assert "bob@example.org" in letter.body
    assert (invitation.status, bob.memberships.count()) == ("declined", 0)
    assert actions()[-1] == "portal.invitation_declined"


# -- Second thoughts ---------------------------------------------------------------------------------------------------


def test_what_is_withdrawn_cannot_be_accepted(invitation, amina, bob):
    invitation.withdraw(by=amina)
    assert invitation.status == "withdrawn"
    assert "withdrawn" in str(refused(invitation.accept, bob)[0])
    assert "withdrawn" in str(refused(invitation.renew, amina)[0])
    assert actions()[-1] == "portal.invitation_withdrawn"


def test_renewing_gives_an_expired_one_another_month(invitation, amina, bob):
    Invitation.objects.update(expires=timezone.now() - timedelta(days=3))
    renewed = invitation.renew(by=amina)
    assert (renewed.pk, renewed.status, OutgoingMail.objects.count()) == (invitation.pk, "open", 2)
    assert renewed.accept(bob)


def test_only_who_may_grant_renews(invitation, bob):
    assert list(refused(invitation.renew, bob)) == ["role"]


def test_what_is_settled_is_forgotten_after_a_month(editors, amina, bob):
    old, fresh, open_one = (invite(editors, amina, email=f"{name}@example.org") for name in ("old", "fresh", "open"))
    late = invite(editors, amina, email="late@example.org")
    old.decline()
    fresh.decline()
    Invitation.objects.filter(pk=old.pk).update(withdrawn_at=timezone.now() - timedelta(days=31))
    Invitation.objects.filter(pk=late.pk).update(expires=timezone.now() - timedelta(days=31))
    assert forget_invitations(timezone.now()) == 2
    assert set(Invitation.objects.all()) == {fresh, open_one}


def test_who_leaves_takes_along_what_was_sent_to_them_and_what_they_wrote(editors, amina, bob):
    invite(editors, amina)
    other = invite(editors, amina, email="carol@example.org", reason="My cousin.")
    member("root", is_superuser=True)
    bob.erase()
    assert list(Invitation.objects.all()) == [other]
    amina.erase()
    other.refresh_from_db()
    assert other.reason == ""
    assert "may not give" in str(other.why_closed())


# -- The last day of a role --------------------------------------------------------------------------------------------


def test_the_last_day_changes_and_is_written_down(editors, amina, bob):
    membership = editors.admit(bob)
    membership.change_last_day(NEXT_YEAR, by=amina)
    assert Membership.objects.get(pk=membership.pk).until == NEXT_YEAR
    assert ModelLogEntry.objects.get(action="portal.role_prolonged").data["until"] == ["", str(NEXT_YEAR)]


def test_nobody_changes_the_own_last_day(amina):
    held = amina.memberships.get()
    assert refused(held.change_last_day, NEXT_YEAR, by=amina)
    assert amina.memberships.get().until is None


def test_what_has_ended_is_not_brought_back_by_a_date(editors, amina, bob):
    membership = editors.admit(bob)
    Membership.objects.get(pk=membership.pk).end()
    assert refused(membership.change_last_day, NEXT_YEAR, by=amina)
    assert not Membership.objects.running().filter(person=bob).exists()
