"""The questions about a space: one form for all of them, of which a page shows one step."""

from babel.numbers import get_territory_currencies
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal import cities
from portal.forms import ProtectedForm
from regions.models import Region
from spaces.models import Space, SpaceSubmission
from spaces.placing import check_country

from . import positions
from .steps import ASKED, CHECK, DECLARATIONS, STEPS, step_of
from .tidying import in_one_line, tidied
from .words import DECLARATIONS as MEANINGS

MOST_PEOPLE = 100_000
LONGEST_SUMMARY = 255  # of the page that it becomes
ANOTHER = "another"
LONG = ("summary", "getting_in", "opening_hours")


class PriceField(forms.DecimalField):
    """With a point or, as most of the world writes it, a comma."""

    def to_python(self, value):
        return super().to_python(value.replace(",", ".") if isinstance(value, str) and value.count(",") == 1 else value)


class FactsForm(forms.ModelForm):
    """All that is asked about a space, or the fields of some steps. Give it everything that was typed, whatever it shows."""

    which_city = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput, label=_("Which one is it?"))
    position = forms.CharField(
        required=False,
        label=_("Position"),
        help_text=_(
            "Point at the door on the map, or write two numbers as a map shows them: -1.2921, 36.8219. "
            "Left empty, it is the middle of the city."
        ),
        widget=positions.PositionInput({"autocomplete": "off", "dir": "ltr"}),
    )

    capacity = forms.IntegerField(
        min_value=1,
        max_value=MOST_PEOPLE,
        label=_("How many people fit in"),
        widget=forms.NumberInput({"inputmode": "numeric"}),
    )
    price = PriceField(max_digits=10, decimal_places=2, required=False, label=_("Price"))
    website = forms.URLField(
        required=False,
        max_length=200,
        label=_("Website"),
        help_text=_("The place’s own, where visitors find what we do not say."),
        assume_scheme="https",
    )

    class Meta:
        model = SpaceSubmission
        fields = [name for step in ASKED for name in step.fields if name not in ("which_city", "position")]
        labels = {"relation": _("What have you to do with the place?")}
        help_texts = {"name": _("As the place calls itself."), "city": _("Nairobi, or with the country: Paris, France.")}
        widgets = {
            **{name: forms.Textarea({"rows": 3}) for name in LONG},
            "relation": forms.RadioSelect,
            "cost": forms.RadioSelect,
            "submitter": forms.TextInput({"autocomplete": "name"}),
            "email": forms.EmailInput({"autocomplete": "email"}),
            "host_name": forms.TextInput({"autocomplete": "off"}),
            "host_email": forms.EmailInput({"autocomplete": "off"}),
            "price": forms.TextInput({"inputmode": "decimal"}),
        }

    def __init__(self, data=None, *args, steps=ASKED, **kwargs):
        super().__init__(None if data is None else tidied(data), *args, **kwargs)
        self.cities = cities.named(in_one_line(str(self.typed("city") or "")))
        self.dress()
        for name in set(self.fields) - {field for step in steps for field in step.fields} - set(ProtectedForm.base_fields):
            del self.fields[name]

    def typed(self, name):
        """What stands in a field, whether this page shows it or not."""
        return self.data.get(name) if self.is_bound else self.initial.get(name, getattr(self.instance, name, ""))

    def dress(self):
        for name in DECLARATIONS.fields:
            self.fields[name].required = True
            self.fields[name].help_text = MEANINGS[name]
            self.fields[name].error_messages["required"] = _("A space is listed only when this is true.")
        self.fields["facilities"].label = _("Facilities")
        self.fields["summary"].widget.attrs["maxlength"] = LONGEST_SUMMARY
        self.fields["summary"].validators.append(MaxLengthValidator(LONGEST_SUMMARY))
        self.fields["host_name"].help_text = _(
            "Stands on the page: a person or an organisation. Left empty, the name of the place does."
        )
        self.fields["host_email"].help_text = _("Never shown. Requests for the space go there.")
        if len(self.cities) > 1:
            choices = [(positions.key_of(city), str(city)) for city in self.cities] + [(ANOTHER, _("none of these"))]
            self.fields["which_city"].widget = forms.RadioSelect(choices=choices)
        self.fields["position"].widget.around = self.chosen_city()
        if not self.is_bound:
            self.offer()

    def offer(self):
        """What can be known already is filled in."""
        city = self.chosen_city()
        if not self.typed("country") and city:
            self.initial["country"] = city.country
        country = str(self.typed("country") or "")
        if not self.typed("currency") and len(country) == 2:  # noqa: PLR2004
            self.initial["currency"] = next(iter(get_territory_currencies(country.upper())), "")

    def chosen_city(self):
        """The city of the list in which the place lies, or None."""
        if len(self.cities) == 1:
            return self.cities[0]
        return next((city for city in self.cities if positions.key_of(city) == self.typed("which_city")), None)

    # -- One field -----------------------------------------------------------------------------------------------------

    def _clean_fields(self):
        super()._clean_fields()
        for name, value in self.cleaned_data.items():
            if isinstance(value, str) and name not in LONG:
                self.cleaned_data[name] = in_one_line(value)

    def clean_city(self):
        """Without the country behind a comma, which is asked on its own."""
        name = self.cleaned_data["city"].partition(",")[0].strip()
        if not any(sign.isalnum() for sign in name):
            raise ValidationError(_("Please write the name of the city or village."))
        return name

    def clean_name(self):
        name = self.cleaned_data["name"]
        if not any(sign.isalnum() for sign in name):
            raise ValidationError(_("Please write the name of the place."))
        return name

    def clean_which_city(self):
        chosen = self.cleaned_data["which_city"]
        if len(self.cities) > 1 and chosen != ANOTHER and self.chosen_city() is None:
            raise ValidationError(_("There are several of this name. Which one is it?"))
        return chosen

    def clean_currency(self):
        return self.cleaned_data["currency"].strip().upper()

    def clean_host_email(self):
        if self.data.get("relation", "host") != "host" and not self.cleaned_data["host_email"]:
            raise ValidationError(_("Who opens the door? We write to the host when somebody asks for the space."))
        return self.cleaned_data["host_email"]

    # -- Several fields ------------------------------------------------------------------------------------------------

    def clean(self):
        cleaned = super().clean()
        if "position" in self.fields and "country" in cleaned:
            try:
                self.place(cleaned.get("position", ""), str(cleaned["country"]))
            except ValidationError as error:
                self.add_error("position", error)
        if cleaned.get("cost") in ("free", "donation"):
            cleaned["price"], cleaned["currency"] = None, ""
        return cleaned

    def place(self, text, country):
        """The position that was typed, or the middle of the city."""
        city = self.chosen_city()
        city = city if city and city.country == country else None
        if not text and city is None:
            in_list = self.chosen_city()
            unknown = _("This city is not in our list: please give the position.")
            raise ValidationError(_("This city lies in another country.") if in_list else unknown)
        position = positions.read_position(text) if text else (city.latitude, city.longitude)
        if city:
            positions.check_nearness(position, city)
        else:
            check_country(position, country)
        self.instance.latitude, self.instance.longitude = position
        middle = city and positions.as_text(city.latitude, city.longitude)
        self.instance.is_middle_of_city = positions.as_text(*position) == middle

    def _post_clean(self):
        """A price that cannot be read is not, besides, a missing one."""
        is_unread = "price" in self.errors
        super()._post_clean()
        if is_unread:
            del self.errors["price"].data[1:]

    @property
    def facts(self):
        """What is right now of what this form asks, as columns."""
        names = [name for name in self._meta.fields if name in self.fields]
        return {name: getattr(self.instance, name) for name in [*names, "latitude", "longitude", "is_middle_of_city"]}


