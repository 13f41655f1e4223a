"""When a space is free, where people and machines meet it: its page, the directory, calendars, and the page of its hosts."""

import random
from datetime import date, datetime, time

import pytest
from bs4 import BeautifulSoup
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar
from wagtail.models import ModelLogEntry
from wagtail.test.utils.form_data import querydict_from_html

from spaces.models import Closure, OpeningHours, Space, SpaceHost, SpecialHours
from spaces.personal_data import forget_reasons
from tests.factories import UserFactory, listed_space, open_region, publish_in

pytestmark = pytest.mark.django_db
MONDAY = date(2027, 5, 3)
NOW = datetime.fromisoformat("2027-05-03T09:30:00+00:00")  # half past noon in Nairobi


@pytest.fixture
def region():
    return open_region(name="Kenya", timezone="Africa/Nairobi")


@pytest.fixture
def now(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: NOW)


def rule(space, day, opens, closes):
    return OpeningHours.objects.create(space=space, weekday=day, opens=opens, closes=closes)


def with_hours(region, name, *rules, **facts):
    space = listed_space(region, name=name, **facts)
    for each in rules:
        rule(space, *each)
    return space


def soup(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, address
    return BeautifulSoup(answer.content, "html.parser")


def week_of(client, space, query="", language="en"):
    page = soup(client, f"{space.pages.get(locale__language_code=language).get_url()}{query}")
    days = page.select(".week > div")
    return {day.time["datetime"]: [item.get_text() for item in day.dd.select("span")] for day in days}


# -- Its page ----------------------------------------------------------------------------------------------------------


def test_the_page_shows_the_days_to_come(client, region, now):
    space = with_hours(region, "Hall", (0, "09:00", "18:00"), (2, "22:00", "02:00"), (5, "00:00", "00:00"))
    SpecialHours.objects.create(space=space, day=date(2027, 5, 4), opens="10:00", closes="12:00")
    Closure.objects.create(space=space, first_day=date(2027, 5, 9), last_day=date(2027, 5, 10), note="Painting by Juma")
    assert week_of(client, space) == {
        "2027-05-03": ["12:30–18:00"],  # what is over is not free
        "2027-05-04": ["10:00–12:00"],
        "2027-05-05": ["22:00–midnight"],
        "2027-05-06": ["00:00–02:00"],
        "2027-05-07": ["not available"],
        "2027-05-08": ["all day and night"],
        "2027-05-09": ["not available"],
    }
    later = week_of(client, space, "?from=2027-05-10")
    assert (later["2027-05-10"], list(later)[-1]) == (["not available"], "2027-05-16")
    assert "Painting" not in soup(client, space.pages.get().get_url()).get_text()


@pytest.mark.parametrize("asked", ["yesterday", "2027-05-02", "2099-01-01", "9999-12-31", "", "2027-13-01", "\x00"])
def test_no_day_to_ask_for_is_today(client, region, now, asked):
    space = with_hours(region, "Hall", (0, "09:00", "18:00"))
    assert next(iter(week_of(client, space, f"?from={asked}"))) == "2027-05-03"


def test_one_goes_on_and_back_a_week(client, region, now):
    space = with_hours(region, "Hall", (0, "09:00", "18:00"))
    address = space.pages.get().get_url()
    links = [link["href"] for link in soup(client, address).select(".week-nav a")]
    assert links == ["?from=2027-05-10#free"]
    links = [link["href"] for link in soup(client, f"{address}?from=2027-05-06").select(".week-nav a")]
    assert links == ["?from=2027-05-03#free", "?from=2027-05-13#free"]


def test_nobody_knows_when_a_space_without_hours_is_free(client, region):
    space = listed_space(region, name="Hall")
    assert not soup(client, space.pages.get().get_url()).select("#free")
    assert client.get(f"/spaces/{space.slug}/freebusy.ics").status_code == 404


def test_a_translated_page_says_it_in_its_language(client, region, now):
    space = with_hours(region, "Hall", (2, "22:00", "02:00"))
    publish_in(space.pages.get(), "fr", title="Salle")
    assert week_of(client, space, language="fr")["2027-05-05"] == ["22:00–minuit"]
    assert week_of(client, space, language="fr")["2027-05-04"] == ["pas disponible"]


# -- The directory -----------------------------------------------------------------------------------------------------


def names(client, query):
    return [link.get_text() for link in soup(client, f"/en/spaces/?{query}").select("#found .space h3 a")]


@pytest.fixture
def spaces(region):
    evenings = with_hours(region, "Evenings", (0, "17:00", "22:00"))
    nights = with_hours(region, "Nights", (0, "20:00", "04:00"), (1, "04:00", "08:00"))
    always = with_hours(region, "Always", *((day, "00:00", "00:00") for day in range(7)))
    shut = with_hours(region, "Shut", (0, "17:00", "22:00"))
    Closure.objects.create(space=shut, first_day=MONDAY, begins="20:00", last_day=MONDAY, ends="21:00")
    once = with_hours(region, "Once")
    SpecialHours.objects.create(space=once, day=MONDAY, opens="18:00", closes="21:00")
    listed_space(region, name="Unknown")
    return evenings, nights, always, shut, once


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("free_on=2027-05-03&free_from=18:00&free_until=21:00", ["Always", "Evenings", "Once"]),
        ("free_on=2027-05-03&free_from=18:00&free_until=20:00", ["Always", "Evenings", "Once", "Shut"]),
        ("free_on=2027-05-03&free_from=18:00&free_until=21:01", ["Always", "Evenings"]),
        ("free_on=2027-05-03&free_from=22:00&free_until=06:00", ["Always", "Nights"]),  # over midnight and a seam
        ("free_on=2027-05-03&free_from=21:00", ["Always", "Evenings", "Nights", "Shut"]),  # an hour
        ("free_on=2027-05-03&free_until=18:00", ["Always", "Evenings", "Shut"]),
        ("free_on=2027-05-03", ["Always", "Evenings", "Nights", "Once", "Shut"]),
        ("free_on=2027-05-04", ["Always", "Nights"]),
        ("free_on=2027-05-05", ["Always"]),
    ],
)
def test_spaces_that_are_free_then(client, spaces, now, query, expected):
    assert sorted(names(client, query)) == expected
    assert sorted(each["name"] for each in client.get(f"/api/v1/spaces?{query}").json()["items"]) == expected
    told = client.get(f"/spaces.geojson?{query}").json()["features"]
    assert sorted(each["properties"]["name"] for each in told) == expected


