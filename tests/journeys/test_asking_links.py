"""Links of those who ask and of those who open the door: what each opens, and what none does."""

from datetime import timedelta

import pytest
from django.core import signing
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from portal import links
from portal.models import OutgoingMail
from spaces.models import Booking, SpaceHost, SpaceRequest
from spaces.models.hosts import HOST
from spaces.models.requests import REQUEST
from tests.factories import HOST as JUMA
from tests.factories import UserFactory, asked_for, booked, evening, hosted_space, open_region
from tests.spaces.asking import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def region():
    return open_region(name="Kenya", slug="kenya", timezone="Africa/Nairobi", languages=["en"])


@pytest.fixture
def hall(region):
    return hosted_space(region, name="Blue Hall", slug="blue-hall")


@pytest.fixture
def attic(region):
    return hosted_space(region, name="Attic", slug="attic", email="achieng@example.org", host="Achieng")


def picture():
    return [*SpaceRequest.objects.values_list("status", "changed_at"), *Booking.objects.values_list("status", "sequence")]


def host_of(space):
    return space.hosts.get().path("en")


def closed(answer):
    return answer.status_code in (404, 410) and "This link does not open anything" in answer.content.decode()


# -- The organiser's link ----------------------------------------------------------------------------------------------


def addresses(token):
    names = ("status", "correct_request", "request_calendar", "confirm_request")
    return [reverse(name, args=[token]) for name in names]


def test_a_link_that_was_never_ours_opens_nothing_and_changes_nothing(client, hall):
    request = booked(hall)
    good, before = request.path().split("/")[-2], picture()
    wrong = [
        good[:-4],
        "nonsense",
        links.sign(HOST, request, key=request.key),
        links.sign("submission", request, key=request.key),
    ]
    wrong += [links.sign(REQUEST, request, key="somebodyelse"), links.sign(REQUEST, 10**9, key=request.key)]
    for token in wrong:
        for address in addresses(token):
            assert closed(client.get(address)), address
            assert closed(client.post(address, {"act": "cancel", "text": ""})), address
    assert picture() == before
    assert client.get(request.path()).status_code == 200


def test_an_expired_link_says_so(client, hall, monkeypatch):
    request = booked(hall)
    path = request.path()
    with monkeypatch.context() as patch:
        now = timezone.now().timestamp() + timedelta(days=900).total_seconds()
        patch.setattr(signing.time, "time", lambda: now)
        answer = client.post(path, {"act": "cancel", "text": ""})
    assert answer.status_code == 410
    assert "This link has expired." in answer.content.decode()
    request.refresh_from_db()
    assert request.status == "accepted"


def test_a_link_to_confirm_is_no_link_to_the_page_and_is_used_once(client, hall):
    request = asked_for(hall, is_confirmed=False)
    token = request.confirmation_path().split("/")[-2]
    assert closed(client.get(reverse("status", args=[token])))
    assert closed(client.get(reverse("confirm_request", args=[request.path().split("/")[-2]])))
    assert client.get(request.path())["Location"] == "/en/spaces/ask/sent/"  # not before it is confirmed
    for _press in range(2):
        assert client.post(request.confirmation_path())["Location"].startswith("/en/status/")
    assert request.steps.filter(verb="confirm").count() == 1


def test_a_press_that_comes_twice_does_it_once(client, hall):
    request = asked_for(hall)
    page = Person(client).open(request.path())
    path, data = page.data("[value=say]", text="Only the tap.")
    client.post(path, data)
    client.post(path, {"act": "cancel", "text": ""})
    answer = client.post(path, {"act": "cancel", "text": ""})
    assert answer.status_code == 409
    assert "This is not possible any more" in answer.content.decode()
    assert request.steps.filter(verb="cancel").count() == 1


def test_an_organiser_cannot_answer_for_the_host(client, hall):
    request = asked_for(hall)
    for act in ("accept", "decline", "withdraw", "propose", "note", "expire", "move", "__class__", ""):
        client.post(request.path(), {"act": act, "text": "Yes.", "day": "2030-01-01", "begins": "10:00", "ends": "11:00"})
    request.refresh_from_db()
    assert (request.status, request.steps.count()) == ("sent", 2)


def test_own_requests_are_listed_and_nobody_elses(client, hall):
    asked_for(hall, title="Mine", email="wei@example.org")
    asked_for(hall, evening(40), title="Of somebody else")
    asked_for(hall, evening(50), title="Not confirmed", email="wei@example.org", is_confirmed=False)
    wei = UserFactory(first_name="Wei", email="wei@example.org")
    client.force_login(wei)
    assert "Mine" not in client.get("/en/account/requests/").content.decode()  # the address is not known as theirs
    wei.emailaddress_set.create(email="wei@example.org", verified=True)
    text = client.get("/en/account/requests/").content.decode()
    assert ("Mine" in text, "Of somebody else" in text, "Not confirmed" in text) == (True, False, False)


def test_a_calendar_of_what_is_theirs(client, hall):
    request = asked_for(hall, evening(10), evening(17), pattern="weekly")
    calendar = f"{request.path()}calendar.ics"
    assert client.get(calendar).status_code == 404  # nothing is promised yet
    request.accept(JUMA, dates=[request.bookings.first().key])
    events = Calendar.from_ical(client.get(calendar).content).walk("VEVENT")
    assert [(str(event["SUMMARY"]), event["DTSTART"].dt.hour) for event in events] == [
        ("Evening for new mappers (Nairobi Mappers)", 18)
    ]


# -- The host's link ---------------------------------------------------------------------------------------------------


