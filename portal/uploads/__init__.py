"""Screens for importing: a file, a preview of what becomes of every row, then all of it or nothing."""