def test_one_chip_says_day_and_times_and_takes_them_off(client, spaces, now):
    page = soup(client, "/en/spaces/?free_on=2027-05-03&free_from=18:00&free_until=21:00&cost=free")
    chips = {chip.get_text(strip=True): chip["href"] for chip in page.select(".chips a")}
    assert list(chips) == ["Take off:free", "Take off:free on 3 May 2027, 18:00–21:00", "Take off all"]
    assert chips["Take off:free on 3 May 2027, 18:00–21:00"] == "?cost=free"
    one = soup(client, "/en/spaces/?free_on=2027-05-03&free_from=18:00")
    assert "free on 3 May 2027, 18:00–19:00" in one.select_one(".chips").get_text()


@pytest.mark.parametrize("day", ["2027-05-01", "2031-01-01", "9999-12-31", "0001-01-01", "tomorrow", "2027-02-30"])
def test_a_day_that_nobody_can_plan_is_refused_beside_the_field(client, spaces, now, day):
    page = soup(client, f"/en/spaces/?free_on={day}&free_from=18:00")
    error = page.select_one('[data-field="free_on"] .field-error').get_text()
    assert error == "Choose a day from today on, within the next two years."
    assert page.select_one('[name="free_on"]')["value"] == day
    assert client.get(f"/spaces.csv?free_on={day}").status_code == 422


@pytest.mark.parametrize("query", ["free_from=18:00", "free_until=21:00", "free_on=&free_from=18:00"])
def test_a_time_alone_asks_for_the_day(client, spaces, now, query):
    page = soup(client, f"/en/spaces/?{query}")
    assert page.select_one('[data-field="free_on"] .field-error').get_text() == "On which day?"
    assert len(names(client, query)) == 6
    assert client.get(f"/api/v1/spaces?{query}").status_code == 422


def test_as_many_queries_for_twenty_spaces_as_for_three(client, region, now):
    asked = "free_on=2027-05-03&free_from=18:00&free_until=20:00"

    def queries():
        names(client, asked)  # fills what is kept between requests
        with CaptureQueriesContext(connection) as captured:
            assert names(client, asked)
        return len(captured)

    for number in range(3):
        with_hours(region, f"Hall {number}", (0, "17:00", "22:00"), latitude=-1.0 - number % 3)
    few = queries()
    for number in range(17):
        with_hours(region, f"Room {number}", (0, "17:00", "22:00"), latitude=-1.0 - number % 3)
    assert queries() == few


