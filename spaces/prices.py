"""What a space costs, in words. A leaf."""

from functools import lru_cache

from babel.numbers import list_currencies
from django.template.defaultfilters import floatformat
from django.utils.translation import get_language, gettext

PAID = ("hourly", "daily")
NO_CURRENCIES = {"XXX", "XTS"}  # ISO 4217: none, and for tests


def wrong_price(space):
    """What is wrong with what it costs, {field: words}: whoever takes money says how much."""
    if space.cost not in PAID:
        return {}
    if space.price is None or not space.currency:
        return {"price": gettext("A paid space has a price and a currency.")}
    if space.price <= 0:
        return {"price": gettext("A price is more than nothing. What costs nothing is free.")}
    if space.currency not in list_currencies() or space.currency in NO_CURRENCIES:
        return {"currency": gettext("Three letters of a currency: EUR, KES, TWD.")}
    return {}


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
