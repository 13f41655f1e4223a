"""What has been said before, for the strings of one page: the same sentence elsewhere, and sentences that are nearly the same.

Only what this person may read anyway is suggested: what is live, and the translations in the own part of the tree. A
sentence of another region's draft stays there.
"""

import re
import unicodedata
from dataclasses import dataclass
from heapq import nlargest

from bs4 import BeautifulSoup
from django.db.models import Count, Exists, OuterRef, Q
from django.db.models.functions import Length
from rapidfuzz import fuzz
from wagtail.models import Page
from wagtail_localize.models import String
from wagtail_localize.strings import extract_ids

from portal.permissions import PAGES
from portal.translating import by_people
from regions.models import MemoryKey
from regions.models.memory import LONG

ALIKE = 75  # percent: less is a different sentence
COMPARED = 20  # strings that are compared with one, those first that share most with it
SHOWN = 3
LINK = re.compile(r' id="a\d+"')
TURNING = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}  # signs that turn the direction of what follows


@dataclass(frozen=True)
class Suggestion:
    """A translation of the same or a similar string; `percent` says how similar, `times` on how many pages it is used."""

    text: str
    percent: int
    original: str
    times: int


def readable_translations(user, target):
    """Translations into this language that somebody may read: live ones as they are live, and those of the own pages."""
    of_page = Page.objects.filter(translation_key=OuterRef("context__object_id"), locale=target)
    public = Page.objects.live().public().filter(alias_of=None).values("pk")
    as_published = Q(pk__in=public, last_published_at__gte=OuterRef("updated_at"))
    own = Q(pk__in=PAGES.explorable_instances(user).values("pk"))
    return by_people(locale=target).filter(Exists(of_page.filter(as_published | own)))


def similar_strings(texts, source, target):
    """{text: {string: (percent, its text)}} for those texts that have something similar in the memory."""
    texts = [text for text in texts if len(text) <= LONG]
    shared = MemoryKey.objects.similar_to(texts, source, target)
    nearest = {text: nlargest(COMPARED, found, key=found.get) for text, found in shared.items() if found}
    wanted = {string for strings in nearest.values() for string in strings}
    rows = String.objects.annotate(signs=Length("data")).filter(pk__in=wanted, signs__lte=LONG)
    data = dict(rows.values_list("pk", "data"))
    return {
        text: {string: (percent, data[string]) for string in strings if (percent := likeness(text, data.get(string, "")))}
        for text, strings in nearest.items()
    }


def likeness(one, other):
    """In percent, without the difference of upper and lower case or of links' numbers; 0 when it is not worth showing."""
    if one == other:
        return 100
    percent = fuzz.ratio(LINK.sub("", one).casefold(), LINK.sub("", other).casefold(), score_cutoff=ALIKE)
    return min(99, int(percent))


def suggestions_for(segments, translation, user):
    """{segment: [Suggestion, ...]}, the best first, in a number of queries that does not depend on how many segments."""
    source, target = translation.source.locale_id, translation.target_locale_id
    similar = similar_strings({segment.string.data for segment in segments}, source, target)
    strings = {string for found in similar.values() for string in found} | {segment.string_id for segment in segments}
    said = said_before(strings, target, user)
    return {segment: best_for(segment, similar.get(segment.string.data, {}), said) for segment in segments}


def said_before(strings, target, user):
    """{string: [(text, on how many pages)]}, what is used most first."""
    rows = readable_translations(user, target).annotate(signs=Length("data"))
    rows = rows.filter(translation_of__in=strings, signs__lte=LONG).values("translation_of", "data")
    said = {}
    for row in rows.annotate(times=Count("pk")).order_by("-times", "data"):
        if not turns_writing(row["data"]):
            said.setdefault(row["translation_of"], []).append((row["data"], row["times"]))
    return said


def best_for(segment, similar, said):
    found = {segment.string_id: (100, segment.string.data)} | similar
    suggestions = {}
    for string, (percent, original) in sorted(found.items(), key=lambda each: -each[1][0]):
        for text, times in said.get(string, []):
            fitting = text if string == segment.string_id else with_links_of(segment.string.data, text)
            suggestions.setdefault(fitting, Suggestion(fitting, percent, original, times))
    return list(suggestions.values())[:SHOWN]


def with_links_of(source, text):
    """A link that this string does not have becomes plain words: the editor would refuse it."""
    if "<a" not in text:
        return text
    known, soup = extract_ids(source), BeautifulSoup(text, "html.parser")
    for link in soup.find_all("a"):
        if link.get("id") not in known:
            link.unwrap()
    return str(soup)


def turns_writing(text):
    return any(unicodedata.bidirectional(sign) in TURNING for sign in text)
