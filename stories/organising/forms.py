"""What is asked of whoever organises an event: what it is for, beforehand; how it went, afterwards."""

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from portal.languages import language_name
from spaces.submitting.tidying import in_one_line, tidied
from stories.choices import ACCESS, LONGEST_LINK, OUTCOMES
from stories.models import Event, EventOutcome
from stories.models.planning import LEAST_OUTCOMES

from .photos import PhotosField, keep_photos

MOST = 100_000
SUMMARY_LENGTH, LONGEST_TOPIC = 300, 100
# Answered by another question of the same form: nobody counts twice.
ANSWERED = {"people", "first_timers"}


def number_field(label, **kwargs):
    widget = forms.NumberInput({"inputmode": "numeric"})
    return forms.IntegerField(label=label, min_value=0, max_value=MOST, required=False, widget=widget, **kwargs)


class PlanForm(forms.ModelForm):
    """What nobody knows yet when a space is promised. The rest stands there already."""

    summary = forms.CharField(
        label=_("In a sentence or two"),
        max_length=SUMMARY_LENGTH,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("What happens, for whom. People read it before they decide to come."),
    )
    topics = forms.CharField(
        label=_("Topics"),
        max_length=200,
        required=False,
        help_text=_("Words under which it is found, with commas between them."),
    )

    online_url = forms.URLField(
        label=_("Where people can join online"),
        max_length=LONGEST_LINK,
        required=False,
        assume_scheme="https",
        help_text=_("Only if they can."),
    )

    class Meta:
        model = Event
        fields = ["kind", "training", "languages", "capacity", "online_url", "other_communities", "accessibility"]
        widgets = {"capacity": forms.NumberInput({"inputmode": "numeric"})}

    def __init__(self, data=None, *, event, **kwargs):
        super().__init__(None if data is None else tidied(data), instance=event, **kwargs)
        region = event.region
        codes = dict.fromkeys([*region.spoken_languages(), *event.languages])
        self.fields["languages"] = forms.MultipleChoiceField(
            label=capfirst(self.fields["languages"].label),
            choices=[(code, language_name(code)) for code in codes],
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )
        self.fields["accessibility"].choices = ACCESS
        self.page = event.pages.filter(locale__language_code=region.language).first()
        latest = self.page.get_latest_revision_as_object() if self.page else None
        self.initial.setdefault("summary", latest.summary if latest else "")
        self.initial.setdefault("topics", ", ".join(event.tags.names()))
        hoped = dict(event.expected.values_list("kind", "target"))
        for kind, label in OUTCOMES:
            self.fields[f"target_{kind}"] = number_field(capfirst(label), initial=hoped.get(kind))

    @property
    def targets(self):
        return {kind: self.cleaned_data.get(f"target_{kind}") for kind, _label in OUTCOMES}

    def clean_topics(self):
        topics = [in_one_line(word) for word in self.cleaned_data["topics"].split(",") if word.strip()]
        if any(len(topic) > LONGEST_TOPIC for topic in topics):
            raise ValidationError(_("A topic has at most %(most)s characters.") % {"most": LONGEST_TOPIC})
        return topics

    def _update_errors(self, errors):
        """What the event's own checks say of something that stands in another form is said above this one."""
        told = errors.update_error_dict({})
        known = {name: words for name, words in told.items() if name in self.fields}
        others = [word for name, words in told.items() if name not in self.fields for word in words]
        super()._update_errors(ValidationError(known | ({NON_FIELD_ERRORS: others} if others else {})))

    def clean(self):
        super().clean()
        if not any(name.startswith("target_") for name in self.errors):
            number = len(list(filter(None, self.targets.values())))
            if number < LEAST_OUTCOMES:
                words = _("Give at least two numbers: what do you hope for? Nobody is judged by it.")
                self.add_error(f"target_{OUTCOMES[0][0]}", ValidationError(words))
        return self.cleaned_data

    def groups(self):
        """(heading, help, fields) as the page shows them."""
        hopes = [f"target_{kind}" for kind, _label in OUTCOMES]
        first = [name for name in self.fields if name not in hopes]
        yield _("What is it?"), "", [self[name] for name in ["summary", *[each for each in first if each != "summary"]]]
        words = _("At least two, each with a number. Leave the others empty. Afterwards you are asked what came of it.")
        yield _("What is it meant to bring?"), words, [self[name] for name in hopes]

    @transaction.atomic
    def save(self):
        """Only what was typed, and only while nobody was told of it."""
        event = Event.objects.get(pk=self.instance.pk)
        event.lock()
        if event.status != Event.Status.DRAFT:
            raise ValidationError(_("Meanwhile it was announced. Write to the region’s team what should change."))
        event.change(**{name: self.cleaned_data[name] for name in self.Meta.fields})
        event.tags.set(self.cleaned_data["topics"])
        for kind, target in self.targets.items():
            if target:
                event.expect(kind, target)
            else:
                event.expected.filter(kind=kind).delete()
        if self.page and "summary" in self.changed_data:
            draft = self.page.get_latest_revision_as_object()
            draft.summary = in_one_line(self.cleaned_data["summary"])
            draft.save_revision()
        return event


