"""What the demo says: the texts in content/*.toml, and their translations in translations/*.po."""

import tomllib
from functools import cache
from pathlib import Path

import polib
from django.conf import settings
from django.utils.translation import to_locale

from portal.languages import CJK

HERE = Path(__file__).parent
RETENTION = "[[retention]]"  # a table that the portal writes itself
# Keys of the tables whose values are words for readers; everything else is facts.
WORDS = (
    "title",
    "summary",
    "headline",
    "body",
    "newcomers",
    "getting_in",
    "name",
    "footer",
    "not_found",
    "help_translate",
)


@cache
def portal():
    return tomllib.loads((HERE / "content" / "portal.toml").read_text())


@cache
def glossary():
    """What the translators call things: a term, and a column for each language."""
    return tomllib.loads((HERE / "data" / "glossary.toml").read_text())["terms"]


@cache
def regions():
    """The regions of the demo, by address."""
    files = sorted((HERE / "content").glob("*.toml"))
    tables = [tomllib.loads(file.read_text()) for file in files if file.stem != "portal"]
    return {table["region"]["slug"]: table for table in tables}


def strings_of(table):
    """The texts of one table that a translator translates, each once, in order."""
    for key in WORDS:
        value = table.get(key)
        if value and not (key == "title" and value in ("ambassador", "deputy")):
            yield from ([value] if isinstance(value, str) else (part for each in value for part in parts_of(each)))
    if "quote" in table:
        yield from (table["quote"]["text"], table["quote"]["source"])
    if "first_name" in table:
        yield person_name(table)


def parts_of(paragraph):
    """A paragraph as the strings that a page stores: a heading without its sign, a quote apart from its source."""
    if paragraph == RETENTION:
        return []
    if paragraph.startswith("## "):
        return [paragraph.removeprefix("## ")]
    if paragraph.startswith("> "):
        text, _, source = paragraph.removeprefix("> ").partition(" | ")
        return [text, source] if source else [text]
    return [paragraph]


def person_name(table):
    """The name as it is written in its language: the family name comes first in Chinese."""
    first, last = table["first_name"], table["last_name"]
    return f"{last}{first}" if CJK.search(last) else f"{first} {last}"


def wanted_strings(language):
    """Every string that exists in another language and shall be read in this one."""
    if language != settings.LANGUAGE_CODE:
        for table in [portal()["home"], *portal()["indexes"].values(), *portal()["pages"], portal()["texts"]]:
            yield from strings_of(table)
        for announcement in portal()["announcements"]:
            yield from strings_of(announcement)
    for content in regions().values():
        region = content["region"]
        if language in region["languages"] and language != region["language"]:
            yield from strings_of(region)
            for kind in ("ambassadors", "spaces", "events", "stories"):
                for table in content.get(kind, []):
                    if not table.get("only"):
                        yield from strings_of(table)


def catalogue_path(language):
    return HERE / "translations" / f"{to_locale(language)}.po"


@cache
def translations(language):
    """Original to translation, for one language."""
    path = catalogue_path(language)
    return {entry.msgid: entry.msgstr for entry in polib.pofile(str(path)) if entry.msgstr} if path.exists() else {}


def update_catalogue(language):
    """Write the strings that a translator finds in the catalogue of this language; what is translated stays."""
    have, catalogue = translations(language), polib.POFile(wrapwidth=110)
    catalogue.metadata = {"Language": to_locale(language), "Content-Type": "text/plain; charset=UTF-8"}
    for text in dict.fromkeys(wanted_strings(language)):
        catalogue.append(polib.POEntry(msgid=text, msgstr=have.get(text, "")))
    path = catalogue_path(language)
    path.parent.mkdir(exist_ok=True)
    catalogue.save(str(path))
    return len(catalogue), len(catalogue.untranslated_entries())
