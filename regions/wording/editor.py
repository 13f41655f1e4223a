"""What the editor of a translation shows beside each string, as plain values for `static/js/admin/wording.js`."""

import json

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.translation import gettext as _
from wagtail_localize.models import StringTranslation

from portal.languages import direction, language_name, tag
from regions.models import GlossaryTerm

from .matching import Finder, accepted
from .suggestions import suggestions_for


def wording_of(translation, user):
    """The two languages, and what belongs to each string."""
    source, target = translation.source.locale.language_code, translation.target_locale.language_code
    segments = list(translation.source.stringsegment_set.select_related("string", "context").order_by("order"))
    return {
        "source": language(source),
        "target": language(target),
        "segments": list(each_segment(segments, translation, user, source, target)),
    }


def language(code):
    return {"tag": tag(code), "dir": direction(code), "name": language_name(code)}


def each_segment(segments, translation, user, source, target):
    glossary = Finder(GlossaryTerm.objects.between(source, target), [segment.string.data for segment in segments])
    suggestions = suggestions_for(segments, translation, user)
    now = translations_here(translation, segments)
    for segment in segments:
        text, machine = now.get((segment.string_id, segment.context_id), (None, ""))
        terms = [] if segment.context.path == "slug" else glossary.find(segment.string.data)
        yield {
            "id": segment.pk,
            "terms": [as_value(term, spans) for term, spans in terms],
            "suggestions": [vars(each) for each in suggestions[segment] if each.text != text],
            "machine": machine,
        }


def translations_here(translation, segments):
    """{(string, context): (text, the machine that said it or nothing)} of this page."""
    rows = StringTranslation.objects.filter(
        locale=translation.target_locale_id,
        translation_of__in={segment.string_id for segment in segments},
        context__in={segment.context_id for segment in segments},
    )
    return {(row.translation_of_id, row.context_id): (row.data, machine_behind(row)) for row in rows}


def machine_behind(row):
    """The name of the machine whose words nobody has confirmed yet."""
    is_machine = row.translation_type == StringTranslation.TRANSLATION_TYPE_MACHINE
    return (row.tool_name or _("a machine")) if is_machine else ""


def as_value(term, spans):
    return {
        "term": term.term,
        "variants": term.variants,
        "accepted": accepted(term),
        "note": term.note,
        "name": term.do_not_translate,
        "spans": spans,
    }


def words_of_the_frame():
    """What the editor says itself, in the language of the workplace."""
    return {
        "glossary": _("Glossary"),
        "keep": _("stays as it is"),
        "suggestions": _("Translated before"),
        "same": _("the same text"),
        "similar": _("{percent} % alike"),
        "times": _("used {times} times"),
        "original": _("There the original is:"),
        "use": _("Use"),
        "use_this": _("Use this translation: {text}"),
        "placed": _("The text stands in the field. Save it, or change it first."),
        "missing": _("The glossary says {agreed} for “{term}”; it is not in your text."),
        "or": _("or"),
        "machine": _("Suggested by {machine}, not confirmed. It counts as translated once you have changed or confirmed it."),
        "confirm": _("Confirm"),
        "confirmed": _("Confirmed."),
        "failed": _("Glossary and suggestions could not be loaded."),
        "again": _("Try again"),
    }


def script():
    """For Wagtail's `insert_editor_js`: does nothing where no translation is edited."""
    words = json.dumps(words_of_the_frame())
    return format_html('<script type="module" src="{}" data-wording="{}"></script>', static("js/admin/wording.js"), words)


def stylesheet():
    """For Wagtail's `insert_global_admin_css`: the editor of translations has no place of its own for one."""
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin/wording.css"))
