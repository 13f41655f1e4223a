"""Requests and their dates: what may happen when, who is told, and what is refused with nothing changed."""

import random
from base64 import b64decode
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from icalendar import Calendar
from wagtail.models import ModelLogEntry

from portal.models import OutgoingMail
from spaces.models import Booking, Case, SpaceRequest, Taken
from spaces.models.request_steps import BEFORE, OPEN, TAKEN, Actor, Part, Status, Verb, standing
from tests.factories import (
    HOST,
    UserFactory,
    appointed,
    asked_for,
    booked,
    evening,
    hosted_space,
    in_the_zone,
    open_region,
)

pytestmark = pytest.mark.django_db
ORGANISER = "wanjiru@example.org"


@pytest.fixture
def region():
    return open_region(name="Kenya", slug="kenya", timezone="Africa/Nairobi", languages=["en"])


@pytest.fixture
def hall(region):
    return hosted_space(region, name="Blue Hall")


def letters():
    """(to, purpose) of all letters about requests, in order."""
    return [(mail.to[0], mail.purpose) for mail in OutgoingMail.objects.order_by("pk") if mail.purpose.startswith("request_")]


def statuses(request):
    request.refresh_from_db()
    return request.status, [each.status for each in request.bookings.all()]


def picture(request):
    """All that a refused verb must leave as it was."""
    rows = [SpaceRequest.objects.values().get(pk=request.pk), *request.bookings.values(), *request.steps.values()]
    return rows, OutgoingMail.objects.count(), ModelLogEntry.objects.count(), Case.objects.count()


def refused(request, verb, *args, **kwargs):
    before = picture(request)
    with pytest.raises(ValidationError) as error:
        getattr(request, verb)(*args, **kwargs)
    assert picture(request) == before
    return " ".join(error.value.messages)


# -- One time ----------------------------------------------------------------------------------------------------------


def test_nobody_reads_a_request_before_its_address_is_confirmed(hall):
    request = asked_for(hall, is_confirmed=False)
    assert (letters(), request.status) == ([(ORGANISER, "request_address")], "draft")
    assert not SpaceRequest.objects.seen().exists()
    request.confirm()
    assert letters()[1:] == [(ORGANISER, "request_confirm"), ("juma@example.org", "request_confirm")]
    assert statuses(request) == ("sent", ["sent"])
    assert request.answer_by - request.sent_at == timedelta(days=5)


def test_who_asks_for_tonight_is_answered_before_tonight(hall):
    soon = timezone.now().astimezone(hall.zone).replace(tzinfo=None, microsecond=0) + timedelta(hours=5)
    request = asked_for(hall, type(evening())(soon, soon + timedelta(hours=2)))
    assert request.answer_by == request.bookings.get().starts_at


def test_accepted_the_addresses_are_known(hall):
    request = asked_for(hall)
    assert not request.shows_addresses
    request.accept(HOST)
    assert statuses(request) == ("accepted", ["accepted"])
    assert request.shows_addresses
    to_organiser, to_host = OutgoingMail.objects.filter(purpose="request_accept").order_by("pk")
    assert ("juma@example.org" in to_organiser.body, ORGANISER in to_host.body) == (True, True)
    earlier = OutgoingMail.objects.exclude(purpose="request_accept")
    assert [mail for mail in earlier if "juma@example.org" in mail.body or ORGANISER in mail.body] == []
    step = request.steps.last()
    assert (step.verb, step.part, step.name) == ("accept", "host", "Juma")
    assert ModelLogEntry.objects.filter(action="portal.request_accept").get().data == {"status": "accepted", "part": "host"}


def test_declined_with_a_reason(hall):
    request = asked_for(hall)
    assert refused(request, "decline", "  ", HOST) == "Please write a sentence or two."
    request.decline("We paint the walls.", HOST)
    assert statuses(request) == ("declined", ["declined"])
    assert "We paint the walls." in OutgoingMail.objects.get(purpose="request_decline").body
    assert "Declined" in refused(request, "accept", HOST)


