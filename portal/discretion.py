"""What must not be read by bystanders: links that are keys, and addresses of people. A leaf: it knows text, no models.

In our own addresses, only what looks like words or like a number is shown; the rest may be a key, whatever it is for. So a
kind of link that somebody invents later is hidden, too. In lines of the log addresses of people are left out as well.
"""

import logging
import re

HIDDEN = "…"
URL = re.compile(r"(https?://[^/\s\"'<>?#]+)([^\s\"'<>]*)")
# A path in a line of the log: from a slash at the beginning of a word. What follows "?" may hold anything.
PATH = re.compile(r"(?<![\w./:…-])(/[^\s\"'<>]*)")
PERSON = re.compile(r"[^\s<>\"'(),;:@]+@[^\s<>\"'(),;:@]+")
WORDS = re.compile(r"(?:[a-z]{1,24}|\d{1,10})(?:[-_](?:[a-z]{1,24}|\d{1,6}))*(?:\.[a-z0-9]{1,5})?")
CODE = re.compile(r"(?m)^[ \t]*(?=[A-Z0-9-]*\d)[A-Z0-9]{3,}(?:-[A-Z0-9]{3,})*[ \t]*$")
PUNCTUATION = ".,;:!)"


def hide_keys(text):
    """The text with the keys in its links, and codes that stand alone on a line, made unreadable."""
    return CODE.sub(HIDDEN, URL.sub(lambda found: found[1] + shown_path(found[2]), text))


def hide_people(text):
    """The text without anybody's address."""
    return PERSON.sub(f"{HIDDEN}@{HIDDEN}", text)


def shown_path(path):
    """A path as it may be shown: its words, without what may be a key."""
    path = path.rstrip(PUNCTUATION)
    path, *rest = re.split(r"[?#&]", path, maxsplit=1)
    shown = "/".join(part if not part or WORDS.fullmatch(part) else HIDDEN for part in path.split("/"))
    return shown + (f"?{HIDDEN}" if rest else "")


class DiscreetFormatter(logging.Formatter):
    """Writes lines of the log, and the errors below them, without keys and without anybody's address."""

    def __init__(self, line="%(asctime)s %(levelname)s %(name)s %(message)s"):
        super().__init__(line)

    def format(self, record):
        return discreet(super().format(record))


def discreet(line):
    line = hide_people(URL.sub(lambda found: found[1] + shown_path(found[2]), line))
    return PATH.sub(lambda found: found[1] if found[1].endswith(".py") else shown_path(found[1]), line)
