"""Never two groups in one room; what is booked is not free, for whoever asks: page, directory, calendar, program."""

from datetime import date, datetime, time
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from icalendar import Calendar

from spaces.availability import Span
from spaces.models import Booking, OpeningHours, RegionTerms, Space, Taken
from spaces.prices import cost_of
from tests.factories import HOST, asked_for, booked, evening, hosted_space, in_the_zone, listed_space, open_region

pytestmark = pytest.mark.django_db


@pytest.fixture
def region():
    return open_region(name="Kenya", slug="kenya", timezone="Africa/Nairobi", languages=["en"])


@pytest.fixture
def hall(region):
    space = hosted_space(region, name="Blue Hall", slug="blue-hall")
    OpeningHours.objects.bulk_create(OpeningHours(space=space, weekday=day, opens=time(8), closes=time(23)) for day in range(7))
    return space


def between(begins, ends, days=30):
    return evening(days, time.fromisoformat(begins), time.fromisoformat(ends))


@pytest.mark.parametrize(
    ("begins", "ends", "is_free"),
    [
        ("18:00", "21:00", False),
        ("17:00", "18:01", False),
        ("20:59", "22:00", False),
        ("19:00", "20:00", False),
        ("12:00", "23:00", False),
        ("15:00", "18:00", True),  # ends as the other begins
        ("21:00", "23:00", True),
    ],
)
def test_a_time_is_given_once(hall, begins, ends, is_free):
    first = asked_for(hall, between("18:00", "21:00"))
    second = asked_for(hall, between(begins, ends), email="other@example.org")
    first.accept(HOST)
    if is_free:
        second.accept(HOST)
    else:
        with pytest.raises(Taken) as taken:
            second.accept(HOST)
        assert "Somebody else has this time already" in taken.value.messages[0]
    second.refresh_from_db()
    assert second.status == ("accepted" if is_free else "sent")
    assert Booking.objects.taken().count() == 1 + is_free
    first.refresh_from_db()
    assert first.status == "accepted"


def test_another_space_has_its_own_time(hall, region):
    booked(hall)
    assert booked(hosted_space(region, email="other-host@example.org"), email="other@example.org").status == "accepted"


def test_a_request_whose_own_dates_overlap_is_not_accepted(hall):
    request = asked_for(hall, between("18:00", "21:00"), between("20:00", "22:00"))
    with pytest.raises(Taken):
        request.accept(HOST)
    assert not Booking.objects.taken().exists()


def test_postgresql_would_refuse_even_without_us(hall):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no such constraint: there writers wait for each other, see tests/races.")
    first = asked_for(hall)
    second = asked_for(hall, email="other@example.org").bookings.get()
    first.accept(HOST)
    with pytest.raises(IntegrityError, match="no_two_in_one_room"), transaction.atomic():
        Booking.objects.filter(pk=second.pk).update(status="accepted")


def test_who_asks_on_its_page_sees_what_is_left(hall, client):
    span = between("18:00", "21:00")
    address = f"{hall.pages.get().get_url()}?from={span.start:%Y-%m-%d}"
    assert "8:00–23:00" in client.get(address).content.decode().replace(" ", "").replace("08:00", "8:00")
    booked(hall, span)
    page = client.get(address).content.decode().replace(" ", "").replace("08:00", "8:00")
    assert ("8:00–18:00" in page, "21:00–23:00" in page) == (True, True)
    assert "newmappers" not in page  # who meets is nobody's business


def test_the_directory_knows(hall):
    span = between("18:00", "21:00")
    day = span.start.date()
    asked = {"during": (day, time(18), time(21)), "before": (day, time(9), time(18)), "touching": (day, time(20), time(22))}
    spaces = Space.objects.listed()
    assert {name: spaces.free_during(*when).exists() for name, when in asked.items()} == dict.fromkeys(asked, True)
    booked(hall, span)
    free = {name: spaces.free_during(*when).exists() for name, when in asked.items()}
    assert free == {"during": False, "before": True, "touching": False}


def test_a_filter_by_the_clock_of_each_place(region, hall):
    far = hosted_space(region, name="Far", email="far@example.org", timezone="Pacific/Auckland")
    OpeningHours.objects.bulk_create(OpeningHours(space=far, weekday=day, opens=time(8), closes=time(23)) for day in range(7))
    span = between("18:00", "21:00")
    booked(far, span)
    found = Space.objects.listed().free_during(span.start.date(), time(18), time(21))
    assert [space.name for space in found] == ["Blue Hall"]


