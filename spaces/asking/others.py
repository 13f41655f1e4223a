"""Other spaces that would do: near by, large enough, free at that time; free of cost before paid."""

from datetime import timedelta

from django.utils.translation import get_language

from spaces.models import Space

KILOMETRES = 50
CONSIDERED, SHOWN, SUBSTITUTES = 24, 3, 6
A_DAY = timedelta(days=1)


def substitutes_for(case):
    """Who might step in, and was not asked yet."""
    asked = case.offers.values_list("space_id", flat=True)
    people, language = case.booking.request.people, get_language()
    return others(case.space, language, people, case.booking.local, number=SUBSTITUTES, besides=asked)


def others(space, language, people=None, span=None, *, number=SHOWN, only_free=False, besides=()):
    """With `kilometres`; of those that cost the same, the ones with more of the same facilities first.

    Of these, those known to be free then come before those that have told no hours (`may_be_closed`).
    """
    found = Space.objects.requestable().exclude(pk__in=[space.pk, *besides]).near(space.latitude, space.longitude, KILOMETRES)
    if only_free:
        found = found.free()
    if people:
        found = found.filter(capacity__gte=people)
    if not span:
        return best(space, found, language, number)
    if span.end - span.start > A_DAY:  # whoever lends a room for an evening does not say whether it is free for three days
        return best(space, found.not_taken(span), language, number)
    free = best(space, found.free_during(span.start.date(), span.start.time(), span.end.time()), language, number)
    unknown = best(space, found.without_hours().not_taken(span), language, number)
    for other in unknown:
        other.may_be_closed = True
    return sorted([*free, *unknown], key=lambda other: rank(space, other))[:number]


def best(space, found, language, number):
    shown = found.shown_in(language).select_related("region").free_first(then="kilometres")[:CONSIDERED]
    return sorted(shown, key=lambda other: rank(space, other))[:number]


def rank(space, other):
    lacking = len(set(space.facilities) - set(other.facilities))
    order = ("free", "donation", "paid").index(other.cost_class)
    return order, getattr(other, "may_be_closed", False), lacking, other.kilometres


def cheapest(spaces):
    """Those of a list that can be asked all at once: whoever costs something is asked by name, with its price in sight."""
    return [space for space in spaces if not space.is_paid] or spaces
