"""What every format is read into: a table of rows, each with its place in the file. A leaf: it knows no models."""

import re
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from portal.imports import ImportFailed, Problem

MOST_BYTES = 20 * 1024 * 1024
MOST_ROWS = 20_000
MOST_COLUMNS = 200
LONGEST_CELL = 10_000
UNSTORABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


@dataclass
class Raw:
    """One row as the file has it: texts by column, and what reading it already found."""

    number: int
    cells: dict
    problems: list = field(default_factory=list)  # (column, message)
    losses: list = field(default_factory=list)  # what the directory has no place for, in words


@dataclass
class Table:
    """A file of spaces: the names of its columns and its rows. `columns` that are known from the format are in `fixed`."""

    file: str
    columns: list
    rows: list
    fixed: dict = field(default_factory=dict)  # field: column

    def examples(self, column, most=3):
        """The first few different values of a column."""
        found = dict.fromkeys(row.cells.get(column, "") for row in self.rows[:200])
        return [value[:80] for value in found if value][:most]


def fail(message, **values):
    """This file cannot be read at all."""
    raise ImportFailed(Problem(message % values if values else message))


def check_size(content, most=MOST_BYTES):
    if not content.strip():
        fail(_("The file is empty."))
    if len(content) > most:
        fail(_("The file is too large: %(size)s MB. At most %(most)s MB are read."), size=megabytes(content), most=most >> 20)


def megabytes(content):
    return f"{len(content) / 1024 / 1024:.1f}"


def check_rows(number, most=MOST_ROWS):
    if number > most:
        fail(_("The file has more than %(most)s rows. Divide it into several."), most=most)


def check_columns(columns):
    if len(columns) > MOST_COLUMNS:
        fail(_("The file has more than %(most)s columns."), most=MOST_COLUMNS)
    named = [column for column in columns if column]
    if not named:
        fail(_("The first row must name the columns."))
    twice = sorted({column for column in named if named.count(column) > 1})
    if twice:
        fail(_("Two columns have the same name: %(names)s"), names=", ".join(twice))


def decoded(content):
    """The text of a file in UTF-8, with or without BOM."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        fail(_("The file is UTF-16. Save it as UTF-8."))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        place = {"byte": error.start + 1, "line": line}
        fail(_("The file is not UTF-8: byte %(byte)s, in line %(line)s, does not belong there. Save it as UTF-8."), **place)
    if "\x00" in text:
        fail(_("Line %(line)s holds a NUL character."), line=text[: text.index("\x00")].count("\n") + 1)
    return text


def as_text(value):
    """A value of JSON or of a workbook as somebody would write it into a cell."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)  # noqa: PLR2004
    if isinstance(value, date):  # and times of a day
        return value.isoformat()
    if isinstance(value, list | tuple):
        return "; ".join(filter(None, map(as_text, value)))
    return str(value).strip()


def checked(raw):
    """The row with what is wrong with its cells, whatever they mean."""
    for column, text in raw.cells.items():
        if found := UNSTORABLE.search(text):
            raw.problems.append((column, _("holds a control character (U+%(code)s)") % {"code": f"{ord(found[0]):04X}"}))
        elif len(text) > LONGEST_CELL:
            raw.problems.append((column, _("is longer than %(most)s characters") % {"most": LONGEST_CELL}))
    return raw