def test_programs_read_busy_and_not_who(hall, client):
    booked(hall, between("18:00", "21:00", days=10))
    text = client.get("/spaces/blue-hall/freebusy.ics").content
    entry = Calendar.from_ical(text).walk("VFREEBUSY")[0]
    begin, end = in_the_zone(hall, between("18:00", "21:00", days=10))
    told = [(period.dt[0], period.dt[1]) for period in entry["FREEBUSY"] if period.params["FBTYPE"] == "BUSY"]
    assert told == [(begin, end)]
    assert b"mappers" not in text.lower()


def test_a_booking_stays_where_it_is_when_clocks_are_turned(region):
    hall = hosted_space(region, timezone="Europe/Berlin")
    night = Span(datetime(2027, 10, 30, 22), datetime(2027, 10, 31, 4))
    request = asked_for(hall, night)
    booking = request.bookings.get()
    assert (booking.local, booking.hours) == (night, 7)
    spans = hall.bookings.spans(hall, date(2027, 10, 30), date(2027, 10, 31))
    assert spans == []  # nobody has it yet
    request.accept(HOST)
    assert hall.bookings.spans(hall, date(2027, 10, 30), date(2027, 10, 31)) == [night]


@pytest.mark.parametrize("number", [3, 20])
def test_the_filter_asks_as_often_for_many(region, number):
    for index in range(number):
        space = listed_space(region, name=f"Room {index}")
        OpeningHours.objects.create(space=space, weekday=evening().start.weekday(), opens=time(8), closes=time(23))
        booked(space, email=f"one{index}@example.org")
    with CaptureQueriesContext(connection) as queries:
        assert list(Space.objects.listed().free_during(evening().start.date(), time(9), time(10)))
    assert len(queries) == 5


# -- Money -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "span", "cost"),
    [
        ({"cost": "free"}, ("18:00", "21:00"), Decimal(0)),
        ({"cost": "donation"}, ("18:00", "21:00"), None),
        ({"cost": "hourly", "price": Decimal("600")}, ("18:00", "21:00"), Decimal("1800.00")),
        ({"cost": "hourly", "price": Decimal("10.10")}, ("18:00", "19:20"), Decimal("15.15")),  # six quarters
        ({"cost": "daily", "price": Decimal("5000")}, ("18:00", "21:00"), Decimal("5000")),
        ({"cost": "daily", "price": Decimal("5000")}, ("18:00", "00:00"), Decimal("5000")),
        ({"cost": "daily", "price": Decimal("5000")}, ("22:00", "02:00"), Decimal("10000")),
        ({"cost": "hourly", "price": None}, ("18:00", "21:00"), None),
    ],
)
def test_what_a_time_costs(facts, span, cost):
    assert cost_of(Space(**facts), between(*span)) == cost


def test_the_agreed_cost_stays_when_the_price_changes(region):
    hall = hosted_space(region, cost="hourly", price=Decimal("600"), currency="KES")
    request = booked(hall)
    Space.objects.update(price=Decimal("900"))
    booking = request.bookings.get()
    assert (booking.cost, booking.currency) == (Decimal("1800"), "KES")


def test_what_was_saved_against_renting(region):
    hall = hosted_space(region, cost="hourly", price=Decimal("600"), currency="KES")
    booking = booked(hall).bookings.get()
    terms = RegionTerms(region=region, rent=Decimal("2000"), rent_currency="KES")
    assert booking.saved(terms) == Decimal("4200")  # three hours, 6000 less 1800
    booking.actual_cost = Decimal("0")
    assert booking.saved(terms) == Decimal("6000")
    booking.currency = "EUR"
    assert booking.saved(terms) == Decimal("6000")  # nothing is nothing in every currency
    booking.actual_cost = Decimal("5")
    assert booking.saved(terms) is None
    assert booking.saved(RegionTerms(region=region)) is None


def test_a_rent_has_a_source_and_a_date(region):
    terms = RegionTerms(region=region, rent=Decimal("2000"))
    with pytest.raises(ValidationError) as error:
        terms.full_clean()
    assert set(error.value.message_dict) == {"rent_currency", "rent_source", "rent_on"}
    terms.rent_currency, terms.rent_source, terms.rent_on = "kes", "Three offers", timezone.localdate()
    terms.full_clean()
    terms.save()
    assert RegionTerms.of(region).rent_currency == "KES"
    assert RegionTerms.of(open_region(name="Other", slug="other", countries=["TW"])).answer_days == 5


def test_a_booking_ends_after_it_begins(hall):
    booking = asked_for(hall).bookings.get()
    booking.ends_at = booking.starts_at
    with pytest.raises(IntegrityError), transaction.atomic():
        booking.save()
