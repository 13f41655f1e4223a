from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal.forms import ProtectedForm
from portal.mail import queue_mail


class LetterForm(ProtectedForm):
    """A letter to an ambassador, whose address the writer does not see."""

    sender = forms.CharField(label=_("Your name"), max_length=120, widget=forms.TextInput({"autocomplete": "name"}))
    email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("Only for the answer. It is not shown to anybody else."),
        widget=forms.EmailInput({"autocomplete": "email"}),
    )
    text = forms.CharField(label=_("Your letter"), max_length=5000, widget=forms.Textarea({"rows": 8}))

    def __init__(self, *args, ambassadorship, **kwargs):
        super().__init__(*args, **kwargs)
        self.ambassadorship = ambassadorship

    def clean_sender(self):
        """One line, since it stands in the subject of a mail."""
        return " ".join(self.cleaned_data["sender"].split())

    def save(self):
        """Put the letter into the outbox of whoever answers now."""
        answering = self.ambassadorship.who_answers
        queue_mail(
            [answering.person.email],
            "letter_to_ambassador",
            {
                **self.cleaned_data,
                "ambassador": answering,
                "addressed_to": self.ambassadorship,
                "language": get_language(),
            },
            language=answering.person.language or self.ambassadorship.region.language,
            reply_to=[self.cleaned_data["email"]],
            purpose="letter",
        )
