"""The calendar: a list, a month, feeds for programs, data for search engines; all of them tell of the same events."""

import json
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from icalendar import Calendar

from stories.models import Event, EventOutcome
from tests.factories import announced_event, hosted_space, is_over, open_region, publish_in

pytestmark = pytest.mark.django_db
MAY = datetime(2031, 5, 7, 15, tzinfo=UTC)


@pytest.fixture
def kenya():
    return open_region(name="Kenya", slug="kenya", timezone="Africa/Nairobi", languages=["en", "es"])


@pytest.fixture
def spain():
    return open_region(name="Spain", slug="spain", timezone="Europe/Madrid", language="es")


def soup(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


def entries(client, address):
    answer = client.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    return {str(each["SUMMARY"]): each for each in Calendar.from_ical(answer.content).walk("VEVENT")}


class TestMonth:
    def test_each_event_stands_on_its_day_by_the_clock_of_its_place(self, kenya, client):
        announced_event(kenya, name="Late", starts_at=datetime(2031, 5, 7, 22, 30, tzinfo=UTC))  # 01:30 on the 8th
        sheet = soup(client, "/en/events/?month=2031-05").select_one("table.month")
        cell = next(td for td in sheet.select("td") if "Late" in td.get_text())
        assert cell.time["datetime"] == "2031-05-08"
        assert "01:30" in cell.get_text()
        assert sheet.select_one("th").abbr["title"] == "Monday"
        assert len(sheet.select("tbody tr")) == 5

    def test_several_days_and_many_on_one(self, kenya, client):
        announced_event(kenya, name="Sprint", starts_at=MAY, ends_at=MAY + timedelta(days=2))
        for number in range(5):
            announced_event(kenya, name=f"Talk {number}", starts_at=MAY + timedelta(minutes=number + 1))
        page = soup(client, "/en/events/?month=2031-05")
        days = [td.time["datetime"] for td in page.select(".month td") if "Sprint" in td.get_text()]
        assert days == ["2031-05-07", "2031-05-08", "2031-05-09"]
        (more,) = page.select(".month .more")
        assert more.get_text(strip=True) == "and 3 more"
        day = soup(client, f"/en/events/{more['href']}")
        assert len(day.select(".events > li")) == 6

    def test_it_leads_to_the_months_beside_it_and_keeps_the_filters(self, kenya, client):
        announced_event(kenya, name="Evening", starts_at=MAY, kind="talk")
        announced_event(kenya, name="Sprint", starts_at=MAY, kind="sprint")
        page = soup(client, "/en/events/?month=2031-05&kind=talk")
        assert ("Evening" in page.main.get_text(), "Sprint" in page.select_one(".month").get_text()) == (True, False)
        before, after = (page.select_one(f".month-head [rel={rel}]")["href"] for rel in ("prev", "next"))
        assert ("month=2031-04" in before, "month=2031-06" in after, "kind=talk" in before) == (True, True, True)

    @pytest.mark.parametrize("text", ["", "nonsense", "2031-13", "0000-01", "99999-1", "2031-05-07", "%00", "２０３１-05"])
    def test_of_nonsense_it_is_this_month(self, kenya, client, text):
        page = soup(client, f"/en/events/?month={text}")
        assert page.select_one("#month").get_text() == f"{timezone.localdate():%B %Y}"


class TestFilters:
    def test_near_a_city(self, kenya, client):
        hall = hosted_space(kenya, latitude=-1.28, longitude=36.82)
        announced_event(kenya, name="In town", space=hall, address="")
        announced_event(kenya, name="Elsewhere")
        page = soup(client, "/en/events/?near=Nairobi").select_one(".events").get_text()
        assert ("In town" in page, "Elsewhere" in page) == (True, False)
        assert "No city of this name" in soup(client, "/en/events/?near=Nowhereville").main.get_text()

    def test_by_topic_language_and_online(self, kenya, client):
        one = announced_event(kenya, name="One", languages=["sw"], online_url="https://meet.example.org/one")
        one.tags.add("Free maps")
        announced_event(kenya, name="Two")
        for query in ("tag=Free maps", "tag=free-maps", "language=sw", "online=on"):
            page = soup(client, f"/en/events/?{query}").select_one(".events").get_text()
            assert ("One" in page, "Two" in page) == (True, False), query

    def test_what_is_over_says_what_came_of_it(self, kenya, client):
        event = is_over(announced_event(kenya, name="Evening"))
        outcome = EventOutcome.objects.create(event=event, held=True, came=31, first_timers=9)
        event.refresh_from_db()
        event.close_outcome(outcome, {})
        assert "31 people came" in soup(client, "/en/events/?when=past").select_one(".events").get_text()
        page = soup(client, event.pages.get().get_url())
        cells = [[cell.get_text() for cell in row.select("th, td")] for row in page.select(".outcome-table tbody tr")]
        assert cells == [["people who come", "20", "31"], ["people who come for the first time", "5", "9"]]


class TestFeeds:
    def test_times_are_those_of_the_place_with_the_rules_of_its_zone(self, spain, client):
        event = announced_event(spain, name="Tarde", timezone="Europe/Madrid", starts_at=datetime(2031, 3, 28, 18, tzinfo=UTC))
        answer = client.get("/en/events/calendar.ics")
        calendar = Calendar.from_ical(answer.content)
        (entry,) = calendar.walk("VEVENT")
        assert entry["DTSTART"].to_ical() == b"20310328T190000"
        assert entry["DTSTART"].params["TZID"] == "Europe/Madrid"
        (zone,) = calendar.walk("VTIMEZONE")
        offsets = {str(each["TZOFFSETTO"].to_ical()) for each in zone.walk() if "TZOFFSETTO" in each}
        assert offsets == {"+0100", "+0200"}
        assert str(entry["UID"]) == f"event-{event.key}@example.org" or str(entry["UID"]).startswith(f"event-{event.key}@")
        assert (str(entry["STATUS"]), int(entry["SEQUENCE"])) == ("CONFIRMED", 0)
        assert "METHOD" not in calendar  # RFC 5546 would then want somebody who invites

    def test_the_name_stays_and_the_number_grows(self, kenya, client):
        event = announced_event(kenya, name="Evening", starts_at=MAY)
        before = entries(client, "/en/events/calendar.ics")["Evening"]
        event.reschedule(datetime(2031, 5, 9, 18), datetime(2031, 5, 9, 20))
        event.cancel()
        after = entries(client, "/en/events/calendar.ics")["Evening"]
        assert before["UID"] == after["UID"]
        assert (int(after["SEQUENCE"]), str(after["STATUS"])) == (2, "CANCELLED")
        assert after["DTSTART"].dt == datetime(2031, 5, 9, 18, tzinfo=ZoneInfo("Africa/Nairobi"))

    def test_each_feed_tells_of_its_own(self, kenya, spain, client):
        hall = hosted_space(kenya, slug="blue-hall")
        announced_event(kenya, name="Hall", space=hall, address="").tags.add("maps")
        announced_event(kenya, name="Street")
        announced_event(spain, name="Tarde", languages=["es"])
        wanted = {
            "/en/events/calendar.ics": {"Hall", "Street", "Tarde"},
            "/en/regions/kenya/calendar.ics": {"Hall", "Street"},
            "/en/events/calendar.ics?region=spain": {"Tarde"},
            "/en/events/calendar.ics?space=blue-hall": {"Hall"},
            "/en/events/calendar.ics?tag=maps": {"Hall"},
            "/en/events/calendar.ics?language=es": {"Tarde"},
            "/en/events/calendar.ics?kind=sprint": set(),
        }
        assert {address: set(entries(client, address)) for address in wanted} == wanted

    def test_in_each_language_the_page_that_there_is(self, kenya, client):
        event = announced_event(kenya, name="Evening")
        publish_in(kenya.pages.get(locale__language_code="en"), "es") if not kenya.page_in("es") else None
        assert set(entries(client, "/es/events/calendar.ics")) == {"Evening"}  # untranslated
        publish_in(event.pages.get(), "es", title="Tarde de mapas")
        assert set(entries(client, "/es/events/calendar.ics")) == {"Tarde de mapas"}
        assert set(entries(client, "/en/events/calendar.ics")) == {"Evening"}

    @pytest.mark.parametrize("kind", ["calendar.ics", "feed.atom"])
    def test_nothing_new_is_not_sent_again(self, kenya, client, kind):
        event = announced_event(kenya, name="Evening")
        first = client.get(f"/en/events/{kind}")
        assert client.get(f"/en/events/{kind}", headers={"If-None-Match": first["ETag"]}).status_code == 304
        event.relocate(address="Moi Avenue 9")
        assert client.get(f"/en/events/{kind}", headers={"If-None-Match": first["ETag"]}).status_code == 200

    def test_what_is_not_understood_is_said(self, kenya, client):
        for kind in ("calendar.ics", "feed.atom"):
            answer = client.get(f"/en/events/{kind}?kind=ball")
            assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")
            assert answer.json()["errors"][0]["field"] == "kind"
            assert client.get(f"/en/regions/nowhere/{kind}").status_code == 404
            assert client.post(f"/en/events/{kind}").status_code == 405

    def test_atom_is_well_formed_and_says_what_is_cancelled(self, kenya, client):
        event = announced_event(kenya, name="Evening & more")
        announced_event(kenya, name="Off").cancel()
        answer = client.get("/en/regions/kenya/feed.atom")
        feed = BeautifulSoup(answer.content, "xml")
        assert feed.feed["xml:lang"] == "en"
        titles = [entry.title.string for entry in feed.find_all("entry")]
        assert sorted(titles) == ["Evening & more", "Off (cancelled)"]
        entry = next(each for each in feed.find_all("entry") if each.title.string == "Evening & more")
        assert entry.id.string == f"urn:uuid:{event.key}"
        assert entry.link["href"].endswith(event.pages.get().get_url())
        assert answer["Access-Control-Allow-Origin"] == "*"

    def test_the_page_leads_to_them(self, kenya, client):
        page = soup(client, "/en/events/?region=kenya&when=past")
        assert page.select_one("link[type='application/atom+xml']")["href"] == "/en/events/feed.atom?region=kenya"
        assert page.select_one(".feeds a")["href"] == "webcal://testserver/en/events/calendar.ics?region=kenya"
        page = soup(client, "/en/regions/kenya/")
        assert page.select_one("link[type='text/calendar']")["href"] == "/en/regions/kenya/calendar.ics"
        links = [link["href"] for link in page.select(".feeds a")]
        assert links == ["webcal://testserver/en/regions/kenya/calendar.ics", "/en/regions/kenya/feed.atom"]

    def test_one_event_alone(self, kenya, client):
        event = announced_event(kenya, name="Evening")
        announced_event(kenya, name="Other")
        assert set(entries(client, f"/en/events/{event.slug}/event.ics")) == {"Evening"}


class TestStructuredData:
    def data(self, client, event):
        block = soup(client, event.pages.get().get_url()).select_one("script[type='application/ld+json']")
        return json.loads(block.string)

    def test_as_the_vocabulary_has_it(self, kenya, client):
        hall = hosted_space(kenya, name="Blue Hall", city="Nairobi")
        event = announced_event(
            kenya, name="Evening </script>", space=hall, address="", other_communities="Mappers", capacity=9
        )
        data = self.data(client, event)
        assert (data["@type"], data["eventStatus"]) == ("Event", "https://schema.org/EventScheduled")
        assert data["eventAttendanceMode"] == "https://schema.org/OfflineEventAttendanceMode"
        assert (data["location"]["name"], data["organizer"][0]["name"]) == ("Blue Hall", "Mappers")
        assert (data["maximumAttendeeCapacity"], data["remainingAttendeeCapacity"]) == (9, 9)
        assert data["startDate"] == event.local_start.isoformat()
        assert client.get(data["image"]).status_code == 200

    def test_rescheduled_moved_online_postponed_cancelled(self, kenya, client):
        event = announced_event(kenya, name="Evening", starts_at=MAY)
        event.reschedule(datetime(2031, 5, 9, 18), datetime(2031, 5, 9, 20))
        data = self.data(client, event)
        assert data["eventStatus"] == "https://schema.org/EventRescheduled"
        assert data["previousStartDate"] == "2031-05-07T18:00:00+03:00"
        event.go_online("https://meet.example.org/x")
        data = self.data(client, event)
        assert data["eventStatus"] == ["https://schema.org/EventRescheduled", "https://schema.org/EventMovedOnline"]
        assert data["location"] == {"@type": "VirtualLocation", "url": "https://meet.example.org/x"}
        event.postpone()
        assert self.data(client, event)["eventStatus"][0] == "https://schema.org/EventPostponed"
        event.cancel()
        assert self.data(client, event)["eventStatus"] == "https://schema.org/EventCancelled"


@pytest.mark.parametrize("language", ["en", "ar", "zh-hant"])
def test_the_picture_for_sharing(kenya, client, language):
    event = announced_event(kenya, name="Evening of maps, of people and of very long names that do not fit into two lines")
    answer = client.get(f"/{language}/events/{event.slug}/share.png")
    assert (answer["Content-Type"], answer.content[:4]) == ("image/png", b"\x89PNG")
    assert len(answer.content) < 200_000


def test_the_api_tells_the_same(kenya, client):
    event = announced_event(kenya, name="Evening", starts_at=MAY, other_communities="Mappers")
    (item,) = client.get("/api/v1/events").json()["items"]
    assert (item["id"], item["starts_at"], item["local_start"]) == (
        event.slug,
        "2031-05-07T15:00:00+00:00",
        "2031-05-07T18:00:00",
    )
    assert (item["status"], item["communities"], item["going"], item["came"]) == ("scheduled", ["Mappers"], 0, None)
    assert client.get(f"/api/v1/events/{event.slug}").json() == item
    assert client.get("/api/v1/events?kind=ball").status_code == 422
    event.cancel()
    assert client.get(f"/api/v1/events/{event.slug}").json()["status"] == "cancelled"


def test_as_many_queries_however_many_events(kenya, client):
    addresses = [
        "/en/events/",
        "/en/events/?month=2031-05",
        "/en/events/calendar.ics",
        "/en/events/feed.atom",
        "/api/v1/events",
    ]
    counts = {address: [] for address in addresses}
    for number in (3, 20):
        for each in range(Event.objects.count(), number):
            event = announced_event(kenya, name=f"Evening {each}", starts_at=MAY + timedelta(days=each % 20))
            event.tags.add("maps", f"topic {each}")
            event.other_communities = "Mappers"
            event.save()
        for address in addresses:
            client.get(address)
            with CaptureQueriesContext(connection) as queries:
                assert client.get(address).status_code == 200
            counts[address].append(len(queries))
    assert {address: few for address, (few, _many) in counts.items()} == {
        address: many for address, (_few, many) in counts.items()
    }
