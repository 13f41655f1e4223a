from django import template
from django.template.defaultfilters import floatformat
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext

from spaces.prices import cost_of

register = template.Library()


@register.filter
def when_asked(request):
    """When a request without dates is meant, in words: any day between two, at these times."""
    words = gettext("any day from %(first)s to %(last)s, %(begins)s to %(ends)s")
    return words % {
        "first": date_format(request.day, "DATE_FORMAT"),
        "last": date_format(request.last_day, "DATE_FORMAT"),
        "begins": time_format(request.begins),
        "ends": time_format(request.ends),
    }


@register.filter
def span_words(span):
    """From when to when, by the clock of the place: "Mon 3 May 2027, 18:00 – 21:00"."""
    begin, end = span
    until = time_format(end) if begin.date() == end.date() else f"{date_format(end, 'SHORT_DATE_FORMAT')}, {time_format(end)}"
    return f"{date_format(begin, 'D')} {date_format(begin, 'DATE_FORMAT')}, {time_format(begin)} – {until}"


@register.filter
def as_typed(span):
    """How a form carries a span: "2027-05-03 18:00 2027-05-03 21:00"."""
    return f"{span[0]:%Y-%m-%d %H:%M} {span[1]:%Y-%m-%d %H:%M}"


@register.filter
def money(amount, currency):
    """ "KES 600", or that it costs nothing."""
    if not amount:
        return gettext("nothing")
    return f"{currency} {floatformat(amount, '-2g')}"


@register.filter
def costs_then(space, span):
    """What a time there costs: "KES 1,800"."""
    return money(cost_of(space, span), space.currency)
