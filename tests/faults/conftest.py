"""A database of its own for real processes: a copy of the tests' one, on SQLite or PostgreSQL, thrown away afterwards."""

import json
import os
import subprocess
import sys
from contextlib import contextmanager
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connection

from .sink import Server, Sink

NAME = "portolan_faults"
WRITE = """
from portal.models import OutgoingMail
OutgoingMail.objects.bulk_create(
    [OutgoingMail(to={to}, subject=f"Letter {{n}}", body=f"Dear reader,\\n\\nthis is number {{n}}.", purpose="fault")
     for n in range({count})], batch_size=500)
"""
COUNT = """
import json
from portal.models import OutgoingMail
m = OutgoingMail.objects.all()
print("COUNTED", json.dumps({"all": m.count(), "waiting": m.waiting().count(), "sent": m.exclude(sent_at=None).count(),
    "given_up": m.exclude(given_up_at=None).count(), "needs_somebody": m.needing_somebody().count(),
    "ids": list(m.values_list("message_id", flat=True)), "refused": [r for r in m.values_list("refused", flat=True) if r],
    "attempts": list(m.values_list("attempts", flat=True))}))
"""
DUE_NOW = """
from django.utils import timezone
from portal.models import OutgoingMail
OutgoingMail.objects.waiting().update(next_attempt_at=timezone.now(), claimed_at=None)
"""


@pytest.fixture
def _django_db_helper():
    """In the place of pytest-django's own: these tests write to a copy, and need no transaction around them that locks it."""


@pytest.fixture(scope="session")
def database_url(django_db_setup, django_db_blocker, tmp_path_factory):
    """A copy of the test database that other processes may use."""
    with django_db_blocker.unblock():
        name = connection.settings_dict["NAME"]
        if connection.vendor == "sqlite":
            copy = tmp_path_factory.mktemp("faults") / "copy.sqlite3"
            connection.cursor().execute("VACUUM INTO %s", [str(copy)])
            connection.close()
            yield f"sqlite:///{copy}"
            return
        connection.close()
        with at_the_server() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)")
            cursor.execute(f'CREATE DATABASE {NAME} TEMPLATE "{name}"')
        its = connection.settings_dict
        yield f"postgres://{quote(its['USER'])}:{quote(its['PASSWORD'])}@{its['HOST']}:{its['PORT'] or 5432}/{NAME}"
        with at_the_server() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)")


@contextmanager
def at_the_server():
    with connection._nodb_cursor() as cursor:
        yield cursor


class Portal:
    """The portal's own commands as processes of their own."""

    def __init__(self, database_url, port):
        self.environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.faults.settings",
            "DATABASE_URL": database_url,
            "SINK_PORT": str(port),
        }

    def start(self, *arguments, **environment):
        return subprocess.Popen(  # noqa: S603
            [sys.executable, "manage.py", *arguments],
            cwd=settings.BASE_DIR,
            env={**self.environment, **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def nursery(self):
        """See `nursery.py`; what its children say goes nowhere."""
        return subprocess.Popen(
            [sys.executable, "-m", "tests.faults.nursery"],
            cwd=settings.BASE_DIR,
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    def run(self, *arguments, **environment):
        process = self.start(*arguments, **environment)
        out, err = process.communicate(timeout=300)
        return process.returncode, out, err

    def python(self, code):
        returncode, out, err = self.run("shell", "-v", "0", "-c", code)
        assert returncode == 0, err
        return out

    def write(self, count, to="[f'reader{n}@example.org']"):
        self.python(WRITE.format(count=count, to=to))

    def count(self):
        return json.loads(self.python(COUNT).split("COUNTED")[1])

    def make_due(self):
        self.python(DUE_NOW)


@pytest.fixture
def sink():
    return Sink()


@pytest.fixture
def server(sink):
    server = Server(sink).start()
    yield server
    server.stop()


@pytest.fixture
def portal(database_url, server):
    portal = Portal(database_url, server.port)
    portal.python("from portal.models import OutgoingMail; OutgoingMail.objects.all().delete()")
    return portal
