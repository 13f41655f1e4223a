"""From the text of a letter to its HTML: written once, laid out here. A leaf: it knows text, no models.

What the text says by its form, as people write mail, is what the HTML shows: an empty line ends a paragraph, "- " begins an
item of a list, "> " quotes somebody, "-- " alone on its line begins the signature. An address of our own portal alone on its
line becomes a button; a short line before it that ends with a colon is what the button says, and the address stands below
it, so that everybody sees where it leads. Addresses of others never become buttons: strangers' words travel in our letters.
"""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from .languages import direction, tag

ADDRESS = re.compile(r"https?://\S+")
COLONS = (":", "：")
LABEL_LENGTH = 60
SIGNATURE = "--"
MARKS = {"- ": "list", "> ": "quote"}


@dataclass
class Part:
    """One piece of a letter: a paragraph, a list, a quotation, a link or the signature."""

    kind: str
    lines: list
    label: str = ""

    @property
    def url(self):
        return self.lines[0]


def as_html(subject, text, language, own_host=""):
    """The whole letter as an HTML document. `own_host` is the host whose addresses become buttons, if not the portal's."""
    language = language or settings.LANGUAGE_CODE
    context = {
        "subject": subject,
        "parts": parts_of(text, own_host or urlsplit(settings.WAGTAILADMIN_BASE_URL).netloc),
        "language": tag(language),
        "direction": direction(language),
        "site_name": settings.WAGTAIL_SITE_NAME,
        "base_url": settings.WAGTAILADMIN_BASE_URL,
    }
    with translation.override(language):
        return render_to_string("emails/layout.html", context)


def parts_of(text, own_host):
    """The pieces of a letter, in their order."""
    parts, is_open = [], False
    lines = [line.rstrip() for line in text.strip().splitlines()]
    for number, line in enumerate(lines):
        if line == SIGNATURE:
            return [*parts, *signature(lines[number + 1 :])]
        if not line:
            is_open = False
        elif is_own_address(line.strip(), own_host):
            parts.append(Part("button", [line.strip()], take_label(parts)))
            is_open = False
        else:
            kind = MARKS.get(line[:2], "paragraph")
            words = line if kind == "paragraph" else line[2:]
            if is_open and parts[-1].kind == kind:
                parts[-1].lines.append(words)
            else:
                parts.append(Part(kind, [words]))
            is_open = True
    return parts


def signature(lines):
    kept = [line.strip() for line in lines if line.strip()]
    return [Part("signature", kept)] if kept else []


def is_own_address(line, own_host):
    return bool(ADDRESS.fullmatch(line)) and urlsplit(line).netloc == own_host


def take_label(parts):
    """The short line that announces an address becomes what its button says; it is not said twice."""
    if not parts or parts[-1].kind != "paragraph":
        return ""
    line = parts[-1].lines[-1]
    if not line.endswith(COLONS) or len(line) > LABEL_LENGTH:
        return ""
    parts[-1].lines.pop()
    if not parts[-1].lines:
        parts.pop()
    return line[:-1].rstrip()
