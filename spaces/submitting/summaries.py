"""A submission in words, step by step: for whoever checks it before sending, and for whoever decides."""

from typing import NamedTuple

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from portal.panels import in_words

from .positions import as_text
from .steps import ASKED, FACTS, Step


class Part(NamedTuple):
    """What was said in one step: (label, value) pairs."""

    step: Step
    lines: list


def summary_of(submission, steps=ASKED):
    parts = [Part(step, [line for name in step.fields for line in lines_of(submission, name)]) for step in steps]
    return [part for part in parts if part.lines]


def facts_of(submission):
    return summary_of(submission, FACTS)


def lines_of(submission, name):
    """Nothing, where nothing was said."""
    if name == "which_city":
        return
    if name == "position":
        rough = _("the middle of the city")
        position = as_text(submission.latitude, submission.longitude)
        yield _("Position"), f"{position} ({rough})" if submission.is_middle_of_city else position
        return
    field = submission._meta.get_field(name)
    value = in_words(submission, name, field)
    if value not in (None, "", "–") and getattr(submission, name) not in (None, "", []):
        yield capfirst(field.verbose_name), value