class EventOutcomeForm(forms.ModelForm):
    """The event's own questions, beside those of its booking."""

    photos = PhotosField(
        label=_("Photos"),
        required=False,
        help_text=_("Up to six, each at most 10 MB. Where and when they were taken is left out."),
    )
    may_be_shown = forms.BooleanField(label=_("Everybody who can be recognised has agreed to be shown"), required=False)

    class Meta:
        model = EventOutcome
        fields = ["first_timers", "communities", "learned"]
        labels = {
            "first_timers": _("How many of them were there for the first time?"),
            "communities": _("Which communities were there?"),
            "learned": _("What did you learn? What would you tell others?"),
        }
        widgets = {
            "first_timers": forms.NumberInput({"inputmode": "numeric"}),
            "learned": forms.Textarea({"rows": 4}),
        }

    def __init__(self, data=None, files=None, *, event, **kwargs):
        kwargs.setdefault("auto_id", f"id_event_{event.pk}_%s")
        super().__init__(None if data is None else tidied(data), files, instance=EventOutcome(event=event), **kwargs)
        self.event = event
        self.initial["communities"] = ", ".join(event.communities)[:300]
        self.hoped = [each for each in event.expected.all() if each.kind not in ANSWERED]
        for each in self.hoped:
            field = number_field(capfirst(each.get_kind_display()), initial=each.actual)
            field.help_text = ngettext("You hoped for %(number)s.", "You hoped for %(number)s.", each.target) % {
                "number": each.target
            }
            self.fields[f"actual_{each.kind}"] = field
        names = ["first_timers", "communities", *(f"actual_{each.kind}" for each in self.hoped)]
        self.order_fields([*self.own_first, *names, "learned", "photos", "may_be_shown"])

    own_first = ()

    def clean(self):
        super().clean()
        if self.cleaned_data.get("photos") and not self.cleaned_data.get("may_be_shown"):
            self.add_error("may_be_shown", _("Without that, the photos cannot be kept."))
        came, first = self.came, self.cleaned_data.get("first_timers")
        if came is not None and first is not None and first > came:
            self.add_error("first_timers", _("Not more than came."))
        return self.cleaned_data

    @property
    def came(self):
        """How many came, as it is typed in the booking's question of the same form."""
        text = str(self.data.get("came", ""))
        return int(text) if text.isascii() and text.isdigit() else None

    @transaction.atomic
    def save(self, by=None):
        """What was promised, and what became of it, side by side. It is told once."""
        self.event.lock()
        if EventOutcome.objects.filter(event=self.event).exists():
            raise ValidationError(_("This was told already. Thank you."), code="not now")
        outcome = super().save(commit=False)
        if not self.was_held(outcome):
            for name in self.Meta.fields:
                field = EventOutcome._meta.get_field(name)
                setattr(outcome, name, None if field.null else "")
        outcome.told_by = by
        outcome.save()
        self.event.close_outcome(outcome, {each.kind: self.cleaned_data.get(f"actual_{each.kind}") for each in self.hoped}, by)
        if self.was_held(outcome):
            keep_photos(self.event, self.cleaned_data.get("photos") or [], by)
        return outcome

    def was_held(self, outcome):
        """The booking has just said whether it took place."""
        self.event.booking.refresh_from_db()
        return self.event.booking.status == self.event.booking.Status.HELD


class OwnOutcomeForm(EventOutcomeForm):
    """All questions, of an event that no booking asks about."""

    held = forms.TypedChoiceField(
        label=_("Did it take place?"),
        choices=[("yes", _("Yes")), ("no", _("No"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    own_first = ("held", "came", "cost", "currency")

    class Meta(EventOutcomeForm.Meta):
        fields = ["came", "cost", "currency", *EventOutcomeForm.Meta.fields]
        labels = {
            **EventOutcomeForm.Meta.labels,
            "came": _("How many people came?"),
            "cost": _("What did it cost in the end?"),
            "currency": _("In which currency?"),
        }
        widgets = {**EventOutcomeForm.Meta.widgets, "came": forms.NumberInput({"inputmode": "numeric"})}
        help_texts = {"cost": _("For the place. Nothing: 0."), "currency": _("Three letters: KES, EUR.")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["cost"].localize = True
        ticked = self.event.seats.filter(came=True).count()
        if ticked and self.instance.came is None:
            self.initial["came"] = ticked

    def clean_currency(self):
        code = self.cleaned_data["currency"].strip().upper()
        if code and not (len(code) == 3 and code.isascii() and code.isalpha()):  # noqa: PLR2004 (ISO 4217)
            raise ValidationError(_("Three letters: KES, EUR."))
        return code

    def clean(self):
        super().clean()
        data = self.cleaned_data
        if data.get("held") and data.get("came") is None and "came" not in self.errors:
            self.add_error("came", _("About how many? A guess is better than nothing."))
        if data.get("cost") and not data.get("currency") and "currency" not in self.errors:
            self.add_error("currency", _("In which currency?"))
        self.instance.held = data.get("held")
        return data

    def was_held(self, outcome):
        return bool(outcome.held)


class TellForm(OwnOutcomeForm):
    """The same for whoever knows it in the workplace, see `portal.viewsets.Verb`."""

    def __init__(self, data=None, files=None, *, record, user, **kwargs):
        super().__init__(data, files, event=record, **kwargs)

    @property
    def arguments(self):
        return {"form": self}
