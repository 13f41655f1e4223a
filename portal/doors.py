"""Every address of the workplace, and who may come to it. What is not in this table is closed to all but superusers.

Wagtail's views ask for permissions themselves; most holes ever found in it were a second view of the same thing that
forgot to ask about the *object*. So the object is asked for here, once for all views. A role that reaches no row in the
database still meets every view's own questions afterwards.
"""

from django.core.exceptions import BadRequest
from django.http import Http404
from django.http.response import HttpResponseBase
from django.utils.datastructures import MultiValueDictKeyError
from wagtail import hooks
from wagtail.admin.auth import permission_denied
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from .keys import (
    anybody,
    bulk,
    chosen,
    media,
    move,
    nothing,
    override,
    own_pages,
    own_upload,
    page_to_point_at,
    pages,
    pages_chosen,
    picture_shown,
    snippet,
    snippet_chooser,
    staff,
    string,
    superusers,
    translation,
)

WORKPLACE = "/admin/"


def under(namespace, key, names):
    return {f"{namespace}:{name}": key for name in names.split()}


PAGES_OF_ONE = (
    "edit preview_on_edit view_draft delete unpublish usage history history_results workflow_action "
    "collect_workflow_action_data confirm_workflow_cancellation workflow_preview lock unlock revisions_index "
    "revisions_view revisions_revert revisions_unschedule workflow_history workflow_history_detail"
)
SNIPPET_VIEWS = (
    "list list_results add edit delete usage history history_results inspect copy verb revisions_view revisions_revert "
    "revisions_compare revisions_unschedule unpublish lock unlock workflow_action workflow_history"
)

DOORS = {
    # -- The desk, the frame around everything, one's own settings
    "wagtailadmin_home": anybody,
    "wagtailadmin_account": anybody,
    "wagtailadmin_logout": anybody,
    "wagtailadmin_dismissibles": anybody,
    "wagtailadmin_sprite": anybody,
    "wagtailadmin_javascript_catalog": anybody,
    "wagtailadmin_block_preview": anybody,
    "wagtailadmin_tag_autocomplete": anybody,
    "wagtailadmin_tag_model_autocomplete": anybody,
    "wagtailadmin_editing_sessions:ping": anybody,  # asks the object's policy itself
    "wagtailadmin_editing_sessions:release": anybody,  # one's own session only
    "wagtailadmin_login": anybody,
    "the_one_door": anybody,
    # -- Pages
    "wagtailadmin_explore_root": own_pages,
    "wagtailadmin_explore": pages("parent_page_id"),
    "wagtailadmin_explore_results": pages("parent_page_id"),
    "wagtailadmin_api:pages:listing": anybody,  # what one may walk through
    "wagtailadmin_api:pages:detail": pages("pk"),
    "wagtailadmin_api:images:detail": picture_shown,
    "wagtail_bulk_action": bulk,
    **under("wagtailadmin_pages", anybody, "search search_results"),
    **under("wagtailadmin_pages", pages("parent_page_id"), "add preview_on_add add_subpage"),
    **under("wagtailadmin_pages", pages("page_id"), PAGES_OF_ONE),
    **under("wagtailadmin_pages", pages("pk"), "revisions_compare"),
    **under("wagtailadmin_pages", pages("page_id", "new_parent_page"), "copy"),
    **under("wagtailadmin_pages", pages("page_to_move_id", "new_parent_page"), "move set_page_position"),
    **under("wagtailadmin_pages", move, "move_confirm"),
    **under("wagtailadmin_pages", staff, "set_privacy type_use type_use_results choose_parent"),
    **under("wagtailadmin_pages", superusers, "convert_alias"),
    # -- Choosing a page, a link
    "wagtailadmin_choose_page": anybody,  # `pages_to_point_at`, by the hook below
    "wagtailadmin_choose_page_search": anybody,
    "wagtailadmin_choose_page_child": page_to_point_at,
    "wagtailadmin_choose_page_chosen_multiple": pages_chosen,
    "wagtailadmin_choose_page_external_link": anybody,
    "wagtailadmin_choose_page_email_link": anybody,
    "wagtailadmin_choose_page_phone_link": anybody,
    "wagtailadmin_choose_page_anchor_link": anybody,
    # -- Pictures and documents
    **under("wagtailimages", anybody, "index index_results add add_multiple"),
    **under("wagtailimages", own_upload, "create_multiple_from_uploaded_image delete_upload_multiple"),
    **under("wagtailimages", media(get_image_model, "image_id"), "edit delete edit_multiple delete_multiple"),
    **under("wagtailimages", media(get_image_model, "image_id"), "url_generator url_generator_output preview image_usage"),
    **under("wagtailimages_chooser", anybody, "choose choose_results create"),
    **under("wagtailimages_chooser", media(get_image_model), "chosen"),
    **under("wagtailimages_chooser", media(get_image_model, "image_id"), "select_format"),
    **under("wagtailimages_chooser", chosen(get_image_model), "chosen_multiple"),
    **under("wagtaildocs", anybody, "index index_results add add_multiple"),
    **under("wagtaildocs", own_upload, "create_multiple_from_uploaded_document delete_upload_multiple"),
    **under("wagtaildocs", media(get_document_model, "document_id"), "edit delete document_usage"),
    **under("wagtaildocs", media(get_document_model, "doc_id"), "edit_multiple delete_multiple"),
    **under("wagtaildocs_chooser", anybody, "choose choose_results create"),
    **under("wagtaildocs_chooser", media(get_document_model), "chosen"),
    **under("wagtaildocs_chooser", chosen(get_document_model), "chosen_multiple"),
    # -- Translations
    "wagtail_localize:javascript_catalog": anybody,
    **under("wagtail_localize", translation, "download_pofile upload_pofile"),
    "wagtail_localize:edit_string_translation": string,
    **under("wagtail_localize", translation, "machine_translate preview_translation"),
    "wagtail_localize:edit_override": override,
    **under("wagtail_localize", staff, "stop_translation translations_report translations_report_results"),
    **under("wagtail_localize", superusers, "submit_page_translation submit_snippet_translation update_translations"),
    **under("wagtail_localize", superusers, "convert_to_alias snippets_api_listing snippets_api_detail"),
    # -- What concerns the whole portal
    "wagtailsnippets:index": staff,
    **under("wagtailadmin_reports", staff, "locked_pages locked_pages_results workflow workflow_results workflow_tasks"),
    **under("wagtailadmin_reports", staff, "workflow_tasks_results site_history site_history_results aging_pages"),
    **under("wagtailadmin_reports", staff, "aging_pages_results page_types_usage page_types_usage_results"),
    **under("wagtailredirects", staff, "index index_results add edit delete start_import process_import"),
}
# Known, and meant for superusers: who is a user, what a group may do, where the site lives, how drafts are moderated.
OF_SUPERUSERS = (
    "wagtailadmin_collections wagtailadmin_workflows wagtailsites wagtaillocales wagtailusers_users wagtailusers_groups "
    "wagtailembeds wagtailadmin_api"
).split()
NAMED_FOR_SUPERUSERS = {
    "wagtailadmin_error_test",
    "wagtailadmin_password_reset",
    "wagtailadmin_password_reset_done",
    "wagtailadmin_password_reset_confirm",
    "wagtailadmin_password_reset_complete",
}


