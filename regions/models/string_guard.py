"""What may not stand on a page is not put there, whatever door its translation came through.

wagtail-localize lets anybody's text into its table and marks what it knows to be wrong; it knows tags, and not comments,
missing links, or signs that turn the text around. What it has marked it never puts on a page, so we mark the rest: when
a string is saved, and once more, all strings of the page, when the page is made from them.
"""

from functools import wraps

from django.core.exceptions import ValidationError
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _
from wagtail_localize.models import StringSegment, StringTranslation, TranslationSource

from portal.translating import untranslated
from regions.exchange.checking import problems
from regions.exchange.fields import place_of

SLUG = "slug"


def wrong_with(segment, text, model):
    """Why this text may not stand for this string of a page of that model, in words."""
    limit = place_of(model, segment.context.field_path or segment.context.path).limit if model else None
    return problems(segment.string.data, text, limit, segment.context.path == SLUG)


def mark(translation, found):
    """Say that it may not be used, and why. Past `save()`, which would come here again."""
    translation.has_error, translation.field_error = True, found[0]
    type(translation).objects.filter(pk=translation.pk).update(has_error=True, field_error=found[0])


@receiver(post_save, sender=StringTranslation)
def mark_when_saved(instance, raw=False, **kwargs):
    if raw or instance.has_error:
        return
    path = instance.context.path if instance.context_id else ""
    if found := problems(instance.translation_of.data, instance.data, None, path == SLUG):
        mark(instance, found)


def mark_all(source, locale):
    """All translations from which a page is about to be made, also those that came by no door that we know."""
    segments = StringSegment.objects.filter(source=source).select_related("string", "context")
    given = StringTranslation.objects.filter(context__object=source.object_id, locale=locale, has_error=False)
    by_place = {(each.context_id, each.translation_of_id): each for each in given}
    model = source.specific_content_type.model_class()
    for segment in segments:
        translation = by_place.get((segment.context_id, segment.string_id))
        if translation and (found := wrong_with(segment, translation.data, model)):
            mark(translation, found)


def gaps(source, locale):
    """Why a translation cannot be published yet, field by field: in a gap readers would meet the original's words."""
    refused = StringTranslation.objects.filter(context__object=source.object_id, locale=locale, has_error=True)
    reasons = {(each.context_id, each.translation_of_id): each.field_error for each in refused}
    found = {}
    for segment in untranslated(source, locale).select_related("context"):
        reason = reasons.get((segment.context_id, segment.string_id)) or _("Not translated yet.")
        found.setdefault(segment.context.path.split(".")[0], []).append(reason)
    return found


def marking_first(make):
    """Put before the one method by which wagtail-localize makes pages out of strings; it has no signal of its own."""

    @wraps(make)
    def guarded(source, locale, user=None, publish=True, **kwargs):
        mark_all(source, locale)
        if publish and (missing := gaps(source, locale)):
            raise ValidationError(missing)
        return make(source, locale, user=user, publish=publish, **kwargs)

    return guarded


TranslationSource.create_or_update_translation = marking_first(TranslationSource.create_or_update_translation)
