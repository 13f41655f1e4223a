"""The templates of the OSM community index: `{community} on X`, `https://t.me/{account}`, "Join us at {url}."."""

import re

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from regions.models import GroupChannel

PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
LONGEST_ADDRESS = GroupChannel._meta.get_field("url").max_length
check_address = URLValidator(schemes=["http", "https"])


def one_line(text):
    return " ".join(text.split())


def fill(template, values):
    """The template with its placeholders filled; nothing where a value is missing or a brace stands alone."""
    can_be_filled = all(values.get(name) for name in PLACEHOLDER.findall(template))
    if not can_be_filled or set("{}") & set(PLACEHOLDER.sub("", template)):
        return ""
    return PLACEHOLDER.sub(lambda found: values[found[1]], template)


def fill_sentences(text, values):
    """The sentences that can be filled: "Join us at {url}." says nothing without an address."""
    sentences = (fill(sentence, values) for sentence in SENTENCE_END.split(one_line(text)))
    return " ".join(filter(None, sentences))


def usable(url):
    """The address, if a browser can open it. A mail address is personal and stays out."""
    try:
        check_address(url)
    except ValidationError:
        return ""
    return url if len(url) <= LONGEST_ADDRESS else ""
