"""What stands on the public map, and how much of it in every square: kept up to date whenever a space or its page changes.

Counting a hundred thousand spaces takes too long for a map that moves. So each public space has a pin, and every square
of every zoom has its sums; a change adds to seventeen squares and takes away from seventeen others.
"""

from collections import defaultdict

from django.db import models, transaction
from django.db.models import Count, F, Prefetch, Q, Sum
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from portal.spelling import plain
from spaces.grid import LAST, Place, column_and_row, place_of, shift, spans, square_key, squares_of

from .pages import SpacePage
from .spaces import Space

BATCH = 2000
SUMS = ("count", "sum_x", "sum_y", "sum_marks")
NOTHING = (0,) * len(SUMS)
SHOWN = {"status", "cost", "latitude", "longitude", "name", "city", "address"}  # of a space, by its pin


class PinQuerySet(models.QuerySet):
    @transaction.atomic
    def follow(self, space_id):
        """Make, move or take away the pin of a space, as its facts and its pages say now, and count anew."""
        Space.objects.select_for_update().filter(pk=space_id).values_list("pk").first()
        before = self.filter(pk=space_id).first()
        now = next(pins_of(Space.objects.public().filter(pk=space_id)), None)
        if (now and now.counted) == (before and before.counted):
            if now and now.words != before.words:
                self.filter(pk=space_id).update(words=now.words)
            return
        if before:
            before.delete()
        if now:
            now.save(force_insert=True)
        Square.objects.add([(pin, sign) for pin, sign in ((before, -1), (now, 1)) if pin])

    @transaction.atomic
    def rebuild(self):
        """All pins and sums from what is there: after rows were written past the verbs."""
        self.all().delete()
        Square.objects.all().delete()
        pins = list(pins_of(Space.objects.public()))
        self.bulk_create(pins, BATCH)
        Square.objects.fill(pins)


def squares_among(spaces, box, zoom):
    """The same rows as `Square.objects.rows()`, counted now among some of the spaces: what a filter leaves."""
    digits, touched = shift(zoom), Q()
    for span in spans(box, zoom):
        columns, rows = (
            (low << digits, ((high + 1) << digits) - 1) for low, high in ((span.west, span.east), (span.north, span.south))
        )
        touched |= Q(pin__x__range=columns, pin__y__range=rows)
    square = {"column": F("pin__x").bitrightshift(digits), "row": F("pin__y").bitrightshift(digits)}
    sums = {"count": Count("pk"), "sum_x": Sum("pin__x"), "sum_y": Sum("pin__y"), "sum_marks": Sum("pin__mark")}
    found = spaces.filter(touched).order_by().annotate(**square).values("column", "row", "pin__cost").annotate(**sums)
    return found.values_list("column", "row", "pin__cost", *SUMS)


class Pin(models.Model):
    """A space that the public sees, as it stands on the map."""

    space = models.OneToOneField(Space, on_delete=models.CASCADE, primary_key=True, related_name="pin")
    x = models.IntegerField()
    y = models.IntegerField()
    point = models.BigIntegerField(db_index=True)  # both in one number, see `spaces.grid.Place`
    mark = models.BigIntegerField()
    cost = models.CharField(max_length=8)  # free, donation or paid
    is_dormant = models.BooleanField()  # found by a filter only, and counted nowhere
    words = models.TextField(default="")  # by which it is found, as `portal.spelling.plain` spells them

    objects = PinQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["x", "y"])]

    def __str__(self):
        return f"{self.cost} {self.x} {self.y}"

    @property
    def place(self):
        return Place(self.x, self.y)

    @property
    def counted(self):
        """All that the sums know of it."""
        return (self.point, self.cost, self.is_dormant)


