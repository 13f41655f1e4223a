"""Rows of spaces as an XLSX workbook. A leaf. Every text is a text: no cell is ever a formula."""

from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TEXT = "s"


def workbook(title, columns, rows):
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    sheet.append([cell_of(sheet, name) for name in columns])
    for row in rows:
        sheet.append([cell_of(sheet, value) for value in row])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def cell_of(sheet, value):
    """Numbers stay numbers; a text that begins like a formula is marked as the text it is."""
    if not isinstance(value, str):
        return value
    cell = WriteOnlyCell(sheet, value=ILLEGAL_CHARACTERS_RE.sub("", value))
    cell.data_type = TEXT
    return cell
