"""The next model with a region cannot slip into the workplace unscoped: Django's system check says so before it starts."""

from django.apps import apps
from django.core import checks
from modelcluster.fields import ParentalKey
from wagtail.admin.viewsets import viewsets
from wagtail.permissions import policy_registry
from wagtail.snippets.models import get_snippet_models

from portal.scopes import ScopedChooserViewSet

from .models import Region
from .policies import RegionPolicy
from .viewsets import InRegions

HINT = "Inherit from regions.viewsets.RegionalRecordViewSet, or from RegionalViewSet if it has no page of its own."


def belongs_to_a_region(model):
    """A region itself, whatever points at one, and the parts of such a thing."""
    if model is Region:
        return True
    for field in model._meta.concrete_fields:
        if field.related_model is Region:
            return True
        if isinstance(field, ParentalKey) and field.related_model is not model and belongs_to_a_region(field.related_model):
            return True
    return False


def scoped_models():
    """Every model of ours whose rows belong to regions."""
    return {model for model in apps.get_models() if belongs_to_a_region(model) and not hasattr(model, "permissions_for_user")}


def unscoped(found_viewsets, scoped):
    """What is wrong with the way these are registered: a list of checks' errors."""
    for viewset in found_viewsets:
        model = apps.get_model(viewset.model) if isinstance(viewset.model, str) else viewset.model
        if model not in scoped:
            continue
        is_chooser = hasattr(viewset, "chosen_view_class")
        if not isinstance(viewset, ScopedChooserViewSet if is_chooser else InRegions):
            yield checks.Error(
                f"{model._meta.label} belongs to a region and is registered unscoped.", hint=HINT, id="regions.E001"
            )
        elif not isinstance(policy_registry.get_by_type(model), RegionPolicy):
            yield checks.Error(
                f"{model._meta.label} belongs to a region and has no RegionPolicy.", hint=HINT, id="regions.E002"
            )


@checks.register
def everything_with_a_region_is_scoped(app_configs, **kwargs):
    get_snippet_models()  # finds what the apps register
    return list(unscoped([each for each in viewsets.viewsets if getattr(each, "model", None)], scoped_models()))
