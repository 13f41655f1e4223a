"""When people are asked whether a record is still true, and what happens when nobody answers: the setting, read here only."""

from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise

from django.conf import settings
from django.core import checks

# After the last letter nobody's record falls asleep for so long, also when the daily run was away for months.
TIME_TO_ANSWER = timedelta(days=7)
# A daily run is not always on the minute; whoever was written to in the last 20 hours is left alone.
A_DAY = timedelta(hours=20)


@dataclass(frozen=True)
class Timetable:
    """How long a confirmation holds, and the steps after that. All but `after` count from the day it was due."""

    after: timedelta
    remind: tuple
    keeper: timedelta
    tell: timedelta
    dormant: timedelta | None = None

    @property
    def letters(self):
        """How many letters there are: the question and its reminders."""
        return 1 + len(self.remind)

    @property
    def waits(self):
        """How long to wait after the first letter, after the second, ...; after the last there is none."""
        days = (timedelta(0), *self.remind)
        return tuple(later - earlier for earlier, later in pairwise(days))


def timetable_of(model):
    """The timetable of a kind of record: `CONFIRMATIONS["spaces.space"]`, in days."""
    days = settings.CONFIRMATIONS[model._meta.label_lower]
    return Timetable(
        timedelta(days["after"]),
        tuple(timedelta(day) for day in days["remind"]),
        timedelta(days["keeper"]),
        timedelta(days["tell"]),
        timedelta(days["dormant"]) if days.get("dormant") else None,
    )


@checks.register
def steps_follow_each_other(app_configs, **kwargs):
    """Nobody is told, listed or put to sleep before they were asked."""
    wrong = []
    for kind, days in settings.CONFIRMATIONS.items():
        steps = [0, *days["remind"], days["keeper"], days["tell"], *filter(None, [days.get("dormant")])]
        if steps != sorted(set(steps)) or days["after"] < 1:
            wrong.append(checks.Error(f"CONFIRMATIONS[{kind!r}]: each step must come after the one before.", id="portal.E010"))
    return wrong
