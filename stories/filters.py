"""The filters of events, stories and announcements. A leaf: it knows the querysets' named filters only."""

import django_filters
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from portal.filters import choice_filter, code_filter
from portal.inputs import DayField
from portal.languages import language_choices
from regions.filters import InRegionFilters
from spaces.filters import WITHIN, NearFilter

from .choices import EVENT_KINDS, TIMES
from .months import FIRST_YEAR, LAST_YEAR


def tag_filter():
    return django_filters.CharFilter(field_name="tags__slug", label=_("Tag"), widget=forms.HiddenInput)


class SensibleDay(DayField):
    """A day of which calendars have a sheet."""

    tells_why = True

    def validate(self, value):
        super().validate(value)
        if value and not FIRST_YEAR <= value.year < LAST_YEAR:
            raise ValidationError(self.error_messages["invalid"], code="invalid")


class DayFilter(django_filters.DateFilter):
    field_class = SensibleDay


class EventFilters(InRegionFilters):
    """The filters of the calendar, for list, month, feeds and API alike."""

    when = django_filters.ChoiceFilter(method="at", label=_("When"), choices=TIMES, empty_label=None, null_label=None)
    on = DayFilter(method="on_day", label=_("On"), widget=forms.HiddenInput)
    kind = choice_filter("kind", _("Kind"), EVENT_KINDS)
    language = code_filter("languages", _("Spoken"), language_choices)
    tag = django_filters.CharFilter(method="about", label=_("Topic"), widget=forms.TextInput({"list": "topics"}))
    near = NearFilter(method="only_near", label=_("Near"))
    within = django_filters.ChoiceFilter(
        method="only_near", label=_("Within"), choices=WITHIN, empty_label=None, null_label=None
    )
    online = django_filters.BooleanFilter(method="only_online", label=_("Online"), widget=forms.CheckboxInput)
    space = django_filters.CharFilter(field_name="space__slug", label=_("Space"), widget=forms.HiddenInput)
    defaults = {"when": "upcoming", "within": "50"}

    def __init__(self, data, queryset, regions):
        data = data.copy()
        for name, value in self.defaults.items():
            data.setdefault(name, value)
        super().__init__(data, queryset, regions)

    def filter_queryset(self, queryset):
        self.form.cleaned_data.setdefault("when", "upcoming")
        if self.form.cleaned_data.get("on"):  # a day is over or to come by itself
            self.form.cleaned_data["when"] = ""
        return super().filter_queryset(queryset)

    def whenever(self):
        """What all filters but the time leave."""
        self.errors  # noqa: B018 (reading them checks the form)
        found = self.queryset
        for name in [name for name in self.filters if name not in ("when", "on")]:
            found = self.filters[name].filter(found, self.form.cleaned_data.get(name))
        return found

    def at(self, queryset, name, value):
        return queryset.past() if value == "past" else queryset.upcoming()

    def on_day(self, queryset, name, value):
        return queryset.between(value, value) if value else queryset

    def about(self, queryset, name, value):
        return queryset.filter(tags__slug=slugify(value.replace("\x00", "")[:200], allow_unicode=True))

    def only_online(self, queryset, name, value):
        return queryset.online() if value else queryset

    def only_near(self, queryset, name, value):
        if name == "within" or not value:
            return queryset
        return queryset.near(value, int(self.form.cleaned_data.get("within") or self.defaults["within"]))

    def chips_of(self, name, value):
        """How far away says nothing as long as nobody says from where."""
        return [] if name == "within" and not self.form.cleaned_data.get("near") else super().chips_of(name, value)

    def describe(self, name, value):
        if name == "on":
            return date_format(value, "DATE_FORMAT")
        return f"#{value}" if name == "tag" else super().describe(name, value)


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
