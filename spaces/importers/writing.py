"""What was decided is written, a few hundred rows at a time, with a line in the log for each space."""

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from django.utils.text import slugify
from taggit.models import Tag, TaggedItem
from wagtail.models import ModelLogEntry, Page

from portal.imports import CHANGED, NEW, UNCHANGED
from spaces.models import Space

from .cleaning import FACTS
from .facts import plain_facts, wanted_facts
from .matching import source_id_of

AT_ONCE = 500
LONGEST_SLUG = 70


def write(plans, source, by=None):
    now = timezone.now()
    made = [plan for plan in plans if plan.outcome == NEW]
    changed = [plan for plan in plans if plan.outcome == CHANGED]
    same = [plan for plan in plans if plan.outcome == UNCHANGED and plan.space and plan.space.source == source]
    logged = make_spaces(made, source, now) + change_spaces(changed, now)
    keep_source_facts(same)
    write_tags([plan for plan in made + changed if "tags" in plan.reading.facts])
    content_type = ContentType.objects.get_for_model(Space)
    entries = [
        ModelLogEntry(
            content_type=content_type,
            label=str(space),
            action=action,
            timestamp=now,
            user=by,
            object_id=str(space.pk),
            data=data,
        )
        for space, action, data in logged
    ]
    ModelLogEntry.objects.bulk_create(entries, AT_ONCE)


def make_spaces(plans, source, now):
    if not plans:
        return []
    slugs = Slugs()
    for plan in plans:
        reading = plan.reading
        facts = {field: reading.facts[field] for field in FACTS if field in reading.facts}
        plan.space = Space(
            region=plan.region,
            status=Space.Status.IMPORTED,
            source=source,
            source_id=source_id_of(reading),
            source_url=web_address(reading.text("source_url")),
            imported_at=now,
            slug=slugs.free_for(reading.facts["name"]),
            **facts,
        )
        plan.space.source_facts = plain_facts(plan.space) | wanted_facts(reading)
    Space.objects.bulk_create([plan.space for plan in plans], AT_ONCE)
    return [(plan.space, "portal.imported", {"source": source}) for plan in plans]


def change_spaces(plans, now):
    logged = []
    for plan in plans:
        space, before = plan.space, {}
        for field in plan.changes.keys() - {"tags"}:
            before[field] = getattr(space, field)
            setattr(space, field, plan.reading.facts[field])
        changes = {field: [as_log(before.get(field)), as_log(value)] for field, value in plan.changes.items()}
        space.source_facts = space.source_facts | wanted_facts(plan.reading)
        space.imported_at = space.updated_at = now
        logged.append((space, "portal.facts_changed", {"changes": changes}))
    hidden = [plan.space for plan in plans if plan.space.status == Space.Status.IMPORTED]
    if hidden:
        Space.objects.bulk_update(hidden, [*FACTS, "source_facts", "imported_at", "updated_at"], AT_ONCE)
    for plan in plans:
        if plan.space.status != Space.Status.IMPORTED:
            plan.space.save()  # what is public is indexed again, and found elsewhere on the map
    return logged


def keep_source_facts(plans):
    """What the source said last, also where a hand said something else meanwhile."""
    stale = [plan for plan in plans if plan.space.source_facts | wanted_facts(plan.reading) != plan.space.source_facts]
    for plan in stale:
        plan.space.source_facts = plan.space.source_facts | wanted_facts(plan.reading)
    if stale:
        Space.objects.bulk_update([plan.space for plan in stale], ["source_facts"], AT_ONCE)


def write_tags(plans):
    """All tags at once: taggit would ask for each of them."""
    wanted = {plan.space.pk: set(plan.reading.facts["tags"]) for plan in plans if plan.outcome == NEW or "tags" in plan.changes}
    if not wanted:
        return
    known = {tag.name.lower(): tag for tag in Tag.objects.all()}
    for name in sorted(set().union(*wanted.values()) - set(known)):
        known[name] = Tag.objects.create(name=name)
    content_type = ContentType.objects.get_for_model(Space)
    changed = [plan.space.pk for plan in plans if plan.outcome == CHANGED]
    TaggedItem.objects.filter(content_type=content_type, object_id__in=changed).delete()
    items = [
        TaggedItem(tag=known[name], content_type=content_type, object_id=pk) for pk, names in wanted.items() for name in names
    ]
    TaggedItem.objects.bulk_create(items, AT_ONCE)


def web_address(text):
    return text[:500] if text.startswith(("http://", "https://")) else ""


def as_log(value):
    return value if isinstance(value, str | int | float | list | None) else str(value)


class Slugs:
    """Addresses that no space and no page has, without asking for each."""

    def __init__(self):
        self.taken = set(Space.objects.values_list("slug", flat=True)) | set(Page.objects.values_list("slug", flat=True))

    def free_for(self, name):
        wanted = slugify(name)[:LONGEST_SLUG].strip("-") or "space"
        slug, number = wanted, 1
        while slug in self.taken:
            number += 1
            slug = f"{wanted}-{number}"
        self.taken.add(slug)
        return slug
