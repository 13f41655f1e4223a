"""A promise is broken shortly before, or something others rely on is cancelled: a case, its steps, and how it ends."""

from datetime import time, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from portal.models import OutgoingMail
from regions.models import Team
from spaces.asking.daily import run
from spaces.asking.others import cheapest, others, substitutes_for
from spaces.models import Booking, Case, CaseStep, OpeningHours, SpaceRequest, SubstituteOffer
from spaces.models.request_steps import Actor, Part
from spaces.reliability import reliability_of
from tests.factories import (
    HOST,
    UserFactory,
    announced_event,
    appointed,
    asked_for,
    booked,
    evening,
    hosted_space,
    listed_space,
    open_region,
    planned_event,
)

pytestmark = pytest.mark.django_db
REGION = Actor(Part.REGION, None, "Amina Otieno")


@pytest.fixture
def region():
    region = open_region(name="Kenya", slug="kenya", timezone="Africa/Nairobi", languages=["en"])
    appointed(region, person=UserFactory(first_name="Amina", email="amina@example.org", language="en"))
    return region


def opened(space):
    OpeningHours.objects.bulk_create(OpeningHours(space=space, weekday=day, opens=time(8), closes=time(23)) for day in range(7))
    return space


@pytest.fixture
def hall(region):
    return hosted_space(region, name="Blue Hall", slug="blue-hall")


@pytest.fixture
def attic(region):
    return opened(hosted_space(region, name="Attic", slug="attic", email="achieng@example.org", host="Achieng", latitude=-1.31))


@pytest.fixture
def cellar(region):
    return opened(hosted_space(region, name="Cellar", slug="cellar", email="baraka@example.org", host="Baraka", latitude=-1.32))


@pytest.fixture
def case(hall):
    booked(hall, evening(3)).withdraw("The roof leaks.", HOST)
    return Case.objects.get()


def steps(case):
    return [(step.kind, step.owner, step.done_at is not None) for step in case.steps.all()]


def mailed(purpose):
    return [mail.to[0] for mail in OutgoingMail.objects.filter(purpose=purpose).order_by("pk")]


def refused(verb, *args):
    before = list(Case.objects.values()), list(SubstituteOffer.objects.values()), list(Booking.objects.values())
    with pytest.raises(ValidationError) as error:
        verb(*args)
    assert (list(Case.objects.values()), list(SubstituteOffer.objects.values()), list(Booking.objects.values())) == before
    return " ".join(error.value.messages)


def test_a_late_withdrawal_opens_a_case(case):
    assert (case.kind, case.is_open, steps(case)) == ("withdrawn", True, [("tell", "portal", True), ("offer", "region", False)])
    assert mailed("case_opened") == ["amina@example.org"]
    due = case.steps.last().due_at - case.opened_at
    assert timedelta(hours=23) < due < timedelta(hours=25)


def test_no_step_is_due_after_the_meeting(hall):
    soon = timezone.now().astimezone(hall.zone).replace(tzinfo=None, microsecond=0) + timedelta(hours=5)
    booked(hall, type(evening())(soon, soon + timedelta(hours=2))).withdraw("A fire.", HOST)
    case = Case.objects.get()
    assert case.steps.last().due_at == case.booking.starts_at


def test_who_might_step_in(hall, attic, cellar, region):
    """Near, large enough, free then, listed; what costs nothing comes first, then what has the same facilities."""
    opened(hosted_space(region, name="Small", email="s@example.org", capacity=5))
    opened(hosted_space(region, name="Far away", email="f@example.org", latitude=-4.05, longitude=39.66))
    opened(hosted_space(region, name="Asleep", email="z@example.org")).go_dormant()
    listed_space(region, name="Nobody knows its hours")
    booked(hosted_space(region, name="No hours, and taken", email="n@example.org"), evening(3), email="third@example.org")
    taken = opened(hosted_space(region, name="Taken", email="t@example.org"))
    booked(taken, evening(3), email="other@example.org")
    paid = opened(
        hosted_space(region, name="Paid", email="p@example.org", cost="hourly", price=1, currency="KES", latitude=-1.301)
    )
    hall.facilities = ["projector", "wifi"]
    hall.save()
    cellar.facilities = ["projector"]
    cellar.save()
    assert [space.name for space in others(hall, "en", 20, evening(3))] == ["Cellar", "Attic", "Nobody knows its hours"]
    with_unknown = others(hall, "en", 20, evening(3), number=9)
    assert [(space.name, hasattr(space, "may_be_closed")) for space in with_unknown] == [
        ("Cellar", False),
        ("Attic", False),
        ("Nobody knows its hours", True),
        ("Paid", False),
    ]
    assert [space.name for space in cheapest(with_unknown)] == ["Cellar", "Attic", "Nobody knows its hours"]
    assert cheapest([paid]) == [paid]
    assert [space.name for space in others(hall, "en", 20, evening(3), number=2, only_free=True)] == ["Cellar", "Attic"]
    assert paid.is_paid


