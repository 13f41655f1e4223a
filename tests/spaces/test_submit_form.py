"""The form by which anybody proposes a space, step by step, over HTTP and without a script."""

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError

from portal.models import OutgoingMail
from spaces.models import SpaceSubmission
from spaces.submitting.positions import read_position
from tests.factories import listed_space, open_region
from tests.spaces.submitting import ANSWERS, Reader

pytestmark = pytest.mark.django_db


@pytest.fixture
def kenya():
    return open_region(name="Kenya", slug="kenya")


@pytest.fixture
def reader(client):
    return Reader(client, "en")


def sent():
    return SpaceSubmission.objects.count()


# -- From step to step -------------------------------------------------------------------------------------------------


def test_every_step_is_a_page_and_what_was_typed_goes_along(kenya, reader):
    reader.open()
    for step in ("place", "where", "room", "cost", "declarations", "you"):
        assert reader.step == step
        reader.type(**ANSWERS[step])
        reader.press("next")
    assert reader.step == "check"
    assert reader.text.count("Blue Hall") >= 1
    reader.wait_a_moment()
    reader.press("send")
    assert reader.path == "/en/spaces/submit/sent/"
    one = SpaceSubmission.objects.get()
    assert {name: getattr(one, name) for name in one.FACTS} == {
        "name": "Blue Hall",
        "kind": "library",
        "address": "Moi Avenue 3",
        "city": "Nairobi",
        "country": "KE",
        "latitude": -1.2835,
        "longitude": 36.8219,
        "capacity": 60,
        "facilities": ["wifi", "power"],
        "step_free": "partly",
        "cost": "hourly",
        "price": 500,
        "currency": "KES",
        "website": "https://hall.example.org",
    }
    assert (one.submitter, one.email, one.language) == ("Wanjiru Kamau", "wanjiru@example.org", "en")
    assert (one.region, one.is_middle_of_city, one.status) == (kenya, False, "submitted")
    assert (one.summary, one.getting_in, one.opening_hours) == ("A hall above\na bakery.", "", "Tuesdays")


def test_it_needs_no_cookie_and_is_kept_by_no_cache(reader):
    reader.open()
    reader.type(**ANSWERS["place"])
    reader.press("next")
    assert not reader.client.cookies
    assert "no-store" in reader.answer["Cache-Control"]


def test_going_back_keeps_everything_also_what_is_wrong(kenya, reader):
    reader.to("room")
    reader.type(capacity="many", summary="Light & “quiet” <b>")
    reader.press("where")
    assert (reader.step, reader.value("address")) == ("where", "Moi Avenue 3")
    reader.press("place")
    assert reader.value("name") == "Blue Hall"
    reader.press("next")
    reader.press("next")
    assert (reader.value("capacity"), reader.value("summary")) == ("many", "Light & “quiet” <b>")
    reader.press("next")
    assert reader.step == "room"
    assert reader.errors == ["How many people fit in: Enter a whole number."]


def test_each_step_says_what_is_wrong_beside_the_field_and_above_with_a_link_to_it(reader):
    reader.open()
    reader.press("next")
    assert reader.errors == ["Name: This field is required.", "City: This field is required."]
    links = [link["href"] for link in reader.soup.select(".form-errors a")]
    assert links == ["#id_name", "#id_city"]
    for link in links:
        assert reader.soup.select_one(link)["aria-invalid"] == "true"
        assert reader.soup.select_one(f"{link}_error").get_text(strip=True) == "This field is required."


def test_only_the_last_page_sends_and_only_when_all_is_right(kenya, reader):
    reader.to("check")
    reader.carry(capacity="0")
    reader.wait_a_moment()
    reader.press("send")
    assert (reader.step, sent()) == ("room", 0)
    assert reader.errors == ["How many people fit in: Ensure this value is greater than or equal to 1."]


@pytest.mark.parametrize("declaration", ANSWERS["declarations"])
def test_each_declaration_is_explained_and_needed(kenya, reader, declaration):
    reader.to("declarations")
    assert all(reader.soup.select_one(f"#id_{name}_helptext").get_text(strip=True) for name in ANSWERS["declarations"])
    reader.type(**{**ANSWERS["declarations"], declaration: None})
    reader.press("next")
    assert reader.step == "declarations"
    assert [error.rpartition(": ")[2] for error in reader.errors] == ["A space is listed only when this is true."]


