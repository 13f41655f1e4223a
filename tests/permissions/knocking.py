"""Knocking at a door of the portal: what it answers, and whether anything was written. Nothing that happens stays."""

from dataclasses import dataclass
from typing import Any
from unittest.mock import patch

from django.contrib.messages import ERROR
from django.db import connection, transaction
from django.test import Client

OPEN, REFUSED, ABSENT, OTHERWISE, BROKEN = "open", "refused", "absent", "not that way", "broken"
# What is written down whoever comes along, and says nothing about the objects.
BOOKKEEPING = (
    "django_session",
    "wagtailusers_userprofile",
    "wagtailadmin_editingsession",
    "wagtailcore_pagesubscription",
    "last_login",
)
CHANGES = ("INSERT", "UPDATE", "DELETE", "REPLACE")


@dataclass
class Answer:
    """What came back, and the tables that were written to."""

    kind: str
    status: int
    written: list
    response: Any

    @property
    def text(self):
        streaming = getattr(self.response, "streaming", False)
        content = b"".join(self.response.streaming_content) if streaming else self.response.content
        return content.decode(errors="replace")

    @property
    def is_closed(self):
        """Nothing was shown, nothing was changed."""
        return self.kind in (REFUSED, ABSENT, OTHERWISE) and not self.written


class Writes(list):
    """The statements that change rows, without the bookkeeping and without what was taken back."""

    def __init__(self):
        super().__init__()
        self.savepoints = {}

    def __call__(self, execute, sql, params, many, context):
        words = sql.split(None, 3)
        if words[0] == "SAVEPOINT":
            self.savepoints[words[1]] = len(self)
        elif words[0] == "ROLLBACK":
            del self[self.savepoints.get(words[-1], 0) :]
        elif words[0] in CHANGES and not any(name in sql for name in BOOKKEEPING):
            self.append(sql[:160])
        return execute(sql, params, many, context)


def kind_of(response, writes):
    """What an answer means. Whatever was written to was open."""
    status = response.status_code
    if status >= 500:
        return BROKEN
    if writes:
        return OPEN
    if status in (301, 302, 303):
        return redirected(response, response["Location"])
    return {403: REFUSED, 404: ABSENT, 410: ABSENT, 400: OTHERWISE, 405: OTHERWISE, 422: OTHERWISE, 429: OTHERWISE}.get(
        status, OPEN
    )


def redirected(response, location):
    """A redirect is Wagtail's answer to a refusal and to a success: a refusal says so, or leads to the sign-in."""
    if "/account/reauthenticate/" in location:
        return OTHERWISE
    return REFUSED if "/login/" in location or location.endswith("/account/") or has_error(response) else OPEN


def has_error(response):
    queued = getattr(getattr(response.wsgi_request, "_messages", None), "_queued_messages", ())
    return any(message.level >= ERROR for message in queued)


def forget(*args, **kwargs):
    """Django's client would keep a copy of all that each piece of a page was drawn from; nobody here asks for it."""


class Visitor:
    """Somebody with a role, or nobody, who knocks at one door after the other. Each visit is undone."""

    def __init__(self, world, role):
        self.world = world
        self.role = role
        self.client = Client(raise_request_exception=False)
        world.sign_in(self.client, role)

    def get(self, url, **extra):
        return self.knock("get", url, None, **extra)

    def post(self, url, data=None, **extra):
        return self.knock("post", url, data, **extra)

    def knock(self, method, url, data=None, **extra):
        """One visit that leaves no trace."""
        cookies = dict(self.client.cookies)
        with transaction.atomic():
            answer = self.act(method, url, data, **extra)
            transaction.set_rollback(True)
        self.client.cookies.clear()
        self.client.cookies.update(cookies)
        return answer

    def act(self, method, url, data=None, **extra):
        """One visit that stays."""
        writes = Writes()
        with connection.execute_wrapper(writes), patch("django.test.client.store_rendered_templates", forget):
            response = getattr(self.client, method)(url, data or {}, **extra)
        return Answer(kind_of(response, writes), response.status_code, list(writes), response)
