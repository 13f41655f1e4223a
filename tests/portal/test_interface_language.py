"""The interface speaks all of the portal's languages: every string is marked, collected and translated."""

import ast
import re
from functools import cache
from pathlib import Path

import polib
import pytest
from django.apps import apps
from django.conf import settings
from django.utils.translation import to_locale
from django.utils.translation.template import templatize

ROOT = Path(settings.BASE_DIR)
APPS = ["portal", "regions", "spaces", "stories", "home"]
LANGUAGES = [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
TEMPLATES = [path for path in sorted((ROOT / "templates").rglob("*")) if path.suffix in {".html", ".txt"}]
# Words that are names, not language.
NAMES = {"Portolan", "km", "CSV", "GeoJSON", "PO", "XLIFF", "XLSX"}

MARKS = {"_", "gettext", "gettext_lazy", "ngettext"}
CALL = re.compile(r"""\b(?:gettext|ngettext|pgettext|_)\(""")


def catalogue(language):
    return polib.pofile(str(ROOT / "portal" / "locale" / to_locale(language) / "LC_MESSAGES" / "django.po"))


def strings_in_code():
    for app in APPS:
        for path in (ROOT / app).rglob("*.py"):
            if "migrations" in path.parts:
                continue
            for node in ast.walk(ast.parse(path.read_text())):
                is_marked = isinstance(node, ast.Call) and getattr(node.func, "id", "") in MARKS
                if is_marked and node.args and isinstance(node.args[0], ast.Constant):
                    yield node.args[0].value


def strings_in_templates():
    """What Django hands to gettext for each template: calls, of which the first argument is the string."""
    for path in TEMPLATES:
        text = templatize(path.read_text(), origin=str(path))
        for found in CALL.finditer(text):
            literal = re.match(r"""u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")""", text[found.end() :])
            if literal:
                yield ast.literal_eval(literal[0].removeprefix("u"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_string_is_untranslated(language):
    entries = [entry for entry in catalogue(language) if not entry.obsolete]
    assert len(entries) > 300
    missing = [entry.msgid for entry in entries if not entry.translated() or entry.fuzzy]
    assert sorted(set(missing) - translated_by_libraries(language)) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_string_of_code_and_templates_is_in_the_catalogue(language):
    known = {entry.msgid for entry in catalogue(language)}
    from_elsewhere = translated_by_libraries(language)
    used = set(strings_in_code()) | set(strings_in_templates())
    assert "Skip to content" in used
    assert sorted(used - known - from_elsewhere) == []


@cache
def translated_by_libraries(language):
    """Strings that allauth and Wagtail bring along in their own catalogues need no second translation of ours."""
    found = set()
    for app in apps.get_app_configs():
        path = Path(app.path) / "locale" / to_locale(language) / "LC_MESSAGES" / "django.po"
        if path.exists() and app.label not in APPS:
            found |= {entry.msgid for entry in polib.pofile(str(path)) if entry.translated() and not entry.msgctxt}
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_placeholders_survive_translation(language):
    name = re.compile(r"%\((\w+)\)s")
    for entry in catalogue(language):
        allowed = set(name.findall(entry.msgid + entry.msgid_plural))
        for text in [entry.msgstr, *entry.msgstr_plural.values()]:
            assert set(name.findall(text)) <= allowed, entry.msgid
        if entry.translated() and not entry.msgid_plural:
            assert set(name.findall(entry.msgstr)) == allowed, entry.msgid


@pytest.mark.parametrize("path", [path for path in TEMPLATES if path.suffix == ".html"], ids=lambda p: str(p.relative_to(ROOT)))
def test_no_word_stands_in_a_template_unmarked(path):
    text = path.read_text()
    for markup in (
        r"(?s)<(style|code)>.*?</\1>",
        r"(?s){% comment.*?endcomment %}",
        r"(?s){#.*?#}",
        r"\S+@example\.org",
        r"(?s){% blocktrans(?:late)?.*?endblocktrans(?:late)? %}",
        r"(?s){%.*?%}",
        r"(?s){{.*?}}",
        r"(?s)<!.*?>",
        r"(?s)<\w(?:\"[^\"]*\"|[^>])*>",
        r"</\w+>",
        r"&\w+;",
    ):
        text = re.sub(markup, " ", text)
    words = [word for word in re.findall(r"[^\W\d_]{2,}", text) if word not in NAMES]
    if path.parent.name in {"elements", "layouts"}:  # allauth's: tags and classes are put together from pieces there
        words = [word for word in words if word[0].isupper()]
    assert words == []