def test_nothing_is_asked_twice_of_a_host(kenya, reader):
    reader.to("you")
    assert {field["name"]: field.get("autocomplete") for field in reader.soup.select(".field input:not([type=radio])")} == {
        "submitter": "name",
        "email": "email",
        "host_name": "off",
        "host_email": "off",
    }
    reader.type(**{**ANSWERS["you"], "relation": "other"})
    reader.press("next")
    assert reader.errors == [
        "The host's e-mail address: Who opens the door? We write to the host when somebody asks for the space."
    ]
    reader.type(relation="host")
    reader.press("next")
    assert reader.step == "check"


# -- Where it is -------------------------------------------------------------------------------------------------------


def test_a_city_gives_country_currency_and_position(kenya, reader):
    reader.open()
    reader.type(**ANSWERS["place"])
    reader.press("next")
    assert reader.value("country") == "KE"
    reader.type(address="Moi Avenue 3", position="")
    reader.press("next")
    reader.type(**ANSWERS["room"])
    reader.press("next")
    assert reader.value("currency") == "KES"
    for step in ("cost", "declarations", "you"):
        reader.type(**ANSWERS[step])
        reader.press("next")
    assert "the middle of the city" in reader.text
    reader.wait_a_moment()
    reader.press("send")
    one = SpaceSubmission.objects.get()
    assert (round(one.latitude), round(one.longitude), one.is_middle_of_city) == (-1, 37, True)


def test_of_several_cities_of_a_name_one_is_chosen(reader):
    reader.open()
    reader.type(**{**ANSWERS["place"], "city": "Cordoba"})
    reader.press("next")
    assert (reader.step, reader.errors) == ("place", ["Which one is it?: There are several of this name. Which one is it?"])
    choices = {label.get_text(strip=True): label.input["value"] for label in reader.soup.select("#id_which_city label")}
    argentina = next(label for label in choices if "Argentina" in label)
    assert "none of these" in choices
    reader.type(which_city=choices[argentina])
    reader.press("next")
    assert (reader.step, reader.value("country")) == ("where", "AR")


def test_a_village_that_no_list_knows_is_placed_by_numbers(reader):
    reader.open()
    reader.type(**{**ANSWERS["place"], "city": "Qqxxzzburg"})
    reader.press("next")
    reader.type(country="AT", address="Dorfplatz 1", position="")
    reader.press("next")
    assert reader.errors == ["Position: This city is not in our list: please give the position."]
    reader.type(position="47.5, 13.2")
    reader.press("next")
    assert reader.step == "room"


@pytest.mark.parametrize("position", ["51.5, -0.1", "36.82, -1.29"])
def test_a_village_lies_in_its_country(reader, position):
    reader.open()
    reader.type(**{**ANSWERS["place"], "city": "Qqxxzzburg"})
    reader.press("next")
    reader.type(country="KE", address="Dorfplatz 1", position=position)
    reader.press("next")
    words = "This is far from Kenya. Please look at the numbers once more."
    assert (reader.step, reader.errors) == ("where", [f"Position: {words}"])


def test_a_city_of_another_country_is_not_called_unknown(reader):
    reader.to("where")
    reader.type(country="FR", address="Rue 1", position="")
    reader.press("next")
    assert reader.errors == ["Position: This city lies in another country."]


@pytest.mark.parametrize(
    ("typed", "position"),
    [
        ("-1.2921, 36.8219", (-1.2921, 36.8219)),
        ("  (−1.2921,36.8219) ", (-1.2921, 36.8219)),
        ("-1,2921; 36,8219", (-1.2921, 36.8219)),
        ("1.2921° S, 36.8219° E", (-1.2921, 36.8219)),
        ("36.8219 E 1.2921 S", (-1.2921, 36.8219)),
        ("geo:40.4,-3.7", (40.4, -3.7)),
        ("90 180", (90, 180)),
    ],
)
def test_positions_as_people_type_them(typed, position):
    assert read_position(typed) == position


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("121.5654, 25.033", "Are the two numbers swapped? 25.033, 121.5654"),
        ("91, 181", "There is no such place"),
        ("25.0, 999", "There is no such place"),
        ("Nairobi", "Two numbers with a comma"),
        ("1", "Two numbers with a comma"),
        ("1,2,3,4", "Two numbers with a comma"),
        ("nan, inf", "Two numbers with a comma"),
        ("1e400, 1", "Two numbers with a comma"),
        ("9" * 100_000, "Two numbers with a comma"),
    ],
)
def test_positions_that_are_none(typed, words):
    with pytest.raises(ValidationError) as error:
        read_position(typed)
    assert words in error.value.messages[0]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("36.8219, -1.2835", "This is far from Nairobi. Are the two numbers swapped? -1.2835, 36.8219"),
        ("52.5, 13.4", "This is far from Nairobi. Please look at the numbers once more."),
    ],
)
def test_a_position_that_is_not_near_its_city(reader, typed, words):
    reader.to("where")
    reader.type(**{**ANSWERS["where"], "position": typed})
    reader.press("next")
    assert (reader.step, reader.errors) == ("where", [f"Position: {words}"])
    assert reader.value("position") == typed


