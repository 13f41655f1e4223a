"""What is private is read by those who may, and by nobody else: searched for in all that each role can open."""

import pytest

from portal.models import OutgoingMail

from .conftest import for_a_while
from .crawling import crawl
from .knocking import Visitor
from .tokens import MAY_READ, plant, read_in
from .world import ROLES

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def planted(world, django_db_blocker):
    with django_db_blocker.unblock(), for_a_while():
        plant(world)
        yield world


def said_in(url, answer):
    """The words in an answer and its headers, without those of the question."""
    headers = " ".join(f"{name}: {value}" for name, value in answer.response.items())
    return read_in(answer.text + headers) - read_in(url)


@pytest.mark.slow
@pytest.mark.parametrize("role", [role for role in ROLES if role != "superuser"])  # who may read everything
def test_what_a_role_reads(planted, role):
    allowed = {token for token, who in MAY_READ.items() if role in who["a"]}
    leaks, found = [], set()
    for url, answer in crawl(Visitor(planted, role), planted.a, follows_links=bool(set(MAY_READ) - allowed)):
        said = said_in(url, answer)
        found |= said
        leaks += [(url, token) for token in sorted(said - allowed)]
    assert leaks == []
    assert allowed - found == set()


def test_a_letter_names_a_draft_to_those_who_publish_in_its_region(world):
    letters = OutgoingMail.objects.filter(subject__contains="secret-handed-in-aland")
    letters |= OutgoingMail.objects.filter(body__contains="secret-handed-in-aland")
    readers = {address for letter in letters for address in [*letter.to, *letter.cc, *letter.bcc]}
    assert readers == {"editor@example.org", "ambassador_a@example.org", "colleague_aland@example.org"}


def test_a_letter_says_the_reason_to_whom_it_concerns(world):
    letters = OutgoingMail.objects.filter(body__contains="secret-reason-aland")
    assert {address for letter in letters for address in letter.to} == {"secret-invited-aland@example.org"}
