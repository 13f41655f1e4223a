import pytest
from django.db import transaction

from .world import make_world


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """The two regions, built once for a module; each test leaves them as they were, by its own transaction."""
    with django_db_blocker.unblock():
        atomic = transaction.atomic()
        atomic.__enter__()
        try:
            yield make_world()
        finally:
            transaction.set_rollback(True)
            atomic.__exit__(None, None, None)
