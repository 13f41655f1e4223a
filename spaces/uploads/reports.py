"""A report as a page shows it."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.permissions import policy_registry

from portal.imports import CHANGED, DUPLICATE, NEW, REFUSED, UNCHANGED
from spaces.models import Space

FIRST = (REFUSED, DUPLICATE, CHANGED, NEW, UNCHANGED)
LABELS = {
    NEW: _("new"),
    CHANGED: _("changed"),
    UNCHANGED: _("unchanged"),
    DUPLICATE: _("duplicate"),
    REFUSED: _("refused"),
}


def outcome_label(outcome):
    return LABELS[outcome]


def counted(rows):
    """(outcome, its word, how many rows), what needs somebody first."""
    found = [row.outcome for row in rows]
    return [(outcome, LABELS[outcome], found.count(outcome)) for outcome in FIRST]


def links(user, rows):
    """The addresses of the spaces that these rows are about, as far as this person may open them."""
    mine = policy_registry.get_by_type(Space).instances_user_has_permission_for(user, "change")
    name = Space.snippet_viewset.get_url_name("edit")
    pks = mine.filter(pk__in=[row.about for row in rows if row.about]).values_list("pk", flat=True)
    return {pk: reverse(name, args=[pk]) for pk in pks}
