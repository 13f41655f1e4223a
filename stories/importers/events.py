"""Events out of calendars: every entry is read and compared; then all of it is written, or nothing."""

import json

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.html import linebreaks
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from portal.imports import CHANGED, DUPLICATE, NEW, REFUSED, UNCHANGED, Report
from portal.walltimes import moment_of
from stories.calendars import uid_of
from stories.models import Event
from stories.models.event_pages import EventPage

from .calendars import readings_of
from .reading import FACTS

OUTCOMES = (NEW, CHANGED, UNCHANGED, DUPLICATE, REFUSED)
MOVED = {"starts_wall", "ends_wall", "timezone"}


class Plan:
    """What is to become of one entry: an outcome, the event it is about, and why."""

    def __init__(self, reading):
        self.reading, self.event, self.outcome, self.reasons, self.changes = reading, None, REFUSED, [], {}

    def decide(self, outcome, *reasons, event=None):
        self.outcome, self.event = outcome, event
        self.reasons = [*reasons, *self.reading.notes]
        return self


@transaction.atomic
def import_events(content, region, source, *, by=None, dry_run=False, skip_refused=False):
    """Make drafts of events after a calendar, and change those that came from it before; returns a Report.

    An entry is known by its UID. Facts that a hand has changed here since stay, the others follow the calendar. A refused
    entry keeps everything from being written, unless `skip_refused`. A dry run reports the same and writes nothing.
    """
    plans, names = [], {}
    known = Known(region)
    for reading in readings_of(content, region.zone):
        plan = Plan(reading)
        plans.append(plan)
        if not reading.is_right:
            plan.reasons = [f"{each.field}: {each.message}" if each.field else each.message for each in reading.problems]
        elif reading.uid in names:
            plan.decide(DUPLICATE, _("the same UID as in entry %(number)s") % {"number": names[reading.uid]})
        else:
            names[reading.uid] = reading.number
            decide(plan, known)
    write_all(plans, (region, source, by), dry_run=dry_run, skip_refused=skip_refused)
    return report_of(plans)


def write_all(plans, where, *, dry_run, skip_refused):
    """All or nothing. Changes are tried out in a dry run, too: a verb may refuse them, which nobody knows beforehand."""
    with transaction.atomic():
        for plan in plans:
            if plan.outcome == CHANGED or (plan.outcome == NEW and not dry_run):
                attempt(plan, where)
        refused = any(plan.outcome == REFUSED for plan in plans)
        if dry_run or (refused and not skip_refused):
            transaction.set_rollback(True)


def attempt(plan, where):
    try:
        with transaction.atomic():
            write(plan, *where)
    except ValidationError as error:
        plan.outcome, plan.reasons = REFUSED, error.messages


class Known:
    """The events that are here already, by the names that calendars give them."""

    def __init__(self, region):
        self.region = region
        events = Event.objects.select_related("region", "space", "booking").prefetch_related("tags")
        self.events = {uid_of(event): event for event in events.filter(region=region)}
        self.elsewhere = set(Event.objects.exclude(region=region).exclude(source_uid="").values_list("source_uid", flat=True))


def decide(plan, known):
    reading = plan.reading
    event = known.events.get(reading.uid)
    if event is None and reading.uid in known.elsewhere:
        reading.refuse("UID", _("belongs to another region here"))
        plan.reasons = [each.message for each in reading.problems]
    elif event is None and reading.is_cancelled:
        plan.decide(UNCHANGED, _("cancelled there, and not known here"))
    elif event is None:
        plan.decide(NEW)
    elif not event.source_uid:
        plan.decide(UNCHANGED, _("is kept here"), event=event)
    elif reading.is_cancelled:
        plan_cancelled(plan, event)
    else:
        plan_change(plan, event)


def plan_cancelled(plan, event):
    if event.may(Event.Verb.CANCEL):
        plan.changes = {"status": "cancelled"}
        plan.decide(CHANGED, _("cancelled there: people are told"), event=event)
    else:
        plan.decide(UNCHANGED, _("cancelled there"), event=event)


def plan_change(plan, event):
    """Facts that a hand has changed since stay."""
    present, before, wanted = facts_of(event), event.source_facts, plain(plan.reading.facts)
    differing = [name for name in FACTS if present[name] != wanted[name]]
    by_hand = [name for name in differing if name in before and present[name] != before[name]]
    plan.changes = {name: wanted[name] for name in differing if name not in by_hand and before.get(name) != wanted[name]}
    kept = _("kept, edited by hand: %(fields)s") % {"fields": ", ".join(by_hand)} if by_hand else ""
    if plan.changes:
        plan.decide(CHANGED, ", ".join(plan.changes), kept, event=event)
    else:
        plan.decide(UNCHANGED, kept, event=event)


def facts_of(event):
    """What an event says, as calendars are compared with it. Its description is that of its page, as it came."""
    return {
        **plain({name: getattr(event, name) for name in FACTS if name not in ("tags", "description")}),
        "tags": sorted(event.tags.names()),
        "description": event.source_facts.get("description", ""),
    }


def plain(facts):
    return {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in facts.items()}


def write(plan, region, source, by):
    facts = plan.reading.facts
    if plan.outcome == NEW:
        event = Event(region=region, source=source, source_uid=plan.reading.uid, planned_by=by, languages=[region.language])
        event.kind = "meetup" if facts["address"] else "online"
        fill(event, facts, FACTS)
        event.source_facts = plain(facts)
        event.save()
        event.tags.set(facts["tags"])
        event.make_face(by=by, **words_of(facts))
        event.write_down(Event.Verb.PLAN, by, source)
        plan.event = event
        return
    event = plan.event
    if "status" in plan.changes:
        event.cancel(by, _("Cancelled in the calendar it comes from."))
    else:
        change(event, plan, by)


def change(event, plan, by):
    """Of an event that people were told of, another time is a step that tells them."""
    facts, names = plan.reading.facts, set(plan.changes)
    if names & MOVED and event.may(Event.Verb.RESCHEDULE):
        zone = facts["timezone"]
        if zone != event.timezone:
            event.change(timezone=zone)
        if moment_of(facts["starts_wall"], event.zone) != event.starts_at or "ends_wall" in names:
            event.reschedule(facts["starts_wall"], facts["ends_wall"], by)
        names -= MOVED
    before = facts_of(event)
    fill(event, facts, names)
    event.source_facts = event.source_facts | plain(facts)
    event.save()
    if "tags" in names:
        event.tags.set(facts["tags"])
    if "description" in names:
        redraft(event, facts)
    event.log_facts(by, {name: [before[name], plan.changes[name]] for name in names})


def fill(event, facts, names):
    for name in set(names) - {"tags", "description"}:
        setattr(event, name, facts[name])
    event.follow_clock()


def words_of(facts):
    body = [{"type": "paragraph", "value": linebreaks(facts["description"], autoescape=True)}] if facts["description"] else []
    summary = Truncator(" ".join(facts["description"].split())).chars(300)
    return {"summary": summary, "body": json.dumps(body)}


def redraft(event, facts):
    """The new words are a draft of the page: somebody looks at them."""
    page = EventPage.objects.filter(event=event, locale__language_code=event.region.language).first()
    if page:
        draft = page.get_latest_revision_as_object()
        for name, value in words_of(facts).items():
            setattr(draft, name, value)
        draft.save_revision()


def report_of(plans):
    report = Report(outcomes=OUTCOMES)
    for plan in plans:
        about = plan.event.pk if plan.event else None
        report.add(plan.reading.number, plan.reading.label, plan.outcome, *plan.reasons, about=about)
    return report
