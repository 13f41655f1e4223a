"""The states of a submitted space: each step by a verb, allowed or refused, written down and told, once."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.models import ModelLogEntry

from portal.models import OutgoingMail
from regions.models import Team
from spaces.models import Space, SpaceHost, SpaceSubmission, SubmissionStep
from spaces.models.submission_steps import ALLOWED, WAITING, Status, Verb
from tests.factories import SubmissionFactory, UserFactory, appointed, open_region, submitted_space

pytestmark = pytest.mark.django_db


@pytest.fixture
def kenya():
    return open_region(name="Kenya", slug="kenya")


@pytest.fixture
def amina(kenya):
    person = UserFactory(first_name="Amina", email="amina@example.org", language="fr")
    appointed(kenya, person=person)
    return person


@pytest.mark.parametrize(
    ("given", "host"),
    [
        ({"relation": "host"}, ("Blue Hall", "wanjiru@example.org")),
        ({"relation": "host", "host_name": "The library"}, ("The library", "wanjiru@example.org")),
        ({"relation": "community", "host_email": "juma@example.org"}, ("Blue Hall", "juma@example.org")),
        ({"relation": "community", "host_email": "juma@example.org", "host_name": "Juma"}, ("Juma", "juma@example.org")),
    ],
)
def test_the_page_names_only_who_was_given_for_it(client, kenya, amina, given, host):
    one = submitted_space(kenya, name="Blue Hall", submitter="Wanjiru Kamau", email="wanjiru@example.org", **given)
    space = one.list(by=amina)
    assert list(SpaceHost.objects.values_list("name", "email")) == [host]
    page = client.get(space.pages.get().get_url()).content.decode()
    assert host[0] in page
    assert "Kamau" not in page
    assert "example.org" not in page.replace("http://example.org", "")


@pytest.fixture
def brian(kenya):
    person = UserFactory(first_name="Brian", last_name="Mutua", email="brian@example.org")
    appointed(kenya, person=person)
    return person


def letters(purpose="", to=""):
    found = OutgoingMail.objects.filter(purpose__startswith=purpose).order_by("pk")
    return [mail for mail in found if to in ("", *mail.to)]


# -- Any path ----------------------------------------------------------------------------------------------------------

ACTS = {
    Verb.CONFIRM: lambda one, by, other: one.confirm(),
    Verb.ASK: lambda one, by, other: one.ask("Which floor?", by),
    Verb.ANSWER: lambda one, by, other: one.answer("The second."),
    Verb.CORRECT: lambda one, by, other: one.correct(capacity=one.capacity + 1),
    Verb.LIST: lambda one, by, other: one.list(by, publish=False),
    Verb.DECLINE: lambda one, by, other: one.decline("No light.", by),
    Verb.REOPEN: lambda one, by, other: one.reopen(by),
    Verb.HAND_OVER: lambda one, by, other: one.hand_over(other, by),
    Verb.WITHDRAW: lambda one, by, other: one.withdraw(),
    Verb.SEND_AGAIN: lambda one, by, other: one.send_again(),
}


def traces(one):
    """What a step leaves behind: its own row, an entry of the log, letters to the submitter and to the region."""
    return (
        one.steps.count(),
        ModelLogEntry.objects.for_instance(one).count(),
        len(letters("submission_", one.email)) - len(letters("submission_waits", one.email)),
        len(letters("submission_waits")),
    )


@pytest.mark.slow
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(path=st.lists(st.sampled_from(sorted(ACTS)), max_size=14))
def test_whatever_is_tried_no_step_is_skipped_and_each_is_told_once(kenya, amina, path):
    with transaction.atomic():
        walk(kenya, amina, path)
        transaction.set_rollback(True)


def walk(kenya, amina, path):
    one = SubmissionFactory(region=kenya)
    for name in path:
        verb, status, left = Verb(name), one.status, traces(one)
        is_allowed = status in ALLOWED[verb].before
        try:
            ACTS[verb](one, amina, kenya)
        except ValidationError:
            assert not is_allowed
            one.refresh_from_db()
            assert (one.status, traces(one)) == (status, left)
            continue
        assert is_allowed
        assert one.status == (ALLOWED[verb].after or status)
        turn = 1 if verb in (Verb.CONFIRM, Verb.ANSWER, Verb.CORRECT, Verb.HAND_OVER, Verb.SEND_AGAIN) else 0
        assert traces(one) == (left[0] + 1, left[1] + 1, left[2] + 1, left[3] + turn)
        assert one.steps.last().verb == verb
    assert (one.status == Status.LISTED) == Space.objects.filter(submission=one).exists()


def ways_out(status):
    return {verb for verb, allowed in ALLOWED.items() if status in allowed.before and allowed.after not in ("", status)}


def test_every_state_has_a_way_out_and_a_way_in():
    for status in Status:
        if status != Status.LISTED:  # from there the verbs of the space go on, see below
            assert ways_out(status), status
    reached, news = set(), {Status.SUBMITTED}
    while news:
        reached |= news
        news = {ALLOWED[verb].after for status in reached for verb in ways_out(status)} - reached
    assert reached == set(Status)
    goals = {Status.LISTED}
    for _round in Status:  # from everywhere it can still be listed
        goals |= {status for status in Status if any(ALLOWED[verb].after in goals for verb in ways_out(status))}
    assert goals == set(Status)


def test_a_listed_one_goes_on_as_a_space(kenya, amina):
    one = submitted_space(kenya)
    space = one.list(amina)
    space.close(by=amina)
    assert not space.pages.get().live
    space.list(by=amina)
    assert space.pages.get().live
    one.refresh_from_db()
    assert (one.status, one.space) == (Status.LISTED, space)


# -- Who is told -------------------------------------------------------------------------------------------------------


def test_nobody_hears_of_it_before_the_address_is_confirmed(kenya, amina):
    one = SubmissionFactory(region=kenya, language="fr")
    (letter,) = OutgoingMail.objects.all()
    assert letter.to == ["wanjiru@example.org"]
    assert one.confirmation_path() in letter.body
    assert one.confirmation_path().startswith("/fr/spaces/submit/confirm/")
    assert list(SpaceSubmission.objects.seen_by_reviewers()) == []
    one.confirm()
    assert list(SpaceSubmission.objects.seen_by_reviewers()) == [one]
    (waits,) = letters("submission_waits")
    assert (waits.to, waits.headers["Content-Language"]) == (["amina@example.org"], "fr")
    (told,) = letters("submission_confirm")
    assert told.headers["Content-Language"] == "fr"
    assert "/fr/status/" in told.body
    assert "wanjiru" not in (waits.subject + waits.body).lower()


def test_staff_are_told_where_no_region_speaks(kenya, amina):
    joris = UserFactory(email="joris@example.org")
    Team.objects.ensure("staff").admit(joris)
    submitted_space(None)
    assert [letter.to for letter in letters("submission_waits")] == [["joris@example.org"]]


def test_staff_are_told_where_the_only_ambassador_sent_it(kenya, amina):
    joris = UserFactory(email="joris@example.org")
    Team.objects.ensure("staff").admit(joris)
    one = submitted_space(kenya, email="Amina@example.org")
    assert [letter.to for letter in letters("submission_waits")] == [["joris@example.org"]]
    for verb in (lambda: one.list(amina), lambda: one.decline("No.", amina), lambda: one.ask("Why?", amina)):
        with pytest.raises(ValidationError, match="somebody else decides"):
            verb()
    assert Space.objects.count() == 0
    assert one.list(joris).region == kenya


def test_a_question_and_its_answer(kenya, amina):
    one = submitted_space(kenya, language="es")
    one.ask("  Which floor?  ", amina)
    asked = letters("submission_ask", one.email)[0]
    assert "“Which floor?”" in asked.body
    assert "Amina Otieno:" in asked.body
    assert asked.headers["Content-Language"] == "es"
    one.answer("The second.")
    assert len(letters("submission_waits")) == 2
    assert [(step.verb, step.text, step.by) for step in one.steps.all()] == [
        ("submit", "", None),
        ("confirm", "", None),
        ("ask", "Which floor?", amina),
        ("answer", "The second.", None),
    ]


def test_no_verb_without_words_where_words_are_needed(kenya, amina):
    one = submitted_space(kenya)
    for verb in (lambda: one.ask(" \n", amina), lambda: one.decline("", amina)):
        with pytest.raises(ValidationError, match="sentence or two"):
            verb()
    assert one.steps.count() == 2


# -- Listing -----------------------------------------------------------------------------------------------------------


def test_listing_makes_the_space_its_host_and_its_page_from_what_was_sent(kenya, amina):
    one = submitted_space(
        kenya, relation="other", host_name="Juma", host_email="juma@example.org", facilities=["wifi"], cost="hourly", price=5,
        currency="KES", step_free="partly", website="https://hall.example.org/",
    )  # fmt: skip
    space = one.list(amina, summary="A room above a bakery.", getting_in="The blue door.")
    assert {name: getattr(space, name) for name in one.facts} == one.facts
    assert list(SpaceHost.objects.values_list("space", "name", "email")) == [(space.pk, "Juma", "juma@example.org")]
    page = space.pages.get()
    assert (page.live, page.title, page.summary, page.getting_in) == (
        True,
        one.name,
        "A room above a bakery.",
        "The blue door.",
    )
    assert space.status == Space.Status.LISTED
    assert space.confirmed_at is not None
    told = letters("submission_list", one.email)[0]
    assert page.get_url() in told.body


def test_as_a_draft_nothing_is_public_yet(kenya, amina):
    space = submitted_space(kenya).list(amina, publish=False)
    assert (space.status, space.pages.get().live) == (Space.Status.DRAFT, False)
    assert "Its page:" not in letters("submission_list")[0].body


def test_without_a_region_it_is_handed_over_first(kenya, amina):
    joris = UserFactory(email="joris@example.org")
    Team.objects.ensure("staff").admit(joris)
    one = submitted_space(None)
    with pytest.raises(ValidationError, match="Hand it over"):
        one.list(joris)
    assert (Space.objects.count(), one.status) == (0, Status.CONFIRMED)
    one.hand_over(kenya, joris)
    assert [letter.to for letter in letters("submission_waits")] == [["joris@example.org"], ["amina@example.org"]]
    one.list(amina)


def test_of_two_who_decide_one_wins_and_the_other_is_told_who_did(kenya, amina, brian):
    one = submitted_space(kenya)
    mine, theirs = SpaceSubmission.objects.get(pk=one.pk), SpaceSubmission.objects.get(pk=one.pk)
    mine.decline("No light.", amina)
    before = traces(one)
    with pytest.raises(ValidationError) as error:
        theirs.list(brian)
    assert error.value.messages == ["Meanwhile this has happened: Declined (Amina Otieno). Nothing was changed."]
    assert (Space.objects.count(), traces(one)) == (0, before)


def test_what_happened_since_the_page_was_opened_is_told_though_it_would_be_possible(kenya, amina, brian):
    one = submitted_space(kenya)
    seen = one.steps.last().pk
    one.ask("Which floor?", amina, seen)
    with pytest.raises(ValidationError, match=r"Question \(Amina Otieno\)"):
        one.decline("No light.", brian, seen)
    assert SpaceSubmission.objects.get().status == Status.ASKED
    one.decline("No light.", brian, one.steps.last().pk)


# -- Where it belongs --------------------------------------------------------------------------------------------------


def test_the_region_that_speaks_for_a_place(kenya):
    open_ones = type(kenya).objects.open()
    mombasa = open_region(name="Mombasa", slug="mombasa", latitude=-4.05, longitude=39.66)  # the same country
    island = open_region(name="Réunion", slug="reunion", countries=[], latitude=-21.1, longitude=55.5)
    assert open_ones.speaking_for("KE", -1.3, 36.8) == kenya
    assert open_ones.speaking_for("KE", -4.0, 39.6) == mombasa
    assert open_ones.speaking_for("RE", -20.9, 55.4) == island
    assert open_ones.speaking_for("TZ", -6.8, 39.2) is None  # near Mombasa, which speaks for Kenya alone
    island.close()
    assert open_ones.speaking_for("RE", -20.9, 55.4) is None


# -- How long ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "days"), [("submitted", 7), ("asked", 180), ("declined", 180), ("withdrawn", 180), ("listed", 365)]
)
def test_what_is_over_is_forgotten(kenya, status, days):
    one = SubmissionFactory(region=kenya)
    now = timezone.now()
    for age, stays in ((days - 1, 1), (days + 1, 0)):
        SpaceSubmission.objects.filter(pk=one.pk).update(status=status, changed_at=now - timedelta(days=age))
        call_command("apply_retention", stdout=StringIO())
        assert (SpaceSubmission.objects.count(), SubmissionStep.objects.count()) == (stays, stays)


@pytest.mark.parametrize("status", sorted(WAITING))
def test_what_waits_for_us_is_never_forgotten(kenya, status):
    one = SubmissionFactory(region=kenya)
    SpaceSubmission.objects.filter(pk=one.pk).update(status=status, changed_at=timezone.now() - timedelta(days=999))
    call_command("apply_retention", stdout=StringIO())
    assert SpaceSubmission.objects.count() == 1