# -- The same place ----------------------------------------------------------------------------------------------------


def test_one_that_is_listed_already_is_shown_before_sending(kenya, reader):
    hall = listed_space(kenya, name="The Blue Hall", latitude=-1.2836, longitude=36.8219)
    hidden = listed_space(kenya, name="Blue Hall of old", latitude=-1.2836, longitude=36.8219)
    hidden.close()
    reader.to("check")
    assert f"/en/regions/kenya/{hall.slug}/" in str(reader.soup)
    assert "less than 200 m away" in reader.text
    assert "Blue Hall of old" not in reader.text
    reader.wait_a_moment()
    reader.press("send")
    assert (reader.errors, sent()) == (
        ["Is it one of these?: Please look at them first: one room shall not stand there twice."],
        0,
    )
    reader.type(same_as=str(hall.pk))
    reader.press("send")
    assert "It is in the directory already" in reader.text
    assert sent() == OutgoingMail.objects.count() == 0


def test_another_place_next_door_is_sent(kenya, reader):
    listed_space(kenya, name="Something else", latitude=-1.2836, longitude=36.8219)
    reader.to("check")
    reader.type(same_as="another")
    reader.wait_a_moment()
    reader.press("send")
    assert sent() == 1


def test_the_region_may_be_changed_and_may_be_missing(kenya, reader):
    other = open_region(name="Uganda", slug="uganda", countries=["UG"])
    reader.to("check")
    assert reader.value("region") == str(kenya.pk)
    reader.type(region=str(other.pk))
    reader.wait_a_moment()
    reader.press("send")
    assert SpaceSubmission.objects.get().region == other
    kenya.close()
    SpaceSubmission.objects.all().delete()
    reader.to("check")
    assert reader.value("region") == ""
    assert "No region speaks for this place yet" in reader.text
    reader.wait_a_moment()
    reader.press("send")
    assert SpaceSubmission.objects.get().region is None


def test_a_region_that_was_chosen_stays_chosen_and_a_suggested_one_follows_the_place(kenya, reader):
    other = open_region(name="Uganda", slug="uganda", countries=["UG"])
    reader.to("check")
    reader.type(region=str(other.pk))
    reader.press("cost")
    reader.press("next")
    assert reader.step == "declarations"
    reader.press("check")
    assert reader.value("region") == str(other.pk)
    reader.type(region=str(kenya.pk))
    reader.press("where")
    reader.type(country="UG", position="0.31, 32.58")
    reader.press("check")
    assert reader.value("region") == str(other.pk)


def test_a_price_is_read_with_a_comma_and_wrong_in_one_way_at_a_time(kenya, reader):
    reader.to("cost")
    reader.type(cost="hourly", price="2,50", currency="eur")
    reader.press("next")
    assert (reader.step, reader.value("price")) == ("declarations", "2,50")
    reader.to("cost")
    reader.type(cost="hourly", price="much", currency="EUR")
    reader.press("next")
    assert reader.errors == ["Price: Enter a number."]


# -- Strangers ---------------------------------------------------------------------------------------------------------


def test_a_machine_believes_that_it_was_sent(kenya, reader):
    reader.to("check")
    reader.type(form_topic="Cheap watches")
    reader.press("send")
    assert (reader.path, sent()) == ("/en/spaces/submit/sent/", 0)


def test_too_quick_is_sent_once_more_with_nothing_lost(kenya, reader):
    reader.to("check")
    reader.press("send")
    assert (reader.step, sent()) == ("check", 0)
    assert reader.errors == ["That was too quick for us. Please send the form once more."]
    reader.wait_a_moment()
    reader.press("send")
    assert sent() == 1


def test_sent_twice_it_is_one(kenya, reader):
    reader.to("check")
    reader.wait_a_moment()
    data = reader.data("send")
    for _retry in range(2):
        assert reader.client.post("/en/spaces/submit/", data).status_code == 302
    assert (sent(), OutgoingMail.objects.count()) == (1, 1)


