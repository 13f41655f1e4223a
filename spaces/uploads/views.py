"""From a file to spaces: besides the steps of every import, which column is which fact."""

from django.db import transaction
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from portal.numbers import whole_number
from portal.uploads import views
from spaces.importers.columns import guess, unused
from spaces.importers.formats import read
from spaces.importers.spaces import import_spaces
from spaces.models import Space, SpaceUpload

from .forms import ColumnsForm, UploadForm
from .scope import imports_somewhere, limits_of, regions_of


class SpaceSteps:
    """What differs from other imports."""

    upload_model, record_model = SpaceUpload, Space
    namespace, after_upload = "space_uploads", "columns"
    title = _("Import spaces")
    words = {
        "intro": _(
            "Spaces out of a table, a map or SpaceAPI documents. You see what becomes of every row before anything is "
            "written. Nothing is public until somebody lists it."
        ),
        "next": _("Look at its columns"),
        "back": _("Back to the columns"),
        "look": _("Look at them and list them"),
        "discard": _("The file and its report are deleted. Spaces that came out of it stay."),
    }

    def may_import(self, user):
        return imports_somewhere(user)

    def regions_of(self, user):
        return regions_of(user)

    @cached_property
    def table(self):
        return read(self.upload.name, bytes(self.upload.content), self.upload.format)

    @property
    def list_url(self):
        return f"{super().list_url}?status=imported"

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


class UploadView(SpaceSteps, views.UploadView):
    form_class = UploadForm


class ColumnsView(SpaceSteps, views.OneUpload):
    """The second step: which column is which fact."""

    template_name = "spaces/uploads/columns.html"
    form_class = ColumnsForm
    step_title = _("Columns")

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


class PreviewView(SpaceSteps, views.PreviewView):
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


class ResultView(SpaceSteps, views.ResultView):
    pass


class DiscardView(SpaceSteps, views.DiscardView):
    pass
