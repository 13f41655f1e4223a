"""From a file to spaces, in four steps; every file is its uploader's alone, for everybody else it does not exist (404)."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import redirect
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from portal.imports import REFUSED, Row
from portal.lists import Pages
from portal.numbers import whole_number
from portal.scopes import found
from spaces.importers.columns import guess, unused
from spaces.importers.formats import read
from spaces.importers.spaces import OUTCOMES, import_spaces
from spaces.models import SpaceUpload

from .forms import ColumnsForm, ConfirmForm, UploadForm
from .reports import FIRST, counted, links, outcome_label
from .scope import imports_somewhere, limits_of, regions_of

ON_A_PAGE = 100


class StepView(WagtailAdminTemplateMixin, FormView):
    header_icon = "upload"
    page_title = _("Import spaces")

    def dispatch(self, request, *args, **kwargs):
        if not imports_somewhere(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self):
        first = {"url": reverse("space_uploads:index"), "label": _("Import spaces")}
        last = {"url": "", "label": self.page_title, "sublabel": self.get_page_subtitle()}
        return [*self.breadcrumbs_items, *([] if isinstance(self, UploadView) else [first]), last]

    def form_invalid(self, form):
        messages.validation_error(self.request, _("Nothing has been imported yet. Please look at this again."), form)
        return super().form_invalid(form)


class UploadView(StepView):
    """The first step, and the files that still wait."""

    template_name = "spaces/uploads/index.html"
    form_class = UploadForm

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "user": self.request.user}

    def form_valid(self, form):
        upload = form.save()
        return redirect("space_uploads:columns", upload.pk)

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs, uploads=SpaceUpload.objects.of(self.request.user).defer("content", "report"))


class OneUpload(StepView):
    """A step with one's own file. What one may import into is asked again at each of them."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.upload = found(SpaceUpload.objects.of(request.user), kwargs["pk"]) if request.user.is_authenticated else None

    def dispatch(self, request, *args, **kwargs):
        if not imports_somewhere(request.user):
            raise PermissionDenied
        if self.upload.region and not regions_of(request.user).filter(pk=self.upload.region_id).exists():
            raise PermissionDenied
        if self.upload.is_imported and not isinstance(self, ResultView | DiscardView):
            return redirect("space_uploads:result", self.upload.pk)
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self):
        return self.upload.name

    @cached_property
    def table(self):
        return read(self.upload.name, bytes(self.upload.content), self.upload.format)

    def report(self, **ways):
        user = self.request.user
        return import_spaces(
            [self.table],
            self.upload.source,
            by=user,
            regions=limits_of(user),
            chosen=self.upload.region,
            columns=self.upload.columns or guess(self.table),
            another=self.upload.another,
            **ways,
        )


class ColumnsView(OneUpload):
    """The second step: which column is which fact."""

    template_name = "spaces/uploads/columns.html"
    form_class = ColumnsForm
    page_title = _("Columns")

    def get_form_kwargs(self):
        columns = self.upload.columns or guess(self.table)
        return {**super().get_form_kwargs(), "table": self.table, "columns": columns}

    def form_valid(self, form):
        self.upload.columns = form.columns
        self.upload.save(update_fields=["columns"])
        return redirect("space_uploads:preview", self.upload.pk)

    def get_context_data(self, **kwargs):
        left_out = unused(self.table, self.upload.columns or guess(self.table))
        return super().get_context_data(**kwargs, upload=self.upload, table=self.table, left_out=left_out)


class ReportView(OneUpload):
    """What becomes of every row, the first problems first, or of one outcome only."""

    template_name = "spaces/uploads/report.html"
    form_class = ConfirmForm

    def get_context_data(self, **kwargs):
        rows = self.rows()
        outcome = self.request.GET.get("outcome")
        shown = [row for row in rows if row.outcome == outcome] if outcome in OUTCOMES else rows
        shown.sort(key=lambda row: (FIRST.index(row.outcome), row.number))
        page = Pages(shown, ON_A_PAGE).get_page(self.request.GET.get("page"))
        addresses = links(self.request.user, page)
        lines = [(row, outcome_label(row.outcome), addresses.get(row.about)) for row in page]
        counts = counted(rows)
        numbers = {name: count for name, _label, count in counts}
        return super().get_context_data(
            **kwargs,
            upload=self.upload,
            page=page,
            lines=lines,
            counts=counts,
            numbers=numbers,
            outcome=outcome,
            total=len(rows),
        )


class PreviewView(ReportView):
    """The third step: word for word what the import will do, and the button that does it."""

    page_title = _("Preview")

    def rows(self):
        return self.report(dry_run=True).rows

    def post(self, request, *args, **kwargs):
        return self.look_again() if {"another", "same"} & set(request.POST) else super().post(request, *args, **kwargs)

    @transaction.atomic
    def look_again(self):
        """Somebody says that a row is another place than it looks like, or takes that back."""
        another, same = (whole_number(self.request.POST.get(name)) for name in ("another", "same"))
        upload = SpaceUpload.objects.select_for_update().get(pk=self.upload.pk)
        known = {row.number for row in self.table.rows}
        upload.another = sorted(({*upload.another, another} - {same}) & known)
        upload.save(update_fields=["another"])
        return redirect(self.request.get_full_path())

    def form_valid(self, form):
        with transaction.atomic():
            upload = SpaceUpload.objects.select_for_update().get(pk=self.upload.pk)
            if upload.is_imported:
                return redirect("space_uploads:result", upload.pk)
            report = self.report(skip_refused=form.cleaned_data["skip_refused"])
            if report.counts[REFUSED] and not form.cleaned_data["skip_refused"]:
                messages.error(self.request, _("Nothing was imported: some rows are refused. Correct them, or leave them out."))
                return redirect("space_uploads:preview", upload.pk)
            upload.report = [[row.number, row.label, row.outcome, row.reason, row.about] for row in report.rows]
            upload.imported_at, upload.content = timezone.now(), b""
            upload.save(update_fields=["report", "imported_at", "content"])
        messages.success(self.request, _("The file has been imported."))
        return redirect("space_uploads:result", upload.pk)


class ResultView(ReportView):
    """The last step: what was done, with links."""

    page_title = _("Imported")

    def dispatch(self, request, *args, **kwargs):
        if not self.upload.is_imported:
            return redirect("space_uploads:preview", self.upload.pk)
        return super().dispatch(request, *args, **kwargs)

    def rows(self):
        return [
            Row(number, label, outcome, reason, about=about) for number, label, outcome, reason, about in self.upload.report
        ]

    def form_valid(self, form):
        return redirect("space_uploads:result", self.upload.pk)


class DiscardView(OneUpload):
    """Throws a file away: the spaces that came out of it stay."""

    template_name = "spaces/uploads/discard.html"
    form_class = ConfirmForm
    page_title = _("Forget this file")
    success_url = reverse_lazy("space_uploads:index")

    def form_valid(self, form):
        self.upload.delete()
        messages.success(self.request, _("The file is forgotten."))
        return super().form_valid(form)

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs, upload=self.upload)
