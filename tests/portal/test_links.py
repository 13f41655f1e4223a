import re
from datetime import timedelta
from uuid import UUID

import pytest
from django.core import signing
from django.utils import translation

from portal.links import LinkBroken, LinkError, LinkExpired, read, sign

DAY = timedelta(days=1)


def test_a_link_carries_its_object_and_what_was_added():
    assert read(sign("answer", 7, status="yes"), "answer", DAY) == {"pk": 7, "status": "yes"}


def test_an_object_is_named_by_its_key():
    key = UUID("5a2d9f3e-1d1c-4c7e-9f44-0d5c7b1b7f10")

    class Space:
        pk = key

    assert read(sign("answer", Space()), "answer", DAY) == {"pk": "5a2d9f3e-1d1c-4c7e-9f44-0d5c7b1b7f10"}


def test_what_is_added_cannot_replace_the_object():
    assert read(sign("answer", 7, pk=8), "answer", DAY) == {"pk": 7}


def test_a_link_fits_into_an_address():
    token = sign("answer", 7, text="Привет / ?&=#%")
    assert re.fullmatch(r"[A-Za-z0-9_:-]+", token)


def test_a_link_for_one_purpose_does_not_open_another():
    with pytest.raises(LinkBroken, match=r"^This link is broken\. Please copy the whole of it from the e-mail\.$"):
        read(sign("answer", 7), "confirm", DAY)


@pytest.mark.parametrize(
    "damage",
    [lambda token: token[:-1], lambda token: f"x{token}", lambda _: "", lambda _: "ä:ü:ß", lambda token: token * 2],
)
def test_a_damaged_link_is_broken(damage):
    with pytest.raises(LinkBroken):
        read(damage(sign("answer", 7)), "answer", DAY)


def test_a_link_expires(monkeypatch):
    token = sign("answer", 7)
    later = signing.time.time() + 24 * 3600
    monkeypatch.setattr(signing.time, "time", lambda: later - 10)
    assert read(token, "answer", DAY) == {"pk": 7}
    monkeypatch.setattr(signing.time, "time", lambda: later + 10)
    with pytest.raises(LinkExpired, match=r"^This link has expired\. Please ask for a new one\.$"):
        read(token, "answer", DAY)


def test_both_are_one_kind_of_error_with_words_for_the_reader():
    assert issubclass(LinkExpired, LinkError)
    assert issubclass(LinkBroken, LinkError)
    with translation.override("fr"):
        assert str(LinkExpired()) == str(LinkExpired.message)
