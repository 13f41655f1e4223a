"""The table of what the portal keeps about people, from the same list that `apply_retention` works through."""

from django import template

from portal.personal_data import kinds_of_data

register = template.Library()


@register.inclusion_tag("includes/retention_table.html")
def retention_table():
    return {"kinds": kinds_of_data()}
