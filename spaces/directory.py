"""The directory of spaces for one reader: what the filters leave, as a list, as marks on a map, as rows of a file.

Everything that shows the directory asks here, so that list, map and files always tell of the same spaces.
"""

from itertools import combinations, islice
from types import SimpleNamespace

from django.db.models import Count, Max, Min, Q
from django.utils.functional import cached_property
from django.utils.translation import get_language

from portal.faces import Addresses
from portal.geo import Box
from regions.models import Region

from .clusters import MOST_IN_A_POPUP, marks_of
from .filters import SpaceFilters
from .grid import fitting_zoom
from .models import Pin, Space, Square
from .models.pins import squares_among
from .prices import cost_class, cost_words

WORLD = Box(-180, -85, 180, 85)
FIRST_ZOOM = 2  # at which the whole world stands in one chart
CLOSEST = 14  # how near the map goes by itself
MOST_NEAR_MISSES = 3
MOST_DROPPED = 3  # filters at once
MOST_TRIED = 20  # questions to the database for each number of filters
SAID_BY_A_PAGE = ("title", "url_path", "locale__language_code")
FREE_FIRST = ("free", "donation", "paid")
TOLD_BY_A_MARK = ("slug", "name", "city", "cost", "price", "currency")
HALF_THE_EARTH = 20_050  # kilometres: nothing is farther away


def directory(data, language=None, request=None):
    """The directory for the filters in an address. With the request, its addresses are made quicker."""
    language = language or get_language()
    regions = Region.objects.open().shown_in(language) if "region" in data or "country" in data else Region.objects.none()
    return Directory(SpaceFilters(data, Space.objects.on_map(), regions), language, request)


class Directory:
    """What the filters leave of the directory."""

    def __init__(self, filters, language, request=None):
        self.filters, self.language, self.request = filters, language, request

    @property
    def found(self):
        return self.filters.qs

    @cached_property
    def counts(self):
        """How many spaces, and how many of them free."""
        return self.found.order_by().aggregate(count=Count("pk"), free=Count("pk", filter=Q(cost="free")))

    @property
    def is_counted_ahead(self):
        """Whether the sums of squares tell it all: nothing is filtered, or only by cost."""
        return not set(self.filters.in_force) - {"cost"}

    @cached_property
    def bounds(self):
        """The smallest box around all of it, the whole world when nothing is filtered, None when nothing is found."""
        if not self.filters.in_force:
            return WORLD
        ends = {"west": Min("longitude"), "south": Min("latitude"), "east": Max("longitude"), "north": Max("latitude")}
        box = Box(**self.found.order_by().aggregate(**ends))
        return None if box.west is None else box

    def marks(self, box, zoom):
        """The marks of a box at a zoom: three queries at the most, however many spaces there are."""
        zoom = fitting_zoom(box, zoom)
        marks = marks_of(self.rows(box, zoom), zoom)
        self.name_spaces([mark for mark in marks if mark.point is not None and mark.sums.count <= MOST_IN_A_POPUP])
        return marks

    def rows(self, box, zoom):
        if not self.is_counted_ahead:
            return squares_among(self.found, box, zoom)
        squares = Square.objects.in_box(box, zoom)
        cost = self.filters.in_force.get("cost")
        return squares.filter(cost=cost).rows() if cost else squares.rows()

    def name_spaces(self, marks):
        """Give marks at one place the spaces that are there, free ones first."""
        places = {mark.point: mark for mark in marks}
        if not places:
            return
        pins = Pin.objects.filter(point__in=places)
        if self.is_counted_ahead:  # then pins tell who is public; asked again, SQLite walks through all listed spaces
            pins = pins.filter(is_dormant=False, **self.filters.in_force)
        standing = dict(pins.values_list("pk", "point"))
        pages = Space.face_model().objects.filter(space__in=standing, live=True, alias_of=None)
        if not self.is_counted_ahead:
            pages = pages.filter(space__in=self.found.filter(pk__in=standing).values("pk"))
        addresses = Addresses(self.request)
        for space in named(pages, self.language):
            places[standing[space.pk]].spaces.append(in_short(space, addresses))

    @cached_property
    def near_misses(self):
        """For an empty list: which filters to drop, and how many spaces that would show, the fewest first.

        One filter, if that helps; else two of them, else three.
        """
        names = [name for name in self.filters.in_force if name != "dormant"]
        for size in range(1, MOST_DROPPED + 1):
            dropped = islice(combinations(names, size), MOST_TRIED)
            counted = [(count, each) for each in dropped if (count := self.without(*each).found.count())]
            if counted:
                return sorted(counted)[:MOST_NEAR_MISSES]
        return []

    @cached_property
    def nearest(self):
        """For an empty list near a place: what fits everything else, however far it is."""
        place = self.filters.place
        if not place:
            return []
        rest = self.without("near").found.near(place.latitude, place.longitude, HALF_THE_EARTH)
        return rest.order_by("kilometres", "pk").with_face(self.language).select_related("region")[:MOST_NEAR_MISSES]

    def without(self, *names):
        data = self.filters.data.copy()
        for name in names:
            data.pop(name, None)
        return Directory(type(self.filters)(data, self.filters.queryset, self.filters.regions), self.language)


def named(pages, language):
    """Each space of these pages with the `face` that suits a reader best, free ones first.

    The same as `free_first().with_face(language)`, whose query a map with a hundred names takes longer to write than to ask.
    """
    found = {}
    facts = ("region__language", "confirmed_at", *TOLD_BY_A_MARK)
    asked = (*SAID_BY_A_PAGE, *(f"space__{name}" for name in facts))
    for pk, title, url_path, spoken, first, *told in pages.order_by("locale_id").values_list("space_id", *asked):
        rank = 0 if spoken == language else 1 if spoken == first else 2
        if pk not in found or rank < found[pk][0]:
            face = {"title": title, "url_path": url_path, "language": spoken}
            found[pk] = rank, SimpleNamespace(pk=pk, face=face, **dict(zip(facts[1:], told, strict=True)))
    return sorted((space for _rank, space in found.values()), key=free_first)


def free_first(space):
    """As the query set's `free_first` orders them."""
    lately = -space.confirmed_at.timestamp() if space.confirmed_at else 0
    return FREE_FIRST.index(cost_class(space.cost)), lately, space.name, space.pk


def in_short(space, addresses):
    """What a mark tells of a space, of which these few facts are enough."""
    face = space.face
    told = {"id": space.slug, "name": face["title"], "url": addresses.of(face["url_path"]), "city": space.city}
    return {**told, "language": face["language"], "cost": cost_class(space.cost), "price": cost_words(space)}
