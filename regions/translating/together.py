"""Two people on one translation: they see each other, and neither overwrites what the other wrote meanwhile.

The editor tells us every few seconds that it is open (Wagtail's own `EditingSession`, which its editor of originals uses
as well). What somebody has seen is remembered in their session, by the moment at which they opened the page.
"""

from datetime import datetime, timedelta

from django.contrib.contenttypes.models import ContentType
from django.http import JsonResponse
from django.shortcuts import get_object_or_404
from django.templatetags.static import static
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from wagtail.admin.models import EditingSession
from wagtail.models import Page
from wagtail_localize.models import StringTranslation, Translation

from portal.permissions import is_translation

OPENED = "translations_opened"  # in the session: {page: when it was opened}
REMEMBERED = 50
HERE = timedelta(seconds=30)


def remember_what_is_seen(request, page):
    """For Wagtail's `before_edit_page`: from now on, what others write is news to this person."""
    if request.method == "GET" and is_translation(page):
        opened = request.session.get(OPENED, {})
        opened.pop(str(page.pk), None)
        opened[str(page.pk)] = timezone.now().isoformat()
        request.session[OPENED] = dict(list(opened.items())[-REMEMBERED:])


def what_another_wrote(request, translation, segment):
    """In words, when somebody else has changed this string since it was opened here; else empty. Read again, it is no news."""
    target = Page.objects.filter(translation_key=translation.source.object_id, locale=translation.target_locale_id).first()
    opened = request.session.get(OPENED, {}).get(str(target.pk)) if target else None
    there = StringTranslation.objects.filter(
        translation_of=segment.string_id, context=segment.context_id, locale=translation.target_locale_id
    ).select_related("last_translated_by")
    written = there.exclude(last_translated_by=request.user).first()
    if not (opened and written and written.updated_at > datetime.fromisoformat(opened)):
        return ""
    words = {
        "name": written.last_translated_by.get_full_name() if written.last_translated_by else _("somebody"),
        "time": date_format(timezone.localtime(written.updated_at), "TIME_FORMAT"),
        "text": written.data,
    }
    return _("%(name)s has changed this at %(time)s, to: “%(text)s”. Reload the page to go on from there.") % words


@never_cache
def presence(request, translation_id):
    """The editor says "I am here", and is told who else is. For those who may edit the translation (see its door)."""
    translation = get_object_or_404(Translation.objects.select_related("source"), pk=translation_id)
    page = get_object_or_404(Page, translation_key=translation.source.object_id, locale=translation.target_locale_id)
    of_page = {"content_type": ContentType.objects.get_for_model(Page), "object_id": str(page.pk)}
    now = timezone.now()
    if request.method == "POST":
        EditingSession.objects.update_or_create(user=request.user, **of_page, defaults={"last_seen_at": now})
    here = EditingSession.objects.filter(**of_page, last_seen_at__gt=now - HERE).exclude(user=request.user)
    names = sorted({session.user.get_full_name() or _("somebody") for session in here.select_related("user")})
    words = _("Also here: %(names)s. What they save, you see when you load this page again.") % {"names": ", ".join(names)}
    return JsonResponse({"names": names, "words": words if names else ""})


def editor_module():
    """For Wagtail's `insert_editor_js`: the module looks for the translation editor and is quiet elsewhere."""
    return format_html('<script type="module" src="{}"></script>', static("js/translating_together.js"))
