"""Awards that nobody gives: computed from records, recomputed each day, gone when their reason is gone.

A rule is a function of the listed spaces and the time: it returns `{space's pk: numbers}`. Its words say with these
numbers why. Other apps bring theirs by the hook `register_award_rules`. None of them can be earned by asking for it:
they need a year, other people's spaces, or events on days of their own.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Min
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy
from wagtail import hooks

from regions.models import Region

from .models import Award, Space

YEAR = timedelta(days=365)
OTHERS = 2  # a region's first space is worth a word when others have followed


@dataclass(frozen=True)
class AwardRule:
    """One rule: how it is called, which spaces it finds, and its reason in words with the numbers behind."""

    code: str
    label: str
    words: str
    find: Callable  # find(spaces, now) -> {pk: {name: number or date as text}}

    def explain(self, numbers):
        dates = {name: date_format(date.fromisoformat(value)) for name, value in numbers.items() if isinstance(value, str)}
        return str(self.words % {**numbers, **dates})


def kept_true(spaces, now):
    """Its host has confirmed it in time, again and again, for a year."""
    found = spaces.filter(kept_since__lte=now - YEAR, owner_confirmed_at__gt=now - YEAR, due_at__gt=now)
    return {pk: {"since": str(timezone.localdate(since))} for pk, since in found.values_list("pk", "kept_since")}


def long_listed(spaces, now):
    """For whole years in the directory, counted from the day its page was first published."""
    since = spaces.annotate(since=Min("pages__first_published_at")).filter(since__lte=now - YEAR)
    return {pk: {"years": (now - first).days // 365} for pk, first in since.values_list("pk", "since")}


def first_of_region(spaces, now):
    """Of all that are listed in a region, the one that was listed first, when others have followed it."""
    dated = spaces.annotate(since=Min("pages__first_published_at")).filter(since__lte=now).order_by("since", "pk")
    first, others = {}, Counter()
    for pk, region, since in dated.values_list("pk", "region", "since").iterator():
        if first.setdefault(region, (pk, since)) != (pk, since):
            others[region] += 1
    return {
        pk: {"others": others[region], "since": str(timezone.localdate(since))}
        for region, (pk, since) in first.items()
        if others[region] >= OTHERS
    }


OURS = [
    AwardRule(
        "kept-true",
        _("Kept true"),
        _("Its host has confirmed in time that all is right, since %(since)s without a gap."),
        kept_true,
    ),
    AwardRule(
        "long-listed",
        _("Open to the community"),
        ngettext_lazy("In the directory for a year.", "In the directory for %(years)s years.", "years"),
        long_listed,
    ),
    AwardRule(
        "first",
        _("First of its region"),
        _("Listed on %(since)s, before all others; %(others)s more are there today."),
        first_of_region,
    ),
]


def award_rules():
    """All rules by their code, in the order in which they are shown."""
    registered = [rule for register in hooks.get_hooks("register_award_rules") for rule in register()]
    return {rule.code: rule for rule in [*OURS, *registered]}


def compute_awards(now=None, regions=None):
    """Bring the computed awards in line with the records, region by region. Returns how many are (new, changed, gone)."""
    now = now or timezone.now()
    regions = Region.objects.order_by("pk") if regions is None else regions
    counts = [compute_in(region, now) for region in regions]
    return tuple(map(sum, zip(*counts, strict=True))) if counts else (0, 0, 0)


@transaction.atomic
def compute_in(region, now):
    spaces = Space.objects.listed().in_region(region).order_by()
    wanted = {(pk, code): numbers for code, rule in award_rules().items() for pk, numbers in rule.find(spaces, now).items()}
    Region.objects.select_for_update().get(pk=region.pk)  # two runs at once: the second waits and finds nothing to do
    have = {(award.space_id, award.rule): award for award in Award.objects.computed().filter(space__region=region)}
    gone = [award.pk for key, award in have.items() if key not in wanted]
    changed = [award for key, award in have.items() if key in wanted and award.numbers != wanted[key]]
    for award in changed:
        award.numbers = wanted[award.space_id, award.rule]
    today = timezone.localdate(now)
    new = [
        Award(space_id=pk, rule=code, numbers=wanted[pk, code], starts=today) for pk, code in wanted if (pk, code) not in have
    ]
    Award.objects.filter(pk__in=gone).delete()
    Award.objects.bulk_update(changed, ["numbers"], batch_size=500)
    Award.objects.bulk_create(new, batch_size=500)
    return len(new), len(changed), len(gone)


@dataclass(frozen=True)
class ShownAward:
    """An award as a page tells it, in words."""

    title: str
    reason: str
    language: str = ""  # of the words, when a person wrote them
    starts: object = None
    ends: object = None


def shown_awards(space):
    """Those given by people first, then the computed ones, in the order of their rules."""
    current = list(space.awards.current())
    rules, computed = award_rules(), {award.rule: award for award in current if award.rule}
    return [
        *(
            ShownAward(each.title, each.reason, space.region.language, each.starts, each.ends)
            for each in current
            if not each.rule
        ),
        *(ShownAward(rule.label, rule.explain(computed[code].numbers)) for code, rule in rules.items() if code in computed),
    ]
