"""Whether a position and a country go together. A leaf, for forms and files alike."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from portal import cities

NEAR = 150  # kilometres around a place in which a city of its country is looked for


def check_country(position, country):
    """That a position lies in its country, as far as the cities around it tell; where there are none, it may."""
    near = {city.country for city in cities.around(*position, NEAR, limit=None)}
    if near and country not in near:
        words = _("This is far from %(country)s. Please look at the numbers once more.")
        raise ValidationError(words, params={"country": countries.name(country)})
