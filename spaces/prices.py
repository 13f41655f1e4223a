"""What a space costs, in words. A leaf."""

from datetime import timedelta
from decimal import Decimal
from functools import lru_cache

from babel.numbers import list_currencies
from django.template.defaultfilters import floatformat
from django.utils.translation import get_language, gettext

PAID = ("hourly", "daily")
QUARTER, MOMENT = timedelta(minutes=15), timedelta(microseconds=1)
CENT = Decimal("0.01")
NO_CURRENCIES = {"XXX", "XTS"}  # ISO 4217: none, and for tests


def wrong_price(space):
    """What is wrong with what it costs, {field: words}: whoever takes money says how much."""
    if space.cost not in PAID:
        return {}
    if space.price is None or not space.currency:
        return {"price": gettext("A paid space has a price and a currency.")}
    if space.price <= 0:
        return {"price": gettext("A price is more than nothing. What costs nothing is free.")}
    if not is_currency(space.currency):
        return {"currency": gettext("Three letters of a currency: EUR, KES, TWD.")}
    return {}


def is_currency(code):
    return code in list_currencies() and code not in NO_CURRENCIES


def cost_of(space, span):
    """What a time there costs, or None where nobody can say: a donation, a price that is not told.

    By the hour each begun quarter counts; by the day each day that it touches.
    """
    if space.cost == "free":
        return Decimal(0)
    if space.cost not in PAID or space.price is None:
        return None
    long = span.end - span.start
    if space.cost == "hourly":
        return (space.price * -(-long // QUARTER) / 4).quantize(CENT)
    return space.price * ((span.end - MOMENT).date() - span.start.date()).days + space.price


def cost_class(cost):
    """free, donation or paid: the three that differ by shape and colour wherever they are drawn."""
    return "paid" if cost in PAID else cost


def cost_words(space):
    """Free, Donation, or the price: "KES 600 an hour"."""
    return in_words(get_language(), space.cost, space.price, space.currency)


@lru_cache(1000)
def in_words(language, cost, price, currency):
    """In the reader's language; many spaces cost the same, and a map tells of many."""
    if cost == "free":
        return gettext("Free")
    if cost == "donation":
        return gettext("Donation")
    words = gettext("%(currency)s %(price)s an hour") if cost == "hourly" else gettext("%(currency)s %(price)s a day")
    return words % {"currency": currency, "price": floatformat(price, "-2g")}
