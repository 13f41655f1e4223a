from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.models import Page
from wagtail_localize.models import Translation

from .models import BasePage, Face


@hooks.register("register_log_actions")
def record_actions(actions):
    """What is written down when a record's verb is called."""
    for name, label in {
        "facts_changed": _("Facts changed"),
        "confirmed": _("Confirmed"),
        "opened": _("Opened"),
        "closed": _("Closed"),
        "listed": _("Listed"),
        "appointed": _("Appointed"),
        "announced": _("Announced"),
        "cancelled": _("Cancelled"),
        "role_granted": _("Role granted"),
    }.items():
        actions.register_action(f"portal.{name}", label, label)


@hooks.register("before_copy_page")
def refuse_copies_of_faces(request, page):
    """A copy of a page above faces would copy them too, and a record has one face in each language."""
    if Page.objects.descendant_of(page, inclusive=True).type(Face).exists():
        messages.error(request, _("Pages of regions, spaces, people and events cannot be copied: each shows one record."))
        return redirect("wagtailadmin_explore", page.get_parent().pk)
    return None


@hooks.register("construct_translated_pages_to_cascade_actions")
def unpublish_in_all_languages(pages, action):
    """Taking an original down or deleting it does so in every language; a translation goes alone."""
    return {
        page: Page.objects.none() if is_translation(page) else Page.objects.translation_of(page, inclusive=False)
        for page in pages
    }


def is_translation(page):
    """Whether the page was translated from another one, as wagtail-localize knows."""
    return Translation.objects.filter(source__object_id=page.translation_key, target_locale=page.locale_id).exists()


@hooks.register("before_serve_page")
def serve_only_in_its_language(page, request, serve_args, serve_kwargs):
    """What the public sees is a real page in this language, of a record that may be shown today.

    Where a translated home page is missing, Wagtail would show the original's text under /fr/; an alias does the same.
    We say "not yet". A term that ended or a region that closed needs no one to unpublish the page.
    """
    if isinstance(page, BasePage):
        page.alternates  # noqa: B018 (asked for here, since it brings the page's language along)
    if page.locale.language_code != get_language() or page.alias_of_id:
        return redirect("not_yet", page.translation_key)
    if isinstance(page, Face) and not page.record.may_be_shown:
        raise Http404
    request.page_changed_at = getattr(page, "changed_at", None)
    return None
