"""A field for a few codes of a known list, kept in one column so that a list of a hundred records needs no join."""

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from .languages import language_choices


class CodesField(models.CharField):
    """Several codes out of `choices`, as a list in Python and as `,en,sw,` in the database.

    `Model.objects.filter(languages__has="sw")` finds those that name a code.
    """

    def __init__(self, *args, codes=(), **kwargs):
        self.codes = codes
        kwargs.setdefault("max_length", 255)
        kwargs.setdefault("default", list)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def from_db_value(self, value, expression, connection):
        return self.to_python(value)

    def to_python(self, value):
        if isinstance(value, str):
            return [code for code in value.split(",") if code]
        return list(value or [])

    def get_prep_value(self, value):
        codes = self.to_python(value)
        return f",{','.join(codes)}," if codes else ""

    def value_to_string(self, obj):
        return self.get_prep_value(self.value_from_object(obj))

    def validate(self, value, model_instance):
        known = {code for code, _label in self.get_codes()}
        unknown = [code for code in value if code not in known]
        if unknown:
            raise ValidationError(_("Not in the list: %(codes)s"), params={"codes": ", ".join(unknown)})
        if not value and not self.blank:
            raise ValidationError(self.error_messages["blank"])

    def run_validators(self, value):
        super().run_validators(self.get_prep_value(value))

    def get_codes(self):
        return self.codes() if callable(self.codes) else self.codes

    def formfield(self, **kwargs):
        return forms.MultipleChoiceField(
            choices=self.get_codes,
            required=not self.blank,
            label=capfirst(self.verbose_name),
            help_text=self.help_text,
            widget=kwargs.get("widget", forms.CheckboxSelectMultiple),
        )


@CodesField.register_lookup
class Has(models.Lookup):
    """`field__has="sw"`: the code is among those named."""

    lookup_name = "has"
    prepare_rhs = False

    def as_sql(self, compiler, connection):
        column, params = self.process_lhs(compiler, connection)
        return f"{column} LIKE %s", [*params, f"%,{self.rhs},%"]


class LanguagesField(CodesField):
    """Languages that people speak or write, as BCP 47 codes."""

    def get_codes(self):
        return language_choices()
