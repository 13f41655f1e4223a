from contextlib import contextmanager

import pytest
from django.db import transaction

from .world import make_world


@contextmanager
def for_a_while():
    """What happens in here is undone at the end, in the database."""
    with transaction.atomic():
        try:
            yield
        finally:
            transaction.set_rollback(True)


@pytest.fixture(scope="package")
def world(django_db_setup, django_db_blocker):
    """The two regions, built once for all that is asked here; each test leaves them as they were, by its own transaction."""
    with django_db_blocker.unblock(), for_a_while():
        yield make_world()