def test_two_hosts_answer_and_the_second_reads_what_the_first_said(hall):
    request = asked_for(hall)
    also = SpaceRequest.objects.get(pk=request.pk)
    request.decline("We paint the walls.", HOST)
    assert refused(also, "accept", HOST) == (
        "This is not possible any more. What happened last: Declined (Juma). Nothing was changed."
    )


def test_an_ambassador_answers_for_the_host_and_it_says_so(hall, region):
    amina = UserFactory(first_name="Amina", email="amina@example.org")
    appointed(region, person=amina)
    request = asked_for(hall)
    request.accept(Actor(Part.REGION, amina, "Amina Otieno"))
    step = request.steps.last()
    assert (step.is_for_host, step.name, request.answered_in_time) == (True, "Amina Otieno", False)


def test_nobody_answers_for_the_host_what_they_asked_themselves(hall, region):
    amina = UserFactory(first_name="Amina", email=ORGANISER)
    amina.emailaddress_set.create(email=ORGANISER, verified=True)
    request = asked_for(hall)
    words = refused(request, "accept", Actor(Part.REGION, amina, "Amina"))
    assert words == "You asked for this yourself: somebody else answers."
    request.accept(HOST)  # the host may, also when it is their own evening


def test_questions_go_to_the_other_side_without_an_address(hall):
    request = asked_for(hall)
    OutgoingMail.objects.all().delete()
    request.say("Do you need the kitchen?", HOST)
    request.say("Only the tap.", request.as_organiser)
    assert letters() == [(ORGANISER, "request_say"), ("juma@example.org", "request_say")]
    one, other = OutgoingMail.objects.order_by("pk")
    assert ("Do you need the kitchen?" in one.body, "juma@example.org" in one.body) == (True, False)
    assert ("Only the tap." in other.body, ORGANISER in other.body) == (True, False)
    assert one.reply_to == other.reply_to == []


def test_a_note_is_for_the_team_alone(hall):
    request = asked_for(hall)
    before = letters()
    request.note("They came with dogs last time.", Actor(Part.REGION, None, "Amina"))
    assert letters() == before
    assert request.steps.last().is_private


def test_facts_are_set_right_until_it_is_decided(hall):
    request = asked_for(hall)
    request.correct(request.as_organiser, people=30)
    assert (request.people, letters()[-1]) == (30, ("juma@example.org", "request_correct"))
    assert request.steps.last().text == "30"
    request.accept(HOST)
    refused(request, "correct", request.as_organiser, people=31)


def test_nobody_accepts_what_has_begun(hall):
    request = asked_for(hall)
    Booking.objects.update(starts_at=timezone.now() - timedelta(minutes=1))
    assert "has begun" in refused(request, "accept", HOST)


def test_an_address_confirmed_too_late_asks_for_nothing(hall):
    request = asked_for(hall, is_confirmed=False)
    booked(hall, email="other@example.org")
    assert refused(request, "confirm") == "Meanwhile this time is taken, or over. Please ask again, for another one."


def test_of_a_series_what_is_taken_meanwhile_is_not_asked_for(hall):
    request = asked_for(hall, evening(10), evening(17), pattern="weekly", is_confirmed=False)
    booked(hall, evening(17), email="other@example.org")
    request.confirm()
    assert statuses(request) == ("sent", ["sent", "declined"])


# -- Another time, any day ---------------------------------------------------------------------------------------------


def test_another_time_is_proposed_and_agreed_to(hall):
    request = asked_for(hall)
    request.propose(*in_the_zone(hall, evening(31)), HOST, "On that day we have a wedding.")
    assert statuses(request) == ("proposed", ["sent", "proposed"])
    assert hall.bookings.taken().count() == 0  # it holds nothing
    request.agree(request.as_organiser)
    assert statuses(request) == ("accepted", ["accepted"])
    assert request.first_day == evening(31).start.date()


