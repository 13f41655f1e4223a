"""What somebody says who comes: a name and an address."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.forms import PersonalForm
from spaces.submitting.tidying import in_one_line, tidied
from stories.models import Seat


class SeatForm(PersonalForm, forms.ModelForm):
    """The same address may say so often; only who holds it decides."""

    class Meta:
        model = Seat
        fields = ["name", "email"]
        widgets = {
            "name": forms.TextInput({"autocomplete": "name"}),
            "email": forms.EmailInput({"autocomplete": "email"}),
        }

    def __init__(self, data=None, *args, event, language, **kwargs):
        super().__init__(None if data is None else tidied(data), *args, **kwargs)
        self.event, self.language = event, language

    def clean_name(self):
        return in_one_line(self.cleaned_data["name"])

    def save(self):
        said = {name: self.cleaned_data[name] for name in self.Meta.fields}
        return Seat.objects.ask(self.event, **said, language=self.language, person=self.person, is_confirmed=self.is_confirmed)


class WalkInForm(forms.Form):
    """Somebody stands at the door and has no place yet."""

    name = forms.CharField(label=_("Name"), max_length=160, widget=forms.TextInput({"autocomplete": "off"}))

    def __init__(self, data=None):
        super().__init__(None if data is None else tidied(data))

    def clean_name(self):
        return in_one_line(self.cleaned_data["name"])
