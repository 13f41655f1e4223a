"""Erasing for good what Wagtail would keep: old versions of a page, its strings for translators, names in the log."""

from django.db.models import Q
from wagtail.models import PageLogEntry, ReferenceIndex
from wagtail_localize.models import String, StringSegment, cleanup_translation_on_delete

from .models import Picture


def delete_for_good(pages, name):
    """Delete these pages, in all their languages, with everything that was written in them.

    Their pictures go too when nothing else shows them. In the log, `name` stands where their titles were.
    """
    pages = list(pages)
    pictures, strings = pictures_of(pages), strings_of(pages)
    for page in pages:
        page.delete()
        cleanup_translation_on_delete(page)  # elsewhere the strings of a deleted page stay, for whoever makes it again
    # Strings that nobody ever translated are of no use as a memory, and may be earlier versions of ours.
    String.objects.filter(Q(pk__in=strings) | Q(translations=None), segments=None).delete()
    for picture in Picture.objects.filter(pk__in=pictures):
        if not ReferenceIndex.get_references_to(picture).exists():
            picture.delete()
    unname(PageLogEntry.objects.filter(page__in=[page.pk for page in pages]), name)


def pictures_of(pages):
    found = {pk for page in pages for pk in (page.image_id, page.share_image_id) if pk}
    for page in pages:
        shown = ReferenceIndex.get_references_for_object(page).filter(to_content_type__model=Picture._meta.model_name)
        found.update(int(pk) for pk in shown.values_list("to_object_id", flat=True))
    return found


def strings_of(pages):
    keys = {page.translation_key for page in pages}
    return list(StringSegment.objects.filter(source__object__in=keys).values_list("string", flat=True))


def unname(entries, name):
    """In these entries of the log, forget what the thing was called. Who did what, and when, stays."""
    entries.update(label=name, data={})
