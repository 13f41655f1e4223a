"""Times as the clock on the wall of a place shows them: what people mean when they say "at seven", whatever UTC makes of it.

A wall time is a `datetime` without a zone, in whole seconds. In the hour that comes twice, when clocks are put back, `fold`
says which of the two is meant (PEP 495). What was said is kept, and the moment reckoned from it: so a change of a zone's
rules moves the moment, and "at seven" stays.
"""

from datetime import UTC, datetime

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.formats import date_format, time_format
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

SECOND = "b"  # after the time, in the column: the second of two


def readings(at, zone):
    """The moments (UTC) at which the clock of a zone shows a time: one; none, or two, on a night on which it is turned."""
    both = {at.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1)}
    return sorted(moment for moment in both if moment.astimezone(zone).replace(tzinfo=None) == at.replace(fold=0))


def moment_of(wall, zone):
    """The moment (UTC) at which the clock of a zone shows this; where it never does, as many minutes after midnight."""
    return wall.replace(tzinfo=zone).astimezone(UTC)


def wall_of(moment, zone):
    """What the clock of a zone shows, in whole seconds; `fold` only where the time comes twice."""
    local = moment.astimezone(zone).replace(tzinfo=None, microsecond=0)
    return local if len(readings(local, zone)) > 1 else local.replace(fold=0)


def refuse_skipped(at, zone):
    if not readings(at, zone):
        words = _("On %(day)s clocks are turned forward, and there is no %(time)s. Take another time.")
        raise ValidationError(words, code="skipped", params={"day": date_format(at, "DATE_FORMAT"), "time": time_format(at)})


def comes_twice(at, zone):
    return len(readings(at, zone)) > 1


class WallTimeFormField(forms.DateTimeField):
    """As it is typed, never moved by the clock of whoever types it."""

    def prepare_value(self, value):
        return value

    def to_python(self, value):
        if isinstance(value, datetime):
            return value
        return as_typed(super().to_python(value))


def as_typed(value):
    return value.replace(tzinfo=None) if value else value


class WallTimeField(models.CharField):
    """A wall time, as `2026-10-25T02:30:00` in the database; with a `b` at its end, the second of two."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("max_length", 20)
        super().__init__(*args, **kwargs)

    def from_db_value(self, value, expression, connection):
        return self.to_python(value)

    def to_python(self, value):
        if isinstance(value, str):
            fold = int(value.endswith(SECOND))
            return datetime.fromisoformat(value.removesuffix(SECOND)).replace(fold=fold) if value else None
        return value

    def get_prep_value(self, value):
        if value is None or isinstance(value, str):
            return value
        return value.isoformat(timespec="seconds") + (SECOND if value.fold else "")

    def value_to_string(self, obj):
        return self.get_prep_value(self.value_from_object(obj)) or ""

    def run_validators(self, value):
        super().run_validators(self.get_prep_value(value))

    def formfield(self, **kwargs):
        wanted = {"label": capfirst(self.verbose_name), "help_text": self.help_text, "required": not self.blank}
        wanted |= {name: kwargs[name] for name in ("widget", "initial") if name in kwargs}
        return WallTimeFormField(**wanted)
