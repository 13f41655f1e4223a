"""What every test stands on: a founded portal in five languages, an empty cache, an empty outbox."""

import gc
import os
from functools import partial
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.db import transaction
from django.utils import translation

from .databases import copy_for, found_once
from .deep_calls import with_room


def pytest_collection_modifyitems(items):
    for item in items:
        item.runtest = partial(with_room, item.runtest)


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker, django_db_createdb):
    """The global pages, once for each test database: tests add to them and leave them alone."""
    with django_db_blocker.unblock():
        found_once(os.environ.get("PYTEST_XDIST_TESTRUNUID", str(uuid4())), anew=django_db_createdb)
        copy_for()


@pytest.fixture(scope="session", autouse=True)
def _seldom_swept():
    """What was imported stays: to look through it for garbage again and again takes a tenth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)


@pytest.fixture(autouse=True)
def _fresh_cache():
    cache.clear()
    yield
    translation.activate("en")


@pytest.fixture
def commits_at_once(monkeypatch):
    """What waits for a commit happens at once, since the transaction of a test is never committed."""
    monkeypatch.setattr(transaction, "on_commit", lambda act, using=None, robust=False: act())