def test_nobody_agrees_to_a_time_that_they_have_not_seen(hall):
    request = asked_for(hall)
    request.propose(*in_the_zone(hall, evening(31)), HOST)
    seen = request.bookings.get(status="proposed").key
    request.propose(*in_the_zone(hall, evening(32)), HOST)
    words = refused(request, "agree", request.as_organiser, proposal=seen)
    assert words == "Meanwhile another time was proposed. Nothing was changed."


def test_a_proposal_can_be_taken_back_by_declining(hall):
    request = asked_for(hall)
    request.propose(*in_the_zone(hall, evening(31)), HOST)
    request.decline("No, after all.", HOST)
    assert statuses(request) == ("declined", ["declined", "declined"])


def test_a_proposal_that_does_not_suit_leaves_the_request_open(hall):
    request = asked_for(hall)
    request.propose(*in_the_zone(hall, evening(31)), HOST)
    request.turn_down(request.as_organiser, "We are away.")
    assert statuses(request) == ("sent", ["sent"])
    request.accept(HOST)
    assert statuses(request) == ("accepted", ["accepted"])


def test_any_evening_in_two_weeks(hall):
    first, last = evening(10), evening(24)
    request = asked_for(hall, first, last, pattern="flexible")
    assert (statuses(request), request.may(Verb.ACCEPT)) == (("sent", []), False)
    request.propose(*in_the_zone(hall, evening(12)), HOST)
    request.turn_down(request.as_organiser)
    request.say("What about Friday?", request.as_organiser)
    assert statuses(request) == ("sent", [])
    request.propose(*in_the_zone(hall, evening(13)), HOST)
    request.agree(request.as_organiser)
    assert statuses(request) == ("accepted", ["accepted"])


def test_what_is_taken_meanwhile_cannot_be_agreed_to(hall):
    request = asked_for(hall)
    request.propose(*in_the_zone(hall, evening(31)), HOST)
    booked(hall, evening(31), email="other@example.org")
    assert "Somebody else has this time already" in refused(request, "agree", request.as_organiser)


def test_what_is_taken_is_not_proposed(hall):
    booked(hall, evening(31), email="other@example.org")
    request = asked_for(hall)
    refused(request, "propose", *in_the_zone(hall, evening(31)), HOST)


def test_any_day_is_not_accepted_after_a_proposal_that_did_not_suit(hall):
    request = asked_for(hall, evening(10), evening(24), pattern="flexible")
    request.propose(*in_the_zone(hall, evening(12)), HOST)
    request.turn_down(request.as_organiser)
    assert not request.may(Verb.ACCEPT)
    refused(request, "accept", HOST)
    request.decline("No day is free.", HOST)
    assert statuses(request) == ("declined", [])


def test_of_two_proposals_the_last_counts(hall):
    request = asked_for(hall)
    request.propose(*in_the_zone(hall, evening(31)), HOST)
    request.propose(*in_the_zone(hall, evening(31)), HOST)  # pressed twice
    request.propose(*in_the_zone(hall, evening(32)), HOST)
    request.agree(request.as_organiser)
    assert [each.local for each in request.bookings.taken()] == [evening(32)]


def test_accepting_what_was_asked_takes_a_proposal_back(hall):
    request = asked_for(hall)
    request.propose(*in_the_zone(hall, evening(31)), HOST)
    request.accept(HOST)
    assert statuses(request) == ("accepted", ["accepted"])
    refused(request, "agree", request.as_organiser)


# -- A series ----------------------------------------------------------------------------------------------------------


def test_a_series_is_answered_date_by_date(hall):
    request = asked_for(hall, evening(10), evening(17), evening(24), pattern="weekly")
    first, second, third = (each.key for each in request.bookings.all())
    request.accept(HOST, dates=[first, third])
    assert statuses(request) == ("sent", ["accepted", "sent", "accepted"])  # one still waits
    request.decline("A wedding.", HOST, dates=[second])
    assert statuses(request) == ("accepted", ["accepted", "declined", "accepted"])
    assert request.steps.last().dates == [second]


