"""What arrives from a form of strangers, made readable: signs that nobody can see are left out. A leaf."""

import unicodedata

LINES = "\n\r\t"
TURNING = {*"\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"}  # would write the rest of a page backwards


def tidied(data):
    """A copy of posted data without control characters."""
    copy = data.copy()
    for name, values in data.lists():
        copy.setlist(name, [tidy(value) if isinstance(value, str) else value for value in values])
    return copy


def tidy(text):
    if text.isascii() and text.isprintable():
        return text
    return "".join(sign for sign in text if sign in LINES or not is_invisible(sign))


def is_invisible(sign):
    return sign in TURNING or unicodedata.category(sign) in ("Cc", "Cs")


def in_one_line(text):
    return " ".join(text.split())
