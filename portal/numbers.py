"""Numbers as strangers write them into addresses. A leaf."""

MOST_DIGITS = 18  # fits into a column


def whole_number(text) -> int | None:
    """What ASCII digits say; anything else is none, also what `str.isdigit` takes for one ("²") or no column holds."""
    return int(text) if isinstance(text, str) and text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS else None
