"""The filters of the directory of spaces, for list, map and files alike. A leaf: it knows the querysets' named filters only."""

from datetime import date, datetime, time, timedelta

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import format_lazy
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django_countries import countries
from taggit.models import Tag

from portal.cities import named
from portal.filters import Chip, choice_filter, words_filter
from portal.inputs import DayField, TimeInput
from regions.filters import InRegionFilters

from .choices import FACILITIES, KINDS
from .hours import span
from .near import NearField

COSTS = [("free", _("free")), ("donation", _("donation")), ("paid", _("paid"))]
DISTANCES = (2, 5, 10, 25, 50, 100, 250, 1000, 5000)
WITHIN = [(str(km), format_lazy("{km} {unit}", km=km, unit=_("km"))) for km in DISTANCES]
BESIDES = ("within", "free_from", "free_until")  # what says more of another filter
TIMES = ("free_from", "free_until")
A_DAY = timedelta(days=1)
FARTHEST = timedelta(days=731)


class NearFilter(django_filters.CharFilter):
    field_class = NearField


class SoonField(DayField):
    """A day for which somebody may plan."""

    tells_why = True
    default_error_messages = {"invalid": _("Choose a day from today on, within the next two years.")}

    def validate(self, value):
        super().validate(value)
        today = timezone.localdate()
        if value and not today - A_DAY <= value <= today + FARTHEST:  # somewhere it is still yesterday
            raise ValidationError(self.error_messages["invalid"], code="invalid")


class SoonFilter(django_filters.DateFilter):
    field_class = SoonField


class WithTimes:
    """For the form of the filters: a time alone asks nothing."""

    def clean(self):
        cleaned = super().clean()
        if any(cleaned.get(name) for name in TIMES) and not cleaned.get("free_on") and "free_on" not in self.errors:
            self.add_error("free_on", _("On which day?"))
        return cleaned


def an_hour_from(clock, hours):
    return (datetime.combine(date(2000, 1, 2), clock) + timedelta(hours=hours)).time()


def free_words(day, starts, ends):
    """free on 3 May 2027, 18:00–21:00"""
    said = {"day": date_format(day, "DATE_FORMAT"), "hours": span(starts or time(), ends or time())}
    return (gettext("free on %(day)s, %(hours)s") if starts or ends else gettext("free on %(day)s")) % said


