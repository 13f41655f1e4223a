"""The entry that travels with a letter: a calendar that knows nothing of us reads the same time, anywhere in the world."""

from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.policy import default as modern

import pytest
from icalendar import Calendar, vDDDTypes

from portal.calendars import CalendarEntry, Method, Party, method_of
from portal.mail import queue_mail

ALICE, PORTAL = Party("alice@example.org", "Alice"), Party("portolan@example.org", "Portolan")


def entry(**changes):
    starts = changes.pop("starts", datetime(2027, 7, 1, 16, 0, tzinfo=UTC))
    facts = {
        "uid": "booking-17@example.org",
        "summary": "An evening of maps",
        "starts": starts,
        "ends": starts + timedelta(hours=2),
        "zone": "Europe/Athens",
        "organizer": PORTAL,
        "attendees": (ALICE,),
    }
    return CalendarEntry(**facts | changes)


def read(given):
    calendar = Calendar.from_ical(given.as_ics())
    [event] = calendar.walk("VEVENT")
    return calendar, event


@pytest.mark.parametrize(
    ("zone", "starts", "local", "offset"),
    [
        ("Europe/Athens", datetime(2027, 7, 1, 16, tzinfo=UTC), "19:00", 3),  # in summer
        ("Europe/Athens", datetime(2027, 1, 1, 16, tzinfo=UTC), "18:00", 2),  # in winter
        ("America/Bogota", datetime(2027, 7, 1, 16, tzinfo=UTC), "11:00", -5),
        ("Asia/Kathmandu", datetime(2027, 7, 1, 16, tzinfo=UTC), "21:45", 5.75),
        ("Asia/Kolkata", datetime(2027, 7, 1, 16, tzinfo=UTC), "21:30", 5.5),
        ("Australia/Lord_Howe", datetime(2027, 1, 1, 2, tzinfo=UTC), "13:00", 11),  # half an hour of summer time
        ("Australia/Lord_Howe", datetime(2027, 7, 1, 2, tzinfo=UTC), "12:30", 10.5),
        ("Pacific/Chatham", datetime(2027, 1, 1, 2, tzinfo=UTC), "15:45", 13.75),
        ("Africa/Casablanca", datetime(2027, 7, 1, 16, tzinfo=UTC), "17:00", 1),
    ],
)
def test_the_time_is_the_places_and_the_rules_travel_along(zone, starts, local, offset):
    calendar, event = read(entry(zone=zone, starts=starts))
    begins = event["DTSTART"].dt
    assert begins == starts
    assert (begins.strftime("%H:%M"), begins.utcoffset()) == (local, timedelta(hours=offset))
    assert event["DTSTART"].params["TZID"] == zone
    [rules] = calendar.walk("VTIMEZONE")
    assert rules["TZID"] == zone
    naive = begins.replace(tzinfo=None)
    assert rules.to_tz(lookup_tzid=False).utcoffset(naive) == timedelta(hours=offset)  # by the rules alone
    assert event["DTEND"].dt - begins == timedelta(hours=2)


def test_the_hour_that_comes_twice_is_said_without_doubt():
    """Athens, 31 October 2027: 03:30 comes at 00:30 and again at 01:30 UTC."""
    first, second = datetime(2027, 10, 31, 0, 30, tzinfo=UTC), datetime(2027, 10, 31, 1, 30, tzinfo=UTC)
    assert b"DTSTART;TZID=Europe/Athens:20271031T033000" in entry(starts=first).as_ics()
    assert b"DTSTART:20271031T013000Z" in entry(starts=second).as_ics()
    begins = [read(entry(starts=moment))[1]["DTSTART"].dt for moment in (first, second)]
    assert [moment.astimezone(UTC) for moment in begins] == [first, second]  # Python calls times of that hour never equal


def test_a_change_and_a_cancellation_are_of_the_same_entry():
    sent = [entry(), entry(sequence=1, place="Room 2"), entry(sequence=2, method=Method.CANCEL)]
    told = [
        (str(calendar["METHOD"]), str(event["UID"]), int(event["SEQUENCE"]), str(event["STATUS"]))
        for calendar, event in map(read, sent)
    ]
    assert told == [
        ("REQUEST", "booking-17@example.org", 0, "CONFIRMED"),
        ("REQUEST", "booking-17@example.org", 1, "CONFIRMED"),
        ("CANCEL", "booking-17@example.org", 2, "CANCELLED"),
    ]


def test_what_rfc_5546_asks_for_is_there_and_words_survive():
    words = "Maps, tea; and “Ü”\nSecond line: 地圖"
    _calendar, event = read(entry(summary=words, place="Οδός 5, Athens", description=words, url="https://portal.example/x"))
    assert str(event["SUMMARY"]) == str(event["DESCRIPTION"]) == words
    assert (str(event["LOCATION"]), str(event["URL"])) == ("Οδός 5, Athens", "https://portal.example/x")
    assert str(event["ORGANIZER"]) == "mailto:portolan@example.org"
    assert str(event["ATTENDEE"]) == "mailto:alice@example.org"
    assert dict(event["ATTENDEE"].params) == {
        "CN": "Alice",
        "CUTYPE": "INDIVIDUAL",
        "PARTSTAT": "ACCEPTED",
        "RSVP": "FALSE",
    }
    assert isinstance(event["DTSTAMP"], vDDDTypes)


def test_lines_are_folded_and_end_as_they_should():
    ics = entry(summary="地圖" * 80).as_ics()
    lines = ics.split(b"\r\n")
    assert b"\n" not in ics.replace(b"\r\n", b"")
    assert max(len(line) for line in lines) <= 75


@pytest.mark.parametrize(
    "wrong",
    [
        {"starts": datetime(2027, 7, 1, 16)},
        {"ends": datetime(2027, 7, 1, 16, tzinfo=UTC)},
        {"attendees": ()},
    ],
)
def test_what_is_no_time_or_for_nobody_is_refused(wrong):
    with pytest.raises(ValueError, match=r"zone|begun|receives"):
        entry(**wrong)


@pytest.mark.parametrize(
    ("content_type", "method"),
    [("text/calendar; method=REQUEST", "REQUEST"), ("text/calendar", ""), ("application/pdf", ""), (None, "")],
)
def test_what_is_only_attached_asks_for_nothing(content_type, method):
    assert method_of(content_type) == method


@pytest.mark.django_db
@pytest.mark.parametrize("method", Method)
def test_it_is_an_alternative_and_an_attachment_of_the_mail(method):
    """Mail programs look for the first to show a button; people keep the second."""
    terms = {"inviter": "Amina", "url": "/en/"}
    mail = queue_mail("alice@example.org", "invitation", terms, "en", calendar=entry(method=method))
    message = message_from_bytes(mail.as_message().message().as_bytes(), policy=modern)
    kinds = [(part.get_content_type(), part.get_content_disposition()) for part in message.walk() if not part.is_multipart()]
    assert kinds == [
        ("text/plain", None),
        ("text/html", None),
        ("text/calendar", None),
        ("application/ics", "attachment"),
    ]
    [alternative] = [part for part in message.walk() if part.get_content_type() == "text/calendar"]
    [attached] = message.iter_attachments()
    assert alternative["Content-Type"].params == {"method": method.value, "charset": "utf-8"}
    assert attached.get_filename() == "invite.ics"
    for part in (alternative.get_content().encode(), attached.get_content()):
        assert str(Calendar.from_ical(part).walk("VEVENT")[0]["UID"]) == "booking-17@example.org"
    assert str(Calendar.from_ical(attached.get_content())["METHOD"]) == method.value