def test_the_first_to_say_yes_has_it(case, attic, cellar):
    booking = case.booking
    case.ask_substitutes([attic, cellar], REGION)
    assert sorted(mailed("substitute_asked")) == ["achieng@example.org", "baraka@example.org"]
    assert "wanjiru" not in OutgoingMail.objects.filter(purpose="substitute_asked").first().body.lower()
    assert steps(case)[1:] == [("offer", "region", True), ("answer", "host", False)]
    first, second = case.offers.order_by("space__name")
    first.accept(Actor(Part.HOST, None, "Achieng"))
    case.refresh_from_db()
    booking.refresh_from_db()
    assert (case.outcome, case.is_open, booking.space, booking.status) == ("moved", False, attic, "accepted")
    assert case.space.name == "Blue Hall"  # who withdrew stays written down
    assert booking.request.space == attic
    second.refresh_from_db()
    assert (second.status, mailed("substitute_lapsed")) == ("lapsed", ["baraka@example.org"])
    assert "not needed any more" in refused(second.accept, HOST) or "closed" in refused(second.accept, HOST)
    assert all(done for _kind, _owner, done in steps(case))
    assert case.time_to_resolution == case.closed_at - case.opened_at
    # The new host reads who comes, the old one does not any more.
    assert mailed("request_move") == ["wanjiru@example.org", "achieng@example.org"]
    assert not SpaceRequest.objects.in_spaces([case.space.pk]).exists()


def test_a_space_that_was_taken_meanwhile_cannot_step_in(case, attic):
    (offer,) = case.ask_substitutes([attic], REGION)
    booked(attic, evening(3), email="other@example.org")
    assert "Somebody else has this time already" in refused(offer.accept, Actor(Part.HOST))
    case.refresh_from_db()
    assert case.is_open


def test_nobody_is_asked_twice(case, attic, hall):
    case.ask_substitutes([attic], REGION)
    assert refused(case.ask_substitutes, [attic, hall], REGION) == "Choose at least one space that was not asked yet."


def test_when_all_have_declined_the_region_asks_others(case, attic):
    (offer,) = case.ask_substitutes([attic], REGION)
    offer.decline(Actor(Part.HOST))
    assert steps(case)[-2:] == [("answer", "host", True), ("offer", "region", False)]
    assert mailed("case_opened") == ["amina@example.org"] * 2
    assert "answered already" in refused(offer.accept, Actor(Part.HOST))


def test_closed_with_what_became_of_it(case, attic):
    case.ask_substitutes([attic], REGION)
    assert refused(case.close, "told", REGION) == "A case of this kind does not end so."
    case.close("elsewhere", REGION, "They meet at Wei's.")
    assert (case.outcome, SubstituteOffer.objects.get().status) == ("elsewhere", "lapsed")
    assert case.steps.last().text == "They meet at Wei's."
    assert "This case is closed" in refused(case.close, "not_held", REGION)
    assert "This case is closed" in refused(case.ask_substitutes, [attic], REGION)


