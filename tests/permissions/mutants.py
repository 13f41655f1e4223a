"""Turns each question of the policy into "yes", one at a time, and looks whether a test minds: `make mutants`.

Run by hand (`make mutants ARGS="is_translation keys:bulk"` for some of them). The portal and its two regions are built
once, in memory, on SQLite; each mutant is a fork of that process which stops at the first test that minds. `mutants.csv` says
which one is asked first: the one that minded the last time, or the one that should. The last result stands in docs/security.md.
"""

import csv
import os
import sys
import time
import traceback
from collections import defaultdict
from pathlib import Path

import pytest
from _pytest.runner import runtestprotocol
from django.conf import settings

from .questions import NAMES, mutate, named

TESTS = [
    "tests/permissions/test_answers.py",
    "tests/permissions/test_whose.py",
    "tests/permissions/test_keys.py",
    "tests/permissions/test_forged.py",
    "tests/permissions/test_matrix.py",
    "tests/permissions/test_addresses.py",
    "tests/permissions/test_canaries.py",
    "tests/regions/test_roles.py",
    "tests/regions/test_invitations.py",
    "tests/portal/test_workplace.py",
    "tests/stories/test_seats.py",
    "tests/journeys",
]
FIRST = Path(__file__).parent / "mutants.csv"
SURVIVES = ""
HONEST = "nobody has been replaced"  # must survive, else the others say nothing


def asked_first():
    """The test that is asked first about each mutant: the one that minded the last time, or the one that should."""
    if not FIRST.exists():
        return {}
    with FIRST.open() as file:
        return {row["question"]: row["asked first"] for row in csv.DictReader(file)}


def remember(found):
    """In the order of the questions; of those that were not asked this time, what is known."""
    known = {**asked_first(), **{name: test for name, test in found.items() if test}}
    with FIRST.open("w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["question", "asked first"])
        writer.writerows([name, known[name]] for name in NAMES if name in known)


class Judge:
    """For pytest: instead of running the tests once, runs them for each mutant until one minds."""

    def __init__(self, names):
        self.names, self.found = names, {}

    def pytest_configure(self, config):
        settings.DATABASES["default"]["TEST"]["NAME"] = ":memory:"

    def pytest_runtestloop(self, session):
        """First the test that minded the last time; for those that got past it all tests, the slow ones last."""
        groups = defaultdict(list)
        for item in session.items:
            groups[bool(item.get_closest_marker("slow")), "world" not in item.fixturenames].append(item)
        for only_known in (True, False):
            for _order, items in sorted(groups.items()):
                self.judge(items, only_known)
        return True

    def judge(self, items, only_known):
        """One honest run of a test builds what all of them stand on; it stays until another test is through."""
        asked = {name: tests for name in self.names if not self.found.get(name) and (tests := known(name, items, only_known))}
        if not asked:
            return
        another = items[-1] if len(items) > 1 else None  # with itself for the next one, pytest would not set it up again
        assert not failed(runtestprotocol(items[0], log=False, nextitem=another))
        for name, tests in asked.items():
            self.found[name] = self.who_minds(name, tests)
            sys.__stderr__.write(f"{'killed' if self.found[name] else 'not by'} {len(tests):3} {name} {self.found[name]}\n")
        runtestprotocol(items[0], log=False, nextitem=None)

    def who_minds(self, name, items):
        """The name of the first test that fails, written into a pipe by a child that is the mutant."""
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            try:
                os.write(writing, self.as_mutant(name, items).encode())
            except BaseException:  # a mutant that fails by itself must not go on as if it were the one who asks
                traceback.print_exc(file=sys.__stderr__)
            finally:
                os._exit(0)
        os.close(writing)
        os.waitpid(child, 0)
        with os.fdopen(reading) as pipe:
            return pipe.read()

    def as_mutant(self, name, items):
        items[0].session._setupstate.teardown_exact(items[0])  # what only the honest run needed
        if name != HONEST:
            mutate(name)
        for item, following in zip(items, [*items[1:], None], strict=True):
            reports = runtestprotocol(item, log=False, nextitem=following)
            if failed(reports):
                return item.nodeid
        return SURVIVES


def known(name, items, only_known):
    """Of these tests the one that minded the last time, or all."""
    if not only_known:
        return items
    hint = asked_first().get(name)
    return [item for item in items if hint and hint in item.nodeid]


def failed(reports):
    return any(report.failed for report in reports)


def main():
    names = named(sys.argv[1:])
    begun, judge = time.monotonic(), Judge(names if sys.argv[1:] else [HONEST, *names])
    ways = ["-q", "-p", "no:xdist", "-p", "no:cacheprovider", "--capture=sys", "--create-db", "-m", "not browser"]
    pytest.main([*ways, *TESTS], plugins=[judge])
    remember(judge.found)
    survivors = [name for name in names if not judge.found.get(name)]
    for name in survivors:
        print(f"SURVIVES {name}")  # noqa: T201
    if judge.found.get(HONEST):
        sys.exit(f"The tests fail without any mutant: {judge.found[HONEST]}")
    minutes = (time.monotonic() - begun) / 60
    print(f"{len(names) - len(survivors)} of {len(names)} killed in {minutes:.0f} minutes.")  # noqa: T201
    sys.exit(bool(survivors))


if __name__ == "__main__":
    os.chdir(Path(__file__).resolve().parents[2])
    main()
