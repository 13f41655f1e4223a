"""The inline elements of XLIFF 2 and the markup of a string, in both directions.

`<pc id="a1">` is the link `<a id="a1">`, `<pc id="b1">` bold, `<ph id="br1"/>` a new line, `<cp hex="000B"/>` a sign that
XML cannot hold. Tools may turn `<pc>` into `<sc>` and `<ec>`, and add `<mrk>`: both are understood. A leaf.
"""

import re

from django.utils.translation import gettext as _
from lxml import etree

from .markup import LINK, MarkupError, Piece, named, numbered, shortened, write
from .markup import read as read_markup

XLIFF = "urn:oasis:names:tc:xliff:document:2.0"
NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
KINDS = {"b": "xlf:b", "i": "xlf:i", "br": "xlf:lb"}
DEEPEST = 50


def element_named(name, **attributes):
    return etree.Element(f"{{{XLIFF}}}{name}", attributes)


# -- Out ---------------------------------------------------------------------------------------------------------------


def fill(parent, markup):
    """Put a string into `<source>` or `<target>`."""
    inside = [parent]
    for piece, number in numbered(read_markup(markup)):
        if piece.kind == "text":
            add_text(inside[-1], piece.value)
        elif piece.kind == "close":
            inside.pop()
        else:
            child = element_named("pc" if piece.kind == "open" else "ph", id=number, **described(piece.value))
            inside[-1].append(child)
            if piece.kind == "open":
                inside.append(child)


def described(name):
    """What an element is, for the tool to show."""
    if name == LINK:
        return {"type": "link", "canDelete": "no", "canCopy": "no"}
    return {"type": "fmt", "subType": KINDS.get(name, f"html:{name}")}


def add_text(parent, text):
    begin = 0
    for match in NOT_IN_XML.finditer(text):
        put(parent, text[begin : match.start()])
        parent.append(element_named("cp", hex=f"{ord(match[0]):04X}"))
        begin = match.end()
    put(parent, text[begin:])


def put(parent, text):
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text


# -- In ----------------------------------------------------------------------------------------------------------------


def in_order(parts):
    """Parts of a string as the translation has them: `order` on a target says where it goes."""
    return sorted(parts, key=lambda part: place(part, parts.index(part) + 1))


def place(part, default):
    target = part.find(f"{{{XLIFF}}}target")
    order = "" if target is None else target.get("order", "")
    return int(order) if order.isdecimal() and len(order) < 6 else default  # noqa: PLR2004


def contents(elements):
    """The string that stands in these elements, one after the other."""
    pieces, opened = [], {}
    for element in elements:
        walk(element, pieces, opened, 0)
    markup = write(pieces)
    read_markup(markup)  # beginnings and ends that a tool has torn apart do not fit together any more
    return markup


def walk(element, pieces, opened, depth):
    if depth > DEEPEST:
        raise MarkupError(_("Elements are nested too deep."))
    say(element.text, pieces)
    for child in element:
        name = etree.QName(child).localname if isinstance(child.tag, str) else ""
        if child.tag is etree.Comment:
            pass
        elif child.tag == f"{{{XLIFF}}}{name}" and name in ELEMENTS:
            ELEMENTS[name](child, pieces, opened, depth)
        else:
            raise MarkupError(_("This may not stand in a translation: %(tag)s") % {"tag": shortened(f"<{name or '&'}>")})
        say(child.tail, pieces)


def say(text, pieces):
    if text:
        pieces.append(Piece("text", text))


def paired(child, pieces, opened, depth):
    begin = beginning(child.get("id", ""), "open")
    pieces.append(begin)
    walk(child, pieces, opened, depth + 1)
    pieces.append(begin._replace(kind="close"))


def alone(child, pieces, opened, depth):
    if len(child) or child.text:
        raise MarkupError(_("Nothing may stand inside this placeholder: %(name)s") % {"name": shortened(child.get("id", ""))})
    pieces.append(beginning(child.get("id", ""), "alone"))


def start(child, pieces, opened, depth):
    number = child.get("id", "")
    opened[number] = beginning(number, "open")
    pieces.append(opened[number])


def end(child, pieces, opened, depth):
    begin = opened.pop(child.get("startRef", ""), None)
    if begin is None:
        raise MarkupError(_("A placeholder ends that never began: %(name)s") % {"name": shortened(child.get("startRef", ""))})
    pieces.append(begin._replace(kind="close"))


def beginning(number, kind):
    piece = named(number)
    if piece.kind != kind:
        raise MarkupError(_("There is no such placeholder in the original: %(name)s") % {"name": shortened(number)})
    return piece


def sign(child, pieces, opened, depth):
    try:
        say(chr(int(child.get("hex", ""), 16)), pieces)
    except (ValueError, OverflowError) as error:
        raise MarkupError(_("This may not stand in a translation: %(tag)s") % {"tag": "<cp>"}) from error


def annotated(child, pieces, opened, depth):
    """A tool's own mark around words: the words count."""
    walk(child, pieces, opened, depth + 1)


def nothing(child, pieces, opened, depth):
    pass


ELEMENTS = {"pc": paired, "ph": alone, "sc": start, "ec": end, "cp": sign, "mrk": annotated, "sm": nothing, "em": nothing}
