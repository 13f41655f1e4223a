"""Roles: given and ended by verbs, over on the day they end, repaired by a command, and never unscoped."""

from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupPagePermission, ModelLogEntry
from wagtail.snippets.views.snippets import SnippetViewSet

from portal.models import User
from regions.checks import scoped_models, unscoped
from regions.models import Ambassadorship, Membership, Region, Role, Team
from regions.viewsets import RegionalRecordViewSet
from spaces.models import Space, SpaceHost
from tests.factories import UserFactory, appointed, open_region

pytestmark = pytest.mark.django_db


@pytest.fixture
def kenya():
    return open_region(name="Kenya", languages=["en", "fr"])


def yesterday():
    return timezone.localdate() - timedelta(days=1)


def again(person):
    """As the next request sees somebody."""
    return User.objects.get(pk=person.pk)


def sync_roles(**options):
    out = StringIO()
    call_command("sync_roles", stdout=out, **options)
    return out.getvalue()


def test_a_role_is_written_down_with_who_when_until_when_and_why(kenya):
    amina, staff = UserFactory(first_name="Amina"), UserFactory(first_name="Joris")
    Team.objects.ensure(Role.STAFF).admit(staff)
    until = timezone.localdate() + timedelta(days=90)
    given = kenya.grant(amina, "editor", by=staff, until=until, reason="knows the region")
    assert (given.granted_by, given.until, given.reason, given.granted_at.date()) == (
        staff,
        until,
        "knows the region",
        timezone.localdate(),
    )
    entry = ModelLogEntry.objects.get(action="portal.role_granted", object_id=str(amina.pk))
    assert (entry.user, entry.data["team"]) == (staff, "editor, Kenya")


def test_a_role_that_has_run_out_stops_that_day(client, kenya):
    amina = UserFactory(first_name="Amina")
    membership = kenya.grant(amina, "editor", until=timezone.localdate())
    editor = reverse("wagtailadmin_pages:edit", args=[kenya.page_in("en").pk])
    client.force_login(again(amina))
    assert client.get(editor).status_code == 200
    Membership.objects.filter(pk=membership.pk).update(until=yesterday())
    assert client.get(editor).status_code == 302
    membership.refresh_from_db()
    assert membership.ended_at.date() == timezone.localdate()
    assert not kenya.page_in("en").permissions_for_user(again(amina)).can_edit()
    assert "_auth_user_id" not in client.session or client.get(reverse("account_home")).status_code == 302


def test_a_role_runs_until_the_end_of_its_last_day(kenya):
    today, gone, open_ended = (kenya.grant(UserFactory(), "editor") for _each in range(3))
    Membership.objects.filter(pk=today.pk).update(until=timezone.localdate())
    Membership.objects.filter(pk=gone.pk).update(until=yesterday())
    assert set(Membership.objects.running()) == {today, open_ended}
    assert set(Membership.objects.expired()) == {gone}
    open_ended.end()
    assert set(Membership.objects.running()) == {today}


def test_ending_a_role_ends_the_sessions_and_is_logged(client, kenya):
    amina = UserFactory(first_name="Amina")
    membership = kenya.grant(amina, "editor")
    client.force_login(again(amina))
    assert client.get(reverse("account_home")).status_code == 200
    membership.end(by=None, reason="has moved away")
    assert client.get(reverse("account_home")).status_code == 302
    assert ModelLogEntry.objects.get(action="portal.role_ended").data["reason"] == "has moved away"
    assert not amina.groups.exists()


def test_ending_twice_is_ending_once(kenya):
    membership = kenya.grant(UserFactory(), "editor")
    membership.end(reason="first")
    membership.end(reason="second")
    assert Membership.objects.get().end_reason == "first"
    assert ModelLogEntry.objects.filter(action="portal.role_ended").count() == 1


def test_a_role_can_be_given_again_after_it_has_run_out(kenya):
    amina = UserFactory()
    old = kenya.grant(amina, "editor")
    Membership.objects.filter(pk=old.pk).update(until=yesterday())
    new = kenya.grant(amina, "editor")
    old.refresh_from_db()
    assert (new == old, old.ended_at is None) == (False, False)
    assert list(Membership.objects.running()) == [new]


@pytest.mark.parametrize(
    ("role", "terms"),
    [
        ("king", {}),
        ("staff", {}),
        ("translator", {}),
        ("translator", {"language": "zh-hant"}),
        ("editor", {"until": timezone.localdate() - timedelta(days=1)}),
    ],
)
def test_a_role_that_does_not_exist_there_is_refused(kenya, role, terms):
    amina = UserFactory()
    teams = Team.objects.count()
    with pytest.raises(ValidationError):
        kenya.grant(amina, role, **terms)
    assert (amina.memberships.count(), amina.groups.count(), Team.objects.count()) == (0, 0, teams)


def test_nobody_gives_a_role_to_themselves(kenya):
    amina = UserFactory()
    kenya.grant(amina, "ambassador")
    with pytest.raises(ValidationError):
        kenya.grant(amina, "editor", by=amina)
    assert [m.team.role for m in amina.memberships.all()] == ["ambassador"]


def test_nobody_gives_a_role_that_is_not_theirs_to_give(kenya):
    """The verb asks for itself, whatever screen or command calls it."""
    amina, bob, chad = UserFactory(), UserFactory(), open_region(name="Chad", slug="chad")
    kenya.grant(amina, "ambassador")
    for region, role in ((kenya, "ambassador"), (chad, "editor")):
        with pytest.raises(ValidationError):
            region.grant(bob, role, by=again(amina))
    with pytest.raises(ValidationError):
        Team.objects.ensure(Role.STAFF).admit(bob, by=again(amina))
    assert (bob.memberships.count(), bob.groups.count()) == (0, 0)
    assert kenya.grant(bob, "editor", by=again(amina)).is_running


