"""Random walks through days and answers: no record is lost, nobody gets two letters in a day, whoever sleeps can be woken."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.models import OutgoingMail
from regions.keeping.asking import keep_true
from regions.models import ProblemReport
from spaces.models import Space, SpaceHost
from tests.factories import SpaceFactory, open_region

pytestmark = pytest.mark.django_db
START = datetime(2027, 1, 1, tzinfo=UTC)
STEPS = ["run", "run", "run", "run", "host", "keeper", "report", "changed", "close", "reopen"]
WALKS = st.lists(st.tuples(st.integers(0, 60), st.sampled_from(STEPS)), min_size=5, max_size=25)


def take(step, space, now):
    acts = {
        "run": lambda: keep_true(now),
        "host": lambda: space.may_be_shown and space.confirm(is_owner=True, now=now),
        "keeper": lambda: space.may_be_shown and space.confirm(is_owner=False, now=now),
        "report": lambda: ProblemReport.objects.file(space, "other", "?", now=now),
        "changed": lambda: ProblemReport.objects.file(space, "changed", "?", by_owner=True, now=now),
        "close": space.close,
        "reopen": space.reopen,
    }
    acts[step]()


@pytest.mark.slow
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(walk=WALKS)
def test_walk(db, walk):
    with transaction.atomic():
        go(walk)
        transaction.set_rollback(True)


def go(walk):
    region = open_region()
    space = SpaceFactory(region=region, status="listed")
    SpaceHost.objects.create(space=space, name="Hana", email="hana@example.org")
    letters, now = [], START
    for days, step in walk:
        now += timedelta(days=days)
        before = OutgoingMail.objects.filter(to=["hana@example.org"]).count()
        space = Space.objects.get(pk=space.pk)
        was = space.status
        take(step, space, now)
        space = Space.objects.get(pk=space.pk)
        new = OutgoingMail.objects.filter(to=["hana@example.org"]).count() - before
        assert new <= 1
        letters += [now] * new
        if space.status != was:
            assert (was, space.status, step) in {
                ("listed", "dormant", "run"),
                ("dormant", "listed", "host"),
                ("dormant", "listed", "keeper"),
                ("listed", "closed", "close"),
                ("dormant", "closed", "close"),
                ("closed", "listed", "reopen"),
            }
        assert space.times_asked <= 3
        assert not (space.status == "dormant" and space.times_asked < 3)
    assert all(later - earlier >= timedelta(hours=20) for earlier, later in pairwise(letters))
    space.reopen()
    space = Space.objects.get(pk=space.pk)
    space.confirm(is_owner=True, now=now)
    space = Space.objects.get(pk=space.pk)
    assert (space.status, space.is_stale_at(now), space.due_at) == ("listed", False, now + timedelta(days=180))
