"""What a space costs, in words. A leaf."""

from django.template.defaultfilters import floatformat
from django.utils.translation import gettext


def cost_words(space):
    """Free, Donation, or the price: "KES 600 an hour"."""
    if space.cost == "free":
        return gettext("Free")
    if space.cost == "donation":
        return gettext("Donation")
    words = gettext("%(currency)s %(price)s an hour") if space.cost == "hourly" else gettext("%(currency)s %(price)s a day")
    return words % {"currency": space.currency, "price": floatformat(space.price, "-2g")}
