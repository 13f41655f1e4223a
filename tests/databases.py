"""One test database is founded, and each process that runs tests gets a copy: founding takes a minute, a copy none."""

import fcntl
from contextlib import contextmanager

from django.conf import settings
from django.db import connection

from home.demo.building import Builder
from home.models import HomePage
from regions.translating.following import counted_once


def found_once(run, anew):
    """The founded database, whichever process comes first; `anew` does not keep that of an earlier run."""
    with one_at_a_time() as notes:
        if notes.read_text() == run:
            connection.close()
            connection.settings_dict["NAME"] = settings.DATABASES["default"]["TEST"]["NAME"]
            return
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False, keepdb=not anew)
        if not HomePage.objects.exists():
            with counted_once():
                Builder().build_portal()
        connection.close()
        notes.write_text(run)


def copy_for(process):
    """From here on this process speaks to a copy of its own."""
    with one_at_a_time():  # PostgreSQL copies what nobody else is connected to
        connection.close()
        connection.creation.clone_test_db(process, verbosity=0)
        connection.close()
        connection.settings_dict.update(connection.creation.get_test_db_clone_settings(process))


@contextmanager
def one_at_a_time():
    """The file of which run has founded the database last, held by one process after the other."""
    notes = settings.VAR_DIR / "test-database"
    with notes.open("a") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield notes
