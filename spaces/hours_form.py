"""The hours of a space as its host or the region's team edits them: a grid of the week, single days, closed times."""

from datetime import timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.forms import inlineformset_factory
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.inputs import DayField, TimeInput

from .models import Closure, OpeningHours, Space, SpecialHours
from .models.opening import check_days, check_week

COLUMNS = 2  # openings in a day, or one more than there are
MOST_ROWS = 200
A_DAY = timedelta(days=1)  # somewhere it is still yesterday


class WeekForm(forms.Form):
    """From when to when on each day of the week; a day without times is closed."""

    def __init__(self, data=None, *, space):
        super().__init__(data)
        self.space, self.days = space, {day: [] for day in OpeningHours.Weekday}
        for rule in space.opening_hours.all():
            self.days[rule.weekday].append(rule)
        self.columns = range(max(COLUMNS, 1 + max(map(len, self.days.values()))))
        for day, rules in self.days.items():
            for column in self.columns:
                rule = rules[column] if column < len(rules) else None
                for end, words in (("opens", pgettext_lazy("time", "from")), ("closes", pgettext_lazy("time", "until"))):
                    heard = _("%(day)s, %(end)s, %(number)s") % {"day": day.label, "end": words, "number": column + 1}
                    field = forms.TimeField(required=False, label=heard, widget=TimeInput({"aria-label": heard}))
                    self.fields[self.name(day, column, end)] = field
                    self.initial[self.name(day, column, end)] = getattr(rule, end, None)

    @staticmethod
    def name(day, column, end):
        return f"{end}_{int(day)}_{column}"

    def rows(self):
        """(day in words, its pairs of fields, what is wrong with them) for the grid."""
        for day in self.days:
            pairs = [(self[self.name(day, column, "opens")], self[self.name(day, column, "closes")]) for column in self.columns]
            yield day.label, pairs, errors_of(pairs)

    def clean(self):
        super().clean()
        self.rules = []
        for day in self.days:
            own = [rule for column in self.columns if (rule := self.rule(day, column))]
            self.check(own, self.name(day, 0, "opens"))
            self.rules += own
        if not self.errors:
            self.check(self.rules, None)

    def rule(self, day, column):
        opens, closes = (self.name(day, column, end) for end in ("opens", "closes"))
        times = self.cleaned_data.get(opens), self.cleaned_data.get(closes)
        if None not in times:
            return OpeningHours(space=self.space, weekday=day, opens=times[0], closes=times[1])
        if any(time is not None for time in times) and not {opens, closes} & set(self.errors):
            self.add_error(opens if times[0] is None else closes, _("From when and until when? Both are needed."))
        return None

    def check(self, rules, field):
        try:
            check_week(rules)
        except ValidationError as error:
            self.add_error(field, error)

    def save(self):
        """Rows that are as they were stay, so that a form in which somebody else has them open can still be saved."""
        wanted = {(rule.weekday, rule.opens, rule.closes): rule for rule in self.rules}
        for rule in OpeningHours.objects.filter(space=self.space):
            if wanted.pop((rule.weekday, rule.opens, rule.closes), None) is None:
                rule.delete()
        OpeningHours.objects.bulk_create(wanted.values())


def errors_of(pairs):
    """(id of the field, words) of what is wrong in a day."""
    return [(field.auto_id, error) for pair in pairs for field in pair for error in field.errors]


class Rows(forms.BaseInlineFormSet):
    """Days of one kind, of which nobody adds one that is over."""

    last = "last_day"

    def clean(self):
        super().clean()
        for form in self.extra_forms:
            day = form.cleaned_data.get(self.last) if is_kept(form) else None
            if day and day < timezone.localdate() - A_DAY:
                form.add_error(self.last, _("This day is over."))


class SpecialDays(Rows):
    last = "day"

    def clean(self):
        super().clean()
        check_days([form.instance for form in self.forms if is_kept(form)])


def is_kept(form):
    """Whether its row will stand there, as far as it can be read."""
    return not form.errors and form.cleaned_data and not form.cleaned_data.get("DELETE")


def rows_of(model, fields, formset):
    days = {name: DayField for name in fields if name in ("day", "first_day", "last_day")}
    times = {name: TimeInput() for name in fields if name in ("opens", "closes", "begins", "ends")}
    said_once = dict.fromkeys(fields, "")  # above the rows, and not at each of them
    ways = {"extra": 1, "max_num": MOST_ROWS, "formset": formset, "field_classes": days, "widgets": times}
    return inlineformset_factory(Space, model, fields=fields, help_texts=said_once, **ways)


SpecialRows = rows_of(SpecialHours, ["day", "opens", "closes"], SpecialDays)
ClosureRows = rows_of(Closure, ["first_day", "begins", "last_day", "ends", "note"], Rows)


class HoursForm:
    """All three, saved together or not at all. What is over is kept and not shown."""

    def __init__(self, space, data=None):
        self.space, self.data = space, data
        self.is_stale, self.state = False, state_of(space)
        since = timezone.localdate() - A_DAY
        self.week = WeekForm(data, space=space)
        kept = {"instance": space, "data": data}
        self.special = SpecialRows(**kept, prefix="special", queryset=SpecialHours.objects.filter(day__gte=since))
        self.closures = ClosureRows(**kept, prefix="closures", queryset=Closure.objects.filter(last_day__gte=since))
        self.parts = (self.week, self.special, self.closures)

    def is_valid(self):
        """All of them are asked, so that everything that is wrong is said at once."""
        return not [part for part in self.parts if not part.is_valid()]

    @transaction.atomic
    def save(self, by):
        """Write down who changed what. Of two who had the same page open, the second is told, and nothing is saved."""
        space = Space.objects.select_for_update().get(pk=self.space.pk)
        if self.data.get("state") != state_of(space):
            self.is_stale = True
            return False
        if not any(part.has_changed() for part in self.parts):
            return True
        before = space.logged_rows()
        for part in self.parts:
            part.save()
        after = space.logged_rows()
        space.save(update_fields=["updated_at"])
        space.log_facts(by, {name: [before[name], after[name]] for name in before if before[name] != after[name]})
        return True


def state_of(space):
    """Of which state of the space a page was made."""
    return space.updated_at.isoformat()
