"""Names of languages, by CLDR: in the reader's language and in the language's own."""

import re
from functools import cache

from babel import Locale, UnknownLocaleError
from django.conf import settings
from django.utils.translation import get_language, to_locale

# What people of a portal say they speak or write. BCP 47 codes; any other code that CLDR names is accepted as well.
COMMON = tuple(
    "af am ar be bg bn br ca ceb cs cy da de el en es et eu fa fi fil fr gl gu ha he hi hr hu id is it ja "
    "ka kam kn ko lb lg lt luo lv mg ml mr ms mt my nan ne nl no pa pl ps pt pt-br ro ru rw sk sl so sq "
    "sr sv sw ta te th tn tr uk ur vi yo yue zh zh-hans zh-hant".split()
)
# Writing in which words are not separated by spaces, and family names come first.
CJK = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
RIGHT_TO_LEFT = {"ar", "arc", "ckb", "dv", "fa", "he", "ku", "ps", "sd", "ug", "ur", "yi"}


def tag(code):
    """The language tag as HTML wants it: `zh-Hant`, not Django's `zh-hant`."""
    language, _, script = code.replace("_", "-").partition("-")
    return f"{language}-{script.title() if len(script) == 4 else script.upper()}" if script else language  # noqa: PLR2004


def direction(code):
    """`rtl` or `ltr`: which way text in this language runs."""
    return "rtl" if code.split("-")[0] in RIGHT_TO_LEFT else "ltr"


@cache
def _locale(code):
    try:
        return Locale.parse(to_locale(code), sep="_")
    except (UnknownLocaleError, ValueError):
        return None


@cache
def _name_in(code, reader):
    names = _locale(reader).languages
    parts = tag(code).replace("-", "_")
    return names.get(parts) or names.get(parts.split("_")[0]) or code


def language_name(code):
    """What the reader calls the language: `sw` is "Swahili" in English and "سواحلية" in Arabic."""
    return _name_in(code, get_language() or settings.LANGUAGE_CODE)


@cache
def own_name(code):
    """What the language calls itself: `fr` is "Français"."""
    locale = _locale(code)
    name = locale and (locale.languages.get(str(locale)) or locale.get_display_name())
    return name[:1].upper() + name[1:] if name else code


def language_choices():
    """Choices for a form: the portal's own languages first, then the common ones by name."""
    first = [code for code, _ in settings.LANGUAGES]
    rest = sorted((code for code in COMMON if code not in first), key=language_name)
    return [(code, language_name(code)) for code in first + rest]
