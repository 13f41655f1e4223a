"""The lists of the screen: who has which role where, and who has been asked to take one on."""

import django_filters
from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.views.generic.base import BaseListingView
from wagtail.admin.widgets.button import HeaderButton

from portal.languages import language_name
from regions.models import Invitation, Membership, Role

from .columns import invitation_columns, people_columns
from .scope import grants_somewhere, invitations_of, memberships_of, regions_of

ON_FIRST_PAGE = 10  # open invitations shown above the people


class TeamFilters(WagtailFilterSet):
    """By region, role and language of the team; who has one region is not asked for it."""

    region = django_filters.ModelChoiceFilter(
        field_name="team__region", label=_("Region"), queryset=lambda request: regions_of(request.user), empty_label=_("All")
    )
    role = django_filters.ChoiceFilter(
        field_name="team__role", label=_("Role"), choices=Role.choices, widget=forms.RadioSelect, empty_label=_("All")
    )
    language = django_filters.ChoiceFilter(
        field_name="team__language", label=_("Language"), widget=forms.RadioSelect, empty_label=_("All")
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.filters["language"].extra["choices"] = [(code, language_name(code)) for code, _name in settings.LANGUAGES]
        if regions_of(self.request.user).count() == 1:
            del self.filters["region"]


class MembershipFilters(TeamFilters):
    class Meta:
        model = Membership
        fields = []


class InvitationFilters(TeamFilters):
    class Meta:
        model = Invitation
        fields = []


class ListView(BaseListingView):
    """The base of both lists: what somebody may look after, narrowed by filters and words."""

    header_icon = "group"
    paginate_by = 50
    is_searchable = True

    def dispatch(self, request, *args, **kwargs):
        if not grants_somewhere(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def invitations(self):
        return invitations_of(self.request.user).unanswered()

    @cached_property
    def header_buttons(self):
        return [HeaderButton(_("Invite"), url=reverse("people:invite"), icon_name="plus")]


class PeopleList(ListView):
    """Who has which role."""

    page_title = _("Team")
    template_name = "regions/people/team.html"
    results_template_name = "regions/people/team_results.html"
    index_url_name = "people:index"
    index_results_url_name = "people:index_results"
    verbose_name_plural = _("people with a role")
    filterset_class = MembershipFilters
    search_fields = ["person__first_name", "person__last_name", "reason"]
    default_ordering = ("team__region__name", "team__role", "person__last_name", "pk")

    def get_base_queryset(self):
        return memberships_of(self.request.user).running()

    @cached_property
    def columns(self):
        return people_columns(self.request.user)

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        if context["page_obj"].number == 1:
            context.update(self.invitations_above())
        return context

    def invitations_above(self):
        """Those that are still to be answered, where the filters in force reach them."""
        found = self.invitations().order_by("expires")
        narrowed = InvitationFilters(**self.get_filterset_kwargs())
        found = narrowed.filter_queryset(found) if narrowed.is_valid() else found
        found = found.filter(email__icontains=self.search_query) if self.is_searching else found
        columns = invitation_columns(self.request.user, is_sortable=False)
        table = self.table_class(columns, found[:ON_FIRST_PAGE], base_url=self.index_url)
        return {"invitations": table, "invitations_count": found.count()}


class InvitationList(ListView):
    """Who has been asked and has not answered yet."""

    page_title = _("Invitations")
    index_url_name = "people:invitations"
    index_results_url_name = "people:invitations_results"
    verbose_name_plural = _("invitations")
    filterset_class = InvitationFilters
    search_fields = ["email", "reason"]
    default_ordering = ("expires", "pk")

    def get_base_queryset(self):
        return self.invitations()

    @cached_property
    def columns(self):
        return invitation_columns(self.request.user)

    def get_breadcrumbs_items(self):
        team = {"url": reverse("people:index"), "label": _("Team")}
        return [*self.breadcrumbs_items, team, {"url": "", "label": self.page_title}]