def key_of(match):
    """The key to the door behind an address, or None: nobody has thought of it yet."""
    name = match.view_name
    if name in DOORS:
        return DOORS[name]
    if match.namespace.startswith("wagtailsnippets_") and match.url_name in SNIPPET_VIEWS.split():
        return snippet
    if match.namespace.startswith("wagtailsnippetchoosers_"):
        return nothing if match.url_name == "create" else snippet_chooser
    for register in hooks.get_hooks("register_doors"):
        if name in (doors := register()):
            return doors[name]
    return (
        superusers if (match.namespaces[:1] and match.namespaces[0] in OF_SUPERUSERS) or name in NAMED_FOR_SUPERUSERS else None
    )


class DoorsMiddleware:
    """Closed by default: nobody but a superuser comes to an address of the workplace that has no door here."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view_func, view_args, view_kwargs):
        if not request.path.startswith(WORKPLACE) or not request.user.has_perm("wagtailadmin.access_admin"):
            return None  # Wagtail leads to the sign-in
        key = key_of(request.resolver_match)
        if request.resolver_match.url_name is None or key is nothing:  # without a name: Wagtail's own "there is nothing here"
            raise Http404
        if request.user.is_superuser:
            return None
        answer = key is not None and key(request, view_kwargs)
        if isinstance(answer, HttpResponseBase):  # it leads on to somewhere else
            return answer
        return None if answer else permission_denied(request)

    def process_exception(self, request, exception):
        """A form without a field that it always has was not sent by our pages; Wagtail takes it for its own fault."""
        if request.path.startswith(WORKPLACE) and isinstance(exception, MultiValueDictKeyError):
            raise BadRequest from exception
