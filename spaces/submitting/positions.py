"""Where a place is, as people type it: two numbers copied from a map, or the name of a city."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from portal import cities
from portal.geo import distance
from spaces.tiles import street_map

NUMBER = r"([+-]?\d{{1,3}}(?:[{point}]\d{{0,20}})?)\s*°?\s*([NSEWO]?)"
POINT, COMMA = NUMBER.format(point="."), NUMBER.format(point=",")
# With a comma in the number, as most of the world writes it, another sign stands between the two.
PAIRS = [rf"{POINT}\s*[,;/ ]\s*{POINT}", rf"{COMMA}\s*[;/ ]\s*{COMMA}"]
PATTERNS = [re.compile(rf"^\(?\s*{pair}\s*\)?$", re.IGNORECASE) for pair in PAIRS]
NEAR = 150  # kilometres: nobody calls a place farther away by this city's name
LANDMARKS = 60  # kilometres around a city in which other towns are named on the map
LONGEST = 80
DIGITS = 5  # behind the point: a metre


def read_position(text):
    """(latitude, longitude) of "-1.2921, 36.8219". Raises a `ValidationError` that says what is wrong."""
    text = text.replace("−", "-").replace("geo:", "").strip() if len(text) <= LONGEST else ""
    match = next(filter(None, (pattern.match(text) for pattern in PATTERNS)), None)
    if match is None:
        raise ValidationError(_("Two numbers with a comma between them, as a map shows them: -1.2921, 36.8219"))
    first, first_side, second, second_side = match.groups()
    latitude, longitude = signed(first, first_side), signed(second, second_side)
    if first_side.upper() in ("E", "W", "O") and second_side.upper() in ("N", "S"):
        latitude, longitude = longitude, latitude
    if abs(latitude) > 90 and abs(longitude) <= 90:  # noqa: PLR2004 (the poles)
        words = _("The latitude comes first, from -90 to 90. Are the two numbers swapped? %(swapped)s")
        raise ValidationError(words, params={"swapped": as_text(longitude, latitude)})
    if abs(latitude) > 90 or abs(longitude) > 180:  # noqa: PLR2004
        raise ValidationError(_("There is no such place: the latitude goes from -90 to 90, the longitude from -180 to 180."))
    return latitude, longitude


def signed(number, side):
    value = float(number.replace(",", "."))
    return -abs(value) if side.upper() in ("S", "W", "O") else value


def as_text(latitude, longitude):
    return f"{latitude:.{DIGITS}f}".rstrip("0").rstrip(".") + ", " + f"{longitude:.{DIGITS}f}".rstrip("0").rstrip(".")


def check_nearness(position, city):
    """That a position lies where its city is; else perhaps the two numbers were swapped."""
    latitude, longitude = position
    if distance(latitude, longitude, city.latitude, city.longitude) <= NEAR:
        return
    if abs(longitude) <= 90 and distance(longitude, latitude, city.latitude, city.longitude) <= NEAR:  # noqa: PLR2004
        words = _("This is far from %(city)s. Are the two numbers swapped? %(swapped)s")
        raise ValidationError(words, params={"city": city.name, "swapped": as_text(longitude, latitude)})
    raise ValidationError(_("This is far from %(city)s. Please look at the numbers once more."), params={"city": city.name})


def key_of(city):
    """A city as the form carries it."""
    return f"{city.latitude:.{DIGITS}f},{city.longitude:.{DIGITS}f}"


class PositionInput(forms.TextInput):
    """Two numbers to type, and with a script a map to point at; it opens `around` a city, when one is known."""

    template_name = "forms/position.html"
    around = None

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        context["widget"] |= {"towns": towns_around(self.around) if self.around else [], "street_map": street_map()}
        return context


def towns_around(city):
    """What the map names: this city first, then the largest near it."""
    near = cities.around(city.latitude, city.longitude, LANDMARKS)
    return [[each.name, each.latitude, each.longitude] for each in [city, *(town for town in near if town != city)]]
