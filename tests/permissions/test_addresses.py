"""Every address of the portal × every role × GET and POST × a thing of region A and of region B.

Who is not let in meets a refusal or a 404 and nothing is written; who works elsewhere cannot tell a thing that is not
theirs from one that does not exist; nothing breaks. An address that `addresses.py` does not know fails.
"""

from functools import cache
from urllib.parse import urlencode

import pytest
from django.template import Template
from django.urls import URLPattern, get_resolver, resolve, reverse
from django.utils import translation

from portal.doors import DOORS, WORKPLACE, key_of

from .addresses import ADDRESSES
from .knocking import ABSENT, BROKEN, OPEN, OTHERWISE, REFUSED, Visitor
from .objects import MISSING, THINGS
from .who import STRANGERS, Who
from .world import ROLES

BREAKS_ON_PURPOSE = "wagtailadmin_error_test"
# Wagtail's own faults: what they answer to an empty POST of somebody who may come in. Nobody else gets that far.
TRIPS_OVER_AN_EMPTY_POST = {
    "wagtailadmin_choose_page_external_link",
    "wagtaildocs:create_multiple_from_uploaded_document",
    "wagtailredirects:process_import",
    "wagtailusers_groups:delete",  # a team needs its group: an error instead of a sentence
}
OF_A_LANGUAGE = {"glossary term"}  # of no region: nobody who works on the language is a stranger to it
METHODS = ("get", "post")
PARTS = 4  # of the addresses, so that two processes share the work


def patterns(entries, namespace="", before="", asked=()):
    """(name, what it asks for) of every address; one without a name goes by how it is written."""
    for entry in entries:
        route, names = before + str(entry.pattern), (*asked, *entry.pattern.regex.groupindex)
        if isinstance(entry, URLPattern):
            name = f"{namespace}:{entry.name}" if namespace else entry.name
            yield (name if entry.name else route), names
        else:
            inner = ":".join(filter(None, [namespace, entry.namespace]))
            yield from patterns(entry.url_patterns, inner, route, names)


def every_address():
    """(name, what it asks for); of two addresses of one name, the longer goes by what it asks for besides."""
    with translation.override("en"):
        found = sorted(each for each in patterns(get_resolver().url_patterns) if each[0] != BREAKS_ON_PURPOSE)
    names = set()
    for name, asked in found:
        yield (f"{name} {asked[-1]}" if name in names and asked else name), asked
        names.add(name)


def address(name, asked, values):
    """The address with these values, or how it is written when it has no name."""
    if ":" not in name and "/" in name:
        return "/" + name.replace("^.*/$", "nowhere/")
    name = name.split()[0]
    with translation.override(values.get("language", "en")):
        wanted = {each: values[each] for each in asked}
        url = reverse(name, kwargs=wanted) if wanted else reverse(name, args=values.get("*", []))
    return f"{url}?{urlencode(values['?'])}" if "?" in values else url


def as_missing(values):
    """The same, of a thing that is not there."""
    numbers = {name: MISSING for name, value in values.items() if isinstance(value, int)}
    return {**values, **numbers, **({"?": {"id": MISSING}} if "?" in values else {}), "object_id": str(MISSING)}


def test_every_address_is_in_the_table_and_nothing_else():
    known = {name for name, _pattern in every_address()}
    assert known - set(ADDRESSES) == set()
    assert set(ADDRESSES) - known == set()


@pytest.mark.django_db
def test_every_address_of_the_workplace_has_a_key(world):
    """Nobody has forgotten one; and no door is kept that leads nowhere."""
    known, without = set(), set()
    for name, asked in every_address():
        known.add(name)
        urls = [address(name, asked, THINGS[thing](world, world.a)).partition("?")[0] for thing in ADDRESSES[name]]
        matches = [resolve(url) for url in urls if url.startswith(WORKPLACE)]
        without |= {match.view_name for match in matches if match.url_name and key_of(match) is None}
    assert without == set()
    assert set(DOORS) - known == set()


@pytest.fixture
def blank_pages(monkeypatch, role):
    """Who comes in is decided before a page is drawn; drawing takes longest. Those who may come everywhere see them all."""
    if role != "superuser":
        monkeypatch.setattr(Template, "_render", lambda template, context: "blank")


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.slow
@pytest.mark.parametrize("role", ROLES)
@pytest.mark.usefixtures("db", "blank_pages")
def test_role_at_every_address(world, role, part):
    visitor = Visitor(world, role)
    wrong = [
        (name, thing, side, method, problem)
        for name, asked in list(every_address())[part::PARTS]
        for thing, who in ADDRESSES.get(name, {}).items()
        for side in sides(role, thing, who)
        for method, let_in in zip(METHODS, who if isinstance(who, tuple) else (who, who), strict=True)
        if (problem := what_is_wrong(visitor, (name, asked, thing), side, method, role in let_in[side]))
    ]
    assert wrong == []


def sides(role, thing, who):
    """Where nobody's region matters, one of the two is enough."""
    is_the_same = thing == "" or role == "superuser" or (isinstance(who, Who) and who.same_everywhere)
    return ("a",) if is_the_same else ("a", "b")


def what_is_wrong(visitor, where, side, method, is_let_in):
    name, asked, thing = where
    values = facts_of(visitor, thing, side)
    answer = visitor.knock(method, address(name, asked, values))
    problem = judge(answer, is_let_in, name in TRIPS_OVER_AN_EMPTY_POST and method == "post")
    if problem is None and method == "get" and thing not in OF_A_LANGUAGE and is_hidden(visitor.role, side, answer):
        missing = status_of_missing(visitor, address(name, asked, as_missing(values)))
        return None if missing == answer.status else f"{answer.status}, a missing one {missing}"
    return problem


@cache
def facts_of(visitor, thing, side):
    """Nothing that happens stays, so a thing is looked up once for all of its addresses."""
    return THINGS[thing](visitor.world, getattr(visitor.world, side))


@cache
def status_of_missing(visitor, url):
    """Many things of one kind are missing at one address."""
    return visitor.get(url).status


def is_hidden(role, side, answer):
    """A thing of a region where somebody has no business, who works here."""
    return role in STRANGERS[side] and answer.kind in (ABSENT, REFUSED)


def judge(answer, is_let_in, may_trip=False):
    if answer.kind == BROKEN:
        return None if is_let_in and may_trip else "breaks"
    if is_let_in:
        return None if answer.kind in (OPEN, OTHERWISE) else f"is kept out ({answer.status})"
    return None if answer.is_closed else f"comes in ({answer.status}), writes {answer.written}"
