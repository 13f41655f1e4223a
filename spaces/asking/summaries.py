"""A request in words: for whoever checks it before sending, and for those who answer."""

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from portal.languages import language_name
from spaces.templatetags.request_tags import when_asked

SAID = ("title", "community", "people", "needs")


def facts_of(request):
    """(label, value) of what was said, without who said it."""
    for name in SAID:
        value = getattr(request, name)
        if value:
            yield capfirst(request._meta.get_field(name).verbose_name), value
    if request.languages:
        yield _("Languages"), ", ".join(language_name(code) for code in request.languages)


def lines_of(form):
    """The same of a form that is checked before it is sent, with who sends it."""
    request = form.instance
    if request.is_flexible:
        yield _("When"), when_asked(request)
    yield from facts_of(request)
    yield _("Your name"), request.organiser
    yield _("Your e-mail address"), request.email


def told(history, dates):
    """The steps of a request, each with the dates that it concerned, where that were not all."""
    known = {booking.key: booking for booking in dates}
    for step in history:
        step.concerned = [known[key] for key in step.dates if key in known]
    return history
