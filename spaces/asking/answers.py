"""What is typed after a space was asked for: words, another time, how it went."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.inputs import DayField, TimeInput
from spaces.submitting.tidying import tidied

from . import times


class WordsForm(forms.Form):
    """A message, a reason."""

    text = forms.CharField(label=_("Your words"), max_length=2000, widget=forms.Textarea({"rows": 4}))

    def __init__(self, data=None, *, label=None, required=True, **kwargs):
        super().__init__(None if data is None else tidied(data), **kwargs)
        if label:
            self.fields["text"].label = label
        self.fields["text"].required = required


class ProposeForm(forms.Form):
    """Another time, or one of the days that would do."""

    day = DayField(label=_("Day"))
    begins = forms.TimeField(label=pgettext_lazy("time", "From"), widget=TimeInput)
    ends = forms.TimeField(label=pgettext_lazy("time", "Until"), widget=TimeInput)
    text = forms.CharField(label=_("A few words"), max_length=2000, required=False, widget=forms.Textarea({"rows": 3}))

    def __init__(self, data=None, *, asked, **kwargs):
        initial = {"day": asked.day, "begins": asked.begins, "ends": asked.ends}
        super().__init__(None if data is None else tidied(data), initial=initial, **kwargs)
        self.space = asked.space

    def clean(self):
        data = super().clean()
        if self.errors:
            return data
        try:
            today = times.today_in(self.space, timezone.now())
            spans = times.wanted("once", data["day"], data["begins"], None, data["ends"], today=today).spans
            self.moment = times.moments_of(spans, self.space.zone)[0]
        except ValidationError as error:
            self.add_error(None, error) if "last_day" in error.message_dict else [
                self.add_error(field, words) for field, words in error.message_dict.items()
            ]
        return data


class OutcomeForm(forms.Form):
    """How it went: asked once."""

    held = forms.TypedChoiceField(
        label=_("Did it take place?"),
        choices=[("yes", _("Yes")), ("no", _("No"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    came = forms.IntegerField(
        label=_("How many people came?"),
        min_value=0,
        max_value=100_000,
        required=False,
        widget=forms.NumberInput({"inputmode": "numeric"}),
    )
    actual_cost = forms.DecimalField(
        label=_("What did the space cost in the end?"),
        min_value=0,
        max_digits=10,
        decimal_places=2,
        required=False,
        localize=True,
    )

    def __init__(self, data=None, *, booking, **kwargs):
        super().__init__(None if data is None else tidied(data), **kwargs)
        self.booking = booking
        cost = self.fields["actual_cost"]
        if booking.currency:
            cost.help_text = _("In %(currency)s. Nothing: 0.") % {"currency": booking.currency}
        self.initial.setdefault("actual_cost", booking.cost)

    def clean(self):
        data = super().clean()
        if data.get("held") and data.get("came") is None and "came" not in self.errors:
            self.add_error("came", _("About how many? A guess is better than nothing."))
        return data

    def tell(self, by):
        data = self.cleaned_data
        facts = {"came": data["came"], "actual_cost": data["actual_cost"]} if data["held"] else {}
        return self.booking.request.tell_outcome(self.booking, by, data["held"], **facts)
