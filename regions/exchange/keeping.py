"""Between the report and the word to go ahead, a file that was sent waits here: only for whoever sent it, and only one."""

from pathlib import Path
from uuid import uuid4

from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.text import slugify
from wagtail.admin import messages
from wagtail.models import UploadedFile
from wagtail_localize.models import StringTranslation

from .forms import UploadForm

ENDINGS = {".po", ".xlf", ".xliff", ".zip"}


def waiting_files(user):
    kind = ContentType.objects.get_for_model(StringTranslation)
    return UploadedFile.objects.filter(for_content_type=kind, uploaded_by_user=user)


def keep(request, only=None):
    """Keep the file of this request and lead to its report; without a usable file, back to where it is sent from."""
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        for error in form.errors.get("file", []):
            messages.error(request, error)
        return redirect("exchange:page", only.pk) if only else redirect("exchange:index")
    for earlier in waiting_files(request.user):
        throw_away(earlier)
    sent = form.cleaned_data["file"]
    kept = waiting_files(request.user).create(
        for_content_type=ContentType.objects.get_for_model(StringTranslation),
        uploaded_by_user=request.user,
        file=ContentFile(sent.read(), name=f"{uuid4().hex}-{safe(sent.name)}"),
    )
    url = reverse("exchange:report", args=[kept.pk])
    return redirect(f"{url}?page={only.pk}" if only else url)


def safe(name):
    """The name as people know it, of letters that any store takes."""
    path = Path(name.replace("\\", "/").rsplit("/", 1)[-1])
    ending = path.suffix.lower()
    return f"{slugify(path.stem)[:60] or 'file'}{ending if ending in ENDINGS else '.txt'}"


def name_of(kept):
    return Path(kept.file.name).name.partition("-")[2]


def throw_away(kept):
    kept.file.delete(save=False)
    kept.delete()
