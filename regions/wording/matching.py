"""Finds the terms of a glossary in a text, and sees whether a translation keeps to them. A leaf: texts in, places out.

Strings of rich text carry tags; a term is looked for between them, never in them or across them. Both sides are forgiving:
“spaces” is found for “space”, and any form that begins like the agreed word is taken for it. `static/js/admin/wording.js`
folds what is being typed in the same way as `folded` does.
"""

import re
import unicodedata
from math import ceil

from portal.languages import CJK

SCANNED = 20_000  # signs of a text in which terms are looked for: no sentence is longer
TAG = re.compile(r"<[^<>]*>|&#?\w{1,31};")
ARABIC = re.compile(r"[\u0600-\u06ff]")
ALIKE = str.maketrans({"ى": "ي", "ة": "ه", "ـ": None})  # written one way or the other
STEM = 0.7  # of a word's letters; the rest may be inflected


def folded(text):
    """Without marks above and below letters, and without upper case."""
    decomposed = unicodedata.normalize("NFKD", text)
    plain = "".join(sign for sign in decomposed if not unicodedata.category(sign).startswith("M"))
    return plain.lower().translate(ALIKE)


def without_tags(text):
    return TAG.sub(" ", text)


def hide_tags(text):
    """The same length, with signs that no term has where markup is."""
    return TAG.sub(lambda tag: "\0" * len(tag[0]), text)


def pattern_of(term):
    """How a term is looked for: whole words, the last one perhaps in the plural; Chinese and Japanese have no gaps."""
    words = r"\s+".join(re.escape(word) for word in term.split())
    if CJK.search(term):
        return words
    if ARABIC.search(term):
        return rf"(?<!\w)(?:[وفبكل]?ال|لل|[وفبكل])?{words}(?!\w)"
    if words.endswith("y"):
        return rf"(?<!\w){words[:-1]}(?:y|ies)(?:['’]s)?(?!\w)"
    return rf"(?<!\w){words}(?:e?s)?(?:['’]s)?(?!\w)"


class Finder:
    """Looks for many terms in many texts; the longest of two that begin at one place is the one that is meant."""

    def __init__(self, terms, texts):
        """Of the terms only those that can occur in these texts at all, since a glossary may have thousands."""
        everything = "\n".join(text[:SCANNED] for text in texts).lower()
        self.terms = sorted(
            (term for term in terms if term.term.split()[0].lower().removesuffix("y") in everything),
            key=lambda term: -len(term.term),
        )
        groups = (f"(?P<t{place}>{pattern_of(term.term)})" for place, term in enumerate(self.terms))
        self.pattern = re.compile("|".join(groups), re.IGNORECASE) if self.terms else None

    def find(self, text):
        """[(term, [(from, to), ...]), ...] in the order in which they stand in the text."""
        found = {}
        if self.pattern:
            for match in self.pattern.finditer(hide_tags(text[:SCANNED])):
                found.setdefault(int(match.lastgroup[1:]), []).append(match.span())
        return [(self.terms[place], spans) for place, spans in found.items()]


def stems_of(wording, exact=False):
    """What must be found, folded, in a translation that keeps to this wording."""
    if exact or CJK.search(wording):
        return [folded(wording)]
    words = [re.sub(r"^ال(?=\w{2})", "", word) for word in re.findall(r"\w+", folded(wording))]
    long = [word for word in words if len(word) > 3] or words  # noqa: PLR2004 (“de”, “la” say nothing)
    return [word[: max(3, ceil(len(word) * STEM))] for word in long]


def accepted(term):
    """For each agreed translation the parts that tell that it was used."""
    return [stems_of(variant, exact=term.do_not_translate) for variant in term.variants]


def keeps_to(term, translation):
    """Whether a translation uses one of the agreed words, in whatever form."""
    text = folded(without_tags(translation))
    return any(all(stem in text for stem in stems) for stems in accepted(term))
