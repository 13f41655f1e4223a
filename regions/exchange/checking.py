"""Which text may stand as the translation of another: one answer for files, for the editor, and for what is published.

A leaf: it knows no models and is handed texts.
"""

import re
import unicodedata
from collections import Counter

from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .markup import MarkupError, formatting, links, read, text_of

ROOMY = 1000  # a translation may always be this long where the page sets no limit
TIMES_LONGER = 8  # than the original; beyond that it is no translation of it
PLACEHOLDER = re.compile(r"%\([A-Za-z_]+\)[sd]|\{[A-Za-z_]+\}|\{\{ ?[A-Za-z_.]+ ?\}\}")
LIVE_ADDRESS = re.compile(r"(?:java|vb)script:\S|data:[a-z]+/[a-z]", re.IGNORECASE)
KEPT_CONTROLS = "\n\r\t"
OVERRIDES = "\u202d\u202e"
EMBEDDINGS, ISOLATES = "\u202a\u202b", "\u2066\u2067\u2068"
POP, POP_ISOLATE = "\u202c", "\u2069"


def problems(source, text, limit=None, is_slug=False):
    """All that is wrong with a translation of this source, in words; an empty list when it may stand on a page.

    `limit` is how many signs the field holds.
    """
    if len(text) > longest(source, limit):
        return [too_long(len(text), longest(source, limit))]
    try:
        original, pieces = read_source(source), read(text)
    except MarkupError as error:
        return [str(error)]
    plain = text_of(pieces)
    found = [*about_words(plain, text_of(original), limit, is_slug), *about_markup(original, pieces)]
    return found or about_placeholders(text_of(original), plain)


def longest(source, limit):
    """Beyond this nothing is looked at: markup counts, so there is room for it."""
    return max(ROOMY, TIMES_LONGER * len(source), TIMES_LONGER * (limit or 0))


def too_long(length, limit):
    return ngettext(
        "Too long: %(length)d signs, at most %(limit)d fits.", "Too long: %(length)d signs, at most %(limit)d fit.", limit
    ) % {"length": length, "limit": limit}


def read_source(source):
    """The original was written by those who may; if it holds what we cannot read, nobody can translate it by file."""
    try:
        return read(source)
    except MarkupError as error:
        raise MarkupError(_("The original holds markup that translations cannot have.")) from error


def about_words(plain, original, limit, is_slug):
    if not has_words(plain):
        yield _("Empty.")
    if limit and len(plain) > limit:
        yield too_long(len(plain), limit)
    if controls(plain):
        yield _("Control characters: %(codes)s") % {"codes": ", ".join(f"U+{ord(sign):04X}" for sign in controls(plain))}
    if error := wrong_directions(plain):
        yield error
    if LIVE_ADDRESS.search(squeezed(plain)) and not LIVE_ADDRESS.search(squeezed(original)):
        yield _("An address that would run as a program.")
    if is_slug and not slugify(plain):
        yield _("The last part of an address needs Latin letters or digits.")


def has_words(plain):
    """Whether there is anything to see: spaces and signs of direction alone are nothing."""
    return any(not sign.isspace() and unicodedata.category(sign) not in ("Cf", "Cc") for sign in plain)


def squeezed(plain):
    """Without what browsers overlook in an address."""
    return "".join(sign for sign in plain if unicodedata.category(sign) not in ("Cc", "Cf"))


def controls(plain):
    """Signs that are none, once each."""
    return sorted({sign for sign in plain if unicodedata.category(sign) in ("Cc", "Cs") and sign not in KEPT_CONTROLS})


def wrong_directions(plain):
    """What would turn the direction of the text around it."""
    if any(sign in OVERRIDES for sign in plain):
        return _("A sign that forces the direction of writing (U+202D or U+202E).")
    opened = []
    for sign in plain:
        if sign in EMBEDDINGS or sign in ISOLATES:
            opened.append(POP if sign in EMBEDDINGS else POP_ISOLATE)
        elif sign in (POP, POP_ISOLATE) and (not opened or opened.pop() != sign):
            return _("A change of direction ends that never began.")
    return _("A change of direction does not end.") if opened else ""


def about_markup(original, pieces):
    """Every link once, with words in it, and no kind of markup that the original does not have."""
    wanted, given = links(original), links(pieces)
    for key in sorted(wanted | given):
        if key not in wanted:
            yield _("There is no such link in the original: %(name)s") % {"name": key}
        elif given[key] != wanted[key]:
            missing = given[key] < wanted[key]
            yield (_("A link is missing: %(name)s") if missing else _("A link stands twice: %(name)s")) % {"name": key}
    for name in sorted(set(formatting(pieces)) - set(formatting(original))):
        yield _("The original has no <%(name)s>.") % {"name": name}
    if without_words(pieces) - without_words(original):
        yield _("A link without words.")


def without_words(pieces):
    """The links that have nothing in them to press."""
    empty, opened = set(), []
    for piece in pieces:
        if piece.kind == "open":
            opened.append([piece, False])
        elif piece.kind == "text" and has_words(piece.value):
            opened = [[each, True] for each, _words in opened]
        elif piece.kind == "close":
            ended, has_any = opened.pop()
            empty |= {ended.key} if ended.value == "a" and not has_any else set()
    return empty


def about_placeholders(original, plain):
    """`{name}` and `%(name)s` are for programs: all of them stay, and none comes new."""
    wanted, given = Counter(PLACEHOLDER.findall(original)), Counter(PLACEHOLDER.findall(plain))
    missing, surplus = wanted - given, given - wanted
    return [
        *[_("A placeholder is missing: %(name)s") % {"name": name} for name in sorted(missing)],
        *[_("There is no such placeholder in the original: %(name)s") % {"name": name} for name in sorted(surplus)],
    ]


def remarks(source, text):
    """What may be meant and may be a slip: formatting that the original has and the translation has not."""
    lost = formatting(read(source)) - formatting(read(text))
    return [_("Left out: %(names)s") % {"names": ", ".join(f"<{name}>" for name in sorted(lost))}] if lost else []
