"""wagtail-localize's own ways to save a string and to send files, at its addresses, with our checks before them."""

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail_localize.models import StringSegment, StringTranslation, Translation
from wagtail_localize.views.edit_translation import StringTranslationSerializer, edit_string_translation

from portal.keys import sent
from regions.models.string_guard import wrong_with
from regions.translating.together import what_another_wrote

from . import po
from .keeping import keep
from .strings import load, with_languages


def edit_string(request, translation_id, string_segment_id):
    """Saving one string in the editor. What may not stand on a page, or would write over what somebody else wrote since it
    was opened, is not saved: the editor shows why, and what was typed."""
    if request.method == "PUT":
        translation = get_object_or_404(Translation.objects.select_related("source"), pk=translation_id)
        segment = StringSegment.objects.select_related("string", "context").filter(pk=string_segment_id).first()
        if segment is None:
            return JsonResponse(gone(string_segment_id, sent(request)))
        if segment.context.object_id != translation.source.object_id:
            raise Http404
        text = sent(request)
        found = wrong_with(segment, text, translation.source.specific_content_type.model_class())
        if reason := what_another_wrote(request, translation, segment) or " ".join(found):
            return JsonResponse(refused(translation, segment, text, reason, request.user))
    return edit_string_translation(request, translation_id=translation_id, string_segment_id=string_segment_id)


def gone(number, text):
    """The original was published anew while somebody wrote: what they typed stays before them."""
    words = _("The original of this sentence has just changed. Keep your words, load the page again, and see what is new.")
    return {
        "string_id": None,
        "segment_id": number,
        "data": text,
        "comment": "",
        "last_translated_by": None,
        "error": str(words),
    }


def refused(translation, segment, text, reason, user):
    """What the editor expects, of a translation that is not saved."""
    unsaved = StringTranslation(
        translation_of=segment.string,
        context=segment.context,
        locale_id=translation.target_locale_id,
        data=text,
        last_translated_by=user,
        has_error=True,
        field_error=reason,
    )
    told = StringTranslationSerializer(unsaved, context={"translation_source": translation.source}).data
    return {**told, "error": reason}


def download(request, translation_id):
    """The PO file of a page: ours, also where wagtail-localize's editor offers its own."""
    return file_of(get_object_or_404(with_languages(Translation.objects.all()), pk=translation_id), po)


def file_of(translation, file_format):
    found = load([translation])
    if not found:
        raise Http404
    sheet = found[0].sheet
    response = HttpResponse(file_format.write(sheet), content_type=file_format.CONTENT_TYPE)
    name = f"{sheet.name.replace('/', '-')}.{sheet.language}.{file_format.ENDING}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_POST
def upload(request, translation_id):
    """A file sent from wagtail-localize's editor leads to the same report as any other."""
    return keep(request, get_object_or_404(Translation, pk=translation_id))
