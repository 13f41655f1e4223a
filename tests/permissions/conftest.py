import pytest
from django.db import transaction

from .world import make_world


def as_long_as_it_lasts(fixture_name, config):
    """For one module; while mutants are judged (`mutants.py`), for all of them."""
    return "session" if getattr(config, "judges_mutants", False) else "module"


@pytest.fixture(scope=as_long_as_it_lasts)
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