class SquareQuerySet(models.QuerySet):
    def in_box(self, box, zoom):
        """The squares that a box touches, in a time that no number of spaces changes."""
        touched = Q()
        for span in spans(box, zoom):
            keys = square_key(zoom, span.west, 0), square_key(zoom, span.east, LAST)
            touched |= Q(square__range=keys, row__range=(span.north, span.south))
        return self.filter(touched)

    def rows(self):
        """As `spaces.clusters.marks_of` takes them."""
        for square, *sums in self.values_list("square", "cost", "count", "sum_x", "sum_y", "sum_marks"):
            yield *column_and_row(square), *sums

    def add(self, pins):
        """Count these pins in (1) or out (-1). Rows are locked in one order, so that nobody waits in a ring."""
        changes = sums_of(pins)
        if not changes:
            return
        self.bulk_create([Square.at(key) for key in sorted(changes)], ignore_conflicts=True)
        squares = {square for square, _cost in changes}
        rows = list(self.select_for_update().filter(square__in=squares).order_by("square", "cost"))
        for row in rows:
            for name, change in zip(SUMS, changes.get((row.square, row.cost), NOTHING), strict=True):
                setattr(row, name, getattr(row, name) + change)
        self.bulk_update(rows, SUMS)
        self.filter(square__in=squares, count=0).delete()

    def fill(self, pins):
        """All squares, of which there are none before."""
        sums = sums_of((pin, 1) for pin in pins)
        self.bulk_create([Square.at(key, **dict(zip(SUMS, sums[key], strict=True))) for key in sums], BATCH)


class Square(models.Model):
    """A square of the map at one zoom, and how many spaces of one cost are in it, with the sums that tell where."""

    square = models.BigIntegerField()  # see `spaces.grid.square_key`
    row = models.IntegerField()
    cost = models.CharField(max_length=8)
    count = models.IntegerField(default=0)
    sum_x = models.BigIntegerField(default=0)
    sum_y = models.BigIntegerField(default=0)
    sum_marks = models.BigIntegerField(default=0)

    objects = SquareQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["square", "cost"], name="one_row_for_each_cost_in_a_square")]

    def __str__(self):
        return f"{self.square}: {self.count} {self.cost}"

    @classmethod
    def at(cls, key, **sums):
        square, cost = key
        return cls(square=square, row=square & LAST, cost=cost, **sums)


def pins_of(spaces):
    titles = Prefetch("pages", SpacePage.objects.live().only("title", "space"), "titled")
    only = spaces.only("pk", "name", "city", "address", "latitude", "longitude", "cost", "status").prefetch_related(titles)
    return (pin_of(space, [page.title for page in space.titled]) for space in only.iterator(BATCH))


def pin_of(space, titles=()):
    """The pin of a space whose pages are called so."""
    place = place_of(space.latitude, space.longitude)
    dormant = space.status == Space.Status.DORMANT
    numbers = {"x": place.x, "y": place.y, "point": place.point, "mark": place.mark}
    words = plain(" ".join([space.name, space.city, space.address, *titles]))
    return Pin(space_id=space.pk, cost=space.cost_class, is_dormant=dormant, words=words, **numbers)


def sums_of(pins):
    """What pins (with 1 or -1) add to which rows: {(square, cost): [count, x, y, marks]}."""
    changes = defaultdict(lambda: [0] * len(SUMS))
    for pin, sign in pins:
        if pin.is_dormant:
            continue
        for square in squares_of(pin.place):
            sums = changes[square, pin.cost]
            for number, value in enumerate((1, pin.x, pin.y, pin.mark)):
                sums[number] += sign * value
    return changes


@receiver(post_save, sender=Space)
def facts_move_pins(sender, instance, created, update_fields, **kwargs):
    if not created and (update_fields is None or SHOWN & set(update_fields)):
        Pin.objects.follow(instance.pk)


@receiver([post_save, post_delete], sender=SpacePage)
def pages_move_pins(sender, instance, update_fields=None, **kwargs):
    """A page went live, was taken down or deleted, in whatever way."""
    if update_fields is None or {"live", "title"} & set(update_fields):
        Pin.objects.follow(instance.space_id)
