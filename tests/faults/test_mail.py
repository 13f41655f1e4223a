"""The sender is killed, the mail server is away, slow, rude or picky: no letter is lost, and none gets a second number."""

import os
import random
import signal
import time

import pytest

from .sink import wait_until

pytestmark = [pytest.mark.faults, pytest.mark.django_db]  # the second: else there is no test database to copy
MAILS, KILLS, SENDERS = 3000, 100, 2
PATIENCE = 900  # seconds
SHARE = MAILS // (KILLS + 10)  # how many letters, on the average, between two deaths


def say(capsys, words):
    with capsys.disabled():
        print(f"\n{words}")  # noqa: T201


def born(nursery):
    nursery.stdin.write("another\n")
    nursery.stdin.flush()
    return int(nursery.stdout.readline())


def is_alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def killed(pid):
    """Whether it still lived when it was killed."""
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return False
    return True


def test_the_sender_is_killed_again_and_again(portal, sink, capsys):
    """Processes of `deliver_mail`, two at a time, and SIGKILL in the middle of whatever they do."""
    portal.write(MAILS)
    begun, kills, senders, dice = time.monotonic(), 0, [], random.Random(7)
    nursery = portal.nursery()
    while kills < KILLS and sink.taken < MAILS + KILLS:
        senders += [born(nursery) for _ in range(SENDERS - len(senders))]
        goal, victim = sink.taken + dice.randint(1, 2 * SHARE - 1), senders.pop(0)
        wait_until(lambda goal=goal, victim=victim: sink.taken >= goal or not is_alive(victim), 60, step=0.001)
        time.sleep(dice.random() * 0.01)
        kills += killed(victim)
        assert time.monotonic() - begun < PATIENCE, f"This takes too long: {kills} kills, {sink.taken} taken."
    wait_until(lambda: not any(is_alive(pid) for pid in senders), 300)
    nursery.terminate()
    nursery.communicate()
    for _round in range(3):
        time.sleep(4)  # what the dead had in their hands is free again after three seconds
        portal.run("deliver_mail")
    counted = portal.count()
    ours, theirs = set(counted["ids"]), set(sink.received)
    say(
        capsys,
        f"{MAILS} letters, {kills} kills, {time.monotonic() - begun:.0f} s: {len(ours - theirs)} lost, "
        f"{sink.repeated} repeated with the same Message-ID, {len(theirs - ours)} with another",
    )
    assert kills == KILLS
    assert theirs == ours
    assert len(ours) == counted["all"] == counted["sent"] == MAILS
    assert sink.repeated <= KILLS


def test_the_server_is_away(portal, sink, server, capsys):
    """The command stops knocking, spends three attempts and no more, and everything goes out once the server is back."""
    portal.write(50)
    server.stop()
    begun = time.monotonic()
    returncode, out, err = portal.run("deliver_mail")
    counted = portal.count()
    say(capsys, f"Server away: {out.strip()} ({time.monotonic() - begun:.1f} s)")
    assert (returncode, out) == (0, "0 delivered, 50 still waiting.\n")
    assert "The mail server does not take anything; the rest waits." in err
    assert "example.org" not in err
    assert sorted(counted["attempts"]) == [0] * 47 + [1] * 3
    server.start()
    portal.make_due()
    assert portal.run("deliver_mail")[1] == "50 delivered, 0 still waiting.\n"
    assert sink.taken == len(sink.received) == 50


def test_the_server_is_slow(portal, sink, capsys):
    """Who says nothing in time is left alone; what it took all the same arrives a second time under the same number."""
    portal.write(4)
    sink.seconds = 3
    begun = time.monotonic()
    _code, out, _err = portal.run("deliver_mail", MAIL_TIMEOUT="1")
    took = time.monotonic() - begun
    counted = portal.count()
    assert (counted["waiting"], counted["sent"]) == (4, 0)
    sink.seconds = 0
    portal.make_due()
    portal.run("deliver_mail")
    counted = portal.count()
    say(capsys, f"Server slow: {out.strip()} ({took:.1f} s); afterwards {counted['sent']} of 4, {sink.repeated} repeated")
    assert counted["sent"] == 4
    assert set(sink.received) == set(counted["ids"])
    assert max(sink.received.values()) <= 2


def test_connections_are_lost_before_and_after_the_letter_was_taken(portal, sink, capsys):
    portal.write(60)
    sink.drop_every = 5
    portal.run("deliver_mail")
    failed = portal.count()["waiting"]
    assert failed > 0
    sink.drop_every = 0
    portal.make_due()
    portal.run("deliver_mail")
    counted = portal.count()
    say(capsys, f"Connections lost: {failed} of 60 had to be tried again, {sink.repeated} repeated, {counted['sent']} arrived")
    assert counted["sent"] == 60
    assert set(sink.received) == set(counted["ids"])
    assert 0 < sink.repeated <= failed


def test_one_of_many_is_refused(portal, sink):
    """The others have it once; who is refused for now gets it later, who is refused for ever is seen by staff."""
    portal.write(1, to="['alice@example.org', 'bob@example.org', 'cleo@example.org']")
    sink.refused = {"bob@example.org": "550 5.1.1 No such user", "cleo@example.org": "451 4.2.1 Come back later"}
    portal.run("deliver_mail")
    assert [people for _id, people, _content in sink.envelopes] == [("alice@example.org",)]
    assert portal.count()["waiting"] == 1
    sink.refused = {}
    portal.make_due()
    portal.run("deliver_mail")
    assert [people for _id, people, _content in sink.envelopes] == [("alice@example.org",), ("cleo@example.org",)]
    counted = portal.count()
    assert (counted["sent"], counted["needs_somebody"], counted["refused"]) == (1, 1, [["bob@example.org"]])
    assert len(sink.received) == 1


def test_what_is_refused_for_ever_is_tried_once(portal, sink):
    portal.write(2)
    sink.refused = {"reader0@example.org": "550 5.1.1 reader0@example.org: no such user"}
    _code, out, err = portal.run("deliver_mail")
    counted = portal.count()
    assert out == "1 delivered, 0 still waiting.\n"
    assert (counted["given_up"], counted["needs_somebody"], counted["attempts"]) == (1, 1, [1, 1])
    assert "SMTPRecipientsRefused 550" in err
    assert "reader0" not in err


def test_a_refused_letter_is_given_up_and_a_busy_server_is_not(portal, sink):
    portal.write(1)
    sink.answer = "451 4.3.0 Busy"
    portal.run("deliver_mail")
    assert portal.count()["waiting"] == 1
    sink.answer = "554 5.7.1 We do not want this"
    portal.make_due()
    portal.run("deliver_mail")
    counted = portal.count()
    assert (counted["waiting"], counted["given_up"], counted["attempts"]) == (0, 1, [2])


def test_a_worker_delivers_too(portal, sink):
    """The queue's own worker, stopped by a kill: what it had in its hands comes from cron."""
    portal.python(
        "from django.db import transaction\n"
        "from django.core.mail import EmailMessage\n"
        "with transaction.atomic():\n"
        "    [EmailMessage(f'Letter {n}', 'Dear reader', to=[f'reader{n}@example.org']).send() for n in range(40)]"
    )
    worker = portal.start("db_worker", "--interval", "0.1")
    assert wait_until(lambda: sink.taken >= 10, 60)
    worker.send_signal(signal.SIGKILL)
    worker.wait()
    time.sleep(4)
    portal.run("deliver_mail")
    counted = portal.count()
    assert (counted["all"], counted["sent"]) == (40, 40)
    assert set(sink.received) == set(counted["ids"])
    assert sink.repeated <= 1