# -- Calendars ---------------------------------------------------------------------------------------------------------


def test_machines_read_when_it_is_free(client, region, now):
    space = with_hours(region, "Hall", *((day, "09:00", "18:00") for day in range(7)))
    Closure.objects.create(space=space, first_day=date(2027, 5, 4), last_day=date(2027, 5, 4), note="Painting by Juma")
    answer = client.get(f"/spaces/{space.slug}/freebusy.ics")
    assert (answer["Content-Type"], answer["Access-Control-Allow-Origin"]) == ("text/calendar; charset=utf-8", "*")
    assert b"Painting" not in answer.content
    (entry,) = Calendar.from_ical(answer.content).walk("VFREEBUSY")
    told = [(period.params["FBTYPE"], f"{period.start:%d %H:%M}", f"{period.end:%d %H:%M}") for period in entry["FREEBUSY"]]
    free = [each[1:] for each in told if each[0] == "FREE"]
    assert free[:2] == [("03 06:00", "03 15:00"), ("05 06:00", "05 15:00")]  # in UTC
    assert (len(free), {each[0] for each in told}) == (59, {"FREE", "BUSY-UNAVAILABLE"})
    busy = [each[1:] for each in told if each[0] != "FREE"]
    assert busy[:2] == [("02 21:00", "03 06:00"), ("03 15:00", "05 06:00")]
    again = client.get(f"/spaces/{space.slug}/freebusy.ics", headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304


# -- Its hosts ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def hall(region):
    space = with_hours(region, "Hall", (0, "09:00", "18:00"))
    SpaceHost.objects.create(space=space, name="Wanjiru", email="wanjiru@example.org")
    return space


@pytest.fixture
def host(client, hall, now):
    person = UserFactory()
    SpaceHost.objects.update(person=person)
    client.force_login(person)
    return person


def typed_in(page):
    """What stands in the form, as a browser would send it."""
    fields = page.select("form.hours-form input")
    return {field["name"]: field.get("value", "") for field in fields if field.get("type") != "checkbox"}


def edit(client, space, **changes):
    address = reverse("space_hours", args=[space.slug])
    return client.post(address, typed_in(soup(client, address)) | changes)


def test_a_host_edits_week_days_and_closed_times(client, hall, host, now):
    changes = {"opens_2_0": "18:00", "closes_2_0": "01:00", "opens_0_1": "19:00", "closes_0_1": "21:00"}
    days = {"special-0-day": "2027-05-06", "special-0-opens": "10:00", "special-0-closes": "12:00"}
    closed = {"closures-0-first_day": "2027-06-01", "closures-0-last_day": "2027-06-07", "closures-0-note": "Holidays"}
    assert edit(client, hall, **changes, **days, **closed).status_code == 302
    assert [str(each) for each in hall.opening_hours.all()] == [
        "Monday 09:00–18:00",
        "Monday 19:00–21:00",
        "Wednesday 18:00–01:00",
    ]
    assert [str(each) for each in hall.special_hours.all()] == ["6 May 2027, 10:00–12:00"]
    assert [(str(each), each.note) for each in hall.closures.all()] == [("1 June 2027 – 7 June 2027", "Holidays")]
    entry = (
        ModelLogEntry.objects.filter(content_type=ContentType.objects.get_for_model(Space), object_id=hall.pk)
        .order_by("timestamp")
        .last()
    )
    assert (entry.user, entry.action) == (host, "portal.facts_changed")
    assert entry.data["changes"] == {
        "opening_hours": [["Mon 09:00–18:00"], ["Mon 09:00–18:00", "Mon 19:00–21:00", "Wed 18:00–01:00"]],
        "special_hours": [[], ["2027-05-06 10:00–12:00"]],
        "closures": [[], ["2027-06-01  – 2027-06-07 "]],
    }
    edit(client, hall, **{"special-0-DELETE": "on", "opens_0_0": "", "closes_0_0": ""})
    assert not hall.special_hours.exists()
    assert [str(each) for each in hall.opening_hours.all()] == ["Monday 19:00–21:00", "Wednesday 18:00–01:00"]
    edits = ModelLogEntry.objects.filter(action="portal.facts_changed", object_id=hall.pk).count()
    edit(client, hall)
    assert ModelLogEntry.objects.filter(action="portal.facts_changed", object_id=hall.pk).count() == edits


def test_what_is_over_is_kept_and_not_shown(client, hall, host, now):
    Closure.objects.create(space=hall, first_day=date(2027, 1, 1), last_day=date(2027, 1, 2))
    assert "1 January 2027" not in soup(client, reverse("space_hours", args=[hall.slug])).get_text()
    edit(client, hall)
    assert hall.closures.count() == 1


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"opens_2_0": "18:00"}, "From when and until when? Both are needed."),
        ({"opens_2_0": "25:00", "closes_2_0": "26:00"}, "Enter a valid time."),
        ({"opens_0_1": "17:00", "closes_0_1": "19:00"}, "Two of the opening hours overlap."),
        ({"opens_6_0": "22:00", "closes_6_0": "10:00"}, "Two of the opening hours overlap."),  # Sunday night meets Monday
        ({"special-0-day": "2027-05-06", "special-0-opens": "10:00"}, "This field is required."),
        ({"special-0-day": "2027-02-30", "special-0-opens": "10:00", "special-0-closes": "11:00"}, "Enter a valid date."),
        ({"closures-0-first_day": "2027-06-07", "closures-0-last_day": "2027-06-01"}, "The end lies before the beginning."),
        (
            {"closures-0-first_day": "2027-06-07", "closures-0-last_day": "2037-06-07"},
            "This is longer than two years. Close the space instead.",
        ),
        (
            {"closures-0-first_day": "2027-06-07", "closures-0-last_day": "2027-06-07", "closures-0-note": "x" * 161},
            "160 characters",
        ),
        ({"closures-0-first_day": "9999-12-31", "closures-0-last_day": "9999-12-31"}, "Is the year right?"),
        ({"closures-0-first_day": "0027-06-07", "closures-0-last_day": "0027-06-08"}, "Is the year right?"),
        ({"closures-0-first_day": "2027-01-01", "closures-0-last_day": "2027-01-02"}, "This day is over."),
        ({"closures-0-first_day": "03/05/2027", "closures-0-last_day": "04/05/2027"}, "Enter a valid date."),
        ({"special-0-day": "2027-01-01", "special-0-opens": "10:00", "special-0-closes": "11:00"}, "This day is over."),
        ({"closures-TOTAL_FORMS": "x"}, "ManagementForm data is missing or has been tampered with"),
    ],
)
def test_what_cannot_be_is_said_beside_the_field_and_nothing_is_saved(client, hall, host, changes, words):
    answer = edit(client, hall, **changes, opens_4_0="10:00", closes_4_0="11:00")
    assert answer.status_code == 200
    page = BeautifulSoup(answer.content, "html.parser")
    assert any(words in error.get_text() for error in page.select(".field-error, .form-errors"))
    assert page.select_one('[name="opens_4_0"]')["value"] == "10:00"  # what was typed stays
    assert [str(each) for each in hall.opening_hours.all()] == ["Monday 09:00–18:00"]
    assert (hall.special_hours.count(), hall.closures.count()) == (0, 0)


