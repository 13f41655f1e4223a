"""Where a record that ages is read by the public, and where it is changed."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import get_language
from wagtail.permissions import policy_registry

from portal.faces import FaceLink, link_to
from portal.models import Record, confirmable_models


def readable_record(kind, slug):
    """The record behind `/report/space/<slug>/`, as the public may see it, or 404."""
    model = next((model for model in confirmable_models() if model.kind_in_address == kind), None)
    if model is None:
        raise Http404
    found = model.objects.readable()
    if issubclass(model, Record):
        found = found.shown_in(get_language())
    return get_object_or_404(found.select_related("region"), slug=slug)


def public_link(record, request=None):
    """Title, address and language of the page that the public reads; None when there is none."""
    if not isinstance(record, Record):
        return FaceLink(str(record), record.get_absolute_url(), get_language()) if record.may_be_shown else None
    shown = type(record).objects.shown_in(get_language()).filter(pk=record.pk).first() if record.may_be_shown else None
    return link_to(shown, request) if shown else None


def edit_url(record, user):
    """The form in the workplace, for those who may change the record."""
    may = user.is_authenticated and policy_registry.get_by_type(type(record)).user_has_permission_for_instance(
        user, "change", record
    )
    return reverse(type(record).snippet_viewset.get_url_name("edit"), args=[record.pk]) if may else ""
