"""Who asked for a space: what is kept of them, until when, and what goes when they leave."""

from datetime import timedelta

import pytest
from django.utils import timezone

from portal.models import OutgoingMail
from portal.personal_data import kinds_of_data
from spaces.asking.daily import run
from spaces.models import Booking, Case, RequestStep, SpaceRequest
from spaces.requested_data import erase_requests, export_requests, forget_requests, warn_of_requests
from tests.factories import HOST, UserFactory, asked_for, booked, evening, hosted_space, open_region

pytestmark = pytest.mark.django_db
MINE = "wei@example.org"


@pytest.fixture
def hall():
    region = open_region(name="Kenya", slug="kenya", timezone="Africa/Nairobi", languages=["en"])
    return hosted_space(region, name="Blue Hall", slug="blue-hall")


@pytest.fixture
def wei():
    person = UserFactory(first_name="Wei", email=MINE)
    person.emailaddress_set.create(email=MINE, verified=True)
    return person


def known():
    return set(SpaceRequest.objects.exclude(email="").values_list("title", flat=True))


def test_they_stand_in_the_table_for_readers():
    assert "requests" in {kind.key for kind in kinds_of_data()}


def test_ones_own_requests_are_taken_along(hall, wei):
    asked_for(hall, title="Mine", email=MINE, needs="A ramp.")
    asked_for(hall, title="Of somebody else")
    (row,) = export_requests(wei)
    assert row.items() >= {"What for": "Mine", "Space": "Blue Hall", "What you need": "A ramp.", "E-mail address": MINE}.items()


def test_leaving_cancels_what_is_ahead_and_takes_names_and_words(hall, wei):
    ahead = booked(hall, title="Ahead", email=MINE)
    ahead.say("With dogs.", HOST)
    asked_for(hall, evening(40), title="Open", email=MINE)
    over = booked(hall, evening(50), title="Over", email=MINE)
    past = {"starts_at": timezone.now() - timedelta(days=2), "ends_at": timezone.now() - timedelta(days=1)}
    Booking.objects.filter(request=over).update(**past)
    asked_for(hall, evening(80), title="Of somebody else")
    assert len(warn_of_requests(wei)) == 2
    erase_requests(wei)
    assert dict(SpaceRequest.objects.values_list("title", "status")) == {
        "Ahead": "cancelled",
        "Open": "cancelled",
        "Over": "accepted",
        "Of somebody else": "sent",
    }
    assert known() == {"Of somebody else"}
    told = [mail for mail in OutgoingMail.objects.filter(purpose="request_cancel") if "juma@example.org" in mail.to]
    assert len(told) == 2
    steps = RequestStep.objects.filter(request=ahead)
    assert steps.exists()
    assert {(step.text, step.name) for step in steps} == {("", "")}
    assert run(timezone.now() + timedelta(days=1)) == {}  # there is nobody to be asked how it went
    assert Booking.objects.filter(request=over, status="accepted").exists()  # the host still knows that somebody was there


def test_leaving_in_the_middle_of_a_series_and_of_a_case(hall, wei):
    series = asked_for(hall, evening(10), evening(17), pattern="weekly", email=MINE)
    series.accept(HOST, dates=[series.bookings.first().key])
    past = {"starts_at": timezone.now() - timedelta(days=2), "ends_at": timezone.now() - timedelta(days=1)}
    Booking.objects.filter(pk=series.bookings.first().pk).update(**past)
    booked(hall, evening(3), email=MINE, title="Lost").withdraw("A fire.", HOST)
    erase_requests(wei)
    assert [each.status for each in series.bookings.all()] == ["accepted", "cancelled"]
    assert Case.objects.get().outcome == "not_held"
    assert known() == set()


@pytest.mark.parametrize(
    ("days", "kept"),
    [
        (6, {"Never confirmed", "Declined", "Over", "Open", "Ahead"}),
        (8, {"Declined", "Over", "Open", "Ahead"}),
        (179, {"Declined", "Over", "Open", "Ahead"}),
        (181, {"Over", "Open", "Ahead"}),
        (363, {"Over", "Open", "Ahead"}),
        (367, {"Open", "Ahead"}),
    ],
)
def test_each_goes_when_its_time_is_over(hall, days, kept):
    asked_for(hall, title="Never confirmed", email="a@example.org", is_confirmed=False)
    asked_for(hall, evening(40), title="Declined", email="b@example.org").decline("No.", HOST)
    over = booked(hall, evening(50), title="Over", email="c@example.org")
    past = {"starts_at": timezone.now() - timedelta(hours=26), "ends_at": timezone.now() - timedelta(hours=24)}
    Booking.objects.filter(request=over).update(**past)
    asked_for(hall, evening(60), title="Open", email="d@example.org")
    ahead = booked(hall, evening(70), title="Ahead", email="e@example.org")
    Booking.objects.filter(request=ahead).update(ends_at=timezone.now() + timedelta(days=900))
    assert known() == {"Never confirmed", "Declined", "Over", "Open", "Ahead"}
    forget_requests(timezone.now() + timedelta(days=days))
    assert known() == kept
    assert SpaceRequest.objects.count() == 5 - ("Never confirmed" not in kept)  # the rows stay, for the figures
    assert forget_requests(timezone.now() + timedelta(days=days)) == 0


def test_a_link_to_what_was_forgotten_opens_a_page_without_anybody(client, hall):
    request = booked(hall)
    path, host = request.path(), f"{hall.hosts.get().path('en')}{request.pk}/"
    Booking.objects.update(starts_at=timezone.now() - timedelta(hours=26), ends_at=timezone.now() - timedelta(hours=24))
    assert forget_requests(timezone.now() + timedelta(days=400)) == 1
    for address in (path, host):
        answer = client.get(address)
        assert answer.status_code == 200
        assert "Wanjiru" not in answer.content.decode()
    answer = client.post(path, {"act": "outcome", "booking": request.bookings.get().key, "held": "no"}, follow=True)
    assert answer.status_code == 200
