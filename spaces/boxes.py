"""The part of the map that somebody asks for: `bbox=west,south,east,north` and `zoom`. A leaf."""

import math

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from portal.geo import Box

NORTH, EAST = 90, 180
CLOSEST = 22


class BoxField(forms.CharField):
    """Degrees in the order of RFC 7946. West may be greater than east: then the box reaches over the antimeridian."""

    def __init__(self, **kwargs):
        super().__init__(max_length=120, error_messages={"required": _("Four numbers: west,south,east,north.")}, **kwargs)

    def clean(self, value):
        words = super().clean(value)
        try:
            west, south, east, north = (float(part) for part in words.split(","))
        except ValueError as error:
            raise ValidationError(self.error_messages["required"]) from error
        if not all(map(math.isfinite, (west, south, east, north))):
            raise ValidationError(self.error_messages["required"])
        if max(abs(south), abs(north)) > NORTH or max(abs(west), abs(east)) > EAST:
            raise ValidationError(_("Latitude lies between -90 and 90, longitude between -180 and 180."))
        if south > north:
            raise ValidationError(_("South comes before north."))
        return Box(west, south, east, north)


class BoxForm(forms.Form):
    bbox = BoxField()
    zoom = forms.IntegerField(min_value=0, max_value=CLOSEST)
