"""Events: in the time of their place, announced, cancelled, past."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from stories.models import Event
from tests.factories import EventFactory, announced_event, listed_space, open_region

pytestmark = pytest.mark.django_db


@pytest.fixture
def region():
    return open_region(name="Taiwan", timezone="Asia/Taipei")


def test_it_is_shown_by_the_clock_of_its_place(region, client):
    starts = datetime(2030, 1, 5, 11, 0, tzinfo=UTC)
    event = announced_event(
        region, name="Evening", timezone="Asia/Taipei", starts_at=starts, ends_at=starts + timedelta(minutes=150)
    )
    page = client.get(event.pages.get().get_url()).content.decode()
    assert "19:00 to 21:30 (CST)" in page
    assert "Saturday, 5 January 2030" in page
    assert 'datetime="2030-01-05T11:00:00+00:00"' in page


def test_an_event_needs_a_place_and_an_end_after_its_start(region):
    event = EventFactory.build(region=region, address="", slug="nowhere")
    with pytest.raises(ValidationError) as refused:
        event.full_clean()
    assert list(refused.value.message_dict) == ["space"]
    event.address, event.ends_wall = "Somewhere 1", event.starts_wall
    with pytest.raises(ValidationError) as refused:
        event.full_clean()
    assert list(refused.value.message_dict) == ["ends_wall"]


def test_the_same_evening_next_month_has_an_address_of_its_own(region):
    first = announced_event(region, name="Mapping evening", starts_at=datetime(2030, 1, 5, 11, tzinfo=UTC))
    second = announced_event(region, name="Mapping evening", starts_at=datetime(2030, 2, 5, 11, tzinfo=UTC))
    assert (first.slug, second.slug) == ("mapping-evening-2030-01-05", "mapping-evening-2030-02-05")


def test_coming_and_past_change_sides_with_the_clock(region, client):
    coming = announced_event(region, name="Coming up")
    over = announced_event(region, name="Long over", starts_at=timezone.now() - timedelta(days=3))
    running = announced_event(region, name="Running now", starts_at=timezone.now() - timedelta(hours=1))
    assert list(Event.objects.in_region(region).upcoming()) == [running, coming]
    assert list(Event.objects.in_region(region).past()) == [over]
    upcoming, past = (client.get(f"/en/events/?when={when}").content.decode() for when in ("upcoming", "past"))
    assert ('class="chips"' in past, 'class="chips"' in upcoming) == (True, False)
    assert ("Long over" in past, "Coming up" in past) == (True, False)
    assert ("Long over" in upcoming, "Coming up" in upcoming) == (False, True)


def test_a_drafted_event_is_not_in_the_calendar(region, client):
    event = EventFactory(region=region, name="Secret evening")
    event.make_face()
    announced_event(region, name="Open evening")
    page = client.get("/en/events/").content.decode()
    assert "Open evening" in page
    assert "Secret evening" not in page


def test_a_cancelled_event_stays_and_says_so(region, client):
    event = announced_event(region, name="Sprint")
    url = event.pages.get().get_url()
    assert "cancelled" not in client.get(url).content.decode()
    event.cancel()
    response = client.get(url)
    assert response.status_code == 200
    assert "This event is cancelled." in response.content.decode()
    assert "Cancelled" in client.get("/en/events/").content.decode()


def test_it_links_to_its_space(region, client):
    space = listed_space(region, name="Zhongxiao room")
    event = announced_event(region, name="Evening", space=space, address="")
    page = client.get(event.pages.get().get_url()).content.decode()
    assert f'<a href="{space.pages.get().get_url()}">Zhongxiao room</a>, Nairobi' in page
    assert "Evening" in client.get(space.pages.get().get_url()).content.decode()
