"""What every import has in common: a file is read or refused, each row has an outcome, nothing or everything is written.

A leaf: it imports no models, so that the importers of every app can use it.
"""

import json
from dataclasses import dataclass, field
from unicodedata import east_asian_width

NEW, CHANGED, UNCHANGED, MERGED, SKIPPED = OUTCOMES = ("new", "changed", "unchanged", "merged", "skipped")
DUPLICATE, REFUSED = "duplicate", "refused"


@dataclass(frozen=True)
class Problem:
    """What is wrong in which field of which row; without a row, it is the whole file."""

    message: str
    field: str = ""
    row: int | None = None
    label: str = ""

    def __str__(self):
        row = f"row {self.row}" if self.row else ""
        label = f"({self.label})" if self.label else ""
        where = ", ".join(filter(None, [f"{row} {label}".strip(), self.field]))
        return f"{where}: {self.message}" if where else self.message


class ImportFailed(Exception):
    """Why nothing was written: all that is wrong with the file, not only the first of it."""

    def __init__(self, *problems):
        self.problems = list(problems)
        super().__init__("\n".join(["Nothing was imported.", *map(str, self.problems)]))


@dataclass(frozen=True)
class Row:
    """What became of one row of the file, and why."""

    number: int
    label: str
    outcome: str
    reason: str = ""
    file: str = ""  # which of several
    about: int | None = None  # the record that it became, or that it is like
    is_alike: bool = False  # a duplicate by likeness alone: somebody may know better


@dataclass
class Report:
    """What an import did, or in a dry run would do, row by row. `outcomes` are those that can come about."""

    rows: list[Row] = field(default_factory=list)
    outcomes: tuple = OUTCOMES

    def add(self, number, label, outcome, *reasons, **where):
        self.rows.append(Row(number, label, outcome, "; ".join(filter(None, map(str, reasons))), **where))

    def sort(self):
        self.rows.sort(key=lambda row: row.number)

    @property
    def counts(self):
        found = [row.outcome for row in self.rows]
        return {outcome: found.count(outcome) for outcome in self.outcomes}

    def __str__(self):
        cells = [("row", "outcome", "name", "reason", "file")]
        cells += [(str(row.number), row.outcome, row.label, row.reason, row.file) for row in self.rows]
        cells = cells if any(row.file for row in self.rows) else [line[:-1] for line in cells]
        widths = [max(map(columns, column)) for column in zip(*cells, strict=True)]
        lines = ["  ".join(map(padded, line, widths)).rstrip() for line in cells]
        counts = ", ".join(f"{number} {outcome}" for outcome, number in self.counts.items())
        return "\n".join([*lines, "", f"{len(self.rows)} rows: {counts}"])


def columns(text):
    """How many columns of a terminal the text takes: Chinese and Japanese signs take two."""
    return sum(2 if east_asian_width(sign) in "WF" else 1 for sign in text)


def padded(text, width):
    return text + " " * (width - columns(text))


def read_json(path):
    """What the file holds. Unreadable, it fails with the place where reading broke off."""
    try:
        return json.loads(path.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        raise ImportFailed(Problem(f"{path} cannot be read: {error.strerror}")) from error
    except UnicodeDecodeError as error:
        raise ImportFailed(Problem(f"{path} is not UTF-8: byte {error.start + 1} does not belong there")) from error
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise ImportFailed(Problem(f"{path} is not valid JSON: {where}: {error.msg}")) from error
    except (ValueError, RecursionError) as error:  # a number of thousands of digits, brackets thousands deep
        raise ImportFailed(Problem(f"{path} is not usable JSON: {error}")) from error
