"""A report as a page shows it."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.permissions import policy_registry

from portal.imports import CHANGED, DUPLICATE, NEW, REFUSED, UNCHANGED

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


def counted(rows, outcomes=FIRST):
    """(outcome, its word, how many rows), what needs somebody first."""
    found = [row.outcome for row in rows]
    return [(outcome, LABELS[outcome], found.count(outcome)) for outcome in FIRST if outcome in outcomes]


def links(model, user, rows):
    """The addresses of the records that these rows are about, as far as this person may open them."""
    mine = policy_registry.get_by_type(model).instances_user_has_permission_for(user, "change")
    name = model.snippet_viewset.get_url_name("edit")
    pks = mine.filter(pk__in=[row.about for row in rows if row.about]).values_list("pk", flat=True)
    return {pk: reverse(name, args=[pk]) for pk in pks}