def test_a_host_sees_the_own_spaces_and_no_other(client, hall, attic):
    mine = asked_for(hall, title="In the hall")
    other = asked_for(attic, title="In the attic")
    unconfirmed = asked_for(hall, evening(50), title="Not confirmed", is_confirmed=False)
    page = Person(client).open(host_of(hall))
    assert ("In the hall" in page.text, "In the attic" in page.text, "Not confirmed" in page.text) == (True, False, False)
    assert client.get(f"{host_of(hall)}{mine.pk}/").status_code == 200
    for request in (other, unconfirmed):
        address = f"{host_of(hall)}{request.pk}/"
        before = picture()
        assert closed(client.get(address))
        assert closed(client.post(address, {"act": "accept", "text": ""}))
        assert picture() == before


def test_one_link_for_all_spaces_of_an_address(client, region, hall):
    second = hosted_space(region, name="Second hall", email="JUMA@example.org")
    asked_for(hall, title="In the hall")
    asked_for(second, title="In the second")
    for space in (hall, second):
        text = Person(client).open(host_of(space)).text
        assert "In the hall" in text
        assert "In the second" in text


def test_whoever_is_no_host_any_more_opens_nothing(client, hall):
    request = asked_for(hall)
    address = host_of(hall)
    assert client.get(address).status_code == 200
    host = hall.hosts.get()
    host.email = "somebody.else@example.org"
    host.save()
    for path in (address, f"{address}{request.pk}/", f"{address}calendar.ics"):
        assert closed(client.get(path))
    assert client.get(host.path("en")).status_code == 200
    SpaceHost.objects.all().delete()
    assert closed(client.get(host.path("en")))


def test_a_host_who_has_another_space_cannot_withdraw_what_was_moved(client, hall, attic):
    request = booked(hall, evening(3), evening(10), pattern="weekly")
    first = request.bookings.first()
    request.withdraw("A fire.", JUMA, dates=[first.key])
    (offer,) = first.cases.get().ask_substitutes([attic], JUMA)
    offer.accept(JUMA)
    page = Person(client).open(f"{host_of(hall)}{request.pk}/")
    page.press("[value=withdraw]", text="All of it.")
    assert [each.status for each in request.bookings.all()] == ["accepted", "withdrawn"]
    answer = client.post(page.path, {"act": "withdraw", "text": "No.", "choose": "1", "dates": [first.key]})
    first.refresh_from_db()
    assert first.status == "accepted", answer.status_code


def test_an_offer_of_another_space_is_not_answered(client, hall, attic, region):
    other = hosted_space(region, name="Cellar", email="baraka@example.org")
    booked(hall, evening(3)).withdraw("A fire.", JUMA)
    case = Booking.objects.get().cases.get()
    (offer,) = case.ask_substitutes([attic], JUMA)
    for act in ("step_in", "cannot"):
        client.post(host_of(other), {"act": act, "offer": offer.key})
    offer.refresh_from_db()
    assert offer.status == "asked"
    page = Person(client).open(host_of(attic))
    page.press("[value=cannot]")
    offer.refresh_from_db()
    assert offer.status == "declined"
    assert page.answer.status_code == 200


def test_who_is_second_to_step_in_is_told_so(client, hall, attic, region):
    cellar = hosted_space(region, name="Cellar", email="baraka@example.org")
    booked(hall, evening(3)).withdraw("A fire.", JUMA)
    Booking.objects.get().cases.get().ask_substitutes([attic, cellar], JUMA)
    first, second = (Person(client).open(host_of(space)) for space in (attic, cellar))
    first.press("[value=step_in]")
    assert "You step in. The organiser knows." in first.text
    second.press("[value=step_in]")
    assert second.answer.status_code == 409
    assert "This case is closed: another space has stepped in. Nothing was changed." in second.text
    old = Person(client).open(f"{host_of(hall)}{SpaceRequest.objects.get().pk}/")
    assert "This meeting is not in your space any more" in old.text


def test_a_page_says_what_was_done_and_where_it_is(client, hall):
    request = asked_for(hall)
    page = Person(client).open(f"{host_of(hall)}{request.pk}/").press("[value=accept]")
    assert "Accepted. The organiser knows." in page.text
    text = Person(client).open(request.path()).text
    assert "Ngong Road 112, Nairobi" in text
    letter = OutgoingMail.objects.filter(purpose="request_accept").first()
    assert "Where: Blue Hall, Ngong Road 112, Nairobi" in letter.body
    assert "By the clock of Nairobi." in letter.body


def test_nothing_set_right_is_nothing_told(client, hall):
    request = asked_for(hall)
    Person(client).open(f"{request.path()}request/").press("button")
    assert request.steps.count() == 2
    Person(client).open(f"{request.path()}request/").press("button", people="30")
    assert request.steps.count() == 3


def test_the_private_feed_tells_what_is_promised_and_what_was_taken_back(client, hall):
    kept, lost = booked(hall, evening(10)), booked(hall, evening(20), title="Lost", email="other@example.org")
    asked_for(hall, evening(30), title="Only asked", email="third@example.org")
    lost.withdraw("A fire.", JUMA)
    events = Calendar.from_ical(client.get(f"{host_of(hall)}calendar.ics").content).walk("VEVENT")
    assert {(str(event["SUMMARY"]).partition(" (")[0], str(event["STATUS"])) for event in events} == {
        (kept.title, "CONFIRMED"),
        ("Lost", "CANCELLED"),
    }


def test_who_has_an_account_finds_the_page_there(client, hall):
    host = UserFactory(first_name="Juma", email="juma@example.org")
    host.emailaddress_set.create(email="juma@example.org", verified=True)
    hall.hosts.get().save()  # finds the account
    client.force_login(host)
    page = Person(client).open("/en/account/spaces/")
    link = next(each["href"] for each in page.soup.select("main a") if "/host/" in each["href"])
    assert client.get(link).status_code == 200