class SubmissionForm(ProtectedForm, FactsForm):
    """The whole of it, as it is sent: with the region, and with the word that it is not one of those listed already."""

    region = forms.ModelChoiceField(
        Region.objects.none(),
        required=False,
        label=_("Region"),
        help_text=_("Whose ambassadors look at it."),
        empty_label=_("No region speaks for this place yet"),
    )
    same_as = forms.ChoiceField(required=False, label=_("Is it one of these?"), widget=forms.RadioSelect)

    def __init__(self, *args, alike=(), **kwargs):
        super().__init__(*args, steps=STEPS, **kwargs)
        self.fields["region"].queryset = Region.objects.open()
        same_as = self.fields["same_as"]
        same_as.required = bool(alike)
        same_as.choices = [*((str(each.space.pk), each.space.name) for each in alike), (ANOTHER, _("No, it is another place"))]
        same_as.error_messages["required"] = _("Please look at them first: one room shall not stand there twice.")
        if not alike:
            del self.fields["same_as"]

    @property
    def known_space(self):
        """The listed space that it is, if somebody found it among those alike."""
        chosen = self.cleaned_data.get("same_as") or ANOTHER
        return None if chosen == ANOTHER else Space.objects.get(pk=chosen)

    def get_context(self):
        """The last page shows its own questions; everything else is carried along, see `SubmitSpace`."""
        context = super().get_context()
        own = {*CHECK.fields, *ProtectedForm.base_fields}
        fields = [pair for pair in context["fields"] if pair[0].name in own]
        return {**context, "fields": fields, "hidden_fields": [each for each in context["hidden_fields"] if each.name in own]}

    def save(self):
        self.instance.language = get_language()
        self.instance.region = self.cleaned_data["region"]
        return SpaceSubmission.objects.submit(self.instance)

    @property
    def first_wrong_step(self):
        wrong = {step_of(name) for name in self.errors if name != "__all__"}
        return next((step for step in ASKED if step in wrong), None)
