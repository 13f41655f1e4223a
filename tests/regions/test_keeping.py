"""A year of a space, a group and an ambassadorship: who is asked when, what the page says, and what wakes it again."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext, override_settings

from portal.models import OutgoingMail, confirmable_models
from portal.timetables import steps_follow_each_other, timetable_of
from regions.keeping.asking import ask_some, keep_true
from regions.models import Ambassadorship, UserGroup
from spaces.models import Space, SpaceHost
from tests.factories import UserFactory, UserGroupFactory, appointed, listed_space, open_region

pytestmark = pytest.mark.django_db
START = datetime(2027, 3, 1, 4, 0, tzinfo=UTC)


def day(number):
    return START + timedelta(days=number)


@pytest.fixture
def kenya():
    return open_region(name="Kenya", slug="kenya", language="en", languages=["en", "fr"])


@pytest.fixture
def hub(kenya):
    space = listed_space(kenya, name="Hub")
    SpaceHost.objects.create(space=space, name="Hana", email="hana@example.org")
    space.confirm(is_owner=True, now=day(0))
    return space


def letters(purpose="ask_to_confirm"):
    return OutgoingMail.objects.filter(purpose=purpose).order_by("pk")


def walk(days, record=None):
    """{day: what was written on it}, of the days on which anything happened."""
    told = {}
    for number in days:
        before = set(OutgoingMail.objects.values_list("pk", flat=True))
        keep_true(day(number))
        new = OutgoingMail.objects.exclude(pk__in=before).order_by("pk")
        if new:
            told[number] = [(mail.purpose, mail.to[0], mail.subject) for mail in new]
    return told


def test_every_kind_that_ages_has_a_timetable():
    assert set(confirmable_models()) == {Space, UserGroup, Ambassadorship}
    for model in confirmable_models():
        table = timetable_of(model)
        assert table.remind[-1] < table.keeper < table.tell


def test_a_timetable_that_tells_before_it_asks_is_refused():
    wrong = {"spaces.space": {"after": 180, "remind": [14, 28], "keeper": 20, "tell": 42}}
    assert steps_follow_each_other(None) == []
    with override_settings(CONFIRMATIONS=wrong):
        assert [error.id for error in steps_follow_each_other(None)] == ["portal.E010"]


def test_a_year_of_a_space_about_which_nobody_answers(hub, client):
    question = ("ask_to_confirm", "hana@example.org", "Is all still right with Hub?")
    reminder = ("ask_to_confirm", "hana@example.org", "Once more: is all still right with Hub?")
    asleep = ("fallen_asleep", "hana@example.org", "Hub is asleep")
    assert walk(range(366)) == {180: [question], 194: [reminder], 208: [reminder], 270: [asleep]}
    hub.refresh_from_db()
    assert (hub.status, hub.dormant_since, hub.times_asked) == ("dormant", day(270), 3)
    assert (hub.confirmed_at, hub.due_at, hub.asked_at) == (day(0), day(180), day(208))
    page = client.get(hub.pages.get().get_url())
    assert page.status_code == 200
    assert "Asleep since 26 November 2027" in page.content.decode()
    assert not Space.objects.listed().exists()
    assert Space.objects.readable().get() == hub


DAYS = [(214, False, False), (215, False, True), (221, False, True), (222, True, True)]


@pytest.mark.parametrize(("number", "stale", "looked_at"), DAYS)
def test_what_the_page_says_and_whose_desk_it_stands_on_depends_on_the_day_alone(hub, number, stale, looked_at):
    assert hub.is_stale_at(day(number)) is stale
    assert Space.objects.to_look_at(day(number)).exists() is looked_at


def test_an_answer_ends_the_letters_and_begins_another_half_year(hub):
    walk(range(180, 200))
    hub.refresh_from_db()
    hub.confirm(is_owner=True, now=day(200))
    assert (hub.due_at, hub.times_asked, hub.kept_since) == (day(380), 0, day(0))
    assert list(walk(range(200, 400))) == [380, 394]


def test_a_gap_begins_the_year_without_a_gap_anew(hub):
    hub.confirm(is_owner=True, now=day(222))
    assert hub.kept_since == day(222)


def test_what_was_never_confirmed_is_due_at_once(kenya):
    space = listed_space(kenya, name="New")
    SpaceHost.objects.create(space=space, name="Juma", email="juma@example.org")
    assert walk([5]) == {5: [("ask_to_confirm", "juma@example.org", "Is all still right with New?")]}
    space.refresh_from_db()
    assert (space.due_at, space.asked_at, space.ask_at) == (day(5), day(5), day(19))


def test_after_months_without_a_daily_run_nobody_is_put_to_sleep_unasked(hub):
    told = walk(range(400, 470))
    assert [(number, len(mails), mails[0][0]) for number, mails in told.items()] == [
        (400, 1, "ask_to_confirm"),
        (414, 1, "ask_to_confirm"),
        (428, 1, "ask_to_confirm"),
        (435, 1, "fallen_asleep"),
    ]


def test_run_twice_and_interrupted_each_step_is_taken_once(hub, monkeypatch):
    keep_true(day(180))
    keep_true(day(180))
    assert letters().count() == 1

    def fails(*args, **kwargs):
        raise RuntimeError("the power went away")

    with monkeypatch.context() as broken:
        broken.setattr("regions.keeping.asking.queue_mail", fails)
        with pytest.raises(RuntimeError):
            keep_true(day(194))
    hub.refresh_from_db()
    assert (hub.times_asked, letters().count()) == (1, 1)
    keep_true(day(194))
    assert letters().count() == 2


def test_a_rehearsal_says_how_many_and_changes_nothing(hub, capsys):
    Space.objects.update(due_at=None, confirmed_at=None)
    call_command("ask_to_confirm", "--dry-run")
    said = capsys.readouterr().out
    assert "records asked about for the first time: 1\n" in said
    assert "letters: 1\n" in said
    assert not letters().exists()
    assert Space.objects.get().due_at is None
    call_command("ask_to_confirm")
    assert "letters: 1\n" in capsys.readouterr().out
    assert letters().count() == 1


def test_a_host_of_two_spaces_gets_one_letter_with_two_links(kenya, hub):
    other = listed_space(kenya, name="Attic")
    SpaceHost.objects.create(space=other, name="Hana", email="HANA@example.org")
    other.confirm(now=day(0))
    assert walk([180]) == {180: [("ask_to_confirm", "hana@example.org", "Are these 2 entries still right?")]}
    assert letters().get().body.count("/en/confirm/") == 2


@pytest.mark.parametrize(
    ("language", "region_language", "expected"), [("fr", "en", "fr"), ("", "en", "en"), ("", "fr", "fr"), ("ar", "fr", "ar")]
)
def test_the_letter_is_in_the_language_of_who_reads_it(language, region_language, expected):
    region = open_region(name="Somewhere", language=region_language, languages=[region_language])
    person = UserFactory(first_name="Hana", email="hana@example.org", language=language)
    person.emailaddress_set.create(email=person.email, verified=True, primary=True)
    space = listed_space(region, name="Hub")
    SpaceHost.objects.create(space=space, name="Hana", email="hana@example.org")
    keep_true(day(0))
    letter = letters().get()
    assert letter.headers["Content-Language"] == expected
    assert f"/{expected}/confirm/" in letter.body


def test_an_ambassador_is_asked_about_the_own_person_and_never_falls_asleep(kenya):
    amina = appointed(kenya, person=UserFactory(first_name="Amina", last_name="", email="amina@example.org"))
    amina.confirm(by=amina.person, now=day(0))
    assert (amina.confirmed_as, amina.confirmed_by) == ("owner", amina.person)
    told = walk(range(1, 366))
    assert {number: [to for _purpose, to, _subject in mails] for number, mails in told.items()} == {
        180: ["amina@example.org"],
        194: ["amina@example.org"],
    }
    assert Ambassadorship.objects.to_look_at(day(208)).get() == amina
    assert not Ambassadorship.objects.to_look_at(day(207)).exists()


def test_about_a_group_its_ambassador_is_asked_or_the_stand_in_and_then_it_is_not_known(kenya):
    amina = appointed(kenya, person=UserFactory(first_name="Amina", email="amina@example.org"))
    bob = appointed(kenya, person=UserFactory(first_name="Bob", email="bob@example.org"))
    for term in (amina, bob):
        term.confirm(by=term.person, now=day(300))
    group = UserGroupFactory(region=kenya, name="Mappers", health="active")
    group.confirm(now=day(0))
    Ambassadorship.objects.filter(pk=amina.pk).update(away_until=day(2000).date(), stand_in=bob)
    told = walk(range(300, 400))
    assert {number: [to for _purpose, to, _subject in mails] for number, mails in told.items()} == {
        365: ["bob@example.org"],
        386: ["bob@example.org"],
    }
    keep_true(day(545))
    group.refresh_from_db()
    assert (group.health, group.may_be_shown) == ("unknown", True)
    assert UserGroup.objects.shown().exists()


def test_without_owner_and_ambassador_staff_are_asked(kenya, django_user_model):
    django_user_model.objects.create_superuser("root@example.org", "a long pass phrase")
    group = UserGroupFactory(region=kenya, name="Mappers")
    keep_true(day(0))
    assert [letter.to for letter in letters()] == [["root@example.org"]]
    assert group.owners() == []


def test_nobody_is_asked_about_what_the_public_does_not_see(kenya, hub):
    group = UserGroupFactory(region=kenya)
    group.close()
    hub.close()
    assert walk(range(180, 300)) == {}


def test_four_records_are_asked_about_in_as_many_queries_as_twenty(kenya, hub):
    def reading(count):
        with CaptureQueriesContext(connection) as queries:
            done = ask_some(Space, day(180))
        assert (done["asked"], done["letters"]) == (count, 1)
        return Counter(query["sql"].split()[0] for query in queries)

    more = []
    for size in (3, 20):
        for _number in range(size):
            space = listed_space(kenya)
            SpaceHost.objects.create(space=space, name="Hana", email="hana@example.org")
            space.confirm(now=day(0))
        Space.objects.update(due_at=day(180), ask_at=day(180), times_asked=0, asked_at=None)
        more.append(reading(Space.objects.count()))
    assert more[0] == more[1]