def test_a_cancellation_on_which_others_rely(hall, region):
    request = booked(hall, evening(30))
    booking = request.bookings.get()
    event = planned_event(booking, name="Evening")
    other = announced_event(region, space=hall, starts_at=booking.ends_at, ends_at=booking.ends_at + timedelta(hours=1))
    request.cancel(request.as_organiser)
    case = Case.objects.get()
    assert (case.kind, [each["name"] for each in case.planned]) == ("cancelled", ["Evening"])
    assert steps(case)[-1] == ("spread", "region", False)
    event.refresh_from_db()
    other.refresh_from_db()
    assert (event.seeks_space, other.seeks_space) == (True, False)
    assert "does not need a space" in refused(case.ask_substitutes, [hall], REGION)
    case.close("told", REGION)
    assert case.outcome == "told"


def test_an_event_with_another_place_does_not_seek_any_more(hall, attic, region):
    request = booked(hall, evening(3))
    booking = request.bookings.get()
    event = planned_event(booking)
    request.withdraw("The roof leaks.", HOST)
    event.refresh_from_db()
    assert event.seeks_space
    event.relocate(space=attic)
    assert event.seeks_space  # its host is asked
    event.booking.request.accept(HOST)
    event.refresh_from_db()
    assert (event.space, event.seeks_space) == (attic, False)


def test_its_page_says_so_in_public(hall, region, client):
    request = booked(hall, evening(3))
    booking = request.bookings.get()
    event = planned_event(booking)
    address = event.pages.get().get_url()
    words = "another one is being looked for"
    assert words not in client.get(address).content.decode()
    request.withdraw("The roof leaks.", HOST)
    assert words in client.get(address).content.decode()


def test_the_same_room_after_all(hall, region, client):
    request = booked(hall, evening(3))
    booking = request.bookings.get()
    event = planned_event(booking)
    request.withdraw("A fire.", HOST)
    event.refresh_from_db()
    assert event.seeks_space
    event.relocate(space=hall)
    event.booking.request.accept(HOST)
    event.refresh_from_db()
    assert (event.space, event.seeks_space) == (hall, False)


def test_who_was_asked_makes_room_for_others(case, region):
    spaces = [opened(hosted_space(region, name=f"Room {number}", email=f"h{number}@example.org")) for number in range(9)]
    first = substitutes_for(case)
    assert len(first) == 6
    case.ask_substitutes(first, REGION)
    assert set(substitutes_for(case)) == set(spaces) - set(first)


def test_the_organiser_hears_how_it_goes(case, attic):
    (offer,) = case.ask_substitutes([attic], REGION)
    offer.decline(Actor(Part.HOST))
    case.close("not_held", REGION, "Nobody could help.")
    declined, closed = OutgoingMail.objects.filter(purpose="case_told").order_by("pk")
    assert (declined.to, closed.to) == (["wanjiru@example.org"], ["wanjiru@example.org"])
    assert "you can ask others, too" in declined.body
    assert "the meeting does not take place" in closed.body
    assert "Nobody could help." in closed.body


def test_what_an_organiser_closes_is_not_told_to_them(case):
    case.close("elsewhere", case.booking.request.as_organiser)
    assert mailed("case_told") == []


def test_a_case_ends_with_its_meeting(case, attic):
    (offer,) = case.ask_substitutes([attic], REGION)
    assert run(timezone.now() + timedelta(days=10))["cases closed since their time is over"] == 1
    case.refresh_from_db()
    offer.refresh_from_db()
    assert (case.outcome, offer.status) == ("unresolved", "lapsed")


def test_nobody_is_asked_about_what_has_begun(case, attic):
    Booking.objects.update(starts_at=timezone.now() - timedelta(minutes=1))
    case.refresh_from_db()
    assert "has begun" in refused(case.ask_substitutes, [attic], REGION)


def test_an_ambassador_answers_for_a_space_that_was_asked(client, case, attic):
    case.ask_substitutes([attic], REGION)
    client.force_login(UserFactory(email="amina@example.org"))
    address = reverse("cases:case", args=[case.pk])
    assert "The host says yes" in client.get(address).content.decode()
    offer = case.offers.get()
    client.post(address, {"act": "step_in", "offer": offer.key})
    case.refresh_from_db()
    assert case.outcome == "moved"


def test_a_substitute_without_a_host_is_asked_of_its_region(case, attic):
    attic.hosts.all().delete()
    case.ask_substitutes([attic], REGION)
    assert mailed("substitute_asked") == ["amina@example.org"]


