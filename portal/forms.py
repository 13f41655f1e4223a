"""How forms look, what public forms without an account share, and what a new account is asked."""

from functools import cached_property
from pathlib import Path
from uuid import UUID, uuid4, uuid5

import django.forms
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.forms.renderers import DjangoTemplates
from django.utils.translation import gettext_lazy as _

from . import links, protection
from .models import Submission


class PortalFormRenderer(DjangoTemplates):
    """`{{ form }}` in the portal's own templates. Wagtail's admin renders its fields by itself."""

    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"

    @cached_property
    def engine(self):
        folders = [*settings.TEMPLATES[0]["DIRS"], Path(django.forms.__file__).parent / "templates"]
        return self.backend({"APP_DIRS": True, "DIRS": folders, "NAME": "forms", "OPTIONS": {}})


class TrapField(forms.CharField):
    """A field that people neither see nor reach with the keyboard. Machines fill it, and give themselves away."""

    is_trap = True

    def __init__(self, **kwargs):
        attributes = {"autocomplete": "off", "tabindex": "-1"}
        super().__init__(label=_("Leave this empty"), required=False, widget=forms.TextInput(attributes), **kwargs)


class ProtectedForm(forms.Form):
    """A form for people without an account. Put it first: `class ContactForm(ProtectedForm, forms.ModelForm)`.

    Give it the `network` it comes from (`ProtectedFormView` does); the limits are per hour.
    """

    address_field = "email"
    per_address = 5
    per_network = 30

    form_opened = forms.CharField(required=False, widget=forms.HiddenInput)
    form_key = forms.CharField(required=False, widget=forms.HiddenInput, initial=uuid4)
    form_topic = TrapField()

    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        cls.form_name = f"{cls.__module__}.{cls.__name__}"  # under which it is signed, counted and remembered

    def __init__(self, *args, network="", **kwargs):
        super().__init__(*args, **kwargs)
        self.network = network
        self.initial["form_opened"] = protection.opening_token(self.form_name)

    @property
    def is_trapped(self):
        """Filled by a machine: the view pretends that all went well."""
        return bool(self["form_topic"].data)

    @cached_property
    def submission_key(self):
        """The same for the same words from the same opened form: a retry. Other words, sent after "back", are news."""
        typed = [self[name].data for name in self.fields if name not in ProtectedForm.base_fields]
        return uuid5(self._posted_key(), repr([(data, getattr(data, "size", None)) for data in typed]))

    def full_clean(self):
        """After all else is checked, whatever a subclass adds to `clean`: only what could be accepted is counted."""
        super().full_clean()
        if self.is_bound:
            self._check_age()
        if self.is_bound and not self._errors and not Submission.objects.filter(key=self.submission_key).exists():
            self._check_limits()

    def _check_age(self):
        age = protection.age(self["form_opened"].data or "", self.form_name)
        if age is not None and protection.YOUNGEST <= age <= protection.OLDEST:
            return
        if age is not None and age < protection.YOUNGEST:
            message = _("That was too quick for us. Please send the form once more.")
        else:
            message = _("This form was open for too long. Please look it over and send it once more.")
        # What was typed stays; the next attempt begins now.
        self.data = self.data.copy()
        self.data[self.add_prefix("form_opened")] = protection.opening_token(self.form_name)
        self.add_error(None, ValidationError(message, code="age"))

    def _check_limits(self):
        counted = [(self.cleaned_data.get(self.address_field), "address", self.per_address)]
        counted += [(self.network, "network", self.per_network)]
        if any(value and protection.count(self.form_name, kind, value) > limit for value, kind, limit in counted):
            self.add_error(None, ValidationError(_("Too many messages from here. Try again in an hour."), code="limit"))

    def _posted_key(self):
        try:
            return UUID(self["form_key"].data)
        except (TypeError, ValueError):  # left out or damaged: then a retry is simply a second message
            return uuid4()


AS_PERSON = "acts-as"  # purpose of a signature


class PersonalForm(ProtectedForm):
    """A protected form that may be sent on behalf of whoever is signed in, whose confirmed address is known to be theirs.

    `form_person` is signed for whoever was signed in when the form was opened: another site that posts in their name
    does not have it, and so gets no further than any stranger, to the letter that asks to confirm the address.
    """

    form_person = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, person=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.person = person if person and person.is_authenticated else None
        self.initial["form_person"] = links.sign(AS_PERSON, self.person) if self.person else ""

    @property
    def is_confirmed(self):
        """Whether the address is one that the account on whose behalf this is sent has confirmed as theirs."""
        if self.person is None:
            return False
        try:
            opened_by = links.read(self.cleaned_data["form_person"], AS_PERSON, protection.OLDEST)["pk"]
        except links.LinkError:
            return False
        own = self.person.emailaddress_set.filter(email__iexact=self.cleaned_data[self.address_field], verified=True)
        return self.person.pk == opened_by and own.exists()


class SignupForm(forms.Form):
    """What a new account is asked besides address and password. Many people have one name only."""

    first_name = forms.CharField(label=_("First name"), max_length=150, widget=forms.TextInput({"autocomplete": "given-name"}))
    last_name = forms.CharField(
        label=_("Last name"), max_length=150, required=False, widget=forms.TextInput({"autocomplete": "family-name"})
    )

    def signup(self, request, user):
        """Called by allauth once the account exists."""
        user.first_name = self.cleaned_data["first_name"]
        user.last_name = self.cleaned_data["last_name"]
        user.save(update_fields=["first_name", "last_name"])
