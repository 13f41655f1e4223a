"""The form of an event in the workplace, and what its verbs ask."""

from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput, AdminDateTimeInput
from wagtail.permissions import policy_registry

from portal.walltimes import WallTimeFormField, comes_twice, refuse_skipped
from regions.viewsets import RegionalForm
from spaces.models import Space

from .choices import LONGEST_LINK, PATTERNS, WHICH_HOUR

WALLS = ("starts_wall", "ends_wall")
# Of an event that people were told of: changed by verbs only, which tell them.
TOLD = (*WALLS, "timezone", "space", "address")


def which_hour():
    return forms.ChoiceField(
        label=_("This hour comes twice that night. Which of the two?"),
        choices=WHICH_HOUR,
        required=False,
        widget=forms.RadioSelect,
        help_text=_("The clocks are put back."),
    )


def read_walls(form, cleaned, zone):
    """Times that never come are refused; where one comes twice, the form asks which one is meant."""
    form.asks_which_hour = False
    for name in [name for name in WALLS if cleaned.get(name)]:
        wall = cleaned[name].replace(fold=0)
        try:
            refuse_skipped(wall, zone)
        except ValidationError as error:
            form.add_error(name, error)
            continue
        if comes_twice(wall, zone):
            form.asks_which_hour = True
            wall = wall.replace(fold=int(cleaned.get("which_hour") == "second"))
        cleaned[name] = wall
    if form.asks_which_hour and not cleaned.get("which_hour"):
        form.add_error("which_hour", _("Choose one of the two."))


class EventForm(RegionalForm):
    """The hours of an event are typed by the clock on the wall of its place, wherever the writer sits."""

    which_hour = which_hour()
    asks_which_hour = False

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        event = self.instance
        walls = [getattr(event, name) for name in WALLS if getattr(event, name)]
        if event.pk and any(comes_twice(wall.replace(fold=0), event.zone) for wall in walls):
            self.asks_which_hour = True
            self.initial["which_hour"] = "second" if any(wall.fold for wall in walls) else "first"
        if not event.pk and self.initial.get("region"):
            self.initial["timezone"] = self.fields["region"].queryset.get(pk=self.initial["region"]).timezone
        self.opened_as = event.status
        if event.pk and (event.status != event.Status.DRAFT or event.booking_id):
            self.keep_as_told()

    def keep_as_told(self):
        self.asks_which_hour = False
        for name in set(TOLD) & set(self.fields):
            self.fields[name].disabled = True
        self.fields["starts_wall"].help_text = _("Another time or place: by the buttons above, which tell everybody.")
        space = self.fields["space"]
        space.queryset = Space.objects.filter(pk=self.instance.space_id)
        space.widget = forms.Select(choices=space.choices)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("space") and not self.fields["space"].disabled:
            cleaned["timezone"] = str(cleaned["space"].zone)
        if cleaned.get("timezone") and not self.fields["starts_wall"].disabled:
            read_walls(self, cleaned, ZoneInfo(cleaned["timezone"]))
        return cleaned


class VerbForm(forms.Form):
    """What a verb of an event asks."""

    reason = forms.CharField(
        label=_("Why"),
        max_length=1000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Everybody can read it, as you write it: on the page, and in the letters to those who come."),
    )

    def __init__(self, data=None, files=None, *, record, user, **kwargs):
        super().__init__(data, files, **kwargs)
        self.event, self.user = record, user

    @property
    def arguments(self):
        return self.cleaned_data


class RescheduleForm(VerbForm):
    starts_wall = WallTimeFormField(label=_("Starts"), widget=AdminDateTimeInput, help_text=_("By the clock of the place."))
    ends_wall = WallTimeFormField(label=_("Ends"), widget=AdminDateTimeInput)
    which_hour = which_hour()
    field_order = ["starts_wall", "ends_wall", "which_hour", "reason"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial |= {name: getattr(self.event, name) for name in WALLS}
        self.fields["which_hour"].widget = forms.HiddenInput()

    def clean(self):
        cleaned = super().clean()
        read_walls(self, cleaned, self.event.zone)
        if self.asks_which_hour:
            self.fields["which_hour"].widget = forms.RadioSelect(choices=WHICH_HOUR)
        starts, ends = (cleaned.get(name) for name in WALLS)
        if starts and ends and ends <= starts:
            self.add_error("ends_wall", _("An event ends after it starts."))
        return cleaned

    @property
    def arguments(self):
        return {name: value for name, value in self.cleaned_data.items() if name != "which_hour"}


class RelocateForm(VerbForm):
    space = forms.ModelChoiceField(
        Space.objects.none(), label=_("Another space"), required=False, help_text=_("Its host is asked for this time.")
    )
    address = forms.CharField(label=_("or another address"), max_length=255, required=False)
    field_order = ["space", "address", "reason"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        spaces = policy_registry.get_by_type(Space).choosable_by(self.user).requestable()
        self.fields["space"].queryset = spaces.filter(region=self.event.region).order_by("name")

    def clean(self):
        cleaned = super().clean()
        if not (cleaned.get("space") or cleaned.get("address")):
            self.add_error("space", _("Say where: a space, or an address."))
        elif cleaned.get("space") and cleaned.get("address"):
            self.add_error("address", _("One of the two."))
        return cleaned


class GoOnlineForm(VerbForm):
    online_url = forms.URLField(label=_("Where people join"), max_length=LONGEST_LINK, assume_scheme="https")
    field_order = ["online_url", "reason"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["online_url"] = self.event.online_url


class AgainForm(VerbForm):
    reason = None
    day = forms.DateField(label=_("Day"), widget=AdminDateInput, help_text=_("At the same time of day."))


class RepeatForm(VerbForm):
    reason = None
    pattern = forms.ChoiceField(label=_("How often"), choices=PATTERNS, widget=forms.RadioSelect)
    until = forms.DateField(label=_("Until"), widget=AdminDateInput, help_text=_("The last day on which it may take place."))
