"""From a file to records, step by step; every file is its uploader's alone, for everybody else it does not exist (404)."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from portal.imports import REFUSED, Row
from portal.lists import Pages
from portal.scopes import found

from .reports import FIRST, counted, links, outcome_label

ON_A_PAGE = 100


class ConfirmForm(forms.Form):
    skip_refused = forms.BooleanField(label=_("Leave out the refused rows and import the others"), required=False)


class StepView(WagtailAdminTemplateMixin, FormView):
    """Give it what differs: the models, the names of its addresses, and who may import into which regions."""

    upload_model = record_model = None
    namespace = ""  # of its addresses: index, preview, result, discard
    title = ""  # of the whole: "Import spaces"
    after_upload = "preview"
    outcomes = FIRST
    words = {}  # name: sentence, for the templates
    header_icon = "upload"

    @property
    def page_title(self):
        return self.step_title or self.title

    step_title = ""

    def may_import(self, user):
        raise NotImplementedError

    def regions_of(self, user):
        raise NotImplementedError

    def address(self, name, *args):
        return reverse(f"{self.namespace}:{name}", args=args)

    def dispatch(self, request, *args, **kwargs):
        if not self.may_import(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self):
        return self.page_title

    def get_breadcrumbs_items(self):
        first = {"url": self.address("index"), "label": self.title}
        last = {"url": "", "label": self.page_title, "sublabel": self.get_page_subtitle()}
        return [*self.breadcrumbs_items, *([] if isinstance(self, UploadView) else [first]), last]

    def form_invalid(self, form):
        messages.validation_error(self.request, _("Nothing has been imported yet. Please look at this again."), form)
        return super().form_invalid(form)

    def get_context_data(self, **kwargs):
        names = {"namespace": self.namespace, "after_upload": f"{self.namespace}:{self.after_upload}", "words": self.words}
        urls = {name: f"{self.namespace}:{name}" for name in ("index", "preview", "result", "discard")}
        return super().get_context_data(**kwargs, **names, urls=urls)


class UploadView(StepView):
    """The first step, and the files that still wait."""

    template_name = "portal/uploads/index.html"

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "user": self.request.user}

    def form_valid(self, form):
        return redirect(self.address(self.after_upload, form.save().pk))

    def get_context_data(self, **kwargs):
        uploads = self.upload_model.objects.of(self.request.user).defer("content", "report")
        return super().get_context_data(**kwargs, uploads=uploads)


class OneUpload(StepView):
    """A step with one's own file. What one may import into is asked again at each of them."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        mine = self.upload_model.objects.of(request.user) if request.user.is_authenticated else self.upload_model.objects.none()
        self.upload = found(mine, kwargs["pk"]) if request.user.is_authenticated else None

    def dispatch(self, request, *args, **kwargs):
        if not self.may_import(request.user):
            raise PermissionDenied
        if self.upload.region_id and not self.regions_of(request.user).filter(pk=self.upload.region_id).exists():
            raise PermissionDenied
        if self.upload.is_imported and not isinstance(self, ResultView | DiscardView):
            return redirect(self.address("result", self.upload.pk))
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self):
        return self.upload.name

    def report(self, **ways):
        """The report of the import, or with `dry_run` of what it would do."""
        raise NotImplementedError


class ReportView(OneUpload):
    """What becomes of every row, the first problems first, or of one outcome only."""

    template_name = "portal/uploads/report.html"
    form_class = ConfirmForm

    def get_context_data(self, **kwargs):
        rows = self.rows()
        outcome = self.request.GET.get("outcome")
        shown = [row for row in rows if row.outcome == outcome] if outcome in self.outcomes else rows
        shown.sort(key=lambda row: (FIRST.index(row.outcome), row.number))
        page = Pages(shown, ON_A_PAGE).get_page(self.request.GET.get("page"))
        addresses = links(self.record_model, self.request.user, page)
        counts = counted(rows, self.outcomes)
        return super().get_context_data(
            **kwargs,
            upload=self.upload,
            page=page,
            lines=[(row, outcome_label(row.outcome), addresses.get(row.about)) for row in page],
            counts=counts,
            numbers={name: count for name, _label, count in counts},
            outcome=outcome,
            total=len(rows),
            list_url=self.list_url,
        )

    @property
    def list_url(self):
        """Where what was imported can be looked at."""
        return reverse(self.record_model.snippet_viewset.get_url_name("list"))


class PreviewView(ReportView):
    """Word for word what the import will do, and the button that does it."""

    step_title = _("Preview")

    def rows(self):
        return self.report(dry_run=True).rows

    def form_valid(self, form):
        with transaction.atomic():
            upload = self.upload_model.objects.select_for_update().get(pk=self.upload.pk)
            if upload.is_imported:
                return redirect(self.address("result", upload.pk))
            report = self.report(skip_refused=form.cleaned_data["skip_refused"])
            if report.counts[REFUSED] and not form.cleaned_data["skip_refused"]:
                messages.error(self.request, _("Nothing was imported: some rows are refused. Correct them, or leave them out."))
                return redirect(self.address("preview", upload.pk))
            upload.report = [[row.number, row.label, row.outcome, row.reason, row.about] for row in report.rows]
            upload.imported_at, upload.content = timezone.now(), b""
            upload.save(update_fields=["report", "imported_at", "content"])
        messages.success(self.request, _("The file has been imported."))
        return redirect(self.address("result", upload.pk))


class ResultView(ReportView):
    """The last step: what was done, with links."""

    step_title = _("Imported")

    def dispatch(self, request, *args, **kwargs):
        if not self.upload.is_imported:
            return redirect(self.address("preview", self.upload.pk))
        return super().dispatch(request, *args, **kwargs)

    def rows(self):
        return [Row(number, label, outcome, why, about=about) for number, label, outcome, why, about in self.upload.report]

    def form_valid(self, form):
        return redirect(self.address("result", self.upload.pk))


class DiscardView(OneUpload):
    """Throws a file away: what came out of it stays."""

    template_name = "portal/uploads/discard.html"
    form_class = ConfirmForm
    step_title = _("Forget this file")

    def form_valid(self, form):
        self.upload.delete()
        messages.success(self.request, _("The file is forgotten."))
        return redirect(self.address("index"))

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs, upload=self.upload)
