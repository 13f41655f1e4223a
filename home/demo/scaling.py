"""Multiplies the demo for measuring: regions with their spaces, events and stories, in bulk.

Pages are written as rows, past Wagtail's verbs: no revisions, no search index, no history. Nobody runs a portal on this.
"""

import uuid
from collections import defaultdict

from django.db import connection, transaction
from wagtail.models import Page

from regions.models import Region, RegionIndexPage, RegionPage
from spaces.models import Pin, Space, SpacePage
from stories.models import Event, EventPage, StoryPage

BATCH = 2000
UNTOUCHED = 7  # regions of the demo itself


@transaction.atomic
def multiply(times, say=lambda words: None):
    """Make `times` - 1 copies of every region of the demo, with everything that belongs to it."""
    originals = list(Region.objects.open().order_by("pk")[:UNTOUCHED])
    for region in originals:
        say(f"{region.name}: {times - 1} copies")
        multiply_region(region, times - 1)
    for index in RegionIndexPage.objects.all():
        Page.objects.filter(pk=index.pk).update(numchild=index.get_children().count())
    Pin.objects.rebuild()


def multiply_region(region, count):
    start = Region.objects.filter(slug__startswith=f"{region.slug}-x").count()
    copies = [copy_record(region, start + number, collection_id=None) for number in range(1, count + 1)]
    for number, copy in enumerate(copies):
        copy.latitude = max(-60, min(70, copy.latitude + (number % 21 - 10)))
        copy.longitude = max(-175, min(175, copy.longitude + (number // 21 % 21 - 10)))
    copies = Region.objects.bulk_create(copies, BATCH)
    pages = copy_region_pages(region, copies)
    spaces = copy_records(Space, region, copies)
    events = copy_records(Event, region, copies, {space.pk: copied for space, copied in spaces.items()})
    children = defaultdict(list)
    for model, made, field in ((SpacePage, spaces, "space"), (EventPage, events, "event")):
        for original, copied in made.items():
            for page in original.pages.all():
                for number, record in enumerate(copied):
                    children[model].append(child_page(page, pages[number].get(page.locale_id), record, field))
    for page in StoryPage.objects.filter(region=region):
        for number, copy in enumerate(copies):
            children[StoryPage].append(child_page(page, pages[number].get(page.locale_id), copy, "region"))
    write_children(children)


def copy_record(record, number, **changes):
    """The same facts under another key and address."""
    copy = type(record)(**{f.attname: getattr(record, f.attname) for f in record._meta.concrete_fields if not f.primary_key})
    copy.key, copy.slug = uuid.uuid4(), f"{record.slug[:70]}-x{number}"
    for name, value in changes.items():
        setattr(copy, name, value)
    return copy


def copy_records(model, region, copies, spaces=None):
    """Each record of the region, copied once for each copy of the region: {original: [copies]}."""
    made = {}
    for original in model.objects.filter(region=region):
        numbered = []
        for number, copy in enumerate(copies):
            changes = {"region_id": copy.pk}
            if spaces and original.space_id:
                changes["space_id"] = spaces[original.space_id][number].pk
            numbered.append(copy_record(original, copy.slug.rpartition("-x")[2], **changes))
        made[original] = model.objects.bulk_create(numbered, BATCH)
    return made


def copy_region_pages(region, copies):
    """The pages of the copied regions, in each language of the original: a list of {locale: page}."""
    pages = [{} for _copy in copies]
    for original in region.pages.all():
        index = original.get_parent()
        step = Page._str2int(index.get_last_child().path[-Page.steplen :])
        made = []
        for number, copy in enumerate(copies):
            page = copy_page(original, index, step + number + 1, copy.slug, copy.key)
            page.region_id, page.title = copy.pk, f"{original.title} {copy.slug.rpartition('-x')[2]}"
            page.numchild = 0
            made.append(page)
            pages[number][original.locale_id] = page
        write_pages(RegionPage, made)
    return pages


def copy_page(original, parent, step, slug, key):
    copy = type(original)(**{f.attname: getattr(original, f.attname) for f in original._meta.concrete_fields})
    copy.pk = copy.id = None
    copy.page_ptr_id = None
    copy.path, copy.depth = Page._get_path(parent.path, parent.depth + 1, step), parent.depth + 1
    copy.slug, copy.translation_key = slug, key
    copy.url_path = f"{parent.url_path}{slug}/"
    copy.latest_revision_id = copy.live_revision_id = None
    return copy


def child_page(original, parent, record, field):
    """A page below a copied region's; None where the region has no page in this language."""
    if parent is None:
        return None
    parent.numchild += 1
    number = record.slug.rpartition("-x")[2]
    slug = record.slug if field != "region" else f"{original.slug}-x{number}"
    key = record.key if field != "region" else uuid.uuid5(record.key, str(original.translation_key))
    copy = copy_page(original, parent, parent.numchild, slug, key)
    setattr(copy, f"{field}_id", record.pk)
    return copy


def write_children(children):
    parents = []
    for model, pages in children.items():
        write_pages(model, [page for page in pages if page])
    for page in RegionPage.objects.filter(numchild=0, region__slug__contains="-x").only("pk", "path", "depth"):
        page.numchild = Page.objects.filter(path__startswith=page.path, depth=page.depth + 1).count()
        parents.append(Page(pk=page.pk, numchild=page.numchild))
    Page.objects.bulk_update(parents, ["numchild"], BATCH)


def write_pages(model, pages):
    """The rows of both tables of a page type, in bulk: Django itself refuses to for inherited tables."""
    for begin in range(0, len(pages), BATCH):
        part = pages[begin : begin + BATCH]
        rows = [
            Page(**{f.attname: getattr(page, f.attname) for f in Page._meta.concrete_fields if f.attname != "id"})
            for page in part
        ]
        for page, row in zip(part, Page.objects.bulk_create(rows), strict=True):
            page.page_ptr_id = page.id = row.pk
        insert_own_rows(model, part)


def insert_own_rows(model, pages):
    fields = model._meta.local_concrete_fields
    quote = connection.ops.quote_name
    columns, places = ", ".join(quote(f.column) for f in fields), ", ".join(["%s"] * len(fields))
    values = [[f.get_db_prep_save(getattr(page, f.attname), connection) for f in fields] for page in pages]
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({places})", values)  # noqa: S608
