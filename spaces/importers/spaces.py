"""Spaces out of files: every row is read, checked, compared; then all of it is written, or nothing."""

from django.db import transaction
from django.utils.translation import gettext as _

from portal.imports import CHANGED, DUPLICATE, NEW, REFUSED, UNCHANGED, Report

from .cleaning import Reading
from .columns import guess
from .facts import facts_of, wanted_facts
from .homes import Homes
from .matching import KnownSpaces, source_id_of
from .writing import write

OUTCOMES = (NEW, CHANGED, UNCHANGED, DUPLICATE, REFUSED)


class Plan:
    """What is to become of one row: an outcome, the space it is about, and why."""

    def __init__(self, reading, region=None, homeless=""):
        self.reading, self.region, self.homeless = reading, region, homeless
        self.space, self.outcome, self.reasons, self.changes, self.is_alike = None, REFUSED, [], {}, False

    def refuse(self):
        self.reasons = [
            f"{problem.field}: {problem.message}" if problem.field else problem.message for problem in self.reading.problems
        ]
        return self

    def decide(self, outcome, *reasons, space=None):
        self.outcome, self.space = outcome, space
        self.reasons = [*reasons, *self.reading.notes]
        return self


@transaction.atomic
def import_spaces(
    tables,
    source,
    *,
    by=None,
    regions=None,
    chosen=None,
    columns=None,
    another=(),
    dry_run=False,
    skip_refused=False,
    watch=iter,
):
    """Make and change spaces after these tables; returns a Report of their rows.

    `regions` are those that somebody may import into (all open ones), `chosen` is the one they chose. A row that is
    refused keeps everything from being written, unless `skip_refused`. `another` are the numbers of rows of which somebody
    said that they are not the place they look like. A dry run reports the same and writes nothing.
    """
    homes, plans, names = Homes(regions, chosen), [], {}
    for table in tables:
        read = [Reading(raw, columns or guess(table)) for raw in table.rows]
        plans += [plan_of(reading, homes, source) for reading in watch(read)]
        names |= {id(reading): table.file for reading in read}
    compare(plans, source, regions, frozenset(another))
    refused = any(plan.outcome == REFUSED for plan in plans)
    if not dry_run and (skip_refused or not refused):
        write(plans, source, by)
    return report_of(plans, names if len(tables) > 1 else {})


def plan_of(reading, homes, source):
    """Read one row; it stays refused when anything is wrong with it."""
    reading.read()
    if not reading.is_right:
        return Plan(reading).refuse()
    region, homeless = homes.find(reading.facts["country"])
    plan = Plan(reading, region, homeless)
    return plan if reading.check(source) else plan.refuse()


def compare(plans, source, regions, another):
    """Set every plan beside what is here already, and beside the rows before it."""
    right = [plan for plan in plans if plan.reading.is_right]
    known, ids = KnownSpaces(source, [plan.reading for plan in right], regions), {}
    for plan in right:
        name = source_id_of(plan.reading)
        if name in ids:
            reason = _("the same id as in row %(row)s") % {"row": ids[name].raw.number}
            plan.decide(DUPLICATE, reason)
            continue
        ids[name] = plan.reading
        space, is_from_here = known.find(plan.reading)
        if space and not is_from_here:
            plan_own(plan, space)
        elif plan.region is None:
            plan.reading.refuse("country", plan.homeless)
            plan.refuse()
        elif space:
            plan_change(plan, space, regions)
        else:
            plan_new(plan, known, plan.reading.raw.number in another)


def plan_new(plan, known, is_another):
    alike = known.alike(plan.reading)
    if alike and not is_another:
        plan.is_alike = True
        plan.decide(DUPLICATE, described(alike[0]), space=alike[0].thing if hasattr(alike[0].thing, "pk") else None)
        return
    looked_at = _("another place than it looks like") if is_another else ""
    plan.decide(NEW, _("region %(region)s") % {"region": plan.region.slug}, looked_at)
    known.remember(plan.reading)


def described(like):
    """Why this is likely the same place."""
    thing = like.thing
    values = {"metres": round(like.kilometres * 1000), "kilometres": f"{like.kilometres:.1f}"}
    values["other"] = f"“{thing.name}”" if hasattr(thing, "pk") else _("row %(row)s") % {"row": thing.raw.number}
    if like.is_next_door and like.has_similar_name:
        return _("likely %(other)s: a similar name, %(metres)s m away") % values
    if like.is_next_door:
        return _("likely %(other)s: %(metres)s m away") % values
    return _("likely %(other)s: a similar name, %(kilometres)s km away") % values


def plan_change(plan, space, regions):
    """A space of this source: facts that a hand has changed since stay, the others follow the source."""
    if space.region_id != plan.region.pk:
        reason = _("is in the region %(region)s here, and stays there") % {"region": space.region.slug}
        if regions is not None and space.region_id not in {region.pk for region in regions}:
            plan.reading.refuse("country", _("belongs to a region that is not yours"))
            plan.refuse()
            return
        plan.reading.notes.append(reason)
    present, before = facts_of(space), space.source_facts
    wanted = wanted_facts(plan.reading)
    differing = [field for field in wanted if present[field] != wanted[field]]
    by_hand = [field for field in differing if field in before and present[field] != before[field]]
    plan.changes = {field: wanted[field] for field in differing if field not in by_hand}
    kept = _("kept, edited by hand: %(fields)s") % {"fields": told(by_hand, present, wanted)} if by_hand else ""
    if plan.changes:
        plan.decide(CHANGED, ", ".join(plan.changes), kept, space=space)
    else:
        plan.decide(UNCHANGED, kept, space=space)


def plan_own(plan, space):
    """A space that was never imported from here: people keep it, and a file does not change it."""
    present, wanted = facts_of(space), wanted_facts(plan.reading)
    differing = [field for field in wanted if present[field] != wanted[field]]
    kept = _("kept as it is here: %(fields)s") % {"fields": told(differing, present, wanted)} if differing else ""
    plan.decide(UNCHANGED, kept, space=space)
    plan.reasons = [kept] if kept else []


def told(fields, present, wanted):
    sentence = _("%(field)s (%(here)s, the file says %(there)s)")
    return ", ".join(sentence % {"field": field, "here": present[field], "there": wanted[field]} for field in fields)


def report_of(plans, files):
    report = Report(outcomes=OUTCOMES)
    for plan in plans:
        raw = plan.reading.raw
        where = {
            "file": files.get(id(plan.reading), ""),
            "about": plan.space.pk if plan.space else None,
            "is_alike": plan.is_alike,
        }
        report.add(raw.number, plan.reading.label, plan.outcome, *plan.reasons, **where)
    return report
