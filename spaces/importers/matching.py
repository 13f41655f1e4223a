"""Whether a row is a space that is here already: by where it comes from, by our own key, or by likeness."""

import uuid

from django.db.models import Q

from spaces.duplicates import Neighbourhood
from spaces.models import Space

LONGEST_ID = 200
CHUNK = 500


def source_id_of(reading):
    """The row's own id; without one, its name and place stand for it."""
    own = reading.text("source_id")
    facts = reading.facts
    return (own or f"{facts['name'].casefold()}|{facts['latitude']:.4f}|{facts['longitude']:.4f}")[:LONGEST_ID]


class KnownSpaces:
    """All spaces that rows may turn out to be, in a few queries. Those of this source are locked meanwhile."""

    def __init__(self, source, readings, regions=None):
        visible = Space.objects.all() if regions is None else Space.objects.filter(Q(region__in=regions) | Q(status="listed"))
        imported = Space.objects.filter(source=source).select_related("region").prefetch_related("tags")
        self.by_id = {space.source_id: space for space in imported.select_for_update(of=("self",))}
        self.neighbourhood, keys, slugs = Neighbourhood(), {}, {}
        for space in visible.only("pk", "key", "slug", "name", "latitude", "longitude"):
            self.neighbourhood.add(space.name, space.latitude, space.longitude, space)
            keys[space.key], slugs[space.slug] = space.pk, space.pk
        self.named = {id(each): self.named_in(each, keys, slugs) for each in readings}
        self.own = spaces_by_pk({pk for pk, _is_sure in self.named.values() if pk})

    @staticmethod
    def named_in(reading, keys, slugs):
        """A file that this portal made names its spaces by their key (that is sure) or by the address of their page."""
        own = reading.text("source_id")
        sure = keys.get(as_key(own))
        return (sure, True) if sure else (slugs.get(reading.text("slug")) or slugs.get(own), False)

    def find(self, reading):
        """(space, whether it came from this source): None when it is not known by any key."""
        space = self.by_id.get(source_id_of(reading))
        if space:
            return space, True
        pk, is_sure = self.named[id(reading)]
        if pk and (is_sure or pk in {getattr(like.thing, "pk", None) for like in self.alike(reading)}):
            return self.own[pk], False
        return None, False

    def alike(self, reading):
        facts = reading.facts
        return self.neighbourhood.likely(facts["name"], facts["latitude"], facts["longitude"])

    def remember(self, reading):
        """Two rows of one file may be the same place, too."""
        facts = reading.facts
        self.neighbourhood.add(facts["name"], facts["latitude"], facts["longitude"], reading)


def spaces_by_pk(pks):
    found, pks = {}, sorted(pks)
    for start in range(0, len(pks), CHUNK):
        some = Space.objects.filter(pk__in=pks[start : start + CHUNK])
        found |= {space.pk: space for space in some.select_related("region").prefetch_related("tags")}
    return found


def as_key(text):
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
