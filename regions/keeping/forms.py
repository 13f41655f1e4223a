from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal.forms import ProtectedForm
from regions.models import ProblemReport

Kind = ProblemReport.Kind
# What can be wrong with what, for readers to choose from.
WRONG = {
    "space": [Kind.CLOSED, Kind.PLACE, Kind.HOURS, Kind.CONTACT, Kind.MISUSE, Kind.OTHER],
    "group": [Kind.CLOSED, Kind.CONTACT, Kind.MISUSE, Kind.OTHER],
    "ambassador": [Kind.CONTACT, Kind.MISUSE, Kind.OTHER],
}
OPEN_AT_ONCE = 3  # unanswered reports of an owner about one record
LONGEST = 3000


class NoteForm(forms.Form):
    """What has changed, in the words of whoever answers for the record."""

    text = forms.CharField(
        label=_("What has changed?"),
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("The region’s ambassador reads it and puts it right."),
    )

    def __init__(self, *args, record, **kwargs):
        super().__init__(*args, **kwargs)
        self.record = record

    def clean(self):
        super().clean()
        if ProblemReport.objects.open().about(self.record).filter(by_owner=True).count() >= OPEN_AT_ONCE:
            raise ValidationError(_("You have told us several times already; the ambassador will read it all and answer."))

    def save(self):
        return ProblemReport.objects.file(self.record, Kind.CHANGED, self.cleaned_data["text"], by_owner=True)


class ReportForm(ProtectedForm):
    """A reader says what is wrong."""

    kind = forms.ChoiceField(label=_("What is wrong?"), widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("In words"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 5}),
        help_text=_("What you saw, and when. Any language will do."),
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        required=False,
        widget=forms.EmailInput({"autocomplete": "email"}),
        help_text=_("Only if you want to know what was done. It is deleted when we have told you."),
    )

    def __init__(self, *args, record, **kwargs):
        super().__init__(*args, **kwargs)
        self.record = record
        self.fields["kind"].choices = [(kind.value, kind.label) for kind in WRONG[record.kind_in_address]]

    def clean(self):
        super().clean()
        if self.cleaned_data.get("kind") == Kind.OTHER and not self.cleaned_data.get("text"):
            self.add_error("text", _("Say in words what is wrong."))

    def save(self):
        typed = self.cleaned_data
        return ProblemReport.objects.file(
            self.record, typed["kind"], typed["text"], email=typed["email"], language=get_language()
        )