# -- Other regions -----------------------------------------------------------------------------------------------------


def test_of_a_series_that_moved_in_part_each_region_answers_for_its_own(client, hall):
    uganda = open_region(name="Uganda", slug="uganda", countries=["UG"], timezone="Africa/Kampala")
    appointed(uganda, person=UserFactory(first_name="Okello", email="okello@example.org", language="en"))
    kampala = hosted_space(uganda, name="Kampala Hub", email="k@example.org")
    request = booked(hall, evening(3), evening(10), pattern="weekly")
    request.note("secret-note", REGION)
    first, second = request.bookings.all()
    request.withdraw("A fire.", HOST, dates=[first.key])
    (offer,) = first.cases.get().ask_substitutes([kampala], REGION)
    offer.accept(HOST)
    client.force_login(UserFactory(email="okello@example.org"))
    address = reverse("requests:request", args=[request.pk])
    text = client.get(address).content.decode()
    assert request.title in text
    assert [word for word in ("secret-note", "juma@example.org", "rely on this space") if word in text] == []
    client.post(address, {"act": "withdraw", "text": "All.", "choose": "1", "dates": [second.key]})
    second.refresh_from_db()
    assert second.status == "accepted"
    client.post(address, {"act": "withdraw", "text": "All."})
    assert [each.status for each in request.bookings.all()] == ["withdrawn", "accepted"]


def test_a_region_still_sees_what_it_has_lost(client, case):
    uganda = open_region(name="Uganda", slug="uganda", countries=["UG"], timezone="Africa/Kampala")
    kampala = hosted_space(uganda, name="Kampala Hub", email="k@example.org")
    (offer,) = case.ask_substitutes([kampala], REGION)
    offer.accept(HOST)
    client.force_login(UserFactory(email="amina@example.org"))
    assert client.get(reverse("requests:request", args=[case.booking.request_id])).status_code == 200
    assert client.get(reverse("cases:case", args=[case.pk])).status_code == 200


# -- Time passes -------------------------------------------------------------------------------------------------------


def test_what_nobody_does_in_time_is_passed_on_once(case):
    Team.objects.ensure(role="staff").admit(UserFactory(first_name="Sam", email="sam@example.org"))
    now = timezone.now()
    assert "steps of cases passed on" not in run(now + timedelta(hours=22))
    assert run(now + timedelta(hours=25))["steps of cases passed on"] == 1
    assert sorted(mailed("case_overdue")) == ["amina@example.org", "sam@example.org"]
    assert "steps of cases passed on" not in run(now + timedelta(hours=26))


def walk(days, step=timedelta(hours=24)):
    """The daily run, for so many days: what it did on which."""
    now, found = timezone.now(), {}
    for number in range(1, days + 1):
        done = run(now + number * step)
        if done:
            found[number] = done
    return found


def test_nobody_answers(hall):
    request = asked_for(hall)
    assert walk(7) == {
        3: {"requests reminded of": 1},
        4: {"requests told to the region": 1},
        5: {"requests expired": 1},
    }
    request.refresh_from_db()
    assert (request.status, request.bookings.get().status) == ("expired", "expired")
    assert (mailed("request_reminder"), mailed("request_keepers")) == (["juma@example.org"], ["amina@example.org"])
    assert mailed("request_expire") == ["wanjiru@example.org", "juma@example.org"]


def test_a_run_that_was_away_still_reminds_before_it_closes(hall):
    request = asked_for(hall)
    now = timezone.now() + timedelta(days=20)
    assert [run(now + timedelta(days=day)) for day in range(3)] == [
        {"requests reminded of": 1},
        {"requests told to the region": 1},
        {"requests expired": 1},
    ]
    request.refresh_from_db()
    assert request.status == "expired"


def test_an_organiser_who_does_not_say_whether_a_time_suits_is_reminded(hall):
    from tests.factories import in_the_zone  # noqa: PLC0415

    request = asked_for(hall)
    request.propose(*in_the_zone(hall, evening(31)), HOST)
    assert list(walk(3).values()) == [{"requests reminded of": 1}]
    assert mailed("request_reminder") == ["wanjiru@example.org"]


