"""Forged requests: refused, nothing is written and nothing told; the honest request beside each is let through."""

import re

import pytest

from . import additions, forgeries, forgeries_of_languages
from .forgeries import Forgery
from .knocking import BROKEN, OPEN, Visitor

pytestmark = pytest.mark.django_db
SECRETS_OF_B = re.compile(r"secret-(?!invited|member)[a-z-]+bland(?!@)")


def named(pairs):
    return {"argvalues": pairs, "ids": [f"{each.name}, {role}" for role, each in pairs]}


def forged():
    lists = [each for module in (forgeries, forgeries_of_languages) for each in vars(module).values() if isinstance(each, list)]
    return [(role, each) for found in lists for each in found if isinstance(each, Forgery) for role in each.by.split()]


@pytest.mark.parametrize(("role", "forgery"), **named(forged()))
def test_forged(world, role, forgery):
    answer = forgery.forged(world).by(Visitor(world, role))
    assert answer.written == []
    assert answer.kind != BROKEN
    assert role in ("staff", "superuser") or SECRETS_OF_B.findall(answer.text) == []
    fair = forgery.fair(world).by(Visitor(world, forgery.fair_by or role))
    assert fair.kind == OPEN
    assert fair.written != []


@pytest.mark.parametrize(("role", "addition"), **named([(role, each) for each in additions.ADDED for role in each.by.split()]))
def test_fields_that_were_not_asked_for(world, role, addition):
    """The request is let in, since the rest of it is honest; what was added to it changes nothing."""
    before = addition.facts(world)
    call = addition.call(world)
    answer = Visitor(world, role).act(call.method, call.url, call.data, **call.extra)
    assert answer.kind == OPEN
    assert answer.written != []
    assert addition.facts(world) == before
    assert addition.honest(world)
