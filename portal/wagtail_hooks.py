from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.models import Page

from . import account_data, desk, example_letters, jobs, traces
from .jobs import Job
from .models import BasePage, Face
from .outbox import urls as outbox
from .permissions import pages_to_point_at, was_translated
from .scopes import NotInBulk
from .views import guides


@hooks.register("register_log_actions")
def record_actions(actions):
    """What is written down when a record's verb is called."""
    for name, label in {
        "facts_changed": _("Facts changed"),
        "confirmed": _("Confirmed"),
        "declared": _("Declared by the host"),
        "fell_asleep": _("Fell asleep"),
        "woke_up": _("Woke up"),
        "reopened": _("Brought back"),
        "problem_reported": _("Problem reported"),
        "problem_settled": _("Problem report settled"),
        "awarded": _("Awarded"),
        "award_revoked": _("Award revoked"),
        "opened": _("Opened"),
        "closed": _("Closed"),
        "listed": _("Listed"),
        "imported": _("Imported"),
        "appointed": _("Appointed"),
        "announced": _("Announced"),
        "cancelled": _("Cancelled"),
        "role_granted": _("Role granted"),
        "role_ended": _("Role ended"),
        "role_prolonged": _("Last day of a role changed"),
        "invited": _("Invited"),
        "invitation_accepted": _("Invitation accepted"),
        "invitation_declined": _("Invitation declined"),
        "invitation_withdrawn": _("Invitation withdrawn"),
        "erased": _("Account erased by its owner"),
        "offer_accepted": _("Offer accepted"),
        "offer_declined": _("Offer declined"),
        "translation_started": _("Translation started"),
        "translation_released": _("Translation published"),
        "translation_sent_back": _("Translation sent back"),
        "translation_ended": _("Kept as a page of its own"),
        "mail_again": _("Sent again"),
        "mail_now": _("Sent at once"),
        "mail_given_up": _("Given up"),
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
        page: Page.objects.none() if was_translated(page) else Page.objects.translation_of(page, inclusive=False)
        for page in pages
    }


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


# The admin as a workplace: what each function does stands with it.
hooks.register("construct_homepage_panels", desk.lay_out)
hooks.register("register_action_items", desk.drafts_to_look_at)
hooks.register("register_action_items", desk.mail_that_failed)
hooks.register("construct_main_menu", jobs.group_by_job)
hooks.register("construct_main_menu", jobs.begin_at_own_pages)
hooks.register("construct_reports_menu", jobs.only_open_doors)
hooks.register("construct_settings_menu", jobs.only_open_doors)
hooks.register("register_doors", guides.guide_doors)
hooks.register("register_admin_urls", guides.guide_urls)
hooks.register("register_help_menu_item", guides.guides_menu_item)
hooks.register("construct_help_menu", guides.only_our_own_help)

hooks.register("register_admin_urls", outbox.admin_urls)
hooks.register("register_doors", outbox.doors)
hooks.register(Job.PROGRAMME.hook, outbox.MailMenuItem)
hooks.register("register_mail_templates", example_letters.about_accounts)

hooks.register("register_bulk_action", NotInBulk, order=1000)


@hooks.register("register_personal_data")
def what_every_account_leaves():
    return [*account_data.KINDS, *traces.KINDS]


@hooks.register("construct_page_chooser_queryset")
def no_titles_of_others_drafts(pages, request):
    return pages.filter(pk__in=pages_to_point_at(request.user).values("pk"))