def test_a_series_is_answered_as_a_whole(hall):
    request = asked_for(hall, evening(10), evening(17), pattern="weekly")
    request.accept(HOST)
    assert statuses(request) == ("accepted", ["accepted", "accepted"])


def test_of_a_series_all_or_nothing_is_accepted(hall):
    request = asked_for(hall, evening(10), evening(17), pattern="weekly")
    booked(hall, evening(17), email="other@example.org")
    before = picture(request)
    with pytest.raises(Taken) as taken:
        request.accept(HOST)
    assert [each.pk for each in taken.value.bookings] == [request.bookings.last().pk]
    assert picture(request) == before


def test_dates_of_somebody_else_are_not_accepted(hall):
    request, other = asked_for(hall, evening(10), evening(17), pattern="weekly"), asked_for(hall, evening(40))
    for dates in ([], [other.bookings.get().key], ["nonsense"], [request.bookings.first().key, "nonsense"]):
        assert refused(request, "accept", HOST, dates=dates) == "Choose at least one of the dates that are open."


# -- Taken back --------------------------------------------------------------------------------------------------------


def test_a_host_who_withdraws_early_opens_no_case(hall):
    request = booked(hall, evening(30))
    request.withdraw("The roof leaks.", HOST)
    assert (statuses(request), Case.objects.count()) == (("withdrawn", ["withdrawn"]), 0)
    assert booked(hall, evening(30), email="other@example.org").status == "accepted"  # the time is free again


@pytest.mark.parametrize(("days", "cases"), [(6, 1), (9, 0)])
def test_late_is_what_the_region_has_settled(hall, days, cases):
    request = booked(hall, evening(days))
    request.withdraw("The roof leaks.", HOST)
    assert Case.objects.count() == cases


def test_one_date_of_a_series_is_withdrawn(hall):
    request = booked(hall, evening(10), evening(17), pattern="weekly")
    request.withdraw("A wedding.", HOST, dates=[request.bookings.last().key])
    assert statuses(request) == ("accepted", ["accepted", "withdrawn"])


def test_an_organiser_cancels(hall):
    request = booked(hall)
    request.cancel(request.as_organiser, "Nobody can come.")
    assert (statuses(request), Case.objects.count()) == (("cancelled", ["cancelled"]), 0)  # nobody relied on it
    assert letters()[-2:] == [(ORGANISER, "request_cancel"), ("juma@example.org", "request_cancel")]
    assert refused(request, "cancel", request.as_organiser)


def test_cancelling_what_was_never_sent_tells_nobody(hall):
    request = asked_for(hall, is_confirmed=False)
    before = letters()
    request.cancel(request.as_organiser)
    assert (letters(), request.status) == (before, "cancelled")


def test_what_is_over_is_neither_withdrawn_nor_cancelled(hall):
    request = booked(hall)
    Booking.objects.update(starts_at=timezone.now() - timedelta(hours=3), ends_at=timezone.now() - timedelta(hours=1))
    assert "not possible" in refused(request, "withdraw", "Too late.", HOST)
    assert "not possible" in refused(request, "cancel", request.as_organiser)


def test_how_it_went_is_told_once(hall):
    request = booked(hall)
    booking = request.bookings.get()
    refused(request, "tell_outcome", booking, request.as_organiser, held=True, came=3)  # not over yet
    Booking.objects.update(starts_at=timezone.now() - timedelta(hours=3), ends_at=timezone.now() - timedelta(hours=1))
    request.tell_outcome(booking, request.as_organiser, held=True, came=31, actual_cost=0)
    booking.refresh_from_db()
    assert (request.status, booking.status, booking.came) == ("held", "held", 31)
    refused(request, "tell_outcome", booking, request.as_organiser, held=False)


