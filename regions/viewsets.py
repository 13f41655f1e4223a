"""How records with a region are registered in the workplace. One line scopes the next model: inherit from here."""

from django import forms
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.permissions import policy_registry, register_permission_policy

from portal.permissions import oversees
from portal.scopes import ScopedIndexView, ScopedViewSet
from portal.viewsets import RecordViewSet, VerbViewSet

from .models import Region
from .policies import RegionPolicy


class RegionalForm(WagtailAdminModelForm):
    """Offers only what the person at the keyboard may choose; what only staff decide is shown and not changed."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        policy = policy_registry.get_by_type(self._meta.model)
        if not oversees(self.for_user):
            self.reserve(policy.reserved)
        for name, field in self.fields.items():
            if isinstance(field, forms.ModelChoiceField):
                field.queryset = self.choices_of(name, field, policy)

    def full_clean(self):
        """What was not offered is not shown again either: the answer would tell its name."""
        super().full_clean()
        for name in self.fields:
            if self.is_bound and self.has_error(name, "invalid_choice"):
                self.data = self.data.copy()
                self.data[self.add_prefix(name)] = ""

    def reserve(self, names):
        for name in set(names) & set(self.fields):
            self.fields[name].disabled = True
            if isinstance(self.fields[name], forms.MultipleChoiceField):  # what stands there is checked like what is typed
                self.initial[name] = [str(getattr(value, "code", value)) for value in self.initial.get(name) or ()]

    def choices_of(self, name, field, policy):
        """Of a field that is fixed, what stands in it: a list of all people or regions is nobody's business."""
        if field.disabled:
            return field.queryset.filter(pk=self.get_initial_for_field(field, name))
        if name == "region":
            return self.regions(field, policy)
        choices = policy_registry.get_by_type(field.queryset.model)
        if isinstance(choices, RegionPolicy):
            return field.queryset.filter(pk__in=choices.choosable_by(self.for_user).values("pk"))
        return field.queryset

    def regions(self, field, policy):
        """A plain list, and no question at all for those who have one region."""
        regions = policy.regions_for(self.for_user, "add")
        field.widget = forms.Select(choices=field.choices)
        if len(regions[:2]) == 1:
            field.empty_label = None
            self.initial["region"] = self.initial.get("region") or regions[0].pk
        return regions


class RegionalFilters(WagtailFilterSet):
    """Narrows a list of records; offers no region that one has no business with."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        policy = policy_registry.get_by_type(self._meta.model)
        regions = policy.instances_user_has_permission_for(self.request.user, "view").values(policy.region_path)
        for choice in self.filters.values():
            if getattr(choice, "queryset", None) is not None and choice.queryset.model is Region:
                choice.queryset = Region.objects.filter(pk__in=regions)


class RegionalIndexView(ScopedIndexView):
    base_filterset_class = RegionalFilters


class InRegions:
    """For a viewset: its model is scoped by region, whatever view comes along."""

    policy_class = RegionPolicy
    base_form_class = RegionalForm
    index_view_class = RegionalIndexView

    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        model = cls.__dict__.get("model")
        if model is not None:
            register_permission_policy(model, cls.policy_class(model))


class RegionalViewSet(InRegions, ScopedViewSet):
    """Something that belongs to a region and has no page of its own."""


class RegionalVerbViewSet(InRegions, VerbViewSet):
    """The same, with verbs."""


class RegionalRecordViewSet(InRegions, RecordViewSet):
    """A record of a region, with its pages and verbs."""
