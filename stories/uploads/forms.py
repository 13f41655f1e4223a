from pathlib import PurePath

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from portal.imports import ImportFailed
from regions.models import Region
from stories.importers.calendars import MOST_BYTES, readings_of
from stories.models import EventUpload

from .scope import regions_of

LONGEST_NAME, LONGEST_SOURCE = (EventUpload.longest(name) for name in ("name", "source"))


class UploadForm(forms.Form):
    """A calendar, and the region of its events. It is read at once: what cannot be read is not kept."""

    file = forms.FileField(label=_("File"), help_text=_("A calendar (.ics); at most 2 MB and 1,000 dates."))
    region = forms.ModelChoiceField(Region.objects.none(), label=_("Region"))

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        field = self.fields["region"]
        field.queryset = regions_of(user)
        if len(field.queryset[:2]) == 1:
            field.empty_label, self.initial["region"] = None, field.queryset.first().pk

    def clean(self):
        super().clean()
        if self.errors:
            return
        file = self.cleaned_data["file"]
        try:
            self.content = file.read(MOST_BYTES + 1)
            readings_of(self.content, self.cleaned_data["region"].zone)
        except ImportFailed as failure:
            self.add_error("file", ValidationError([problem.message for problem in failure.problems]))

    def save(self):
        name = self.cleaned_data["file"].name
        return EventUpload.objects.create(
            uploaded_by=self.user,
            region=self.cleaned_data["region"],
            name=name[-LONGEST_NAME:],
            source=PurePath(name).stem[:LONGEST_SOURCE] or "calendar",
            content=self.content,
        )
