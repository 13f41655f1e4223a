"""Filters of a list: a form by GET that works without JavaScript, chips that take one filter off again.

A value that nobody knows filters nothing and is named beside its field; it never breaks the page.
"""

from dataclasses import dataclass

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Chip:
    """One filter in force, and the address of the same list without it."""

    label: str
    url: str


class Filters(django_filters.FilterSet):
    """The base of all filters. `labels` gives the words for values that come from the address alone, such as tags."""

    defaults = {}  # what is in force unless the reader asks for something else: no chip says so

    def chips(self):
        if not self.is_bound:
            return []
        chosen = self.form.cleaned_data.items()
        values = {name: value for name, value in chosen if value not in (None, "", [], False, self.defaults.get(name))}
        return [chip for name, value in values.items() for chip in self.chips_of(name, value)]

    def chips_of(self, name, value):
        """One chip; of several values, one for each."""
        if not isinstance(value, list):
            return [Chip(self.describe(name, value), self.without(name))]
        return [Chip(self.describe(name, each), self.without(name, value=each)) for each in value]

    def describe(self, name, value):
        field = self.form.fields[name]
        choices = dict(getattr(field, "choices", []))
        if value is True:
            return str(field.label)
        return str(choices.get(value, choices.get(str(value), value)))

    def without(self, *names, value=None):
        """The query string without these filters, or without one of their values, and without a page number."""
        data = self.data.copy()
        for name in (*names, "page"):
            kept = [each for each in data.getlist(name) if value and name != "page" and each != value]
            data.pop(name, None)
            data.setlist(name, kept)
        for name in [name for name, default in self.defaults.items() if data.get(name) == default]:
            data.pop(name)
        return f"?{data.urlencode()}"

    def with_value(self, name, value):
        """The query string with another value of a filter."""
        data = self.data.copy()
        data.pop("page", None)
        data[name] = value
        return f"?{data.urlencode()}"

    @property
    def query(self):
        """The filters as a query string, for the links to other pages of the list."""
        data = self.data.copy()
        data.pop("page", None)
        return data.urlencode()


def words_filter(method="with_words", label=_("Words")):
    """Free words, handed to the queryset's method."""
    return django_filters.CharFilter(
        method=lambda queryset, name, value: getattr(queryset, method)(value.replace("\x00", "")[:200]),
        label=label,
        widget=forms.TextInput(attrs={"type": "search"}),
    )


def code_filter(field, label, choices, empty=_("Any")):
    """One code out of a `CodesField`."""
    return django_filters.ChoiceFilter(
        field_name=field, lookup_expr="has", label=label, choices=choices, empty_label=empty, null_label=None
    )


def choice_filter(field, label, choices, empty=_("Any")):
    return django_filters.ChoiceFilter(field_name=field, label=label, choices=choices, empty_label=empty, null_label=None)
