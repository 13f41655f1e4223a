"""A thousand posts that no person would send: none breaks anything, none is half kept."""

import random
from datetime import timedelta

import pytest
from django.utils import timezone

from portal.models import Attempts
from spaces.models import SpaceSubmission
from spaces.submitting.steps import STEPS
from tests.factories import open_region, submitted_space

from .submitting import ANSWERS, Reader

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

POSTS = 1000
# Words of another's language, of programs, and of nobody; numbers that are none, too large, or written otherwise.
ODD = [
    *["", " ", "0", "-1", "1", "9" * 400, "1e308", "NaN", "∞", "١٢٣", "٣", "\x00", "\x00\x01\x02", "\r\n\r\n"],
    *["x" * 5000, "é" * 300, "\ud7ff\ufffd\uffff", "😀" * 200, "\u202eabc", "<script>alert(1)</script>", "{{ 7*7 }}"],
    *["{% debug %}", "%s%n%d", "' OR 1=1 --", '"', "\\", "../../etc/passwd", "=1+1", "null", "true", "on", "another", "none"],
    *["-", ",", ", ,", "91,181", "181,91", "0,0", "-90 -180", "90,180.0000000001", "Paris", "Paris, France", "São Paulo"],
    *["北京", "القاهرة", "US", "KE", "XX", "usd", "EUR", "https://example.org/" + "a" * 3000, "ftp://x", "http://[::1]:99999/"],
    *[
        "a@b.c",
        "a@example.org",
        "a@example.org\nBcc: x@y.z",
        "next",
        "send",
        "check",
        "place",
        "wifi",
        "moat",
        "free",
        "hourly",
    ],
    *["99999999999999999999999999999999", "0.000000000000001"],
]
NAMES = [name for step in STEPS for name in step.fields] + [
    "step",
    "to",
    "form_opened",
    "form_key",
    "form_topic",
    "lang[]",
    "name\x00",
]
BUTTONS = ["next", "send", "check", *(step.name for step in STEPS)]


def odd_post(dice, sound):
    """Mostly what a person would post, with some of it odd, missing, or there twice."""
    data = dict(sound)
    for _change in range(dice.randint(1, 6)):
        name = dice.choice(NAMES)
        data[name] = dice.choices(ODD, k=dice.choice([1, 1, 1, 2, 5]))
        if dice.random() < 0.2:
            del data[name]
    data["step"] = data.get("step", dice.choice(BUTTONS))
    data.setdefault("to", dice.choice(BUTTONS))
    return data


def test_a_thousand_odd_posts_to_the_form(client):
    open_region(name="Kenya", slug="kenya")
    client.raise_request_exception = False
    reader = Reader(client, "en").to("check")
    reader.wait_a_moment()
    sound = {name: value for name, value in reader.data("send").items() if name != "to"}
    dice, before, answered = random.Random(1), SpaceSubmission.objects.count(), {}
    for number in range(POSTS):
        answer = client.post("/en/spaces/submit/", odd_post(dice, sound))
        answered[answer.status_code] = answered.get(answer.status_code, 0) + 1
        assert answer.status_code in (200, 302, 400), (number, answer.status_code)
        Attempts.objects.update(until=timezone.now() - timedelta(hours=1))  # limits are tested elsewhere
    assert answered[200] > POSTS / 2
    for one in SpaceSubmission.objects.all():
        one.full_clean()
        assert one.steps.count() == 1
    assert SpaceSubmission.objects.count() > before  # some of it was all right


@pytest.mark.parametrize("state", ["asked", "confirmed"])
def test_a_thousand_odd_posts_to_the_pages_behind_the_link(client, state):
    kenya = open_region(name="Kenya", slug="kenya")
    client.raise_request_exception = False
    one = submitted_space(kenya)
    status, facts = one.path(), one.path() + "facts/"
    sound = {name: value for answers in ANSWERS.values() for name, value in answers.items()}
    dice = random.Random(2)
    for number in range(POSTS // 2):
        SpaceSubmission.objects.filter(pk=one.pk).update(status=state)
        data = {
            **odd_post(dice, sound),
            "act": dice.choice(["answer", "withdraw", "send_again", "x"]),
            "text": dice.choice(ODD),
        }
        answer = client.post(status if number % 2 else facts, data)
        assert answer.status_code in (200, 302, 400, 409), (number, answer.status_code)
    one.refresh_from_db()
    one.full_clean()
