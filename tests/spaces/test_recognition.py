"""Awards by people and by rules: given for a reason, gone with it, and told in words with the numbers behind."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.models import ModelLogEntry, Page

from regions.keeping.asking import keep_true
from spaces.models import Award, Space, SpaceHost
from spaces.recognition import award_rules, compute_awards, shown_awards
from stories.models import Event
from tests.factories import UserFactory, announced_event, appointed, listed_space, open_region, publish_in

pytestmark = pytest.mark.django_db
YEAR = timedelta(days=365)


@pytest.fixture
def kenya():
    return open_region(name="Kenya", slug="kenya", language="en", languages=["en", "fr"])


@pytest.fixture
def amina(kenya):
    return appointed(kenya, person=UserFactory(first_name="Amina", email="amina@example.org")).person


@pytest.fixture
def hub(kenya):
    return listed_space(kenya, name="Hub")


def since(space, moment):
    Page.objects.filter(pk=space.pages.get(locale__language_code="en").pk).update(first_published_at=moment)


def held_by(space):
    return {award.rule: award.numbers for award in space.awards.computed()}


# -- By rules --------------------------------------------------------------------------------------------------------


def test_four_rules_each_with_words():
    assert list(award_rules()) == ["kept-true", "long-listed", "first", "many-events"]


def test_years_in_the_directory_are_counted_and_end_with_sleep(hub):
    now = timezone.now()
    since(hub, now - timedelta(days=364))
    assert compute_awards(now) == (0, 0, 0)
    since(hub, now - YEAR)
    assert compute_awards(now) == (1, 0, 0)
    assert held_by(hub) == {"long-listed": {"years": 1}}
    assert [award.reason for award in shown_awards(hub)] == ["In the directory for a year."]
    assert compute_awards(now + 2 * YEAR) == (0, 1, 0)
    assert [award.reason for award in shown_awards(hub)] == ["In the directory for 3 years."]
    assert compute_awards(now + 2 * YEAR) == (0, 0, 0)
    hub.go_dormant()
    assert compute_awards(now) == (0, 0, 1)
    assert held_by(hub) == {}


def test_only_the_first_of_a_region_that_others_followed(kenya, hub):
    now = timezone.now()
    since(hub, now - timedelta(days=30))
    others = [listed_space(kenya), listed_space(kenya)]
    for number, other in enumerate(others):
        since(other, now - timedelta(days=number + 1))
    chad = open_region(name="Chad", slug="chad")
    alone = listed_space(chad)
    assert compute_awards(now) == (1, 0, 0)
    day = timezone.localdate(now - timedelta(days=30))
    assert held_by(hub) == {"first": {"others": 2, "since": str(day)}}
    assert held_by(alone) == {}
    others[0].close()
    assert compute_awards(now) == (0, 0, 1)


def test_confirmed_in_time_for_a_year_by_the_host_and_not_by_others(hub):
    now = timezone.now()
    for days in (370, 200, 30):
        hub.confirm(is_owner=True, now=now - timedelta(days=days))
    compute_awards(now)
    assert held_by(hub) == {"kept-true": {"since": str(timezone.localdate(now - timedelta(days=370)))}}
    compute_awards(now + timedelta(days=151))
    assert held_by(hub) == {}
    Space.objects.update(owner_confirmed_at=None)
    compute_awards(now)
    assert held_by(hub) == {}


def test_six_days_with_events_within_a_year(kenya, hub):
    now = timezone.now()

    def hold(days_ago, **facts):
        starts = now - timedelta(days=days_ago)
        return announced_event(kenya, space=hub, starts_at=starts, ends_at=starts + timedelta(hours=1), **facts)

    for days_ago in (360, 200, 150, 100, 50):
        hold(days_ago)
    hold(50)
    Event.objects.filter(pk=hold(40).pk).update(status=Event.Status.CANCELLED)
    hold(400)
    hold(-10)
    compute_awards(now)
    assert held_by(hub) == {}
    hold(20)
    compute_awards(now)
    assert held_by(hub) == {"many-events": {"days": 6}}
    compute_awards(now + timedelta(days=10))
    assert held_by(hub) == {}


def test_the_daily_run_computes_them(hub):
    since(hub, timezone.now() - YEAR)
    assert keep_true(timezone.now())["awards computed anew"] == 1
    assert held_by(hub) == {"long-listed": {"years": 1}}


# -- By people -------------------------------------------------------------------------------------------------------


def views(name, *args):
    return reverse(Award.snippet_viewset.get_url_name(name), args=args)


def form(hall, **changes):
    reason = "Forty evenings, and tea for everybody."
    return {"space": hall.pk, "title": "Open for all", "reason": reason, "starts": "2026-01-01", "ends": "", **changes}


def test_an_ambassador_thanks_a_space_in_public_and_takes_it_back(client, hub, amina):
    client.force_login(amina)
    assert client.get(views("add")).status_code == 200
    client.post(views("add"), form(hub))
    award = Award.objects.get()
    assert (award.space, award.granted_by, award.rule) == (hub, amina, "")
    client.logout()
    french = publish_in(hub.pages.get(), "fr", title="Le Hub")
    page = client.get(hub.pages.get(locale__language_code="en").get_url()).content.decode()
    assert "Recognised for" in page
    assert "Forty evenings" in page
    assert 'lang="en"' in client.get(french.get_url()).content.decode().partition("Open for all")[0][-60:]
    assert "Recognised" in client.get("/en/spaces/").content.decode()

    client.force_login(amina)
    client.post(views("verb", award.pk, "revoke"), {"revoke_reason": ""})
    assert Award.objects.current().exists()
    client.post(views("verb", award.pk, "revoke"), {"revoke_reason": "It was another space."})
    award.refresh_from_db()
    assert (award.revoked_by, award.revoke_reason) == (amina, "It was another space.")
    client.logout()
    page = client.get(hub.pages.get(locale__language_code="en").get_url()).content.decode()
    assert "Forty evenings" not in page
    assert "another space" not in page
    actions = ModelLogEntry.objects.filter(action__startswith="portal.award").order_by("pk").values_list("action", flat=True)
    assert list(actions) == ["portal.awarded", "portal.award_revoked"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": ""}, "title"),
        ({"reason": ""}, "reason"),
        ({"reason": "x" * 1001}, "reason"),
        ({"starts": "soon"}, "starts"),
        ({"ends": "2025-12-31"}, "ends"),
        ({"space": 987654}, "space"),
    ],
)
def test_bad_input_is_told_beside_the_field(client, hub, amina, changes, field):
    client.force_login(amina)
    response = client.post(views("add"), form(hub, **changes))
    assert (response.status_code, list(response.context["form"].errors)) == (200, [field])
    assert not Award.objects.exists()


def test_no_award_for_another_regions_space_a_draft_or_the_own_one(client, hub, amina, kenya):
    other = listed_space(open_region(name="Chad", slug="chad"))
    closed = listed_space(kenya)
    closed.close()
    own = listed_space(kenya)
    amina.emailaddress_set.create(email=amina.email, verified=True, primary=True)
    SpaceHost.objects.create(space=own, name="Amina", email=amina.email)
    client.force_login(amina)
    for space in (other, closed, own):
        assert list(client.post(views("add"), form(space)).context["form"].errors) == ["space"]
    assert not Award.objects.exists()
    with pytest.raises(ValidationError):
        Award(space=own, title="Mine", reason="Mine").grant(by=amina)


def test_a_computed_award_is_nobodys_to_change(client, hub, amina):
    since(hub, timezone.now() - YEAR)
    compute_awards()
    award = Award.objects.get()
    client.force_login(UserFactory(email="root@example.org", is_superuser=True))
    assert client.get(views("list")).status_code == 200
    client.post(views("verb", award.pk, "revoke"), {"revoke_reason": "No"})
    client.post(views("edit", award.pk), form(hub))
    client.post(views("delete", award.pk))
    assert list(Award.objects.values_list("rule", "title", "revoked_at")) == [("long-listed", "", None)]


def test_shown_within_its_period_only(hub, amina):
    today = timezone.localdate()
    for title, starts, last in (("now", 0, 0), ("over", -9, -1), ("later", 1, None), ("open", -9, None)):
        ends = None if last is None else today + timedelta(days=last)
        Award(space=hub, title=title, reason="x", starts=today + timedelta(days=starts), ends=ends).grant(by=amina)
    assert [award.title for award in shown_awards(hub)] == ["now", "open"]


def test_in_another_language_the_computed_words_follow_and_the_numbers_stay(hub):
    now = timezone.now()
    hub.confirm(is_owner=True, now=now - timedelta(days=400))
    Space.objects.update(owner_confirmed_at=now, due_at=now + YEAR)
    compute_awards(now)
    with translation.override("ar"):
        (award,) = shown_awards(hub)
        assert str((now - timedelta(days=400)).year) in award.reason or award.reason


def test_cards_of_three_and_twenty_cost_as_many_queries(client, kenya, hub, amina, django_assert_num_queries):
    Award(space=hub, title="Open", reason="x").grant(by=amina)
    listed = Space.objects.listed().shown_in("en")
    for count in (3, 20):
        for _number in range(count - listed.count()):
            listed_space(kenya)
        with django_assert_num_queries(1):
            assert sum(space.is_recognised for space in Space.objects.listed().shown_in("en")) == 1
