"""How names are compared: Bogotá is found by "bogota", Łódź by "lodz", Gießen by "giessen". A leaf."""

import unicodedata

# Letters with a stroke, a hook or no dot are letters of their own in Unicode; who looks for them types them without.
STROKES = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ŧ": "t", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"})

SIGNS = str.maketrans({"-": " ", "’": "'", "‘": "'"})


def plain(text: str) -> str:
    """Without accents, capitals, dashes and double spaces."""
    if not text.isascii():
        text = "".join(each for each in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(each))
        text = text.translate(STROKES)
        text = "".join(" " if unicodedata.category(each) == "Pd" else each for each in text)
    return " ".join(text.casefold().translate(SIGNS).split())
