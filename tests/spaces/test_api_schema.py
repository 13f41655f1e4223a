"""Schemathesis asks the API what its own description allows, and what it does not."""

import hypothesis
import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from schemathesis.checks import CHECKS

from portal.wsgi import application
from tests.factories import UserGroupFactory, appointed, listed_space, open_region

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
# A region that does not exist, a cursor that is none: the description cannot say which texts mean something.
MEANING = "positive_data_acceptance"
BOUNDED = {"max_examples": 12, "database": None, "deadline": None, "derandomize": True}


@pytest.fixture
def one_connection():
    """The database stays open between the requests of one test, as it does for Django's own client."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.usefixtures("one_connection")
def test_nothing_is_found(settings):
    settings.ALLOWED_HOSTS = ["*"]
    kenya = open_region(name="Kenya")
    for _number in range(3):
        listed_space(kenya)
        UserGroupFactory(region=kenya)
    appointed(kenya)
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
    checks = [check for name, check in CHECKS._items.items() if name != MEANING]
    assert len(checks) > 5
    asked = [ask(result.ok(), mode, checks) for result in schema.get_all_operations() for mode in schemathesis.GenerationMode]
    assert len(asked) == 20
    assert sum(asked) > 100


def ask(operation, mode, checks):
    """So many requests of a kind, and what was answered looked at."""
    count = 0

    @hypothesis.settings(**BOUNDED, suppress_health_check=list(hypothesis.HealthCheck))
    @hypothesis.given(case=operation.as_strategy(generation_mode=mode))
    def each(case):
        nonlocal count
        count += 1
        case.call_and_validate(checks=checks, headers={"Accept-Encoding": "identity"})

    each()
    return count