def test_of_two_who_have_the_page_open_the_second_is_told(client, hall, host):
    address = reverse("space_hours", args=[hall.slug])
    first = typed_in(soup(client, address))
    edit(client, hall, opens_0_0="10:00")
    closed = {"closures-0-first_day": "2027-06-01", "closures-0-last_day": "2027-06-07"}
    answer = client.post(address, first | closed)
    page = BeautifulSoup(answer.content, "html.parser")
    assert "Somebody has changed this space meanwhile" in page.select_one("[role=alert]").get_text()
    assert page.select_one('[name="closures-0-first_day"]')["value"] == "2027-06-01"
    assert [str(each) for each in hall.opening_hours.all()] == ["Monday 10:00–18:00"]
    assert not hall.closures.exists()
    assert client.post(address, first | closed).status_code == 200  # once more, and still nothing twice
    assert not hall.closures.exists()


def test_a_row_that_somebody_removed_meanwhile_is_told(client, hall, host):
    gone = Closure.objects.create(space=hall, first_day=date(2027, 6, 1), last_day=date(2027, 6, 2))
    typed = typed_in(soup(client, reverse("space_hours", args=[hall.slug])))
    gone.delete()
    page = BeautifulSoup(client.post(reverse("space_hours", args=[hall.slug]), typed).content, "html.parser")
    assert "Somebody has changed or removed this row" in page.get_text()


