"""As many come as there are places, whoever presses at the same moment; all others wait. Beside it a control that fails."""

import json
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection

import pytest

from .test_one_room import PATIENCE, PEOPLE, ROUNDS, run, served

pytestmark = pytest.mark.races
PLACES = 7
CROWD = min(PEOPLE, 200)  # each press writes a letter, too


def races_for(database_url, rounds):
    told = run(database_url, "tests.races.prepare_seats", str(rounds), str(CROWD), str(PLACES))
    return json.loads(next(line for line in told.splitlines() if line.startswith("PATHS"))[6:])


def counts(database_url):
    told = run(database_url, "tests.races.count_seats")
    found = json.loads(next(line for line in told.splitlines() if line.startswith("COUNTS"))[7:])
    return {pk: (going, waiting) for pk, going, waiting in found}


def confirm(port, path):
    connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.request("POST", path, "", {"Content-Type": "application/x-www-form-urlencoded"})
        answer = connection.getresponse()
        answer.read()
        return answer.status
    finally:
        connection.close()


def race(port, paths):
    with ThreadPoolExecutor(len(paths)) as people:
        return Counter(people.map(lambda path: confirm(port, path), paths))


def test_exactly_as_many_as_there_are_places(database_url, tmp_path):
    races, log = races_for(database_url, ROUNDS), tmp_path / "server.log"
    begun = time.monotonic()
    with log.open("w") as file, served(database_url, "portal.wsgi", file) as port:
        for number, (_event, paths) in enumerate(races, start=1):
            assert race(port, paths) == {302: CROWD}, (number, log.read_text()[-2000:])
    assert counts(database_url) == {event: (PLACES, CROWD - PLACES) for event, _paths in races}
    took = time.monotonic() - begun
    print(f"\n{ROUNDS} rounds of {CROWD} for {PLACES} places on {database_url.partition(':')[0]}: {took:.0f} s")


def test_without_the_lock_some_places_are_given_twice(database_url, tmp_path):
    """The control: the same race, in which nobody waits for the event's row."""
    races, log = races_for(database_url, 3), tmp_path / "server.log"
    with log.open("w") as file, served(database_url, "tests.races.unprotected_seats", file) as port:
        for _event, paths in races:
            race(port, paths)
    found = [counts(database_url)[event][0] for event, _paths in races]
    print(f"\nUnprotected: {found} of {CROWD} each for {PLACES} places")
    assert max(found) > PLACES