def test_the_role_of_an_ambassador_lasts_as_long_as_the_term(kenya):
    term = appointed(kenya, ends=timezone.localdate() + timedelta(days=30))
    membership = term.person.memberships.get()
    assert membership.until == term.ends
    term.ends = timezone.localdate() + timedelta(days=365)
    term.save()
    membership.refresh_from_db()
    assert membership.until == term.ends
    Ambassadorship.objects.get().save()
    assert Membership.objects.get().until == term.ends


def may_grant(person, kenya):
    teams = [*(Team.objects.ensure(role, region=kenya) for role in ("volunteer", "contributor", "editor", "ambassador"))]
    teams += [Team.objects.ensure("translator", region=kenya, language="fr"), Team.objects.ensure("translator", language="fr")]
    teams += [Team.objects.ensure("staff"), Team.objects.ensure("assessor")]
    return [str(team) for team in teams if team.may_be_granted_by(again(person))]


def test_who_may_bring_in_whom(kenya):
    people = {role: UserFactory() for role in ("editor", "ambassador", "staff")}
    kenya.grant(people["editor"], "editor")
    kenya.grant(people["ambassador"], "ambassador")
    Team.objects.ensure(Role.STAFF).admit(people["staff"])
    own = ["volunteer, Kenya", "contributor, Kenya", "editor, Kenya"]
    assert may_grant(people["editor"], kenya) == []
    assert may_grant(people["ambassador"], kenya) == [*own, "translator, French, Kenya"]
    others = ["ambassador, Kenya", "translator, French, Kenya", "translator, French", "assessor"]
    assert may_grant(people["staff"], kenya) == [*own, *others]


# -- The command -------------------------------------------------------------------------------------------------------


def test_sync_roles_repairs_and_a_dry_run_only_says_so(kenya):
    amina, stranger = UserFactory(first_name="Amina"), UserFactory(first_name="Mallory")
    kenya.grant(amina, "editor")
    sync_roles()
    assert sync_roles() == "Everything is as it should be.\n"
    team = Team.objects.get(role="editor", region=kenya)
    GroupPagePermission.objects.filter(group=team.group, permission__codename="publish_page").delete()
    team.group.user_set.add(stranger)
    staff = Team.objects.get(role="contributor", region=kenya).group
    staff.permissions.add(*Group.objects.get(team__role="staff").permissions.all())
    said = sync_roles(dry_run=True)
    assert "+ publish_page: Kenya" in said
    assert f"editor, Kenya: - {stranger.email}" in said
    assert "- oversee" in said
    assert again(stranger).groups.exists()
    assert sync_roles().replace("changed", "to change") == said
    assert not again(stranger).groups.exists()
    assert again(amina).groups.exists()
    assert sync_roles() == "Everything is as it should be.\n"


def test_sync_roles_ends_what_has_run_out(kenya):
    membership = kenya.grant(UserFactory(), "editor")
    Membership.objects.filter(pk=membership.pk).update(until=yesterday())
    assert membership.person.email in sync_roles()
    membership.refresh_from_db()
    assert membership.ended_at is not None


def test_a_new_language_of_a_region_is_new_work_for_its_translators(kenya):
    amina = UserFactory()
    kenya.grant(amina, "translator", language="fr")
    Region.objects.filter(pk=kenya.pk).update(languages=["en", "fr", "ar"])
    kenya.refresh_from_db()
    kenya.open()
    assert kenya.page_in("fr").permissions_for_user(again(amina)).can_edit()
    assert not kenya.page_in("ar").permissions_for_user(again(amina)).can_edit()
    kenya.grant(amina, "translator", language="ar")
    assert kenya.page_in("ar").permissions_for_user(again(amina)).can_edit()


# -- The check ---------------------------------------------------------------------------------------------------------


class PlainSpaces(SnippetViewSet):
    model = Space


class PlainHosts(SnippetViewSet):
    model = SpaceHost


class ScopedSpaces(RegionalRecordViewSet):
    panels = ["name"]


def test_a_record_with_a_region_cannot_be_registered_unscoped():
    errors = [error.id for viewset in (PlainSpaces(), PlainHosts()) for error in unscoped([viewset], scoped_models())]
    assert errors == ["regions.E001", "regions.E001"]
    scoped = ScopedSpaces.__new__(ScopedSpaces)
    scoped.model = Space
    assert list(unscoped([scoped, Space.snippet_viewset], scoped_models())) == []
    plain_chooser = PlainSpaces().chooser_viewset
    assert [error.id for error in unscoped([plain_chooser], scoped_models())] == ["regions.E001"]


def test_every_model_that_belongs_to_a_region_is_known():
    names = sorted(model.__name__ for model in scoped_models())
    assert {"Region", "Space", "SpaceHost", "Event", "UserGroup", "GroupChannel", "Ambassadorship", "Team"} <= set(names)


# -- Hosts -------------------------------------------------------------------------------------------------------------


def test_the_confirmed_address_makes_the_host(client, kenya):
    person = UserFactory(email="hana@example.org")
    space = Space.objects.create(region=kenya, name="Hub", latitude=0, longitude=0, capacity=3, city="Nairobi", country="KE")
    row = SpaceHost.objects.create(space=space, name="Hana", email="Hana@Example.org")
    assert row.person is None
    address = person.emailaddress_set.create(email="hana@example.org", verified=True, primary=True)
    row.save()
    assert list(Space.objects.hosted_by(person)) == [space]
    row.email = "somebody-else@example.org"
    row.save()
    assert list(Space.objects.hosted_by(person)) == []
    assert address.verified