class SpaceFilters(InRegionFilters):
    q = words_filter()
    near = NearFilter(method="only_near", label=_("Near"))
    within = django_filters.ChoiceFilter(
        method="only_near", label=_("Within"), choices=WITHIN, empty_label=None, null_label=None
    )
    cost = django_filters.ChoiceFilter(method="of_cost", label=_("Cost"), choices=COSTS, empty_label=_("Any"), null_label=None)
    kind = choice_filter("kind", _("Kind"), KINDS)
    country = django_filters.ChoiceFilter(field_name="country", label=_("Country"), empty_label=_("Any"), null_label=None)
    people = django_filters.NumberFilter(
        field_name="capacity",
        lookup_expr="gte",
        label=_("People at least"),
        min_value=1,
        max_value=100_000,
        widget=forms.NumberInput(attrs={"min": 1, "inputmode": "numeric"}),
    )
    facility = django_filters.MultipleChoiceFilter(
        field_name="facilities",
        lookup_expr="has",
        conjoined=True,
        label=_("With"),
        choices=FACILITIES,
        distinct=False,
        widget=forms.CheckboxSelectMultiple,
    )
    step_free = django_filters.BooleanFilter(
        method="only_step_free", label=_("Step-free"), widget=forms.CheckboxInput, field_name="step_free"
    )
    dormant = django_filters.BooleanFilter(
        method="also_dormant", label=_("Also those not confirmed for long"), widget=forms.CheckboxInput
    )
    free_on = SoonFilter(method="only_free", label=_("Free on"))
    free_from = django_filters.TimeFilter(method="only_free", label=pgettext_lazy("time", "From"), widget=TimeInput)
    free_until = django_filters.TimeFilter(method="only_free", label=pgettext_lazy("time", "Until"), widget=TimeInput)
    tag = django_filters.CharFilter(field_name="tags__slug", label=_("Tag"), widget=forms.HiddenInput)
    defaults = {"within": "25"}
    first_fields = ("q", "near", "within", "cost", "people", "step_free")

    def __init__(self, data, queryset, regions):
        data = data.copy()
        data.setdefault("within", self.defaults["within"])
        super().__init__(data, queryset, regions)
        self.regions = regions
        spoken_for = {country.code for region in regions for country in region.countries}
        known = [choice for choice in countries if choice.code in spoken_for or choice.code == data.get("country")]
        self.filters["country"].extra["choices"] = [(choice.code, choice.name) for choice in known]

    def get_form_class(self):
        return type("SpaceFiltersForm", (WithTimes, super().get_form_class()), {})

    @property
    def in_force(self):
        """What narrows the list: {name: value}. How far away and from when to when are not filters of their own."""
        self.errors  # noqa: B018 (reading them checks the form)
        values = {name: value for name, value in self.form.cleaned_data.items() if value not in (None, "", [], False)}
        return {name: value for name, value in values.items() if name not in BESIDES and value != self.defaults.get(name)}

    @property
    def uses_more(self):
        """Whether a filter is in force, or refused, that stands behind "More filters"."""
        return bool({*self.in_force, *self.errors} - {*self.first_fields, "tag"})

    @property
    def place(self):
        """Where to be near to, if the reader said so."""
        return self.in_force.get("near")

    @property
    def other_places(self):
        """(name, address of this list) of the other cities called like the one that is looked near to."""
        place = self.place
        cities = named(self.form.data.get("near", "")) if getattr(place, "is_city", False) else []
        return [(str(city), self.with_value("near", str(city))) for city in cities if str(city) != str(place)]

    def chips_of(self, name, value):
        """How far away says nothing as long as nobody says from where, and a time none without a day."""
        if name in TIMES or (name == "within" and not self.place):
            return []
        if name == "free_on":
            return [Chip(self.describe(name, value), self.without(name, *TIMES))]
        return super().chips_of(name, value)

    def describe(self, name, value):
        if name == "people":
            return str(_("room for %(people)s") % {"people": value})
        if name == "free_on":
            return free_words(value, *self.times)
        if name == "tag":
            return f"#{Tag.objects.filter(slug=value).values_list('name', flat=True).first() or value}"
        return super().describe(name, value)

    def filter_queryset(self, queryset):
        """Dormant spaces stay out unless they are asked for, which is not a narrowing but a widening."""
        if not self.form.cleaned_data.get("dormant"):
            queryset = queryset.awake()
        found = super().filter_queryset(queryset)
        if chosen := self.form.cleaned_data.get("free_on"):  # last, since it reads the hours of all that the others leave
            found = found.free_during(chosen, *self.times)
        return found.free_first("kilometres") if self.place else found.free_first()

    def only_near(self, queryset, name, value):
        chosen = self.form.cleaned_data
        if name == "within" or not value:
            return queryset
        return queryset.near(value.latitude, value.longitude, int(chosen.get("within") or self.defaults["within"]))

    def only_free(self, queryset, name, value):
        return queryset  # see `filter_queryset`

    @property
    def times(self):
        """From when to when it shall be free; one time alone stands for an hour, none for some time of the day."""
        starts, ends = (self.form.cleaned_data.get(name) for name in TIMES)
        return starts or (ends and an_hour_from(ends, -1)), ends or (starts and an_hour_from(starts, 1))

    def of_cost(self, queryset, name, value):
        return queryset.of_cost(value)

    def only_step_free(self, queryset, name, value):
        return queryset.filter(step_free="yes") if value else queryset

    def also_dormant(self, queryset, name, value):
        return queryset