def test_what_was_answered_is_left_alone(hall):
    booked(hall)
    asked_for(hall, evening(40), email="other@example.org").decline("No.", HOST)
    assert walk(7) == {}


def test_how_it_went_is_asked_three_times(hall, region):
    request = booked(hall)
    Booking.objects.update(starts_at=timezone.now() - timedelta(hours=3), ends_at=timezone.now() - timedelta(hours=1))
    assert walk(12) == {day: {"outcomes asked for": 1} for day in (1, 3, 7)}
    assert mailed("request_outcome") == ["wanjiru@example.org"] * 3
    assert request.steps.filter(verb="outcome").count() == 0


def test_outcomes_that_nobody_tells_stand_on_the_desk(client, hall, region):
    request = booked(hall)
    amina = region.ambassadorships.get().person if hasattr(region, "ambassadorships") else None
    client.force_login(amina or UserFactory(email="amina@example.org"))
    Booking.objects.update(starts_at=timezone.now() - timedelta(days=12), ends_at=timezone.now() - timedelta(days=11))
    desk = client.get(reverse("wagtailadmin_home")).content.decode()
    assert "How did “Evening for new mappers” in Blue Hall go?" in desk
    url = reverse("requests:request", args=[request.pk])
    assert url in desk
    answer = client.post(url, {"act": "outcome", "booking": request.bookings.get().key, "held": "no"}, follow=True)
    assert answer.status_code == 200
    assert Booking.objects.get().status == "not_held"
    assert "How did" not in client.get(reverse("wagtailadmin_home")).content.decode()


def test_open_cases_come_first_on_the_desk(client, case, hall):
    asked = asked_for(hall, evening(40), email="other@example.org")
    SpaceRequest.objects.filter(pk=asked.pk).update(reminders=2)
    client.force_login(UserFactory(email="amina@example.org"))
    desk = client.get(reverse("wagtailadmin_home")).content.decode()
    places = [desk.index(reverse(name, args=[pk])) for name, pk in (("cases:case", case.pk), ("requests:request", asked.pk))]
    assert places == sorted(places)


# -- Reliability -------------------------------------------------------------------------------------------------------


def test_how_far_one_can_rely_on_a_space(hall, attic):
    assert reliability_of(hall).sentences == ["Nobody has asked for this space yet."]
    booked(hall, evening(60), email="a@example.org").withdraw("Early.", HOST)
    asked_for(hall, evening(61), email="b@example.org").decline("No.", HOST)
    late = asked_for(hall, evening(62), email="c@example.org")
    SpaceRequest.objects.filter(pk=late.pk).update(answer_by=timezone.now() - timedelta(days=1))
    late.refresh_from_db()
    late.accept(HOST)
    forgotten = asked_for(hall, evening(63), email="d@example.org")
    forgotten.expire(timezone.now() + timedelta(days=30))
    asked_for(hall, evening(64), email="e@example.org")  # still waits
    asked_for(hall, evening(65), email="f@example.org").cancel(SpaceRequest.objects.last().as_organiser)
    lost = booked(hall, evening(3), email="g@example.org")
    lost.withdraw("Late.", HOST)
    found = reliability_of(hall)
    assert found == (5, 3, 3, 2, 1)
    case = Case.objects.get()
    (offer,) = case.ask_substitutes([attic], REGION)
    offer.accept(Actor(Part.HOST))
    assert reliability_of(hall)[2:] == (3, 2, 1)  # where it moved to, nobody has withdrawn
    assert reliability_of(attic)[2:] == (1, 0, 0)
    assert found.sentences == [
        "Requests: 5. Answered in time by its host: 3.",
        "Promised times: 3. Withdrawn: 2. Of these late: 1.",
    ]


def test_it_is_never_public(hall, client):
    booked(hall, evening(60)).withdraw("Early.", HOST)
    for address in (hall.pages.get().get_url(), "/api/v1/spaces/blue-hall", "/spaces.csv"):
        text = client.get(address).content.decode()
        assert "Blue Hall" in text
        assert "withdrawn" not in text


def test_case_steps_name_their_owner(case):
    assert str(CaseStep.objects.last()) == "Ask other spaces whether they step in"
