"""Calendars of others become drafts; read again, they change what they have brought, and nothing that was edited here."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from portal.imports import ImportFailed
from spaces.models import Booking
from stories.importers.calendars import readings_of
from stories.importers.events import import_events
from stories.models import Event, EventUpload
from tests.factories import UserFactory, announced_event, appointed, hosted_space, open_region

pytestmark = pytest.mark.django_db
YEAR = timezone.now().year + 1


@pytest.fixture
def kenya():
    return open_region(name="Kenya", slug="kenya", timezone="Africa/Nairobi")


def calendar(*entries, before=""):
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Other//EN", *filter(None, [before])]
    for entry in entries:
        lines += ["BEGIN:VEVENT", *entry.strip().splitlines(), "END:VEVENT"]
    return "\r\n".join([*lines, "END:VCALENDAR", ""]).encode()


def entry(uid="one@example.org", **lines):
    said = {
        "UID": uid,
        "DTSTART;TZID=Africa/Nairobi": f"{YEAR}0503T180000",
        "DTEND;TZID=Africa/Nairobi": f"{YEAR}0503T210000",
        "SUMMARY": "Evening",
        "LOCATION": "Moi Avenue 1",
    }
    for name, value in lines.items():
        key = name.replace("__", ";").replace("_", "-")
        said = {other: each for other, each in said.items() if other.partition(";")[0] != key.partition(";")[0]}
        said |= {key: value} if value is not None else {}
    return "\n".join(f"{name}:{value}" for name, value in said.items())


def brought(region, content, **ways):
    report = import_events(content, region, "other", **ways)
    return [(row.outcome, row.reason) for row in report.rows]


def one(region, **lines):
    """What becomes of one entry: the event, and what the report says of it."""
    ((outcome, reason),) = brought(region, calendar(entry(**lines)))
    assert outcome == "new", reason
    return Event.objects.get(), reason


class TestReading:
    def test_what_an_entry_says(self, kenya):
        event, _reason = one(kenya, DESCRIPTION="Bring a laptop.\\nTea is there.", CATEGORIES="maps,newcomers")
        assert (event.name, event.address, event.status) == ("Evening", "Moi Avenue 1", "draft")
        assert event.local == (datetime(YEAR, 5, 3, 18), datetime(YEAR, 5, 3, 21))
        assert (event.timezone, event.source_uid) == ("Africa/Nairobi", "one@example.org")
        assert sorted(event.tags.names()) == ["maps", "newcomers"]
        page = event.pages.get()
        assert (page.live, page.title, page.summary) == (False, "Evening", "Bring a laptop. Tea is there.")
        assert "Bring a laptop.<br>Tea is there." in str(page.body[0].value)

    def test_folded_lines(self, kenya):
        long = "A very long name of an evening that goes on and on so that a line in a file has to be folded twice or so"
        folded = "\r\n ".join([long[:50], long[50:90], long[90:]])
        event, _reason = one(kenya, SUMMARY=folded)
        assert event.name == long

    def test_all_day(self, kenya):
        lines = f"UID:day\nDTSTART;VALUE=DATE:{YEAR}0503\nDTEND;VALUE=DATE:{YEAR}0505\nSUMMARY:Sprint\nLOCATION:Here"
        assert brought(kenya, calendar(lines)) == [("new", "all day")]
        assert Event.objects.get().local == (datetime(YEAR, 5, 3), datetime(YEAR, 5, 5))

    @pytest.mark.parametrize(
        ("lines", "wall", "zone", "said"),
        [
            ("DTSTART:{y}0503T150000Z\nDTEND:{y}0503T160000Z", (18, 0), "Africa/Nairobi", "only its own"),
            ("DTSTART:{y}0503T180000\nDTEND:{y}0503T190000", (18, 0), "Africa/Nairobi", "no time zone"),
            (
                "DTSTART;TZID=Europe/Madrid:{y}0503T180000\nDTEND;TZID=Europe/Madrid:{y}0503T190000",
                (18, 0),
                "Europe/Madrid",
                "",
            ),
            (
                "DTSTART;TZID=W. Europe Standard Time:{y}0503T180000\nDTEND;TZID=W. Europe Standard Time:{y}0503T190000",
                (18, 0),
                "Europe/Berlin",
                "",
            ),
            ("DTSTART;TZID=Ours:{y}0503T180000\nDTEND;TZID=Ours:{y}0503T190000", (16, 0), "Africa/Nairobi", "only its own"),
            ("DTSTART;TZID=Africa/Nairobi:{y}0503T180000\nDURATION:PT90M", (18, 0), "Africa/Nairobi", ""),
        ],
    )
    def test_zones_of_every_kind(self, kenya, lines, wall, zone, said):
        ours = "\n".join(
            [
                "BEGIN:VTIMEZONE",
                "TZID:Ours",
                "BEGIN:STANDARD",
                "DTSTART:19700101T000000",
                "TZOFFSETFROM:+0500",
                "TZOFFSETTO:+0500",
                "END:STANDARD",
                "END:VTIMEZONE",
            ]
        )
        content = calendar(f"UID:z\n{lines.format(y=YEAR)}\nSUMMARY:Evening\nLOCATION:Here", before=ours)
        ((outcome, reason),) = brought(kenya, content)
        event = Event.objects.get()
        assert outcome == "new"
        assert (event.starts_wall.hour, event.starts_wall.minute, event.timezone) == (*wall, zone)
        assert said in reason

    def test_markup_in_a_description(self, kenya):
        event, _reason = one(kenya, DESCRIPTION="<p>Bring <b>tea</b> &amp; cake.</p><script>alert(1)</script><p>Yes</p>")
        body = str(event.pages.get().body[0].value)
        assert "Bring tea &amp; cake." in body
        assert "<script" not in body

    def test_without_a_uid_it_is_known_by_what_it_says(self, kenya):
        event, reason = one(kenya, uid="")
        assert "no UID" in reason
        assert brought(kenya, calendar(entry(uid="")))[0][0] == "unchanged"
        assert Event.objects.get() == event

    def test_online(self, kenya):
        event, _reason = one(kenya, LOCATION="https://meet.example.org/evening")
        assert (event.address, event.online_url, event.kind) == ("", "https://meet.example.org/evening", "online")


class TestRepeating:
    def test_each_date_is_an_event(self, kenya):
        lines = [
            entry(RRULE="FREQ=WEEKLY;COUNT=5"),
            f"UID:one@example.org\nRECURRENCE-ID;TZID=Africa/Nairobi:{YEAR}0510T180000\nSUMMARY:With a guest\n"
            f"DTSTART;TZID=Africa/Nairobi:{YEAR}0511T190000\nDTEND;TZID=Africa/Nairobi:{YEAR}0511T210000\nLOCATION:Here",
        ]
        lines[0] += f"\nEXDATE;TZID=Africa/Nairobi:{YEAR}0517T180000"
        now = datetime(YEAR, 4, 1, tzinfo=UTC)
        found = readings_of(calendar(*lines), kenya.zone, now)
        said = [(each.facts["name"], each.facts["starts_wall"]) for each in found]
        assert said == [
            ("Evening", datetime(YEAR, 5, 3, 18)),
            ("With a guest", datetime(YEAR, 5, 11, 19)),
            ("Evening", datetime(YEAR, 5, 24, 18)),
            ("Evening", datetime(YEAR, 5, 31, 18)),
        ]
        assert len({each.uid for each in found}) == 4

    def test_summer_time_does_not_move_the_evening(self, kenya):
        lines = f"UID:m\nDTSTART;TZID=Europe/Madrid:{YEAR}0320T190000\nDURATION:PT2H\nSUMMARY:Tarde\nLOCATION:Here"
        now = datetime(YEAR, 3, 1, tzinfo=UTC)
        found = readings_of(calendar(lines + f"\nRRULE:FREQ=WEEKLY;UNTIL={YEAR}0401T170000Z"), kenya.zone, now)
        assert [each.facts["starts_wall"].hour for each in found] == [19] * len(found)
        assert len(found) == 2

    def test_endless_rules_end(self, kenya):
        found = readings_of(calendar(entry(RRULE="FREQ=DAILY")), kenya.zone, datetime(YEAR, 5, 1, tzinfo=UTC))
        assert len(found) == 60


class TestAgain:
    def test_nothing_new(self, kenya):
        content = calendar(entry(), entry("two@example.org", SUMMARY="Sprint"))
        assert [outcome for outcome, _reason in brought(kenya, content)] == ["new", "new"]
        assert [outcome for outcome, _reason in brought(kenya, content)] == ["unchanged", "unchanged"]
        assert Event.objects.count() == 2

    def test_what_changed_there_changes_and_what_was_edited_here_stays(self, kenya):
        brought(kenya, calendar(entry()))
        event = Event.objects.get()
        event.name = "Evening of maps"
        event.save()
        ((outcome, reason),) = brought(kenya, calendar(entry(SUMMARY="Night", LOCATION="Kenyatta Avenue 2")))
        event.refresh_from_db()
        assert (outcome, event.name, event.address) == ("changed", "Evening of maps", "Kenyatta Avenue 2")
        assert "kept, edited by hand: name" in reason

    def test_another_time_of_what_was_announced_is_told(self, kenya):
        brought(kenya, calendar(entry()))
        event = Event.objects.get()
        event.expect("people", 5)
        event.expect("first_timers", 2)
        event.announce()
        later = {"DTSTART__TZID=Africa/Nairobi": f"{YEAR}0504T180000", "DTEND__TZID=Africa/Nairobi": f"{YEAR}0504T210000"}
        assert brought(kenya, calendar(entry(**later)))[0][0] == "changed"
        event.refresh_from_db()
        assert (event.starts_wall, event.steps.last().verb) == (datetime(YEAR, 5, 4, 18), "reschedule")
        assert brought(kenya, calendar(entry(**later)))[0][0] == "unchanged"
        assert brought(kenya, calendar(entry(STATUS="CANCELLED", **later)))[0][0] == "changed"
        event.refresh_from_db()
        assert event.is_cancelled

    def test_another_region_keeps_its_own(self, kenya):
        spain = open_region(name="Spain", slug="spain", timezone="Europe/Madrid")
        brought(kenya, calendar(entry()))
        ((outcome, reason),) = brought(spain, calendar(entry()))
        assert (outcome, Event.objects.count()) == ("refused", 1)
        assert "belongs to another region" in reason

    def test_export_import_export_changes_nothing(self, kenya, client):
        hall = hosted_space(kenya, name="Blue Hall")
        starts = datetime(YEAR, 5, 3, 15, tzinfo=UTC)
        one = announced_event(kenya, name="Evening", space=hall, starts_at=starts)
        one.tags.add("maps")
        announced_event(kenya, name="Online", address="", online_url="https://meet.example.org/a", starts_at=starts)
        first = client.get("/en/regions/kenya/calendar.ics").content
        assert {outcome for outcome, _reason in brought(kenya, first)} == {"unchanged"}
        assert client.get("/en/regions/kenya/calendar.ics").content == first
        # The same in a portal that does not know them yet.
        Booking.objects.update(status="cancelled")
        Event.objects.update(booking=None, request=None)
        for event in Event.objects.all():
            event.discard()
        assert {outcome for outcome, _reason in brought(kenya, first)} == {"new"}
        for event in Event.objects.all():
            event.expect("people", 5)
            event.expect("first_timers", 2)
            event.announce()
        again = client.get("/en/regions/kenya/calendar.ics").content
        assert said_by(again) == said_by(first)
        assert {outcome for outcome, _reason in brought(kenya, first)} == {"unchanged"}


def said_by(content):
    names = ("SUMMARY", "DTSTART", "DTEND", "LOCATION", "DESCRIPTION", "CATEGORIES", "CONFERENCE", "STATUS")
    found = {}
    for each in Calendar.from_ical(content).walk("VEVENT"):
        found[str(each["UID"])] = {name: each[name].to_ical() for name in names if name in each}
    return found


class TestAllOrNothing:
    def test_one_that_is_refused_keeps_all_out(self, kenya):
        content = calendar(entry(), entry("two@example.org", SUMMARY=""))
        assert [outcome for outcome, _reason in brought(kenya, content)] == ["new", "refused"]
        assert Event.objects.count() == 0
        brought(kenya, content, skip_refused=True)
        assert Event.objects.count() == 1

    def test_a_dry_run_writes_nothing(self, kenya):
        assert brought(kenya, calendar(entry()), dry_run=True)[0][0] == "new"
        assert Event.objects.count() == 0

    def test_the_same_uid_twice(self, kenya):
        assert [outcome for outcome, _reason in brought(kenya, calendar(entry(), entry()))] == ["new", "duplicate"]

    @pytest.mark.parametrize(
        "content",
        [
            b"",
            b"\x00\xff\xfe",
            b"Name;Date\nEvening;2027",
            b"BEGIN:VCALENDAR\r\nEND:VCALENDAR",
            b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nnonsense",
            b"BEGIN:VCALENDAR\r\n" + b"BEGIN:VEVENT\r\n" * 3000,
            b"x" * (2 * 1024 * 1024 + 1),
        ],
    )
    def test_what_is_no_calendar_is_refused_in_words(self, kenya, content):
        with pytest.raises(ImportFailed) as failure:
            readings_of(content, kenya.zone)
        assert str(failure.value).strip()

    @pytest.mark.parametrize(
        "lines",
        [
            "DTSTART:never",
            "DTSTART:20270230T180000",
            f"DTSTART:{YEAR}0503T180000\nDTEND:{YEAR}0503T170000",
            f"DTSTART:{YEAR}0503T180000\nDURATION:nonsense",
            f"DTSTART:{YEAR}0503T180000\nRRULE:FREQ=SOMETIMES",
            f"DTSTART:{YEAR}0503T180000\nRRULE:FREQ=WEEKLY;BYDAY=XX",
            f"DTSTART:{YEAR}0503T180000\nDTEND:{YEAR + 1}0503T180000",
            "",
        ],
    )
    def test_what_an_entry_gets_wrong_is_said(self, kenya, lines):
        ((outcome, reason),) = brought(kenya, calendar(f"UID:w\nSUMMARY:Evening\nLOCATION:Here\n{lines}"))
        assert (outcome, bool(reason), Event.objects.count()) == ("refused", True, 0)


class TestInTheWorkplace:
    def test_from_the_file_to_the_drafts(self, kenya):
        client = Client()
        client.force_login(appointed(kenya, person=UserFactory(email="amina@example.org")).person)
        file = SimpleUploadedFile("groups.ics", calendar(entry(), entry("two@example.org")))
        answer = client.post(reverse("event_uploads:index"), {"file": file, "region": kenya.pk})
        upload = EventUpload.objects.get()
        assert answer.url == reverse("event_uploads:preview", args=[upload.pk])
        page = client.get(answer.url).content.decode()
        assert "Evening" in page
        assert Event.objects.count() == 0
        answer = client.post(answer.url)
        assert answer.url == reverse("event_uploads:result", args=[upload.pk])
        assert Event.objects.count() == 2
        assert client.get(answer.url).status_code == 200
        upload.refresh_from_db()
        assert bytes(upload.content) == b""

    def test_nonsense_is_said_beside_the_field(self, kenya):
        client = Client()
        client.force_login(appointed(kenya).person)
        answer = client.post(reverse("event_uploads:index"), {"file": SimpleUploadedFile("x.ics", b"x"), "region": kenya.pk})
        assert "This is no calendar" in answer.content.decode()
        assert EventUpload.objects.count() == 0

    def test_a_file_is_its_uploaders_alone(self, kenya):
        upload = EventUpload.objects.create(uploaded_by=UserFactory(), region=kenya, name="a.ics", source="a", content=b"")
        client = Client()
        client.force_login(appointed(kenya).person)
        assert client.get(reverse("event_uploads:preview", args=[upload.pk])).status_code == 404


def test_a_thousand_odd_calendars(kenya):
    """Cut, doubled and garbled at every place: refused in words, or read; never an exception of another kind."""
    whole = calendar(
        entry(DESCRIPTION="<p>Bring tea</p>", RRULE="FREQ=WEEKLY;COUNT=3"),
        f"UID:day\nDTSTART;VALUE=DATE:{YEAR}0503\nSUMMARY:Sprint\nLOCATION:Here",
    )
    now = datetime(YEAR, 4, 1, tzinfo=UTC)
    outcomes = set()
    for step in range(1000):
        at = step * len(whole) // 1000
        odd = (whole[:at], whole[:at] + whole[at + 7 :], whole[:at] + b";:,=" + whole[at:], whole[:at] + whole[: at // 2])[
            step % 4
        ]
        try:
            outcomes |= {reading.is_right for reading in readings_of(odd, kenya.zone, now)}
        except ImportFailed:
            outcomes.add("refused")
    assert outcomes == {True, False, "refused"}


def test_dates_long_ago_are_left_out(kenya):
    found = readings_of(calendar(entry(RRULE="FREQ=WEEKLY")), kenya.zone, datetime(YEAR + 2, 5, 1, tzinfo=UTC))
    assert found[0].facts["starts_wall"] > datetime(YEAR + 2, 5, 1) - timedelta(days=40)
