from django import template

from portal.languages import direction
from regions.translating.comparing import as_markup

register = template.Library()
register.filter("as_markup", as_markup)
register.filter("language_direction", direction)
