"""One test database is founded, and each process that runs tests gets a copy: founding takes a minute, a copy none."""

import fcntl
import hashlib
import tempfile
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from django.conf import settings
from django.db import connection

from home.demo.building import Builder
from home.models import HomePage
from regions.translating.following import counted_once

HELD = []  # a lock goes with the process that took it, however that ends


def found_once(run, anew):
    """The founded database, whichever process comes first; `anew` does not keep that of an earlier run."""
    with one_at_a_time() as notes:
        if notes.read_text() == run:
            connection.close()
            connection.settings_dict["NAME"] = founded_name()
            return
        is_whole = bool(notes.read_text())  # else a founding was broken off, or there was none
        if anew or not is_whole:
            forget_journal(founded_name())
        notes.write_text("")
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False, keepdb=is_whole and not anew)
        if not HomePage.objects.exists():
            with counted_once():
                Builder().build_portal()
        connection.close()
        notes.write_text(run)


def copy_for(purpose=""):
    """From here on this process speaks to a copy of its own, which no other run on this machine uses."""
    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        return  # nobody else sees it
    suffix = f"{purpose}{free_number()}"
    with one_at_a_time():  # PostgreSQL copies what nobody else is connected to
        connection.close()
        copied = connection.creation.get_test_db_clone_settings(suffix)
        forget_journal(copied["NAME"])
        connection.creation.clone_test_db(suffix, verbosity=0)
        connection.close()
        connection.settings_dict.update(copied)


def forget_journal(name):
    """What a killed process had not yet written into its file must not come back in the next one of that name."""
    if connection.vendor == "sqlite":
        for end in ("-wal", "-shm"):
            Path(f"{name}{end}").unlink(missing_ok=True)


def founded_name():
    return settings.DATABASES["default"]["TEST"]["NAME"]


def lock_file(name):
    """Of this database on this machine: a server is shared by all checkouts."""
    digest = hashlib.sha256(f"{connection.vendor} {founded_name()}".encode()).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"portolan-test-{digest}-{name}"


def free_number():
    for number in count():
        held = lock_file(number).open("a")
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            held.close()
        else:
            HELD.append(held)
            return number
    return None


@contextmanager
def one_at_a_time():
    """The file of which run has founded the database last, held by one process after the other."""
    notes = lock_file("founded")
    with notes.open("a") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield notes