# -- Whom it concerns --------------------------------------------------------------------------------------------------


def texts(purpose):
    return {mail.to[0]: mail.body for mail in OutgoingMail.objects.filter(purpose=purpose)}


@pytest.mark.parametrize("verb", ["accept", "decline", "propose", "withdraw", "say"])
def test_what_the_region_does_both_sides_read_and_that_it_was_not_the_host(hall, verb):
    region = Actor(Part.REGION, None, "Amina Otieno")
    request = booked(hall) if verb == "withdraw" else asked_for(hall)
    arguments = {"propose": in_the_zone(hall, evening(31)), "accept": ()}.get(verb, ("Some words.",))
    getattr(request, verb)(*arguments, region)
    found = texts(f"request_{verb}")
    assert set(found) == {ORGANISER, "juma@example.org"}
    assert all("The region’s team has" in body for body in found.values())


def test_where_no_host_is_named_the_region_hears_of_everything(region):
    amina = UserFactory(first_name="Amina", email="amina@example.org", language="en")
    appointed(region, person=amina)
    hall = hosted_space(region)
    hall.hosts.all().delete()
    request = asked_for(hall)
    request.say("Is there a ramp?", request.as_organiser)
    mails = OutgoingMail.objects.filter(purpose="request_keepers").order_by("pk")
    assert [mail.to for mail in mails] == [["amina@example.org"]] * 2
    assert mails[0].subject == "A request for a space without a host: Evening for new mappers"


def test_after_a_move_in_part_each_reads_who_is_theirs(hall, region):
    attic = hosted_space(region, name="Attic", email="achieng@example.org", host="Achieng")
    request = booked(hall, evening(3), evening(10), pattern="weekly")
    first = request.bookings.first()
    request.withdraw("A fire.", HOST, dates=[first.key])
    (offer,) = first.cases.get().ask_substitutes([attic], HOST)
    offer.accept(HOST)
    assert "achieng@example.org" in texts("request_move")[ORGANISER]
    assert {host.email for host in request.contacts} == {"juma@example.org", "achieng@example.org"}
    request.refresh_from_db()
    request.say("See you.", request.as_organiser)
    assert set(texts("request_say")) == {"juma@example.org", "achieng@example.org"}


def test_a_series_stands_in_the_calendar_as_a_file(hall):
    request = asked_for(hall, evening(10), evening(17), pattern="weekly")
    request.accept(HOST)
    mail = OutgoingMail.objects.filter(purpose="request_accept").first()
    ((name, content, kind),) = mail.attachments
    assert (name, kind) == ("dates.ics", "text/calendar")
    assert [str(each["STATUS"]) for each in Calendar.from_ical(b64decode(content)).walk("VEVENT")] == ["CONFIRMED"] * 2
    request.withdraw("A fire.", HOST)
    content = OutgoingMail.objects.filter(purpose="request_withdraw").first().attachments[0][1]
    events = Calendar.from_ical(b64decode(content)).walk("VEVENT")
    assert [(str(each["STATUS"]), int(each["SEQUENCE"])) for each in events] == [("CANCELLED", 1)] * 2


def test_a_letter_says_when_and_in_which_languages(hall):
    asked_for(hall, languages=["en", "fr"]).say("Is there a ramp?", SpaceRequest.objects.get().as_organiser)
    body = texts("request_say")["juma@example.org"]
    assert "any day" not in body
    assert "Languages: English, French" in body
    assert "18:00" in body


def test_messages_have_a_limit(hall):
    request = asked_for(hall)
    for _message in range(20):
        request.say("Hello?", request.as_organiser)
    assert "many messages" in refused(request, "say", "Hello?", request.as_organiser)
    request.say("Yes.", HOST)  # the other side may


