"""What a place on a page is called, and how much it holds: found from the path that wagtail-localize keeps.

A leaf: it is handed models.
"""

from typing import NamedTuple

from django.core.exceptions import FieldDoesNotExist
from django.utils.text import capfirst
from wagtail.fields import StreamField


class Place(NamedTuple):
    """The name of a field for people, and how many signs it holds, if that is limited."""

    label: str = ""
    limit: int | None = None


def place_of(model, field_path):
    """`body.quote.source` of a story is "Body: Quote: Who said it"."""
    first, *rest = field_path.split(".")
    try:
        field = model._meta.get_field(first)
    except FieldDoesNotExist:
        return Place(first)
    if field.is_relation:
        inner = place_of(field.related_model, ".".join(rest)) if rest else Place()
        return Place(joined(field.name, inner.label), inner.limit)
    label = capfirst(str(field.verbose_name))
    if isinstance(field, StreamField):
        return place_in(field.stream_block, rest, label)
    return Place(label, field.max_length)


def place_in(block, names, label):
    for name in names:
        block = child_of(block, name)
        if block is None:
            return Place(label)
        label = joined(label, str(block.label)) if name != "item" else label
    return Place(label, getattr(getattr(block, "field", None), "max_length", None))


def child_of(block, name):
    children = getattr(block, "child_blocks", None)
    return children.get(name) if children else getattr(block, "child_block", None)


def joined(*labels):
    return ": ".join(filter(None, labels))