def test_rows_that_stay_keep_their_numbers(client, hall, host):
    before = hall.opening_hours.get().pk
    edit(client, hall, opens_2_0="18:00", closes_2_0="20:00")
    assert hall.opening_hours.get(weekday=0).pk == before


def test_a_closure_until_midnight_closes_the_day(client, region, now):
    space = with_hours(region, "Hall", *((day, "09:00", "23:59") for day in range(7)))
    Closure.objects.create(space=space, first_day=date(2027, 5, 4), begins=time(18), last_day=date(2027, 5, 5), ends=time(0))
    week = week_of(client, space)
    assert (week["2027-05-04"], week["2027-05-05"]) == (["09:00–18:00"], ["not available"])
    assert week["2027-05-06"] == ["09:00–midnight"]  # 23:59 means midnight


def test_special_hours_that_are_over_say_nothing(client, region, now):
    space = with_hours(region, "Hall")
    SpecialHours.objects.create(space=space, day=date(2027, 5, 1), opens="10:00", closes="12:00")
    assert not soup(client, space.pages.get().get_url()).select("#free")
    assert client.get(f"/spaces/{space.slug}/freebusy.ics").status_code == 404


def test_the_workplace_writes_down_changed_hours_and_leads_to_the_grid(client, hall, region):
    own = UserFactory()
    region.grant(own, "ambassador")
    client.force_login(own)
    address = reverse("wagtailsnippets_spaces_space:edit", args=[hall.pk])
    page = client.get(address).content.decode()
    assert reverse("space_hours", args=[hall.slug]) in page
    assert reverse("space_hours", args=[hall.slug]) in client.post(address, {}).content.decode()  # refused, and still there
    data = querydict_from_html(page, form_id="w-editor-form")
    data["opening_hours-0-closes"] = "20:00"
    assert client.post(address, data).status_code == 302
    entry = ModelLogEntry.objects.filter(action="portal.facts_changed").order_by("timestamp").last()
    assert entry.data["changes"]["opening_hours"] == [["Mon 09:00–18:00"], ["Mon 09:00–20:00"]]


def test_reasons_are_forgotten_a_month_after(hall, now):
    for month, day in ((3, 1), (4, 20)):
        Closure.objects.create(space=hall, first_day=date(2027, month, day), last_day=date(2027, month, day), note="Ill")
    assert forget_reasons(NOW) == 1
    assert [each.note for each in hall.closures.all()] == ["", "Ill"]


ODD = [
    "",
    "x",
    "25:00",
    "12:00",
    "00:00",
    "23:59:59.9",
    "-1",
    "0",
    "1e9",
    "9" * 5000,
    "\x00",
    "\u202e",
    "2027-05-04",
    "9999-12-31",
]
ODD += ["0001-01-01", "2027-02-30", "2027-W20", "on", "💣" * 300, "<b>", "٢٠٢٧-٠٥-٠٤", " 10:00 ", "10:00 PM", "None", "NaN"]


@pytest.mark.slow
def test_a_thousand_odd_posts_are_answered(client, hall, host):
    dice, address = random.Random(11), reverse("space_hours", args=[hall.slug])
    for number in range(1000):
        if number % 100 == 0:  # what an honest browser has by now
            typed = typed_in(soup(client, address))
        odd = {name: dice.choice(ODD) for name in dice.sample(sorted(typed), dice.randint(1, 8))}
        lost = dice.sample(sorted(typed), dice.randint(0, 2))
        answer = client.post(address, {name: value for name, value in {**typed, **odd}.items() if name not in lost})
        assert answer.status_code in (200, 302), odd
    assert client.get(hall.pages.get().get_url()).status_code == 200
    assert client.get(f"/spaces/{hall.slug}/freebusy.ics").status_code in (200, 404)


def test_rows_of_another_space_cannot_be_named(client, hall, host, region, now):
    other = listed_space(region, name="Other")
    foreign = Closure.objects.create(space=other, first_day=date(2027, 6, 1), last_day=date(2027, 6, 2))
    own = Closure.objects.create(space=hall, first_day=date(2027, 6, 1), last_day=date(2027, 6, 2))
    edit(client, hall, **{"closures-0-id": str(foreign.pk), "closures-0-DELETE": "on"})
    assert set(Closure.objects.all()) == {foreign, own}


def test_the_list_of_ones_spaces_leads_there(client, hall, host):
    assert soup(client, reverse("hosted_spaces")).select_one(f'a[href="{reverse("space_hours", args=[hall.slug])}"]')
