"""A translation string by string: the original, what is translated, and what the public reads now."""

from collections import defaultdict
from dataclasses import dataclass

import nh3
from django.utils.safestring import mark_safe
from django.utils.text import capfirst
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

INLINE = {"a", "b", "br", "code", "em", "i", "s", "strong", "sub", "sup"}


@dataclass(frozen=True)
class ComparedString:
    """One string in its three states. `live` is None where the public reads nothing in its place yet."""

    label: str
    original: str
    translated: str | None
    live: str | None
    is_by_machine: bool = False

    @property
    def is_new(self):
        return self.translated is not None and self.translated != self.live


def compare(field):
    """All strings of a field of the board, in the order of the page."""
    live, seen = live_strings(field.page.specific) if field.page.live else {}, defaultdict(int)
    labels, found = Labels(field.page.specific_class), []
    for segment in field.strings():
        path = segment.context.path
        there = live.get(path, [])
        number, seen[path] = seen[path], seen[path] + 1
        found.append(
            ComparedString(
                label=labels.of(segment.context.field_path or path),
                original=segment.string.data,
                translated=segment.translation,
                live=there[number] if number < len(there) else None,
            )
        )
    return found


def live_strings(page):
    """What the public reads: {path: strings in their order}. Wagtail keeps drafts elsewhere, so the row is what is live."""
    found = defaultdict(list)
    for segment in sorted(extract_segments(page), key=lambda each: getattr(each, "order", 0)):
        if isinstance(segment, StringSegmentValue):
            found[segment.path].append(segment.string.data)
    return found


class Labels:
    """The names of fields and blocks as the editor shows them: `body.quote.source` is "Text: Quote: Who said it"."""

    def __init__(self, model):
        self.model = model

    def of(self, path):
        name, *blocks = path.split(".")
        field = self.model._meta.get_field(name)
        words = [capfirst(str(getattr(field, "verbose_name", name)))]
        block = getattr(field, "stream_block", None)
        for part in blocks:
            block = self.inside(block, part)
            if block is None:
                break
            words.append(capfirst(str(block.label or part)))
        return ": ".join(words)

    @staticmethod
    def inside(block, part):
        if part == "item":
            return getattr(block, "child_block", None)
        return getattr(block, "child_blocks", {}).get(part)


def as_markup(text):
    """A string as its reader sees it: bold is bold, a link is underlined, everything else is text."""
    return mark_safe(nh3.clean(text, tags=INLINE, attributes={}, link_rel=None))  # noqa: S308 (that is what nh3 is for)
