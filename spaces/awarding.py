"""Awards in the workplace: given by those who lead a region, with a reason; those that rules compute are only shown."""

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldRowPanel
from wagtail.snippets.views.snippets import CreateView

from portal.jobs import Job
from portal.viewsets import Verb
from regions.policies import RegionPolicy
from regions.viewsets import RegionalForm, RegionalVerbViewSet

from .models import Award


class AwardPolicy(RegionPolicy):
    """Ambassadors and staff thank spaces. What a rule computes nobody changes, and nothing is deleted: it is revoked."""

    region_path = "space__region"
    actions = {"contributor": {"view"}, "editor": {"view"}, "ambassador": {"view", "add", "change", "approve"}}
    public = Q(revoked_at=None)

    def instances_user_has_any_permission_for(self, user, actions):
        found = super().instances_user_has_any_permission_for(user, set(actions) - {"delete"})
        return found if "view" in actions else found.filter(rule="", revoked_at=None)

    def user_has_any_permission(self, user, actions):
        return super().user_has_any_permission(user, set(actions) - {"delete"}) if set(actions) != {"delete"} else False


class AwardForm(RegionalForm):
    """For a space of one's own regions, and never for one's own space."""

    def choices_of(self, name, field, policy):
        if name == "space":
            shown = field.queryset.filter(region__in=policy.regions_for(self.for_user, "add"), status__in=["listed", "dormant"])
            return shown.exclude(hosts__person=self.for_user) if not self.instance.pk else shown
        return super().choices_of(name, field, policy)

    def clean_space(self):
        space = self.cleaned_data["space"]
        if self.instance.pk and space != self.instance.space:
            raise ValidationError(_("An award stays with its space. Revoke it, and award another one."))
        return space


class AwardCreateView(CreateView):
    """Public at once: the verb says who gave it."""

    def save_instance(self):
        award = self.form.save(commit=False)
        award.grant(by=self.request.user)
        return award


class AwardViewSet(RegionalVerbViewSet):
    model = Award
    policy_class = AwardPolicy
    base_form_class = AwardForm
    add_view_class = AwardCreateView
    menu_hook = Job.SPACES.hook
    icon = "pick"
    list_display = ["__str__", "space", "rule", "starts", "ends", "revoked_at"]
    search_fields = ["title", "space__name"]
    panels = ["space", "title", "reason", FieldRowPanel(["starts", "ends"])]
    inspect_view_fields = ["space", "title", "reason", "starts", "ends", "granted_by", "revoked_at", "revoke_reason"]
    verbs = [
        Verb(
            "revoke",
            _("Revoke this award"),
            _("It disappears from the page of the space at once, and stays here with the reason."),
            lambda award: not award.rule and not award.is_revoked,
            "cross",
            asks="revoke_reason",
            needs="approve",
        )
    ]