def test_five_from_one_address_and_the_sixth_reads_why_not(kenya, reader):
    for number in range(6):
        reader.to("check", name=f"Hall number {number}", position=f"-1.{300 + number}, 36.8")
        reader.wait_a_moment()
        reader.press("send")
    assert sent() == 5
    assert reader.errors == ["Too many messages from here. Try again in an hour."]


@pytest.mark.parametrize(
    ("step", "field", "typed", "words"),
    [
        ("place", "name", "x" * 1_000_000, "Ensure this value has at most 160 characters (it has 1000000)."),
        ("place", "name", "\x00\x07\x1b", "This field is required."),
        ("place", "name", "\u200b\u2060", "Please write the name of the place."),
        ("place", "city", "\u200b", "Please write the name of the city or village."),
        ("place", "city", ", ,", "Please write the name of the city or village."),
        ("place", "kind", "palace", "Select a valid choice. palace is not one of the available choices."),
        ("where", "country", "XX", "Select a valid choice. XX is not one of the available choices."),
        ("room", "capacity", "-5", "Ensure this value is greater than or equal to 1."),
        ("room", "capacity", "999999999999999999999", "Ensure this value is less than or equal to 100000."),
        ("room", "capacity", "9" * 5000, "Enter a whole number."),
        ("room", "facilities", "moat", "Select a valid choice. moat is not one of the available choices."),
        ("room", "summary", "y" * 1_000_000, "Ensure this value has at most 255 characters (it has 1000000)."),
        ("room", "website", "javascript:alert(1)", "Enter a valid URL."),
        ("room", "website", "http://[", "Enter a valid URL."),
        ("cost", "price", "-1", "A price is more than nothing."),
        ("cost", "price", "0", "A price is more than nothing. What costs nothing is free."),
        ("cost", "currency", "XXX", "Three letters of a currency: EUR, KES, TWD."),
        ("cost", "price", "NaN", "Enter a number."),
        ("cost", "price", "1e999999", "Ensure that there are no more than 10 digits in total."),
        ("cost", "price", "", "A paid space has a price and a currency."),
        ("cost", "currency", "ZZZ", "Three letters of a currency: EUR, KES, TWD."),
        ("you", "email", "a@b", "Enter a valid email address."),
        ("you", "email", "a@example.org\nBcc: b@example.org", "Enter a valid email address."),
    ],
)
def test_hostile_values_are_refused_at_their_field(reader, step, field, typed, words):
    reader.to(step)
    reader.type(**{**ANSWERS[step], field: typed})
    reader.press("next")
    assert reader.answer.status_code == 200
    assert (reader.step, sent()) == (step, 0)
    errors = reader.soup.select_one(f"#id_{field}_error")
    assert errors is not None
    assert words in errors.get_text()


def test_signs_that_nobody_sees_are_left_out(kenya, reader):
    reader.to("check", name="Blue\x00 \u202eHall\x07\n", summary="Two\nlines\x1b")
    reader.wait_a_moment()
    reader.press("send")
    one = SpaceSubmission.objects.get()
    assert (one.name, one.summary) == ("Blue Hall", "Two\nlines")


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        (b"name=%ff%fe&city=%c3%28", "application/x-www-form-urlencoded", 200),
        (b"name=\xff\xfe", "application/x-www-form-urlencoded; charset=utf-16", 400),
        (b"name=x", "application/x-www-form-urlencoded; charset=klingon", 200),
        (b"{}", "application/json", 200),
        (b"--x\r\nbroken", "multipart/form-data; boundary=x", 200),
        (b"broken", "multipart/form-data", 400),
        (b"name=" + b"x" * 3_000_000, "application/x-www-form-urlencoded", 400),
    ],
)
def test_what_is_no_form_of_ours_breaks_nothing(client, body, content_type, status):
    answer = client.generic("POST", "/en/spaces/submit/", body, content_type=content_type)
    assert (answer.status_code, sent()) == (status, 0)


def test_steps_that_do_not_exist_lead_to_the_first(client):
    for data in ({}, {"step": "throne"}, {"to": "throne"}, {"to": "send"}, {"to": "check"}, {"step": "check", "to": "next"}):
        page = BeautifulSoup(client.post("/en/spaces/submit/", data).content, "html.parser")
        assert page.select_one("main [name=step]")["value"] == "place"
    assert sent() == 0
