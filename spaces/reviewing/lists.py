"""The list of what was sent in: what waits first, the longest waiting above."""

import django_filters
from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import Case, Value, When
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic.base import BaseListingView

from regions.models import Region
from spaces.models import SpaceSubmission
from spaces.models.submission_steps import WAITING, Status

from .scope import reviews_somewhere, submissions_of

SHOWN = [choice for choice in Status.choices if choice[0] != Status.SUBMITTED]


def regions_with_submissions(request):
    return Region.objects.filter(submissions__in=submissions_of(request.user)).distinct()


class SubmissionFilters(WagtailFilterSet):
    status = django_filters.ChoiceFilter(
        label=_("How it stands"), choices=SHOWN, widget=forms.RadioSelect, empty_label=_("All")
    )
    region = django_filters.ModelChoiceFilter(
        label=_("Region"), queryset=regions_with_submissions, empty_label=_("All"), null_label=_("No region yet")
    )

    class Meta:
        model = SpaceSubmission
        fields = []


class SubmissionList(BaseListingView):
    """By the name of the place. Who sent it stands on the page of each, and is not searched for."""

    page_title = _("Submitted spaces")
    header_icon = "download"
    paginate_by = 50
    is_searchable = True
    search_fields = ["name", "city"]
    index_url_name = "submissions:index"
    index_results_url_name = "submissions:index_results"
    verbose_name_plural = _("submitted spaces")
    filterset_class = SubmissionFilters
    default_ordering = ("turn", "changed_at", "pk")

    def dispatch(self, request, *args, **kwargs):
        if not reviews_somewhere(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_base_queryset(self):
        turn = Case(When(status__in=WAITING, then=Value(0)), When(status=Status.ASKED, then=Value(1)), default=Value(2))
        return submissions_of(self.request.user).annotate(turn=turn)

    columns = [
        TitleColumn(
            "name",
            label=_("Space"),
            accessor="name",
            get_url=lambda row: reverse("submissions:review", args=[row.pk]),
            sort_key="name",
        ),
        Column("city", label=_("City"), accessor="city", sort_key="city"),
        Column("region", label=_("Region"), accessor=lambda row: row.region or _("No region yet"), sort_key="region__name"),
        Column("status", label=_("How it stands"), accessor="get_status_display"),
        Column("changed_at", label=_("Last step"), accessor=lambda row: row.changed_at.date(), sort_key="changed_at"),
    ]
