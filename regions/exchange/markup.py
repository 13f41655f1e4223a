"""The little markup that stands inside a translatable string: links by number, formatting, line breaks.

wagtail-localize takes addresses out of a string and leaves `<a id="a1">` in their place. A string is read into a flat
list of pieces, or refused; it is never repaired. Written again it is always escaped, so nothing else can live in it.

A leaf: it knows no models.
"""

import re
from collections import Counter
from html import escape, unescape
from typing import NamedTuple

from django.utils.translation import gettext as _

LINK, BREAK = "a", "br"
TAGS = {LINK, "abbr", "acronym", "b", "code", "em", "i", "strong", BREAK}
OPENS = re.compile(r"<[/!?a-zA-Z]")
BRACKET = re.compile(r"(<[/!?a-zA-Z][^<>]*>)")
TAG = re.compile(r'<(?P<end>/?)(?P<name>[a-z]+)(?: +id="(?P<key>[A-Za-z]{1,16}[0-9]{1,6})")? *(?P<alone>/?)>')
NAMED = re.compile(r"(?P<name>[a-z]+)(?P<number>[0-9]{1,6})")
NO_KEY = "link"  # the numbers of links that have none of their own


class MarkupError(ValueError):
    """What of a string cannot be read, in words for the person who wrote it."""


class Piece(NamedTuple):
    """Text, or the beginning or end of an element, or an element that has nothing inside."""

    kind: str  # text, open, close, alone
    value: str = ""  # the text, or the name of the tag
    key: str = ""  # of a link: "a1"


def read(markup):
    """The pieces of a string. Whatever is not plainly one of the few tags, open and closed in order, is refused."""
    pieces, opened = [], []
    for part in BRACKET.split(markup):
        if BRACKET.fullmatch(part):
            pieces.append(tag(part, opened))
        elif OPENS.search(part):
            raise MarkupError(_("A tag is not finished: %(tag)s") % {"tag": shortened(part[OPENS.search(part).start() :])})
        elif part:
            pieces.append(Piece("text", unescape(part)))
    return balanced(pieces, opened)


def balanced(pieces, opened):
    if opened:
        raise MarkupError(_("A tag is not closed: %(tag)s") % {"tag": f"<{opened[-1].value}>"})
    return pieces


def tag(bracket, opened):
    match = TAG.fullmatch(bracket)
    if not match or match["name"] not in TAGS or (match["key"] and (match["name"] != LINK or match["end"])):
        raise MarkupError(_("This may not stand in a translation: %(tag)s") % {"tag": shortened(bracket)})
    if match["name"] == BREAK:
        if match["end"]:
            raise MarkupError(_("A tag is closed that was not open: %(tag)s") % {"tag": bracket})
        return Piece("alone", BREAK)
    if match["alone"]:
        raise MarkupError(_("This may not stand in a translation: %(tag)s") % {"tag": shortened(bracket)})
    return opening(match, opened) if not match["end"] else closing(match["name"], opened)


def opening(match, opened):
    piece = Piece("open", match["name"], match["key"] or "")
    opened.append(piece)
    return piece


def closing(name, opened):
    if not opened or opened[-1].value != name:
        raise MarkupError(_("A tag is closed that was not open: %(tag)s") % {"tag": f"</{name}>"})
    return opened.pop()._replace(kind="close")


def shortened(text):
    return text if len(text) <= 60 else f"{text[:60]}…"  # noqa: PLR2004


def write(pieces):
    """The string of these pieces, as wagtail-localize keeps it."""
    return "".join(map(written, pieces))


def written(piece):
    if piece.kind == "text":
        return escape(piece.value, quote=False)
    if piece.kind == "alone":
        return f"<{piece.value}/>"
    if piece.kind == "close":
        return f"</{piece.value}>"
    return f'<{piece.value} id="{piece.key}">' if piece.key else f"<{piece.value}>"


def canonical(markup):
    """The same string in the one way to write it; one that cannot be read stays as it is."""
    try:
        return write(read(markup))
    except MarkupError:
        return markup


def text_of(pieces):
    return "".join(piece.value for piece in pieces if piece.kind == "text")


def links(pieces):
    """How often each link is there, by its number."""
    return Counter(piece.key or NO_KEY for piece in pieces if piece.kind == "open" and piece.value == LINK)


def formatting(pieces):
    """How often each other tag is there."""
    return Counter(piece.value for piece in pieces if piece.kind in ("open", "alone") and piece.value != LINK)


# -- Numbers, for formats that know elements by a number ---------------------------------------------------------------


def numbered(pieces):
    """(piece, its number in this string) of each piece: links by their own, the others counted: `b1`, `b2`, `br1`."""
    counts, opened = Counter(), []
    for piece in pieces:
        if piece.kind == "close":
            yield piece, opened.pop()
        elif piece.kind == "text":
            yield piece, ""
        else:
            number = piece.key or counted(counts, NO_KEY if piece.value == LINK else piece.value)
            if piece.kind == "open":
                opened.append(number)
            yield piece, number


def counted(counts, name):
    counts[name] += 1
    return f"{name}{counts[name]}"


def named(number):
    """The beginning of the element with this number: `a1` is a link, `b2` is bold."""
    match = NAMED.fullmatch(number)
    name = match and match["name"]
    if name == NO_KEY:
        return Piece("open", LINK)
    if name not in TAGS:
        raise MarkupError(_("There is no such placeholder in the original: %(name)s") % {"name": shortened(number)})
    return Piece("alone", BREAK) if name == BREAK else Piece("open", name, number if name == LINK else "")
