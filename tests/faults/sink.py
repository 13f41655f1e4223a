"""A real mail server on this machine that keeps what it took, and can be slow, drop connections or refuse people."""

import asyncio
import time
from collections import Counter
from email import message_from_bytes

from aiosmtpd.controller import Controller

PORTS = range(18025, 18125)


class Sink:
    """What the server does with each connection; `received` counts Message-IDs, `envelopes` who got which."""

    def __init__(self):
        self.received, self.envelopes = Counter(), []
        self.refused = {}  # address: answer
        self.answer = ""  # to every letter, instead of taking it
        self.seconds = 0  # before it answers to a letter
        self.drop_every = 0  # of so many letters it loses the connection at one: before it took it, then after
        self.seen = 0

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address in self.refused:
            return self.refused[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.seen += 1
        if self.seconds:
            await asyncio.sleep(self.seconds)
        if self.answer:
            return self.answer
        is_dropped = self.drop_every and self.seen % self.drop_every == 0
        if is_dropped and self.seen % (2 * self.drop_every):
            server.transport.abort()
            return "451 gone"
        self.keep(envelope)
        if is_dropped:
            server.transport.abort()
        return "250 OK"

    def keep(self, envelope):
        message_id = message_from_bytes(envelope.content)["Message-ID"]
        self.received[message_id] += 1
        self.envelopes.append((message_id, tuple(envelope.rcpt_tos), envelope.content))

    @property
    def taken(self):
        return sum(self.received.values())

    @property
    def repeated(self):
        return self.taken - len(self.received)


class Server:
    """The sink on a free port of this machine, which can be stopped and started again."""

    def __init__(self, sink):
        self.sink, self.port, self.controller = sink, 0, None

    def start(self):
        for port in [self.port] if self.port else PORTS:
            controller = Controller(self.sink, hostname="127.0.0.1", port=port)
            try:
                controller.start()
            except OSError:
                continue
            self.controller, self.port = controller, port
            return self
        raise RuntimeError("No free port for the mail server.")

    def stop(self):
        if self.controller:
            self.controller.stop()
            self.controller = None


def wait_until(condition, seconds, step=0.01):
    """Whether it came true in that time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(step)
    return condition()
