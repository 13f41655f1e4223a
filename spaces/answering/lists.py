"""The lists of requests and of cases: what waits first."""

import django_filters
from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import Case as When_
from django.db.models import Value, When
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic.base import BaseListingView
from wagtail.admin.views.mixins import SpreadsheetExportMixin

from portal.cells import safe_cell
from regions.models import Region
from spaces.models import Case, SpaceRequest
from spaces.models.request_steps import OPEN, Status

from .scope import cases_of, requests_of, sees_some

SHOWN = [choice for choice in Status.choices if choice[0] != Status.DRAFT]


class RegionFilter(django_filters.ModelChoiceFilter):
    """Offers the regions of what one sees, and no other."""

    def __init__(self, model, of, **kwargs):
        def regions(request):
            return Region.objects.filter(pk__in=of(request.user).values("space__region")).order_by("name")

        super().__init__(label=_("Region"), field_name="space__region", queryset=regions, empty_label=_("All"), **kwargs)


class RequestFilters(WagtailFilterSet):
    status = django_filters.ChoiceFilter(
        label=_("How it stands"), choices=SHOWN, widget=forms.RadioSelect, empty_label=_("All")
    )
    region = RegionFilter(SpaceRequest, requests_of)

    class Meta:
        model = SpaceRequest
        fields = []


class OwnList(BaseListingView):
    header_icon = "date"
    paginate_by = 50

    def dispatch(self, request, *args, **kwargs):
        if not sees_some(self.model, request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class RequestList(SpreadsheetExportMixin, OwnList):
    """What was asked of the spaces of one's regions. Names and addresses stand on the page of each, and in no file."""

    model = SpaceRequest
    page_title = _("Requests for spaces")
    is_searchable = True
    search_fields = ["title", "community", "space__name"]
    index_url_name = "requests:index"
    index_results_url_name = "requests:index_results"
    verbose_name_plural = _("requests for spaces")
    filterset_class = RequestFilters
    default_ordering = ("turn", "-changed_at", "-pk")
    list_export = ["title", "community", "space.name", "people", "get_status_display", "first_day", "created_at", "answered_at"]
    export_headings = {"space.name": _("Space"), "first_day": _("First date"), "get_status_display": _("How it stands")}
    export_filename = "requests"

    def get_base_queryset(self):
        turn = When_(When(status__in=OPEN, then=Value(0)), default=Value(1))
        return requests_of(self.request.user).annotate(turn=turn).prefetch_related("bookings")

    def to_row_dict(self, item):
        """No program shall take a title for a formula."""
        return {name: safe_cell(value) for name, value in super().to_row_dict(item).items()}

    def render_to_response(self, context, **kwargs):
        if self.is_export:
            return self.as_spreadsheet(context["object_list"], self.request.GET["export"])
        return super().render_to_response(context, **kwargs)

    columns = [
        TitleColumn(
            "title",
            label=pgettext_lazy("request", "What for"),
            accessor="title",
            get_url=lambda row: reverse("requests:request", args=[row.pk]),
        ),
        Column("community", label=_("Community"), accessor="community"),
        Column("space", label=_("Space"), accessor="space", sort_key="space__name"),
        Column("first", label=_("First date"), accessor="first_day"),
        Column("people", label=_("How many people"), accessor="people", sort_key="people"),
        Column("status", label=_("How it stands"), accessor="get_status_display"),
        Column("changed_at", label=_("Last step"), accessor=lambda row: row.changed_at.date(), sort_key="changed_at"),
    ]


class CaseFilters(WagtailFilterSet):
    open = django_filters.BooleanFilter(
        label=_("Open"),
        field_name="closed_at",
        lookup_expr="isnull",
        widget=forms.RadioSelect(
            choices=[("", _("All")), ("true", pgettext_lazy("case", "open")), ("false", pgettext_lazy("case", "closed"))]
        ),
    )
    region = RegionFilter(Case, cases_of)

    class Meta:
        model = Case
        fields = []


class CaseList(OwnList):
    model = Case
    page_title = _("Cases")
    header_icon = "warning"
    index_url_name = "cases:index"
    index_results_url_name = "cases:index_results"
    verbose_name_plural = _("cases")
    filterset_class = CaseFilters
    default_ordering = ("is_closed", "-opened_at", "-pk")

    def get_base_queryset(self):
        return cases_of(self.request.user).annotate(is_closed=When_(When(closed_at=None, then=Value(0)), default=Value(1)))

    columns = [
        TitleColumn(
            "kind",
            label=_("What happened"),
            accessor="get_kind_display",
            get_url=lambda row: reverse("cases:case", args=[row.pk]),
        ),
        Column("space", label=_("Space"), accessor="space"),
        Column("what", label=pgettext_lazy("request", "What for"), accessor=lambda row: row.booking.request.title),
        Column("when", label=_("When"), accessor="booking"),
        Column("opened_at", label=_("Open since"), accessor=lambda row: row.opened_at.date(), sort_key="opened_at"),
        Column(
            "outcome",
            label=_("How it ended"),
            accessor=lambda row: row.get_outcome_display() if row.closed_at else pgettext_lazy("case", "open"),
        ),
    ]
