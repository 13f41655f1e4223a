"""Spaces in a CSV file: UTF-8; commas, semicolons or tabs."""

import csv
import io

from django.utils.translation import gettext as _

from .tables import Raw, Table, check_columns, check_rows, check_size, checked, decoded, fail

SEPARATORS = (",", ";", "\t")
SIGNS = ("=", "+", "-", "@", "\t", "\r")  # a quote before one of them is an export's, so that no program takes it for a formula


def read(name, content):
    check_size(content)
    text = decoded(content)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=separator_of(text), strict=True)
    try:
        columns = [column.strip() for column in next(lines)]
        check_columns(columns)
        return Table(name, [column for column in columns if column], list(rows_of(lines, columns)))
    except (csv.Error, StopIteration) as error:
        return fail(_("The file is not valid CSV: line %(line)s: %(error)s"), line=lines.line_num, error=error)


def separator_of(text):
    """The sign that stands most often in the first line."""
    first = text.lstrip().partition("\n")[0]
    return max(SEPARATORS, key=first.count)


def rows_of(lines, columns):
    for number, cells in enumerate(lines, start=2):  # as a spreadsheet counts: the names of the columns are row 1
        check_rows(number - 1)
        texts = [without_quote(cell.strip()) for cell in cells]
        if not any(texts):
            continue
        raw = Raw(number, {column: text for column, text in zip(columns, texts, strict=False) if column})
        if any(texts[len(columns) :]):
            raw.problems.append(("", _("has more cells than there are columns")))
        yield checked(raw)


def without_quote(text):
    return text[1:] if text[:1] == "'" and text[1:].startswith(SIGNS) else text
