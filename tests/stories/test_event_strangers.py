"""A thousand posts that no person would send, to each form of events: none breaks anything."""

import random
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from portal.models import Attempts
from stories.models import Event, Seat
from stories.organising.links import DOOR, path
from tests.factories import (
    EventFactory,
    UserFactory,
    announced_event,
    booked,
    evening,
    hosted_space,
    is_over,
    open_region,
    planned_event,
)
from tests.spaces.asking import Person
from tests.spaces.test_submit_strangers import ODD

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
POSTS = 1000
ODD_ONES = [*ODD, "2027-02-30", "9999-12-31 23:59", "0001-01-01 00:00", "1e9", "-1", "99999999999999999999", "\x00", "٣", "yes"]


def picture():
    content = BytesIO()
    Image.new("RGB", (8, 8)).save(content, "PNG")
    return content.getvalue()


FILES = [
    b"",
    b"GIF89a",
    b"<svg onload='x'/>",
    b"%PDF-1.4",
    picture(),
    picture()[:40],
    picture() + b"<script>",
    b"\xff\xd8\xff\xe0",
]


def posted(client, sound, *addresses, names=(), seed=1):
    """No other answer than these may come."""
    client.raise_request_exception = False
    dice, answered = random.Random(seed), {}
    for number in range(POSTS):
        data = dict(sound)
        for _change in range(dice.randint(1, 5)):
            name = dice.choice([*sound, *names, "name\x00", "lang[]", "act"])
            data[name] = dice.choices(ODD_ONES, k=dice.choice([1, 1, 1, 3]))
            if name == "photos":
                data[name] = SimpleUploadedFile(dice.choice(["a.jpg", "a.svg", "../a"]), dice.choice(FILES))
            elif dice.random() < 0.2:
                del data[name]
        answer = client.post(dice.choice(addresses), data)
        assert answer.status_code in (200, 302, 400, 403, 404, 409, 410), (number, answer.status_code, data)
        answered[answer.status_code] = answered.get(answer.status_code, 0) + 1
        if number % 20 == 0:
            Attempts.objects.update(until=timezone.now() - timedelta(hours=1))  # limits are tested elsewhere
    return answered


@pytest.fixture
def kenya():
    return open_region(name="Kenya", slug="kenya", timezone="Africa/Nairobi", languages=["en"])


def sound_rows():
    for event in Event.objects.all():
        event.full_clean(exclude=["slug", "source", "source_facts"])
        assert event.capacity is None or event.count_seats() <= event.capacity
    for seat in Seat.objects.exclude(email=""):
        seat.clean_fields(exclude=["person", "key"])


def test_the_form_of_whoever_comes(client, kenya):
    event = announced_event(kenya, capacity=3)
    person = Person(client).open(f"/en/events/{event.slug}/rsvp/")
    _path, sound = person.data("form.form button", name="Brian", email="brian@example.org")
    answered = posted(client, sound, f"/en/events/{event.slug}/rsvp/", f"/ar/events/{event.slug}/rsvp/")
    assert answered[302] > 10
    sound_rows()


def test_the_pages_of_a_seat_and_of_the_door(client, kenya):
    event = announced_event(kenya, capacity=3)
    seats = [
        Seat.objects.ask(event, name=f"P{n}", email=f"p{n}@example.org", language="en", is_confirmed=n < 4) for n in range(6)
    ]
    addresses = [*(seat.path("en") for seat in seats), *(seat.confirmation_path() for seat in seats), path(event, "en", DOOR)]
    posted(client, {"act": "cancel", "seat": seats[0].key, "came": "yes", "name": "Walk in"}, *addresses)
    sound_rows()


def test_the_page_of_an_organiser(client, kenya):
    draft = EventFactory(region=kenya, hopes={})
    draft.make_face()
    over = is_over(announced_event(kenya, planned_by=UserFactory()))
    plan = {"act": "plan", "kind": "meetup", "summary": "Come.", "target_people": "3", "target_trained": "2", "languages": "en"}
    posted(client, plan, path(draft, "en"), names=["capacity", "online_url", "topics", "accessibility", "training"])
    outcome = {"act": "outcome", "held": "yes", "came": "3", "cost": "1", "currency": "KES", "learned": "Much."}
    client = Client()
    posted(client, outcome, path(over, "en"), names=["first_timers", "actual_people", "photos", "may_be_shown", "communities"])
    sound_rows()


def test_how_a_meeting_in_a_space_went(client, kenya):
    event = is_over(planned_event(booked(hosted_space(kenya), evening(9)).bookings.get()))
    asked = event.request
    sound = {"act": "outcome", "booking": event.booking.key, "held": "yes", "came": "3", "actual_cost": "0", "learned": "Much."}
    posted(client, sound, asked.path("en"), names=["first_timers", "photos", "may_be_shown", "communities"])
    sound_rows()


def test_the_verbs_in_the_workplace(client, kenya):
    UserFactory(email="sofia@example.org", is_superuser=True, is_staff=True)
    client.force_login(UserFactory(email="olga@example.org", is_superuser=True, is_staff=True))
    hall = hosted_space(kenya)
    events = [announced_event(kenya, name=f"E{n}") for n in range(4)]
    name = Event.snippet_viewset.get_url_name("verb")
    verbs = ["reschedule", "relocate", "go_online", "postpone", "again", "repeat", "cancel", "announce", "tell_story"]
    day = timezone.localdate() + timedelta(days=30)
    sound = {"starts_wall": f"{day} 18:00", "ends_wall": f"{day} 20:00", "reason": "Rain.", "space": hall.pk, "day": f"{day}"}
    sound |= {"online_url": "https://meet.example.org/", "pattern": "weekly", "until": f"{day}"}
    addresses = [reverse(name, args=[event.pk, verb]) for event in events for verb in verbs]
    posted(client, sound, *addresses, names=["address", "which_hour"])
    sound_rows()


def test_odd_questions_to_the_calendar(client, kenya):
    client.raise_request_exception = False
    announced_event(kenya).tags.add("maps")
    dice = random.Random(1)
    paths = ["/en/events/", "/ar/events/", "/en/events/calendar.ics", "/en/events/feed.atom", "/api/v1/events"]
    paths += ["/en/regions/kenya/calendar.ics", "/en/account/events/"]
    names = "region when on kind language tag near within online space month page q cursor limit".split()
    for _number in range(POSTS):
        asked = {dice.choice(names): dice.choice([*ODD_ONES, "2027-05", "maps", "Nairobi", "on"]) for _each in range(2)}
        answer = client.get(dice.choice(paths), asked)
        assert answer.status_code in (200, 302, 400, 404, 422), answer.request["QUERY_STRING"]
