"""The filters of events, stories and announcements. A leaf: it knows the querysets' named filters only."""

import django_filters
from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from portal.filters import choice_filter, code_filter
from portal.languages import language_choices
from regions.filters import InRegionFilters

from .choices import EVENT_KINDS, TIMES


def tag_filter():
    return django_filters.CharFilter(field_name="tags__slug", label=_("Tag"), widget=forms.HiddenInput)


class EventFilters(InRegionFilters):
    when = django_filters.ChoiceFilter(method="at", label=_("When"), choices=TIMES, empty_label=None, null_label=None)
    kind = choice_filter("kind", _("Kind"), EVENT_KINDS)
    language = code_filter("languages", _("Spoken"), language_choices)
    online = django_filters.BooleanFilter(method="only_online", label=_("Online"), widget=forms.CheckboxInput)
    tag = tag_filter()
    defaults = {"when": "upcoming"}

    def __init__(self, data, queryset, regions):
        data = data.copy()
        for name, value in self.defaults.items():
            data.setdefault(name, value)
        super().__init__(data, queryset, regions)

    def at(self, queryset, name, value):
        return queryset.past() if value == "past" else queryset.upcoming()

    def only_online(self, queryset, name, value):
        return queryset.online() if value else queryset

    def filter_queryset(self, queryset):
        self.form.cleaned_data.setdefault("when", "upcoming")
        return super().filter_queryset(queryset)


class StoryFilters(InRegionFilters):
    """Each story once, in the language that suits the reader, unless they ask for one language."""

    language = django_filters.ChoiceFilter(
        field_name="locale__language_code",
        label=_("Language"),
        choices=settings.LANGUAGES,
        empty_label=_("Any"),
        null_label=None,
    )
    tag = tag_filter()

    def __init__(self, data, queryset, regions, reader):
        self.reader = reader
        super().__init__(data, queryset, regions)

    def filter_queryset(self, queryset):
        found = super().filter_queryset(queryset)
        return found if self.form.cleaned_data.get("language") else found.once_each(self.reader)


class AnnouncementFilters(InRegionFilters):
    region = django_filters.ChoiceFilter(
        field_name="regions__slug", label=_("Region"), empty_label=_("All regions"), null_label=None
    )
