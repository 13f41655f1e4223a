"""What is asked on the way from a file to spaces."""

from pathlib import PurePath

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from portal.imports import ImportFailed
from portal.permissions import oversees
from regions.models import Region
from spaces.importers.columns import FIELDS, NEEDED
from spaces.importers.formats import LABELS, format_of, read
from spaces.importers.tables import check_rows, check_size
from spaces.models import SpaceUpload

from .scope import regions_of

MOST_BYTES = 5 * 1024 * 1024
MOST_ROWS = 3_000  # more would keep a browser waiting: the command takes more
LONGEST_NAME, LONGEST_SOURCE = (SpaceUpload.longest(name) for name in ("name", "source"))


class UploadForm(forms.Form):
    """A file, and where its spaces belong. It is read at once: what cannot be read is not kept."""

    file = forms.FileField(label=_("File"), help_text=_("CSV, XLSX, GeoJSON or SpaceAPI; at most 5 MB and 3,000 rows."))
    format = forms.ChoiceField(
        label=_("Format"), required=False, choices=[("", _("as the end of its name says")), *LABELS.items()]
    )
    region = forms.ModelChoiceField(Region.objects.none(), label=_("Region"), required=False)
    source = forms.CharField(
        label=_("Where it comes from"),
        required=False,
        max_length=LONGEST_SOURCE,
        help_text=_("The same words next time find the same spaces again. Left empty, the name of the file."),
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        field = self.fields["region"]
        field.queryset = regions_of(user)
        field.empty_label = _("The region of each row’s country")
        if not oversees(user) and field.queryset.count() == 1:
            field.empty_label, self.initial["region"] = None, field.queryset.first().pk

    def clean(self):
        super().clean()
        if self.errors:
            return
        file = self.cleaned_data["file"]
        try:
            if file.size > MOST_BYTES:
                check_size(b"x" * (MOST_BYTES + 1), MOST_BYTES)
            self.content = file.read()
            self.kind = self.cleaned_data["format"] or format_of(file.name)
            check_rows(len(read(file.name, self.content, self.kind).rows), MOST_ROWS)
        except ImportFailed as failure:
            self.add_error("file", ValidationError([str(problem) for problem in failure.problems]))

    def save(self):
        name = self.cleaned_data["file"].name
        return SpaceUpload.objects.create(
            uploaded_by=self.user,
            region=self.cleaned_data["region"],
            name=name[-LONGEST_NAME:],
            format=self.kind,
            source=self.cleaned_data["source"] or PurePath(name).stem[:LONGEST_SOURCE] or "file",
            content=self.content,
        )


class ColumnsForm(forms.Form):
    """Which column is which fact. What the names of the columns tell is chosen already."""

    def __init__(self, *args, table, columns, **kwargs):
        super().__init__(*args, **kwargs)
        self.table = table
        choices = [("", _("not in this file")), *((column, column[:60]) for column in table.columns)]
        for name, (label, _names) in FIELDS.items():
            self.fields[name] = forms.ChoiceField(
                label=label, choices=choices, required=name in NEEDED, initial=columns.get(name, "")
            )

    def clean(self):
        """One column is one fact: said twice, the second would be a guess."""
        super().clean()
        chosen = [(name, column) for name, column in self.cleaned_data.items() if column]
        for number, (name, column) in enumerate(chosen):
            earlier = next((other for other, same in chosen[:number] if same == column), None)
            if earlier:
                said = {"column": column[:60], "field": FIELDS[earlier][0]}
                self.add_error(name, _("The column “%(column)s” is already “%(field)s”.") % said)

    @property
    def columns(self):
        return {name: column for name, column in self.cleaned_data.items() if column}

    def rows(self):
        """Each field with examples of the column that is chosen for it."""
        for field in self:
            chosen = field.value() or ""
            yield field, self.table.examples(chosen) if chosen in self.table.columns else []
