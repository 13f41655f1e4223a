"""The filters of the directory of spaces. A leaf: it knows the querysets' named filters only."""

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

from portal.filters import choice_filter, code_filter, words_filter
from regions.filters import InRegionFilters

from .choices import COSTS, FACILITIES, KINDS


class SpaceFilters(InRegionFilters):
    q = words_filter()
    cost = choice_filter("cost", _("Cost"), COSTS)
    kind = choice_filter("kind", _("Kind"), KINDS)
    people = django_filters.NumberFilter(
        field_name="capacity",
        lookup_expr="gte",
        label=_("People at least"),
        min_value=1,
        max_value=100_000,
        widget=forms.NumberInput(attrs={"min": 1, "inputmode": "numeric"}),
    )
    facility = code_filter("facilities", _("With"), FACILITIES)
    step_free = django_filters.BooleanFilter(
        method="only_step_free", label=_("Step-free"), widget=forms.CheckboxInput, field_name="step_free"
    )
    tag = django_filters.CharFilter(field_name="tags__slug", label=_("Tag"), widget=forms.HiddenInput)

    def only_step_free(self, queryset, name, value):
        return queryset.filter(step_free="yes") if value else queryset
