"""Opening hours: rules of a week, in words for readers and for machines; photos; what a space's page tells beside them."""

import json
from datetime import time
from io import BytesIO

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.utils.translation import override
from PIL import Image
from wagtail.images.tests.utils import get_test_image_file

from portal.models import Picture
from spaces.hours import lines
from spaces.models import OpeningHours, SpaceHost, SpacePhoto
from spaces.models.opening import check_week
from tests.factories import listed_space, open_region, publish_in


def rule(weekday, opens, closes):
    return OpeningHours(weekday=weekday, opens=time.fromisoformat(opens), closes=time.fromisoformat(closes))


WORKDAYS = [rule(day, "09:00", "18:00") for day in range(5)]


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        ([], []),
        (WORKDAYS, [("Monday to Friday", "09:00–18:00")]),
        ([*WORKDAYS, rule(5, "10:00", "14:00")], [("Monday to Friday", "09:00–18:00"), ("Saturday", "10:00–14:00")]),
        ([rule(5, "10:00", "14:00"), rule(6, "10:00", "14:00")], [("Saturday and Sunday", "10:00–14:00")]),
        ([rule(day, "10:00", "14:00") for day in (0, 2, 4)], [("Monday, Wednesday, and Friday", "10:00–14:00")]),
        ([rule(day, "08:00", "20:00") for day in range(7)], [("Every day", "08:00–20:00")]),
        ([rule(1, "14:00", "18:00"), rule(1, "09:00", "12:00")], [("Tuesday", "09:00–12:00; 14:00–18:00")]),
        ([rule(4, "18:00", "02:00")], [("Friday", "18:00–02:00 on the next day")]),
        ([rule(4, "00:00", "00:00")], [("Friday", "all day and night")]),
    ],
)
def test_hours_in_words(rules, expected):
    with override("en"):
        assert lines(rules) == expected


def test_hours_in_other_languages():
    with override("es"):
        assert lines(WORKDAYS)[0][0].startswith("lunes")


@pytest.mark.parametrize(
    "rules",
    [
        [rule(0, "09:00", "12:00"), rule(0, "11:00", "13:00")],
        [rule(0, "18:00", "02:00"), rule(1, "01:00", "03:00")],
        [rule(6, "20:00", "04:00"), rule(0, "03:00", "05:00")],  # over the end of the week
        [rule(0, "09:00", "12:00"), rule(0, "09:00", "12:00")],
    ],
)
def test_hours_that_overlap_are_refused(rules):
    with pytest.raises(ValidationError, match="overlap"):
        check_week(rules)


def test_hours_that_touch_are_not_refused():
    check_week([])
    check_week([rule(0, "09:00", "12:00"), rule(0, "12:00", "13:00"), rule(6, "20:00", "00:00")])
    check_week([rule(day, "00:00", "00:00") for day in range(7)])


@pytest.fixture
def region(db):
    return open_region(name="Kenya")


def page_of(client, space, language="en"):
    return BeautifulSoup(client.get(space.pages.get(locale__language_code=language).get_url()).content, "html.parser")


def test_the_page_tells_hours_zone_hosts_and_what_is_near(client, region):
    space = listed_space(region, name="Hub")
    assert "ask first" in page_of(client, space).select_one(".facts").get_text()
    for day in range(5):
        OpeningHours.objects.create(space=space, weekday=day, opens=time(9), closes=time(18))
    SpaceHost.objects.create(space=space, name="Wanjiru", email="wanjiru@example.org")
    listed_space(region, name="Paid nearer", latitude=-1.301, cost="hourly", price=5, currency="KES")
    listed_space(region, name="Free farther", latitude=-1.35)
    listed_space(region, name="Far away", latitude=-4)
    page = page_of(client, space)
    text = " ".join(page.select_one(".facts").get_text(" ").split())
    for words in ("Monday to Friday 09:00–18:00", "By the clock of Nairobi", "Host Wanjiru"):
        assert words in text
    assert [link.get_text() for link in page.select(".cards .space h3 a")] == ["Free farther", "Paid nearer"]
    assert "wanjiru@example.org" not in str(page)
    publish_in(space.pages.get(), "fr")
    assert "lundi" in page_of(client, space, "fr").select_one(".hours").get_text()


def test_the_zone_is_the_regions_unless_the_space_has_its_own(region):
    space = listed_space(region)
    assert str(space.zone) == "Africa/Nairobi"
    space.timezone = "Asia/Taipei"
    assert str(space.zone) == "Asia/Taipei"


def test_search_engines_are_told_what_the_page_shows(client, region):
    space = listed_space(region, name="</script><b>Hub", cost="free")
    OpeningHours.objects.create(space=space, weekday=0, opens=time(9), closes=time(18))
    SpaceHost.objects.create(space=space, name="Wanjiru", email="wanjiru@example.org")
    block = page_of(client, space).select_one('script[type="application/ld+json"]').string
    place = json.loads(block)
    assert "wanjiru" not in block.lower()
    assert (place["@type"], place["name"], place["isAccessibleForFree"]) == ("Place", "</script><b>Hub", True)
    assert place["geo"] == {"@type": "GeoCoordinates", "latitude": -1.3, "longitude": 36.78}
    assert place["openingHoursSpecification"] == [
        {"@type": "OpeningHoursSpecification", "dayOfWeek": ["Monday"], "opens": "09:00", "closes": "18:00"}
    ]


def test_a_page_without_a_picture_is_shared_with_its_part_of_the_chart(client, region):
    space = listed_space(region)
    address = page_of(client, space).select_one('meta[property="og:image"]')["content"]
    answer = client.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/png")
    assert "max-age=86400" in answer["Cache-Control"]
    with Image.open(BytesIO(answer.content)) as picture:
        assert picture.size == (1200, 630)


def test_photos_stand_in_their_order(client, region):
    space = listed_space(region)
    for number in (2, 1):
        picture = Picture.objects.create(title=f"P{number}", description=f"Photo {number}", file=get_test_image_file())
        SpacePhoto.objects.create(space=space, picture=picture, sort_order=number)
    assert [image["alt"] for image in page_of(client, space).select(".photos img")] == ["Photo 1", "Photo 2"]
