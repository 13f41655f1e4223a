"""Cells of tables that somebody opens in a spreadsheet. A leaf."""

SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n")  # a cell that begins with one of them is a formula to some programs


def safe_cell(value):
    """The value as a cell that no program takes for a formula; numbers stay numbers."""
    return f"'{value}" if isinstance(value, str) and value.startswith(SIGNS) else value
