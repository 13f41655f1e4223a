"""The directory of spaces for one reader: what the filters leave, as a list, as marks on a map, as rows of a file.

Everything that shows the directory asks here, so that list, map and files always tell of the same spaces.
"""

from itertools import combinations, islice
from types import SimpleNamespace

from django.db.models import Count, Max, Min, Q
from django.utils.functional import cached_property
from django.utils.translation import get_language

from portal.faces import link_to
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
        pins, found = Pin.objects.filter(point__in=places), self.found
        if self.is_counted_ahead:  # then pins tell who is public; asked again, SQLite walks through all listed spaces
            pins, found = pins.filter(is_dormant=False, **self.filters.in_force), Space.objects.free_first()
        standing = dict(pins.values_list("pk", "point"))
        here = found.filter(pk__in=standing).with_face(self.language)  # joined, PostgreSQL would read all pins and spaces
        for row in here.values("pk", *TOLD_BY_A_MARK, "face"):
            places[standing[row["pk"]]].spaces.append(in_short(SimpleNamespace(**row), self.request))

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


def in_short(space, request):
    """What a mark tells of a space, of which these few facts are enough."""
    link = link_to(space, request)
    told = {"id": space.slug, "name": link.title if link else space.name, "url": link.url if link else "", "city": space.city}
    return {**told, "language": link and link.language, "cost": cost_class(space.cost), "price": cost_words(space)}
