"""Pictures for lists: one query for the small versions of all of them, however long the list is."""

from .models import Picture, Rendition

CARD = "fill-640x360|format-webp"
PORTRAIT = "fill-160x160|format-webp"


def renditions(image_ids, spec):
    """The small versions of pictures, by the picture's id. Those not made yet are made now."""
    wanted = {pk for pk in image_ids if pk}
    if not wanted:
        return {}
    found = {each.image_id: each for each in Rendition.objects.filter(image_id__in=wanted, filter_spec=spec)}
    for picture in Picture.objects.filter(pk__in=wanted - set(found)) if len(found) < len(wanted) else ():
        found[picture.pk] = picture.get_rendition(spec)
    return found


def attach_pictures(records, spec):
    """Give each record of a list the small `picture` of its face (or None)."""
    records = list(records)
    found = renditions((record.face["image_id"] for record in records if record.face), spec)
    for record in records:
        record.picture = found.get(record.face["image_id"]) if record.face else None
    return records


def attach_card_pictures(pages):
    """Give each page of a list its small `picture` (or None)."""
    pages = list(pages)
    found = renditions((page.image_id for page in pages), CARD)
    for page in pages:
        page.picture = found.get(page.image_id)
    return pages
