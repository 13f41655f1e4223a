"""Spaces that may be the same place: people, hosts and files describe one room in several ways."""

from typing import NamedTuple

from rapidfuzz import fuzz, utils

from portal.geo import box_around, distance

from .models import Space
from .near import within

NEXT_DOOR = 0.2  # kilometres
SAME_TOWN = 30  # kilometres: farther away, a similar name is another place
SIMILAR = 85  # of 100, see rapidfuzz's token_set_ratio


class Likeness(NamedTuple):
    """A space that may be the one described: how alike the names are (0 to 100), how far apart they lie (kilometres)."""

    space: Space
    similarity: float
    kilometres: float

    @property
    def is_next_door(self):
        return self.kilometres < NEXT_DOOR

    @property
    def has_similar_name(self):
        return self.similarity >= SIMILAR


def likely_duplicates(name, latitude, longitude, spaces=None):
    """The spaces that may be this one, the likeliest first: less than 200 m away, or of a similar name in the same town."""
    spaces = Space.objects.all() if spaces is None else spaces
    near = spaces.filter(within(box_around(latitude, longitude, SAME_TOWN)))
    compared = [
        Likeness(
            space,
            fuzz.token_set_ratio(name, space.name, processor=utils.default_process),
            distance(latitude, longitude, space.latitude, space.longitude),
        )
        for space in near
    ]
    alike = [each for each in compared if each.is_next_door or (each.has_similar_name and each.kilometres <= SAME_TOWN)]
    return sorted(alike, key=lambda each: (-(each.is_next_door + each.has_similar_name), each.kilometres))
