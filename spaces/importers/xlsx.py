"""Spaces in an Excel workbook: its first sheet, whose first row names the columns."""

import io
import zipfile

from django.utils.translation import gettext as _
from openpyxl import load_workbook

from portal.imports import ImportFailed

from .csv import without_quote
from .tables import MOST_COLUMNS, Raw, Table, as_text, check_columns, check_rows, check_size, checked, fail

MOST_UNPACKED = 60 * 1024 * 1024
MOST_PARTS = 500


def read(name, content):
    check_size(content)
    check_unpacked(content)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # what a sheet says about its size need not be true
        return table_of(name, sheet.iter_rows(max_col=MOST_COLUMNS + 1))
    except ImportFailed:
        raise
    except Exception as error:
        return fail(_("The file is not a workbook that can be read (%(error)s)."), error=type(error).__name__)


def check_unpacked(content):
    """A workbook is a zip file: how large it will be is asked before it is unpacked."""
    try:
        parts = zipfile.ZipFile(io.BytesIO(content)).infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        fail(_("The file is not an XLSX workbook."))
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        fail(_("The file is too large when unpacked. At most %(most)s MB are read."), most=MOST_UNPACKED >> 20)


def table_of(name, lines):
    columns, rows = None, []
    for number, cells in enumerate(lines, start=1):
        check_rows(number - 1)
        if columns is None:
            columns = [as_text(cell.value) for cell in cells]
            while columns and not columns[-1]:
                columns.pop()
            check_columns(columns)
        elif any(cell.value not in (None, "") for cell in cells):
            rows.append(checked(row_of(number, columns, cells)))
    if columns is None:
        fail(_("The first sheet is empty."))
    return Table(name, [column for column in columns if column], rows)


def row_of(number, columns, cells):
    raw = Raw(number, {})
    for column, cell in zip(columns, cells, strict=False):
        if not column:
            continue
        raw.cells[column] = "" if cell.data_type in ("f", "e") else without_quote(as_text(cell.value))
        if cell.data_type == "f":
            raw.problems.append((column, _("is a formula: save the values instead")))
        elif cell.data_type == "e":
            raw.problems.append((column, _("is an error of the spreadsheet: %(value)s") % {"value": str(cell.value)[:20]}))
    if any(cell.value not in (None, "") for cell in cells[len(columns) :]):
        raw.problems.append(("", _("has more cells than there are columns")))
    return raw
