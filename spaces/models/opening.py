from calendar import day_abbr
from datetime import datetime, time, timedelta
from itertools import pairwise

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from spaces.availability import Span

from .spaces import Space

A_DAY = timedelta(days=1)
EARLIEST, YEARS_AHEAD = 2000, 10
LONGEST_CLOSURE = timedelta(days=731)


class Hours(models.Model):
    """From when to when a space can be had, by its own clock. It may close after midnight."""

    opens = models.TimeField(_("opens"), help_text=_("By the clock of the place: 18:00."))
    closes = models.TimeField(
        _("closes"),
        help_text=_("A time before the opening is on the next day. The same time: open all day and night."),
    )

    class Meta:
        abstract = True

    @property
    def runs_over_midnight(self):
        return self.closes <= self.opens

    @property
    def is_all_day(self):
        return self.closes == self.opens == time(0)

    @property
    def minutes(self):
        """From when to when, in minutes since its day began; the end may lie in the next day."""
        begin = self.opens.hour * 60 + self.opens.minute
        long = (self.closes.hour - self.opens.hour) * 60 + self.closes.minute - self.opens.minute
        return begin, begin + long + (DAY if self.runs_over_midnight else 0)


class OpeningHours(Hours):
    """A rule of every week: on this day a space opens and closes."""

    class Weekday(models.IntegerChoices):
        MONDAY = 0, _("Monday")
        TUESDAY = 1, _("Tuesday")
        WEDNESDAY = 2, _("Wednesday")
        THURSDAY = 3, _("Thursday")
        FRIDAY = 4, _("Friday")
        SATURDAY = 5, _("Saturday")
        SUNDAY = 6, _("Sunday")

    space = ParentalKey(Space, on_delete=models.CASCADE, related_name="opening_hours")
    weekday = models.PositiveSmallIntegerField(_("day"), choices=Weekday)

    class Meta:
        verbose_name = _("opening hours")
        verbose_name_plural = _("opening hours")
        ordering = ["weekday", "opens", "pk"]

    def __str__(self):
        return f"{self.get_weekday_display()} {self.opens:%H:%M}–{self.closes:%H:%M}"

    @property
    def as_logged(self):
        """The same whoever saves it, in whatever language."""
        return f"{day_abbr[self.weekday]} {self.opens:%H:%M}–{self.closes:%H:%M}"

    def holds_on(self, day):
        return day.weekday() == self.weekday


class SpecialHours(Hours):
    """On this one day a space opens and closes so, instead of what holds every week (schema.org's special hours)."""

    space = ParentalKey(Space, on_delete=models.CASCADE, related_name="special_hours")
    day = models.DateField(_("day"), help_text=_("What opens every week on that day of the week does not open on it."))

    class Meta:
        verbose_name = _("special hours")
        verbose_name_plural = _("special hours")
        ordering = ["day", "opens", "pk"]

    def __str__(self):
        return f"{date_format(self.day, 'DATE_FORMAT')}, {self.opens:%H:%M}–{self.closes:%H:%M}"

    @property
    def as_logged(self):
        return f"{self.day} {self.opens:%H:%M}–{self.closes:%H:%M}"

    def clean(self):
        super().clean()
        check_day("day", self.day)

    def holds_on(self, day):
        return day == self.day


class Closure(models.Model):
    """A time at which a space cannot be had: holidays, building work, an event of its own."""

    space = ParentalKey(Space, on_delete=models.CASCADE, related_name="closures")
    first_day = models.DateField(_("first day"))
    begins = models.TimeField(
        _("from what time"), null=True, blank=True, help_text=_("Left empty, from the beginning of the day.")
    )
    last_day = models.DateField(_("last day"), help_text=_("This day is closed, too."))
    ends = models.TimeField(_("until what time"), null=True, blank=True, help_text=_("Left empty, to the end of the day."))
    note = models.CharField(
        _("why"),
        max_length=160,
        blank=True,
        help_text=_("For you and the region’s team. The public reads only that it is closed."),
    )

    class Meta:
        verbose_name = _("closed time")
        verbose_name_plural = _("closed times")
        ordering = ["first_day", "begins", "pk"]

    def __str__(self):
        return f"{moment_words(self.first_day, self.begins)} – {moment_words(self.last_day, self.ends)}"

    @property
    def as_logged(self):
        """Without the reason, which is nobody else's business."""
        return f"{self.first_day} {self.begins or ''} – {self.last_day} {self.ends or ''}"

    @property
    def span(self):
        """By the clock of the place."""
        whole = self.ends in (None, time())  # until midnight is until the end of that day
        end = datetime.combine(self.last_day, time()) + A_DAY if whole else datetime.combine(self.last_day, self.ends)
        return Span(datetime.combine(self.first_day, self.begins or time()), end)

    def clean(self):
        super().clean()
        check_day("first_day", self.first_day)
        check_day("last_day", self.last_day)
        if not (self.first_day and self.last_day):
            return
        if self.last_day - self.first_day > LONGEST_CLOSURE:
            raise ValidationError({"last_day": _("This is longer than two years. Close the space instead.")})
        if self.span.end <= self.span.start:
            raise ValidationError({"last_day": _("The end lies before the beginning.")})


def moment_words(day, clock):
    return f"{date_format(day, 'DATE_FORMAT')}, {clock:%H:%M}" if clock else date_format(day, "DATE_FORMAT")


def check_day(field, day):
    """A day that somebody may have meant."""
    if day and not EARLIEST <= day.year <= timezone.localdate().year + YEARS_AHEAD:
        raise ValidationError({field: _("Is the year right?")})


DAY = 24 * 60  # minutes
WEEK = 7 * DAY


def check_week(rules):
    """Refuse rules of one week of which two hold at the same time."""
    spans = sorted((rule.weekday * DAY + begin, rule.weekday * DAY + end) for rule in rules for begin, end in [rule.minutes])
    check_apart([*spans, *((begin + WEEK, end + WEEK) for begin, end in spans[:1])])  # Sunday night meets Monday


def check_days(rules):
    """Refuse special hours of which two hold at the same time."""
    days = ((rule.day.toordinal() * DAY, *rule.minutes) for rule in rules)
    check_apart(sorted((day + begin, day + end) for day, begin, end in days))


def check_apart(spans):
    if any(begin < end for (_begin, end), (begin, _end) in pairwise(spans)):
        raise ValidationError(_("Two of the opening hours overlap."))
