"""The questions to whoever asks for a space: one form, read twice. First it is checked and shown again, then it is sent."""

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from portal.forms import PersonalForm
from portal.inputs import DayField, TimeInput
from portal.languages import language_name
from portal.spelling import plain
from regions.models import UserGroup
from spaces.models import SpaceRequest
from spaces.submitting.tidying import in_one_line, tidied

from . import times

WHEN = ["pattern", "day", "begins", "ends", "last_day"]
WHAT = ["title", "community", "people", "needs"]
WHO = ["languages", "organiser", "email"]


class AskForm(forms.ModelForm):
    """What for, when, who. After it is valid: `spans`, by the clock of the place, and `moments`."""

    leave_out = forms.BooleanField(required=False, label=_("Ask for the other dates only"))

    class Meta:
        model = SpaceRequest
        fields = [*WHEN, *WHAT, *WHO]
        field_classes = {"day": DayField, "last_day": DayField}
        labels = {
            "begins": pgettext_lazy("time", "From"),
            "ends": pgettext_lazy("time", "Until"),
            "last_day": _("Last day"),
            "needs": _("What you need"),
        }
        help_texts = {
            "ends": _("A time before the beginning is on the next day."),
            "last_day": _("Of a series, of the days that would do, or when it lasts longer than one day."),
        }
        widgets = {
            "pattern": forms.RadioSelect,
            "begins": TimeInput,
            "ends": TimeInput,
            "people": forms.NumberInput({"inputmode": "numeric"}),
            "needs": forms.Textarea({"rows": 3}),
            "organiser": forms.TextInput({"autocomplete": "name"}),
            "email": forms.EmailInput({"autocomplete": "email"}),
            "community": forms.TextInput({"autocomplete": "organization"}),
        }

    def __init__(self, data=None, *args, space, now=None, **kwargs):
        super().__init__(None if data is None else tidied(data), *args, **kwargs)
        self.space, self.now = space, now or timezone.now()
        self.spans, self.moments, self.gone, self.is_taken = [], [], [], False
        self.instance.space = space
        self.fields["last_day"].required = False
        codes = dict.fromkeys([*space.region.spoken_languages(), *(code for code, _name in settings.LANGUAGES)])
        self.fields["languages"] = forms.MultipleChoiceField(
            choices=[(code, language_name(code)) for code in codes],
            required=False,
            label=capfirst(self.fields["languages"].label),
            help_text=self.fields["languages"].help_text,
            widget=forms.CheckboxSelectMultiple,
        )
        if not self.data.get("leave_out"):
            self.fields["leave_out"].widget = forms.HiddenInput()

    def clean_title(self):
        return in_one_line(self.cleaned_data["title"])

    def clean_community(self):
        return in_one_line(self.cleaned_data["community"])

    def clean_organiser(self):
        return in_one_line(self.cleaned_data["organiser"])

    def clean_people(self):
        people = self.cleaned_data["people"]
        if self.space.capacity and people > self.space.capacity:
            raise too_many(self.space.capacity)
        return people

    def clean(self):
        super().clean()
        data = self.cleaned_data
        if not set(WHEN) & set(self.errors):
            try:
                self.check_times(data)
            except ValidationError as error:
                for field, words in error.message_dict.items():
                    self.add_error(field, words)
        if not data.get("last_day"):
            data["last_day"] = data.get("day")
        return data

    def check_times(self, data):
        today = times.today_in(self.space, self.now)
        asked = {name: data[name] for name in WHEN}
        found = times.wanted(**asked, today=today)
        data["last_day"] = found.last_day
        self.spans, self.moments = found.spans, times.moments_of(found.spans, self.space.zone)
        if self.moments and self.moments[0][0] <= self.now:
            raise ValidationError({"begins": _("This time has begun already.")})
        self.check_free(data)

    def check_free(self, data):
        """What cannot work is refused at once."""
        if data["pattern"] == "flexible":
            today = self.now.astimezone(self.space.zone).replace(tzinfo=None)
            if not times.any_day_fits(self.space, data["day"], data["last_day"], data["begins"], data["ends"], now=today):
                self.is_taken = True
                raise ValidationError({"day": _("The space is not free on any of these days at these times.")})
            return
        self.gone = [span for span in self.spans if not times.fits(self.space, span)]
        if not self.gone:
            return
        self.is_taken = True
        if len(self.spans) == 1:
            raise ValidationError({"day": _("The space is not free at this time.")})
        if len(self.gone) == len(self.spans):
            raise ValidationError({"day": _("The space is not free on any of these dates.")})
        if data.get("leave_out"):
            self.spans = [span for span in self.spans if span not in self.gone]
            self.moments = times.moments_of(self.spans, self.space.zone)
            return
        self.fields["leave_out"].widget = forms.CheckboxInput()
        words = _("The space is not free on: %(dates)s")
        dates = "; ".join(str(times.in_words(span.start)["day"]) for span in self.gone)
        raise ValidationError({"leave_out": words % {"dates": dates}})

    @property
    def carried(self):
        """(name, value) of all that was typed, for the page on which it is checked."""
        names = [name for name in self.base_fields if name in self.data]
        return [(name, value) for name in names for value in self.data.getlist(name)]

    def groups(self):
        """(heading, fields) as the page shows them."""
        yield _("When?"), [self[name] for name in [*WHEN, "leave_out"] if not self[name].is_hidden]
        yield _("What for?"), [self[name] for name in WHAT]
        yield _("Who are you?"), [self[name] for name in WHO]


def too_many(capacity):
    words = ngettext("There is room for %(capacity)s person.", "There is room for %(capacity)s people.", capacity)
    return ValidationError(words, params={"capacity": capacity})


class SendForm(PersonalForm, AskForm):
    """The same once more, with what stands between a public form and those who abuse it."""

    def __init__(self, *args, language, **kwargs):
        super().__init__(*args, **kwargs)
        self.instance.language, self.instance.person = language, self.person

    def save(self):
        request = super().save(commit=False)
        request.group = group_of(request.community, self.space.region)
        if not self.is_confirmed:
            request.person = None
        return SpaceRequest.objects.ask(request, self.moments, self.is_confirmed)


def group_of(name, region):
    """The group of the directory that is meant, if one is called so."""
    found = [group for group in UserGroup.objects.filter(region=region) if plain(group.name) == plain(name)]
    return found[0] if len(found) == 1 else None


class CorrectForm(forms.ModelForm):
    """What may be set right until it is decided."""

    class Meta:
        model = SpaceRequest
        fields = WHAT
        labels = {"needs": AskForm.Meta.labels["needs"]}
        widgets = {name: AskForm.Meta.widgets[name] for name in WHAT if name in AskForm.Meta.widgets}

    def clean_title(self):
        return in_one_line(self.cleaned_data["title"])

    def clean_community(self):
        return in_one_line(self.cleaned_data["community"])

    def clean_people(self):
        people, capacity = self.cleaned_data["people"], self.instance.space.capacity
        if capacity and people > capacity:
            raise too_many(capacity)
        return people
