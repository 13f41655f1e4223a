"""A host declares what makes a space eligible: for one that somebody brought in from elsewhere, who could not say it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from .models import Space
from .submitting.words import DECLARATIONS


class DeclarationForm(forms.ModelForm):
    """The declarations, each explained. Making them confirms the space, too."""

    heading = _("What only you can declare")
    words = _(
        "This space was brought in from another list. Its page says that the host has not confirmed it, until you say "
        "that these four things are true, and all the facts still right."
    )
    button = _("All this is true")
    done = _("Thank you. The page now says that you confirmed it today.")

    class Meta:
        model = Space
        fields = Space.DECLARATIONS
        help_texts = DECLARATIONS

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.required = True
            field.error_messages["required"] = _("A host stands by all four.")

    def _post_clean(self):
        """The rest of the record is none of this form's business: who answers cannot put a missing capacity right here."""

    def save(self, by=None):
        self.instance.declare(by=by)


def declaration_form(record, data=None):
    """What an owner is asked besides whether all is still right. A hook of `regions.keeping`."""
    is_asked = isinstance(record, Space) and record.awaits_host
    return DeclarationForm(data, instance=record) if is_asked else None
