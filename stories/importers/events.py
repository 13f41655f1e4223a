"""Events out of calendars: every entry is read and compared; then all of it is written, or nothing."""

import json
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.html import linebreaks
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from portal.imports import CHANGED, DUPLICATE, NEW, REFUSED, UNCHANGED, Report
from portal.spelling import plain as plain_name
from portal.walltimes import moment_of
from spaces.models import Space
from stories.calendars import place_in_words, uid_of
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
        self.space = None  # of the directory

    def decide(self, outcome, *reasons, event=None):
        self.outcome, self.event = outcome, event
        self.reasons = [*filter(None, reasons), *self.reading.notes]
        return self


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
        events = Event.objects.select_related("region", "space", "booking").prefetch_related("tags")
        self.events = {uid_of(event): event for event in events.filter(region=region)}
        others = Event.objects.exclude(region=region).only("key", "source_uid")
        self.elsewhere = {uid_of(event) for event in others.iterator()}
        self.spaces = {plain_name(space.name): space for space in Space.objects.listed().filter(region=region)}

    def space_in(self, address):
        """The space of the directory that is meant: an address that is its name, or begins with it."""
        return self.spaces.get(plain_name(address)) or self.spaces.get(plain_name(address.partition(",")[0]))


def decide(plan, known):
    reading = plan.reading
    event = known.events.get(reading.uid)
    if event is None and reading.uid in known.elsewhere:
        reading.refuse("UID", _("belongs to another region here"))
        plan.reasons = [each.message for each in reading.problems]
    elif event is None and reading.is_over:
        plan.decide(UNCHANGED, _("it is over"))
    elif event is None and reading.is_cancelled:
        plan.decide(UNCHANGED, _("cancelled there, and not known here"))
    elif event is None:
        plan.space = known.space_in(reading.facts["address"])
        plan.decide(NEW, _("in %(space)s") % {"space": plan.space} if plan.space else "")
    elif not event.source_uid:
        plan.decide(UNCHANGED, _("is kept here"), event=event)
    elif reading.is_cancelled:
        plan_cancelled(plan, event)
    else:
        plan_change(plan, event, known)


def plan_cancelled(plan, event):
    if event.may(Event.Verb.CANCEL):
        plan.changes = {"status": "cancelled"}
        plan.decide(CHANGED, _("cancelled there: people are told"), event=event)
    elif event.status == Event.Status.DRAFT:
        plan.changes = {"status": "cancelled"}
        plan.decide(CHANGED, _("cancelled there: the draft is thrown away"), event=event)
    else:
        plan.decide(UNCHANGED, _("cancelled there"), event=event)


def plan_change(plan, event, known):
    """Facts that a hand has changed since stay."""
    present, before, wanted = facts_of(event), event.source_facts, plain(plan.reading.facts)
    if event.space and known.space_in(wanted["address"]) == event.space:  # the same, in other words
        wanted["address"] = present["address"]
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
        "address": place_in_words(event) if event.space else event.address,
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
        if plan.space:
            event.space, event.address = plan.space, ""
        event.source_facts = plain(facts) | ({"address": place_in_words(event)} if plan.space else {})
        event.save()
        event.tags.set(facts["tags"])
        event.make_face(by=by, **words_of(facts))
        event.write_down(Event.Verb.PLAN, by, source)
        plan.event = event
        return
    event = plan.event
    event.lock()
    if "status" not in plan.changes:
        change(event, plan, by)
    elif event.status == Event.Status.DRAFT:
        event.discard(by)
        plan.event = None
    else:
        event.cancel(by, _("Cancelled in the calendar it comes from."))


def change(event, plan, by):
    """Of an event that people were told of, another time or place is a step that tells them; what is over stays."""
    facts, names = plan.reading.facts, set(plan.changes)
    before, said = facts_of(event), {name: plain(facts)[name] for name in names}
    if event.status != Event.Status.DRAFT:
        names = tell_changes(event, facts, names, by)
    if names & MOVED:
        event.set_times(facts["starts_wall"], facts["ends_wall"], facts["timezone"])
    fill(event, facts, names - MOVED)
    if "address" in names:
        event.space = None
    event.source_facts = event.source_facts | said
    kept = [name for name in names if name not in ("tags", "description")]
    event.change(**{name: getattr(event, name) for name in (*kept, "starts_at", "ends_at", "space", "source_facts")})
    if "tags" in names:
        event.tags.set(facts["tags"])
    if names & {"description", "name"}:
        redraft(event, facts, names)
    event.log_facts(by, {name: [before[name], value] for name, value in said.items()})


def tell_changes(event, facts, names, by):
    """Does what has a verb; returns the names of what is left to be written."""
    zone = ZoneInfo(facts["timezone"])
    moments = moment_of(facts["starts_wall"], zone), moment_of(facts["ends_wall"], zone)
    if names & MOVED and moments != (event.starts_at, event.ends_at) and event.may(Event.Verb.RESCHEDULE):
        event.reschedule(facts["starts_wall"], facts["ends_wall"], by, zone=facts["timezone"])
    if "address" in names and facts["address"] and event.may(Event.Verb.RELOCATE):
        event.relocate(address=facts["address"], by=by)
    elif "address" in names and facts["online_url"] and event.may(Event.Verb.GO_ONLINE):
        event.go_online(facts["online_url"], by)
    return names - MOVED - {"address"}


def fill(event, facts, names):
    for name in set(names) - {"tags", "description"}:
        setattr(event, name, facts[name])
    event.follow_clock()


def words_of(facts):
    body = [{"type": "paragraph", "value": linebreaks(facts["description"], autoescape=True)}] if facts["description"] else []
    summary = Truncator(" ".join(facts["description"].split())).chars(300)
    return {"summary": summary, "body": json.dumps(body)}


def redraft(event, facts, names):
    """The new words are a draft of the page: somebody looks at them."""
    page = EventPage.objects.filter(event=event, locale__language_code=event.region.language).first()
    if page:
        draft = page.get_latest_revision_as_object()
        words = words_of(facts) if "description" in names else {}
        for name, value in (words | ({"title": facts["name"]} if "name" in names else {})).items():
            setattr(draft, name, value)
        draft.save_revision()


def report_of(plans):
    report = Report(outcomes=OUTCOMES)
    for plan in plans:
        about = plan.event.pk if plan.event else None
        report.add(plan.reading.number, plan.reading.label, plan.outcome, *plan.reasons, about=about)
    return report
