"""Near where? A pair of coordinates or a city, as somebody types it. A leaf."""

import re
from typing import NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import F, FloatField, Q, Value
from django.db.models.functions import ASin, Cos, Least, Power, Radians, Sin, Sqrt
from django.utils.translation import gettext_lazy as _

from portal.cities import find
from portal.geo import EARTH, Box, box_around

PAIR = re.compile(r"\s*([+-]?\d{1,9}(?:\.\d{1,15})?)\s*[,;\s]\s*([+-]?\d{1,9}(?:\.\d{1,15})?)\s*")
NORTH, EAST = 90, 180


class Near(NamedTuple):
    """A place to be near to, and what it is called."""

    latitude: float
    longitude: float
    name: str
    is_city: bool = False

    def __str__(self):
        return self.name


class NearField(forms.CharField):
    """Takes `-1.29,36.82`, latitude first, or a city by any of its names."""

    tells_why = True  # its refusals are shown as they are
    widget = forms.TextInput

    def __init__(self, **kwargs):
        super().__init__(**{"max_length": 120, **kwargs})
        self.widget.attrs.update(placeholder=_("City, or latitude, longitude"), autocomplete="off")

    def clean(self, value):
        words = super().clean(value)
        if not words:
            return None
        pair = PAIR.fullmatch(words)
        return self.coordinates(*map(float, pair.groups())) if pair else self.city(words)

    def coordinates(self, latitude, longitude):
        if abs(latitude) <= NORTH and abs(longitude) <= EAST:
            return Near(latitude, longitude, f"{latitude:g}, {longitude:g}")
        if abs(longitude) <= NORTH and abs(latitude) <= EAST:
            params = {"pair": f"{longitude:g}, {latitude:g}"}
            raise ValidationError(_("Latitude comes first. Did you mean %(pair)s?"), params=params)
        raise ValidationError(_("Latitude lies between -90 and 90, longitude between -180 and 180."))

    def city(self, words):
        found = find(words, limit=1)
        if not found:
            raise ValidationError(_("No city of this name is known here. Try a larger one near by, or latitude, longitude."))
        return Near(found[0].latitude, found[0].longitude, str(found[0]), is_city=True)


def within(box: Box):
    """A condition on things with latitude and longitude: in this part of the map."""
    between = Q(longitude__gte=box.west) & Q(longitude__lte=box.east)
    over = Q(longitude__gte=box.west) | Q(longitude__lte=box.east)
    return Q(latitude__range=(box.south, box.north)) & (over if box.crosses_antimeridian else between)


def kilometres_to(near):
    """How far something is, reckoned by the database (haversine)."""
    latitude, longitude = (Radians(Value(degrees, FloatField())) for degrees in (near.latitude, near.longitude))
    across = Power(Sin((Radians(F("longitude")) - longitude) / 2.0), 2) * Cos(latitude) * Cos(Radians(F("latitude")))
    chord = Power(Sin((Radians(F("latitude")) - latitude) / 2.0), 2) + across
    return Value(2 * EARTH, FloatField()) * ASin(Sqrt(Least(Value(1.0), chord), output_field=FloatField()))


def only_near(queryset, near, kilometres):
    """Those not farther away than this, each with `kilometres`."""
    box = box_around(near.latitude, near.longitude, kilometres)
    return queryset.filter(within(box)).annotate(kilometres=kilometres_to(near)).filter(kilometres__lte=kilometres)
