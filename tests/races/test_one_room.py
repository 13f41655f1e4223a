"""Exactly one is accepted, everybody else is told why, nothing breaks. Beside it a control that fails in the same race."""

import json
import os
import subprocess
import sys
import time
import urllib.request
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

import pytest

from tests.browser.serving import free_port

pytestmark = pytest.mark.races
ROOT = Path(__file__).resolve().parents[2]
ROUNDS = int(os.environ.get("RACE_ROUNDS", "20"))
PEOPLE = int(os.environ.get("RACE_PEOPLE", "500"))
PATIENCE = 300  # seconds, for whoever waits last
TOLD = "Somebody else has this time already"


def run(database_url, *arguments):
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.races.settings", "DATABASE_URL": database_url}
    command = [sys.executable, "-m", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True).stdout  # noqa: S603


def paths_for(database_url, rounds, *more):
    told = run(database_url, "tests.races.prepare", str(rounds), str(PEOPLE), *more)
    return json.loads(next(line for line in told.splitlines() if line.startswith("PATHS"))[6:])


@contextmanager
def served(database_url, module, log):
    """Several processes with several threads each, as an operator would run them; ended by their process id."""
    port = free_port()
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.races.settings", "DATABASE_URL": database_url}
    command = [sys.executable, "-m", "gunicorn", module, "--bind", f"127.0.0.1:{port}", "--workers", "4", "--threads", "4"]
    command += ["--timeout", str(PATIENCE), "--no-control-socket", "--log-level", "warning"]
    server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)  # noqa: S603
    try:
        wait_for(f"http://127.0.0.1:{port}/healthz")
        yield port
    finally:
        server.terminate()
        server.wait(timeout=30)


def wait_for(url):
    for _attempt in range(120):
        try:
            urllib.request.urlopen(url, timeout=5)  # noqa: S310 (loopback)
        except OSError:  # not yet: refused, or too slow to say anything
            time.sleep(0.5)
        else:
            return
    raise AssertionError("The server did not start.")


def accept(port, path):
    """Press the button; (status, whether it was said that somebody else was quicker)."""
    connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.request("POST", path, "act=accept&text=", {"Content-Type": "application/x-www-form-urlencoded"})
        answer = connection.getresponse()
        return answer.status, TOLD in answer.read().decode()
    finally:
        connection.close()


def race(port, paths):
    """All at once; how many got which answer."""
    with ThreadPoolExecutor(len(paths)) as people:
        return Counter(people.map(lambda path: accept(port, path), paths))


def test_exactly_one_is_accepted(database_url, tmp_path):
    rounds = paths_for(database_url, ROUNDS)
    log = tmp_path / "server.log"
    begun = time.monotonic()
    with log.open("w") as file, served(database_url, "portal.wsgi", file) as port:
        for number, paths in enumerate(rounds, start=1):
            answers = race(port, paths)
            assert answers == {(302, False): 1, (409, True): PEOPLE - 1}, (number, answers, log.read_text()[-2000:])
    print(f"\n{ROUNDS} rounds of {PEOPLE} on {database_url.partition(':')[0]}: one each, {time.monotonic() - begun:.0f} s")


def test_the_control_gives_the_room_to_several(database_url, tmp_path):
    """Should this pass by chance with one winner, the race above would prove nothing."""
    rounds = paths_for(database_url, 3, "unprotected")
    with (tmp_path / "server.log").open("w") as file, served(database_url, "tests.races.unprotected", file) as port:
        winners = [sum(count for (status, _told), count in race(port, paths).items() if status == 302) for paths in rounds]
    assert max(winners) > 1, winners
    print(f"\nUnprotected: {winners} of {PEOPLE} each got the one room")
