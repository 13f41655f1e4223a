"""Language codes of strangers, as the portal writes them."""

from functools import cache

from babel import Locale
from babel.core import get_global

from portal.languages import COMMON, tag

# Chinese is told apart by its script, which the place implies; Tagalog and Filipino are one choice for readers.
SAME = {"tl": "fil", "zh-tw": "zh-hant", "zh-hk": "zh-hant", "zh-mo": "zh-hant", "zh-cn": "zh-hans", "zh-sg": "zh-hans"}


@cache
def language_code(foreign):
    """`zh-tw` is the portal's `zh-hant`, `pt-bt` just `pt`. Nothing for what CLDR does not name, such as `vn`."""
    code = foreign.strip().replace("_", "-").lower()
    while code:
        code = SAME.get(code, code)
        for candidate in (code, get_global("language_aliases").get(code, "")):
            if is_named(candidate):
                return candidate
        code = code.rpartition("-")[0]  # the longest part that has a name, as BCP 47 looks languages up
    return ""


def is_named(code):
    return code in COMMON or tag(code).replace("-", "_") in Locale("en").languages