def test_nobody_waits_before_closed_doors(hall):
    waiting, flexible = asked_for(hall), asked_for(hall, evening(40), evening(50), pattern="flexible", email="b@example.org")
    proposed = asked_for(hall, evening(60), email="c@example.org")
    proposed.propose(*in_the_zone(hall, evening(61)), HOST)
    promised = booked(hall, evening(5), email="d@example.org")
    draft = asked_for(hall, evening(70), email="e@example.org", is_confirmed=False)
    hall.close()
    assert [statuses(each)[0] for each in (waiting, flexible, proposed, promised)] == [*["declined"] * 3, "withdrawn"]
    assert Case.objects.count() == 1
    assert "The space has closed." in texts("request_withdraw")["d@example.org"]
    assert "nobody can ask for this space" in refused(draft, "confirm")


# -- All states --------------------------------------------------------------------------------------------------------


def possible(request):
    """The verbs of every part, as they could be called now."""
    spans = iter(evening(days) for days in random.sample(range(60, 400), 5))
    calls = {
        Verb.CONFIRM: request.confirm,
        Verb.CORRECT: lambda: request.correct(request.as_organiser, people=7),
        Verb.SAY: lambda: request.say("Hello.", HOST),
        Verb.NOTE: lambda: request.note("A note.", Actor(Part.REGION)),
        Verb.ACCEPT: lambda: request.accept(HOST),
        Verb.DECLINE: lambda: request.decline("No.", HOST),
        Verb.PROPOSE: lambda: request.propose(*in_the_zone(request.space, next(spans)), HOST),
        Verb.AGREE: lambda: request.agree(request.as_organiser),
        Verb.TURN_DOWN: lambda: request.turn_down(request.as_organiser),
        Verb.WITHDRAW: lambda: request.withdraw("No.", HOST),
        Verb.CANCEL: lambda: request.cancel(request.as_organiser),
        Verb.EXPIRE: lambda: request.expire(timezone.now() + timedelta(days=400)),
    }
    return {verb: call for verb, call in calls.items() if request.may(verb)}, calls


ENDS = {Status.WITHDRAWN, Status.DECLINED, Status.EXPIRED, Status.CANCELLED, Status.HELD, Status.NOT_HELD}


@pytest.mark.parametrize("seed", range(20))
def test_no_path_leads_into_a_dead_end_or_past_a_step(hall, seed):
    chance = random.Random(seed)
    pattern = chance.choice(["once", "weekly", "flexible"])
    spans = {"once": [evening(20)], "weekly": [evening(20), evening(27)], "flexible": [evening(20), evening(30)]}[pattern]
    request = asked_for(hall, *spans, is_confirmed=False, pattern=pattern, email=f"one{seed}@example.org")
    for _step in range(8):
        now_possible, calls = possible(request)
        before = request.status
        for verb in set(calls) - set(now_possible) - {Verb.EXPIRE, Verb.CONFIRM}:
            with pytest.raises(ValidationError):
                calls[verb]()
        if before not in ENDS:
            assert set(now_possible) - {Verb.NOTE, Verb.SAY}, before  # there is a way on
        if not now_possible:
            break
        verb = chance.choice(sorted(now_possible))
        now_possible[verb]()
        request.refresh_from_db()
        assert request.steps.last().verb == verb
        dates = [each.status for each in request.bookings.all()]
        if dates and not (pattern == "flexible" and request.status == "sent"):
            assert request.status == standing(
                [each for each in dates if not (pattern == "flexible" and each == "declined")] or [request.status]
            )


def test_a_request_stands_as_its_least_settled_date():
    assert standing(["held", "sent", "accepted"]) == "sent"
    assert standing(["declined", "accepted"]) == "accepted"
    assert standing(["cancelled", "held"]) == "held"
    assert standing(["declined", "declined"]) == "declined"
    assert set(BEFORE) == set(Verb) - {Verb.ASK}
    assert set(OPEN).isdisjoint(TAKEN)
