"""The board: pages and languages, and how far each is. What somebody may work on, and nothing else."""

import django_filters
from django import forms
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.base import BaseListingView
from wagtail.admin.views.mixins import SpreadsheetExportMixin
from wagtail.admin.widgets.button import HeaderButton

from portal.cells import safe_cell
from portal.languages import language_name
from portal.numbers import whole_number
from regions.models import PageTranslation, Region

from .scope import translates_somewhere


class BoardFilters(WagtailFilterSet):
    """By language, region, status and kind of page; only what somebody has there is offered."""

    language = django_filters.ChoiceFilter(
        field_name="locale__language_code", label=_("Language"), widget=forms.RadioSelect, empty_label=_("All")
    )
    region = django_filters.ModelChoiceFilter(label=_("Region"), queryset=lambda request: regions_of(request.user))
    status = django_filters.ChoiceFilter(
        label=_("How it is"), choices=PageTranslation.Status.choices, widget=forms.RadioSelect, empty_label=_("All")
    )
    kind = django_filters.ChoiceFilter(field_name="page_type", label=_("Kind of page"), empty_label=_("All"))

    class Meta:
        model = PageTranslation
        fields = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        mine = PageTranslation.objects.concerning(self.request.user).order_by()
        codes = mine.values_list("locale__language_code", flat=True).distinct()
        self.filters["language"].extra["choices"] = sorted((code, language_name(code)) for code in codes)
        kinds = ContentType.objects.filter(pk__in=mine.values("page_type").distinct())
        self.filters["kind"].extra["choices"] = sorted((kind.pk, capfirst(kind.name)) for kind in kinds)
        for name in ("language", "region"):
            if len(self.filters[name].field.choices) <= 2:  # noqa: PLR2004 ("all" and the only one)
                del self.filters[name]


def regions_of(user):
    mine = PageTranslation.objects.concerning(user).exclude(region=None).order_by()
    return Region.objects.filter(pk__in=mine.values("region").distinct())


class WorkplaceView:
    """Put before every view of the workplace: for those who translate, or keep pages, somewhere."""

    header_icon = "wagtail-localize-language"

    def dispatch(self, request, *args, **kwargs):
        if not translates_somewhere(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @property
    def mine(self):
        return PageTranslation.objects.concerning(self.request.user)


class PageColumn(Column):
    """The page as it is called in its original, with its kind and region."""

    cell_template_name = "regions/translating/page_cell.html"


class LanguageColumn(Column):
    """How far each page is in one language, and the way to the work."""

    cell_template_name = "regions/translating/cell.html"

    def __init__(self, code, **kwargs):
        super().__init__(code, label=capfirst(language_name(code)), classname="board-cell", **kwargs)
        self.code = code

    def get_value(self, row):
        return row.fields_of_board.get(self.code)

    def get_cell_context_data(self, row, parent_context):
        context = super().get_cell_context_data(row, parent_context)
        return {**context, "is_original": row.original_id and row.original.locale.language_code == self.code}


class BoardView(WorkplaceView, SpreadsheetExportMixin, BaseListingView):
    """Page by language. Each field leads straight to the work: start, translate, review."""

    page_title = _("Translations")
    template_name = "regions/translating/board.html"
    results_template_name = "regions/translating/board_results.html"
    index_url_name = "translating:board"
    index_results_url_name = "translating:board_results"
    verbose_name_plural = _("pages")
    filterset_class = BoardFilters
    paginate_by = 50
    is_searchable = True
    search_fields = ["title"]
    export_filename = "translations"
    list_export = "title page_type region language status percent done total changed_at".split()
    export_headings = {"language": _("Language"), "percent": _("Percent")}

    def get_base_queryset(self):
        return self.mine

    def order_queryset(self, queryset):
        return queryset.in_reading_order()

    def get_queryset(self):
        found = super().get_queryset()
        if self.is_export:
            return found.select_related("locale", "region", "page_type")
        pages = found.one_for_each_page().select_related("region", "page_type", "original__locale", "page__locale")
        return pages.in_reading_order()

    def get_paginate_by(self, queryset):
        return None if self.is_export else self.paginate_by

    def render_to_response(self, context, **kwargs):
        if self.is_export:
            return self.as_spreadsheet(context["object_list"], self.request.GET.get("export"))
        return super().render_to_response(context, **kwargs)

    def to_row_dict(self, item):
        row = super().to_row_dict(item)
        row["status"] = item.get_status_display()
        return {name: safe_cell(value) for name, value in row.items()}

    # -- What stands in the fields -------------------------------------------------------------------------------------

    @cached_property
    def chosen_language(self):
        wanted = self.request.GET.get("language", "")
        return wanted if wanted in self.languages else ""

    @cached_property
    def languages(self):
        """The languages in which somebody works, in the order of the portal's."""
        codes = set(self.mine.order_by().values_list("locale__language_code", flat=True).distinct())
        return [code for code, _name in settings.LANGUAGES if code in codes]

    @cached_property
    def columns(self):
        codes = [self.chosen_language] if self.chosen_language else self.languages
        return [PageColumn("title", label=_("Page")), *(LanguageColumn(code) for code in codes)]

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        if self.is_export:
            return context
        rows = context["page_obj"].object_list = list(context["page_obj"].object_list)
        context["object_list"] = rows
        self.fill(rows)
        context["table"] = self.get_table(rows)
        missing = [field for row in rows for field in row.fields_of_board.values() if field.is_missing]
        context["to_start"] = [field for field in missing if field.language == self.chosen_language]
        context["figures"] = self.figures()
        return context

    def fill(self, rows):
        """Give each page its fields, with what this person may do with them: two queries for all."""
        fields = self.mine.filter(key__in=[row.key for row in rows]).select_related("locale")
        releasable = set(fields.released_by(self.request.user).to_review().values_list("pk", flat=True))
        by_page = {}
        for field in fields:
            field.may_be_released = field.pk in releasable
            by_page.setdefault(field.key, {})[field.language] = field
        for row in rows:
            row.fields_of_board = by_page.get(row.key, {})

    def figures(self):
        """How many fields there are of each status, where the filters and words in force reach, the status aside."""
        found = self.mine
        for name, lookup in {"language": "locale__language_code", "region": "region", "kind": "page_type"}.items():
            value = self.request.GET.get(name, "")
            value = value if name == "language" else whole_number(value)
            if value:
                found = found.filter(**{lookup: value})
        counted = dict(found.order_by().values_list("status").annotate(Count("pk")))
        return [
            (status, status.label, counted[status], self.address_of(status))
            for status in PageTranslation.Status
            if counted.get(status)
        ]

    def address_of(self, status):
        query = self.request.GET.copy()
        query.pop("p", None)
        query["status"] = status
        return f"{reverse(self.index_url_name)}?{query.urlencode()}"

    @cached_property
    def header_buttons(self):
        return [HeaderButton(_("To review"), url=reverse("translating:review"), icon_name="check")]
