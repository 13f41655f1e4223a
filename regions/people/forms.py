"""What is asked when somebody is brought in, and when that changes."""

import json

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput

from portal.languages import language_name
from regions.models import LANGUAGE_ROLES, Invitation, Region, Role, Team
from regions.models.memberships import check_place

from .scope import regions_of, roles_granted_by

LONGEST = Invitation._meta.get_field("reason").max_length


class InvitationForm(forms.Form):
    """Somebody is asked to take on a role. Whether there is an account with this address makes no difference here."""

    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("We write to this address. Whoever answers may have an account already, or makes one then."),
        widget=forms.EmailInput({"autocomplete": "off"}),
    )
    role = forms.ChoiceField(label=_("Role"))
    region = forms.ModelChoiceField(Region.objects.none(), label=_("Region"))
    language = forms.ChoiceField(
        label=_("Language of the translations"), required=False, help_text=_("Only for translators and language reviewers.")
    )
    until = forms.DateField(
        label=_("Last day"),
        required=False,
        widget=AdminDateInput,
        help_text=_("On which the role ends by itself. Without a day it lasts until somebody ends it."),
    )
    reason = forms.CharField(
        label=_("A personal line"),
        required=False,
        max_length=LONGEST,
        help_text=_("Why you ask. It stands in the letter, and later beside the role."),
    )
    letter_language = forms.ChoiceField(label=_("Language of the letter"))

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        languages = [(code, language_name(code)) for code, _name in settings.LANGUAGES]
        self.fields["role"].choices = [(role.value, role.label) for role in roles_granted_by(user)]
        self.fields["language"].choices = [("", "---------"), *languages]
        self.fields["language"].widget.attrs |= {"data-w-rules-target": "enable", "data-w-rules": self.language_rule}
        self.fields["letter_language"].choices = languages
        self.offer_regions(regions_of(user))

    def offer_regions(self, regions):
        field = self.fields["region"]
        field.queryset = regions
        first = regions.first()
        if self.may_grant_everywhere():
            field.required, field.empty_label = False, _("All regions")
            field.help_text = _("Staff and assessors work for all regions; translators and reviewers may.")
        elif regions.count() == 1:
            field.empty_label, self.initial["region"] = None, first.pk
        if first and not field.empty_label:
            self.initial.setdefault("letter_language", first.language)

    @property
    def language_rule(self):
        """For Wagtail's `w-rules`: with scripts, the field is shown when it is needed."""
        return json.dumps({"role": [role.value for role in LANGUAGE_ROLES]})

    def may_grant_everywhere(self):
        return any(Team(role=role).may_be_granted_by(self.user) for role in Role)

    def clean(self):
        super().clean()
        if self.errors:
            return
        typed = self.cleaned_data
        is_bound_to_language = typed["role"] in LANGUAGE_ROLES
        if is_bound_to_language != bool(typed["language"]):
            missing, surplus = _("Say into which language."), _("This role is not for one language.")
            self.add_error("language", missing if is_bound_to_language else surplus)
            return
        self.check_place(typed["role"], typed["region"], typed["language"])

    def check_place(self, role, region, language):
        try:
            check_place(role, region, language)
        except ValidationError as error:
            self.add_error("language" if language else "region", error)

    def save(self):
        typed = self.cleaned_data
        team = Team.objects.ensure(typed["role"], region=typed["region"], language=typed["language"])
        terms = {"language": typed["letter_language"], "until": typed["until"], "reason": typed["reason"]}
        return Invitation.objects.invite(team, typed["email"], by=self.user, **terms)


class EndForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"), max_length=LONGEST, help_text=_("For the record. The person may read it among their own data.")
    )


class LastDayForm(forms.Form):
    until = forms.DateField(
        label=_("Last day"),
        required=False,
        widget=AdminDateInput,
        help_text=_("Without a day the role lasts until somebody ends it."),
    )
