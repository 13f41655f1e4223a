"""What every test stands on: a founded portal in five languages, an empty cache, an empty outbox."""

import pytest
from django.core.cache import cache
from django.db import transaction
from django.utils import translation

from home.demo.building import Builder
from home.models import HomePage
from regions.translating.following import counted_once


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The global pages, once for each test database: tests add to them and leave them alone."""
    with django_db_blocker.unblock():
        if not HomePage.objects.exists():
            with counted_once():
                Builder().build_portal()


@pytest.fixture(autouse=True)
def _fresh_cache():
    cache.clear()
    yield
    translation.activate("en")


@pytest.fixture
def commits_at_once(monkeypatch):
    """What waits for a commit happens at once, since the transaction of a test is never committed."""
    monkeypatch.setattr(transaction, "on_commit", lambda act, using=None, robust=False: act())
