"""What a space of the demo tells beside its facts: when it is open, what it looks like inside."""

from datetime import time, timedelta

from django.utils import timezone

from spaces.models import Closure, OpeningHours, SpacePhoto

DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


def furnish(space, table, draw):
    """Opening hours as the table has them ("mon-fri 18:00-22:00"), and photos that `draw(kind, seed, title)` makes."""
    if space.opening_hours.exists():
        return
    hours = [rule for words in table.get("hours", []) for rule in rules_of(words)]
    OpeningHours.objects.bulk_create([OpeningHours(space=space, **rule) for rule in hours])
    if closed := table.get("closed"):
        first = timezone.localdate() + timedelta(days=closed["after_days"])
        last = first + timedelta(days=closed["days"] - 1)
        Closure.objects.create(space=space, first_day=first, last_day=last, note=closed["note"])
    for number in range(table.get("photos", 0)):
        drawn = draw("space", f"{space.slug} {number + 1}", f"{space.name}: {number + 1}")
        SpacePhoto.objects.create(space=space, picture=drawn, sort_order=number)


def rules_of(words):
    """ "mon-fri 18:00-22:00" or "sat 10:00-13:00" as rows of opening hours."""
    days, hours = words.split()
    first, _to, last = days.partition("-")
    opens, closes = map(time.fromisoformat, hours.split("-"))
    wanted = range(DAYS.index(first), DAYS.index(last or first) + 1)
    return [{"weekday": day, "opens": opens, "closes": closes} for day in wanted]
