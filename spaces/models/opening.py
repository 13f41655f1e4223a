from datetime import date, datetime, time, timedelta

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from .spaces import Space


class OpeningHours(models.Model):
    """A rule of every week: on this day a space opens and closes. It may close after midnight."""

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
    opens = models.TimeField(_("opens"), help_text=_("By the clock of the place: 18:00."))
    closes = models.TimeField(
        _("closes"),
        help_text=_("A time before the opening is on the next day. The same time: open all day and night."),
    )

    class Meta:
        verbose_name = _("opening hours")
        verbose_name_plural = _("opening hours")
        ordering = ["weekday", "opens", "pk"]

    def __str__(self):
        return f"{self.get_weekday_display()} {self.opens:%H:%M}–{self.closes:%H:%M}"

    @property
    def runs_over_midnight(self):
        return self.closes <= self.opens

    @property
    def is_all_day(self):
        return self.closes == self.opens == time(0)

    @property
    def minutes(self):
        """From when to when, in minutes since Monday began; the end may lie in the next week."""
        begin = (self.weekday * 24 + self.opens.hour) * 60 + self.opens.minute
        long = (self.closes.hour - self.opens.hour) * 60 + self.closes.minute - self.opens.minute
        return begin, begin + long + (24 * 60 if self.runs_over_midnight else 0)

    def on(self, day: date, zone):
        """The moments when it opens and closes, for the opening that begins on a day; None on other weekdays."""
        if day.weekday() != self.weekday:
            return None
        last = day + timedelta(days=self.runs_over_midnight)
        return datetime.combine(day, self.opens, zone), datetime.combine(last, self.closes, zone)


WEEK = 7 * 24 * 60


def check_overlaps(rules):
    """Refuse rules of one week of which two hold at the same time."""
    spans = sorted(rule.minutes for rule in rules)
    again = [(begin + WEEK, end + WEEK) for begin, end in spans[:1]]  # Sunday night meets Monday
    for (_begin, end), (begin, _end) in zip(spans, [*spans[1:], *again], strict=True):
        if begin < end:
            raise ValidationError(_("Two of the opening hours overlap."))
