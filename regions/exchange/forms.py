"""What is asked before files go out, and before they come in."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.languages import language_name

from .archives import LARGEST_UPLOAD, MB
from .scope import languages_of, regions_of

FORMATS = [("xliff", _("XLIFF 2, for translation tools")), ("po", _("PO, for Poedit and others"))]


class DownloadForm(forms.Form):
    """Which pages, and in which format."""

    language = forms.ChoiceField(label=_("Language"))
    region = forms.ModelChoiceField(None, label=_("Region"), required=False, empty_label=_("All"))
    file_format = forms.ChoiceField(label=_("Format"), choices=FORMATS, initial="xliff", widget=forms.RadioSelect)
    only_open = forms.BooleanField(
        label=_("Only what is missing"),
        required=False,
        help_text=_("Strings without a translation, whose original has changed, or that only a machine has translated."),
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        codes = languages_of(user)
        self.fields["language"].choices = [(code, language_name(code)) for code in codes]
        self.fields["region"].queryset = regions_of(user)
        if len(codes) == 1:
            self.initial.setdefault("language", codes[0])


class UploadForm(forms.Form):
    """A file, or a zip of files."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("PO, XLIFF 2, or a zip of them, at most %(most)d MB.") % {"most": LARGEST_UPLOAD // MB},
        widget=forms.ClearableFileInput({"accept": ".po,.xlf,.xliff,.zip"}),
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > LARGEST_UPLOAD:
            raise forms.ValidationError(_("The file is too large: at most %(most)d MB.") % {"most": LARGEST_UPLOAD // MB})
        return file
