"""What stands in a file: a sheet for each page and language, a unit for each of its strings.

A leaf: it knows no models. Everything is plain text, markup as wagtail-localize keeps it.
"""

from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256

from .markup import canonical

INITIAL, MACHINE, TRANSLATED, REVIEWED = "initial", "machine", "translated", "reviewed"
PLACE_LENGTH = 16


class ExchangeError(Exception):
    """Why a file cannot be used at all, in words, with the line where that is known."""

    def __init__(self, message, line=None):
        super().__init__(message)
        self.line = line


def short_hash(text):
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:PLACE_LENGTH]


def unit_key(path, source):
    """Which string on a page: the place where it stands, and what stands there. Both stay from one export to the next."""
    return f"{short_hash(path)}.{short_hash(source)}"


def fingerprint(text):
    """Of the translation that a file was made with, to notice when somebody else has changed it since."""
    return short_hash(canonical(text))[:12]


@dataclass(frozen=True)
class Unit:
    """One string: where it stands, what is to be translated, and what there is."""

    path: str
    source: str
    target: str = ""  # what there is, if it may stand
    state: str = INITIAL
    seen: str = fingerprint("")  # of what there is, whether it may stand or not
    field: str = ""  # the name of the field, for people
    hints: tuple = ()  # ("link", "a1: https://example.org/"), ("limit", "80"), ...

    @property
    def key(self):
        return unit_key(self.path, self.source)

    @property
    def is_open(self):
        """Missing, or not yet confirmed by a person."""
        return self.state in (INITIAL, MACHINE)


@dataclass
class Sheet:
    """A page in one language."""

    key: str  # of the translation as wagtail-localize knows it, the same for as long as the page is translated
    source_language: str
    language: str
    title: str
    address: str
    name: str = ""  # of the file, without its ending: "kenya/ngong-road-hub"
    units: list = field(default_factory=list)


@dataclass(frozen=True)
class Given:
    """What a file says about one string."""

    file: str
    line: int
    sheet: str
    language: str
    key: str  # of the unit
    path: str = ""  # as the file names the place, for people
    text: str = ""
    problem: str = ""  # why the text could not even be read
    seen: str = ""
    is_unfinished: bool = False  # marked as fuzzy, or as a machine's, by the tool


@dataclass(frozen=True)
class Kept:
    """What the portal has for one unit now."""

    unit: Unit
    text: str = ""  # the translation, verbatim
    is_machine: bool = False
    limit: int | None = None
    is_slug: bool = False
    changed_by: str = ""
    changed_at: datetime | None = None
