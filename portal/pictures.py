"""Pictures for lists: fetched with their renditions in two queries, however long the list is."""

from .models import Picture

CARD = "fill-640x360|format-webp"
PORTRAIT = "fill-160x160|format-webp"


def attach_pictures(records, rendition):
    """Give each record of a list the `picture` of its face (or None)."""
    records = list(records)
    wanted = {record.face["image_id"] for record in records if record.face and record.face["image_id"]}
    pictures = Picture.objects.prefetch_renditions(rendition).in_bulk(wanted) if wanted else {}
    for record in records:
        record.picture = pictures.get(record.face["image_id"]) if record.face else None
    return records


def card_pictures():
    """The pictures of a list of pages, for `prefetch_related(Prefetch("image", card_pictures()))`."""
    return Picture.objects.prefetch_renditions(CARD)
