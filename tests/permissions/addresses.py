"""Every address of the portal, which things of a region it is tried with, and who may come in.

A line names addresses of one namespace, and for each thing the set of roles that are let in, by region. Everybody else
finds the door closed: a refusal or a 404, and nothing written. `tests/permissions/objects.py` has the things.
"""

from .who import (
    EVERYBODY,
    IN_IT,
    KEEPS_IT,
    LEADERS,
    LEADS_IT,
    NOBODY,
    PUBLISHERS,
    REGIONAL,
    REVIEWS,
    SIGNED_IN,
    STAFF,
    SUPERUSER,
    TRANSLATES,
    WORKERS,
    Who,
)

ADDRESSES = {}


def let(who, names, namespace="", **things):
    """These addresses let in `who`; with things: `draft=KEEPS_IT, story=STAFF`."""
    for name in names.split():
        put(f"{namespace}:{name}" if namespace else name, who, things)


def put(name, who, things):
    found = ADDRESSES.setdefault(name, {})
    found.update({thing.replace("_", " "): whom for thing, whom in things.items()} or {"": who})


def of(namespace, names, **things):
    let(None, names, namespace, **things)


ALL = EVERYBODY
READER = Who.of(both="anonymous")
SEES_WORDS = WORKERS - Who.of(both="contributor")
SEES_FRENCH = SEES_WORDS
KEEPS_WORDS = STAFF | REVIEWS
OWN_FILE = Who.of(a="ambassador_a", b="ambassador_b")
TRANSLATORS = PUBLISHERS | Who.of(both="translator translator_a reviewer")  # whoever may translate any page
FRENCH = KEEPS_IT | TRANSLATES  # a page that is a translation: for those who keep the region, and for the translators

# -- The public site ---------------------------------------------------------------------------------------------------
let(ALL, "root healthz readyz robots security_txt sitemap search")
let(ALL, "spaces_geojson spaces_csv spaces_land")
let(NOBODY, "spaces_clusters")  # without a box
ADDRESSES["share_picture"] = {"public space": ALL, "space": NOBODY}
let(NOBODY, "demo_mail demo_mail_detail")  # only in the demo
let(None, "demo_mail_html demo_mail_attachment", mail=NOBODY)
ADDRESSES["sitemap_section"] = {"section": ALL}
ADDRESSES["not_yet"] = {"story key": ALL}
ADDRESSES["confirm"] = {"question": ALL}  # whoever has the link
ADDRESSES["report"] = {"readable": ALL, "unreadable": NOBODY}
ADDRESSES["report_sent"] = {"readable": ALL, "unreadable": NOBODY}
ADDRESSES["group"] = {"usergroup": ALL}
let(ALL, "spaces_xlsx spaceapi_directory embed_spaces api_docs")
let(None, "space_freebusy", public_space=NOBODY)  # whose hours nobody has told; with hours it is everybody's
let(None, "spaceapi_space", public_space=ALL, space=NOBODY)
let(ALL, "openapi-json list_regions list_ambassadors list_groups list_spaces", "api")
of("api", "get_region", region=ALL, planned_region=NOBODY)
of("api", "get_ambassador", ambassadorship=ALL, planned=NOBODY)
of("api", "get_group", usergroup=ALL)
of("api", "get_space", public_space=ALL, space=NOBODY)
let(NOBODY, "api:api-root")
let(None, "api_nothing", no_address_of_the_API=NOBODY)
ADDRESSES["contact_ambassador"] = {"ambassadorship": ALL, "planned": NOBODY}
ADDRESSES["letter_sent"] = {"ambassadorship": ALL, "planned": NOBODY}
ADDRESSES["wagtail_serve"] = {"story path": ALL, "draft path": NOBODY, "french draft path": NOBODY, "face path": ALL}
ADDRESSES["wagtaildocs_serve"] = {"document file": ALL}
ADDRESSES["media"] = {"picture file": ALL}
ADDRESSES["wagtailcore_authenticate_with_password"] = {"behind a password": ALL}
ADDRESSES["wagtaildocs_authenticate_with_password"] = {"portal": NOBODY}
let(NOBODY, "wagtailcore_login en/_util/login/")  # leads to the sign-in, or home to the own account

# -- One's own account -------------------------------------------------------------------------------------------------
let(None, "confirm_space declare_space", public_space=Who.of(a="host"))
let(None, "space_hours", public_space=Who.of(a="host") | KEEPS_IT, space=KEEPS_IT)
let(SIGNED_IN, "hosted_spaces account_home account_data account_export account_erase account_email account_change_password")
let(SIGNED_IN, "account_reauthenticate mfa_index mfa_reauthenticate mfa_activate_totp")
let(SIGNED_IN, "mfa_generate_recovery_codes mfa_list_webauthn")
let(NOBODY, "mfa_deactivate_totp mfa_view_recovery_codes mfa_download_recovery_codes")  # nobody has made any
let(SIGNED_IN, "mfa_add_webauthn mfa_reauthenticate_webauthn account_set_password")
let(None, "mfa_remove_webauthn mfa_edit_webauthn", key=NOBODY)  # of somebody else
let(READER, "account_login account_signup")
put("account_logout", (SIGNED_IN, NOBODY), {})  # leads to the sign-in
let(ALL, "account_inactive account_email_verification_sent account_erased")
let(ALL, "account_reset_password account_reset_password_done account_reset_password_from_key_done")
let(NOBODY, "mfa_authenticate account_confirm_login_code")  # nobody is in the middle of signing in
let(None, "account_confirm_email", mailed=ALL)
let(None, "account_reset_password_from_key", token=ALL)

# -- The frame of the workplace ----------------------------------------------------------------------------------------
let(WORKERS, "wagtailadmin_home wagtailadmin_account wagtailadmin_dismissibles")
let(WORKERS, "wagtailadmin_tag_autocomplete")
let(NOBODY, "wagtailadmin_block_preview")  # without the name of a block
let(WORKERS, "wagtailadmin_explore_root workplace_guides")
let(ALL, "wagtailadmin_sprite wagtailadmin_javascript_catalog")  # icons and words
let(NOBODY, "wagtailadmin_logout")  # leads to the sign-in
let(NOBODY, "the_one_door wagtailadmin_login admin/test404/ admin/^.*/$")
ADDRESSES["wagtailadmin_tag_model_autocomplete"] = {"tags": WORKERS}
ADDRESSES["workplace_guide"] = {"guide": WORKERS}
let(NOBODY, "wagtailadmin_password_reset wagtailadmin_password_reset_done wagtailadmin_password_reset_complete")
let(None, "wagtailadmin_password_reset_confirm", token=NOBODY)
of("wagtailadmin_editing_sessions", "ping", draft=KEEPS_IT, story=KEEPS_IT, french=FRENCH, space=KEEPS_IT, user=SUPERUSER)
let(WORKERS, "release", "wagtailadmin_editing_sessions")

# -- Pages -------------------------------------------------------------------------------------------------------------
VIEWED = {"draft": KEEPS_IT, "story": KEEPS_IT, "face": KEEPS_IT, "french": FRENCH, "french_draft": FRENCH}
WALKED = {"draft": IN_IT, "story": IN_IT, "french": IN_IT | TRANSLATES, "french_draft": IN_IT | TRANSLATES}
let(None, "wagtailadmin_explore wagtailadmin_explore_results", **WALKED, announcement=STAFF)
let(WORKERS, "search search_results", "wagtailadmin_pages")
of("wagtailadmin_pages", "add preview_on_add add_subpage", **{"region's_page": IN_IT})
of("wagtailadmin_pages", "edit", **VIEWED, announcement=STAFF, waiting=KEEPS_IT | Who.of(a="contributor"))
of("wagtailadmin_pages", "preview_on_edit view_draft usage history history_results", **VIEWED)
of("wagtailadmin_pages", "revisions_view revisions_revert revisions_compare", **VIEWED)
of("wagtailadmin_pages", "revisions_index", **WALKED)  # leads to the history
of("wagtailadmin_pages", "delete", draft=KEEPS_IT, story=STAFF, face=STAFF, french=STAFF, french_draft=KEEPS_IT)
of("wagtailadmin_pages", "unpublish", draft=NOBODY, story=KEEPS_IT, face=KEEPS_IT, french=KEEPS_IT | REVIEWS)
of("wagtailadmin_pages", "copy", draft=KEEPS_IT, story=KEEPS_IT, face=NOBODY, french_draft=KEEPS_IT)
of("wagtailadmin_pages", "move", draft=KEEPS_IT, story=KEEPS_IT, face=NOBODY, french_draft=KEEPS_IT)
of("wagtailadmin_pages", "move_confirm", draft=KEEPS_IT, story=KEEPS_IT, face=(SUPERUSER, NOBODY))
of("wagtailadmin_pages", "set_page_position", draft=KEEPS_IT, story=KEEPS_IT, face=NOBODY, french=NOBODY)
of("wagtailadmin_pages", "lock unlock", draft=LEADS_IT, story=LEADS_IT, french=LEADS_IT)
of("wagtailadmin_pages", "convert_alias", story=NOBODY, draft=NOBODY)
of("wagtailadmin_pages", "set_privacy", draft=STAFF, story=STAFF)
of("wagtailadmin_pages", "type_use type_use_results choose_parent", draft=STAFF)
of("wagtailadmin_pages", "workflow_action collect_workflow_action_data", waiting=KEEPS_IT)
of("wagtailadmin_pages", "workflow_preview", waiting=KEEPS_IT)
of("wagtailadmin_pages", "confirm_workflow_cancellation", waiting=KEEPS_IT | Who.of(a="contributor"))
of("wagtailadmin_pages", "workflow_history workflow_history_detail", waiting=KEEPS_IT | Who.of(a="contributor"))
of("wagtailadmin_pages", "revisions_unschedule", draft=KEEPS_IT, story=KEEPS_IT, french=KEEPS_IT | REVIEWS)
let(WORKERS, "listing", "wagtailadmin_api:pages")
of("wagtailadmin_api:pages", "detail", **WALKED)
for kind in ("pages", "images", "documents"):
    let(NOBODY, "find", f"wagtailadmin_api:{kind}")  # finds nothing without its question
of("wagtailadmin_api:pages", "action", draft=SUPERUSER, story=SUPERUSER)
let(SUPERUSER, "listing", "wagtailadmin_api:images")
let(SUPERUSER, "listing", "wagtailadmin_api:documents")
of("wagtailadmin_api:images", "detail", picture=IN_IT | TRANSLATES)  # as it is shown to those who translate its page
of("wagtailadmin_api:documents", "detail", document=SUPERUSER)
ADDRESSES["wagtail_bulk_action"] = {
    "bulk of pages": IN_IT,
    "bulk of pictures": IN_IT,
    "bulk of documents": KEEPS_IT,
    "bulk of spaces": NOBODY,
    "bulk of users": (SUPERUSER, NOBODY),  # whom something needs
}

# -- Choosing ----------------------------------------------------------------------------------------------------------
let(WORKERS, "wagtailadmin_choose_page wagtailadmin_choose_page_search wagtailadmin_choose_page_external_link")
let(WORKERS, "wagtailadmin_choose_page_email_link wagtailadmin_choose_page_phone_link wagtailadmin_choose_page_anchor_link")
let(None, "wagtailadmin_choose_page_child", draft=IN_IT, story=WORKERS, french_draft=IN_IT | TRANSLATES)
let(None, "wagtailadmin_choose_page_chosen_multiple", draft=IN_IT, story=WORKERS, announcement=STAFF)
for space_or_event in ("spaces_space", "stories_event", "regions_ambassadorship", "regions_region", "regions_usergroup"):
    chooser = f"wagtailsnippetchoosers_{space_or_event}"
    let(WORKERS, "choose choose_results chosen_multiple", chooser)
    let(NOBODY, "create", chooser)  # a chooser makes nothing
of("wagtailsnippetchoosers_spaces_space", "chosen", space=IN_IT, public_space=WORKERS)
of("wagtailsnippetchoosers_stories_event", "chosen", event=IN_IT)
of("wagtailsnippetchoosers_regions_ambassadorship", "chosen", planned=IN_IT, ambassadorship=WORKERS)
of("wagtailsnippetchoosers_regions_region", "chosen", region=WORKERS)
of("wagtailsnippetchoosers_regions_usergroup", "chosen", usergroup=WORKERS)
glossary = "wagtailsnippetchoosers_regions_glossaryterm"
let(WORKERS, "choose choose_results chosen_multiple", glossary)
let(NOBODY, "create", glossary)
of(glossary, "chosen", glossary_term=SEES_FRENCH)
for quiet in ("regions_problemreport", "regions_trainingrecord", "spaces_award", "spaces_regionterms"):
    let(WORKERS, "choose choose_results chosen_multiple", f"wagtailsnippetchoosers_{quiet}")
    let(NOBODY, "create", f"wagtailsnippetchoosers_{quiet}")
of("wagtailsnippetchoosers_regions_problemreport", "chosen", problem=LEADS_IT)
of("wagtailsnippetchoosers_regions_trainingrecord", "chosen", training=LEADS_IT)
of("wagtailsnippetchoosers_spaces_award", "chosen", award=WORKERS)
of("wagtailsnippetchoosers_spaces_regionterms", "chosen", terms=LEADS_IT)
for name in ("menu", "sitetexts"):
    let(STAFF, "choose choose_results chosen_multiple", f"wagtailsnippetchoosers_home_{name}")
    let(NOBODY, "create", f"wagtailsnippetchoosers_home_{name}")
    of(f"wagtailsnippetchoosers_home_{name}", "chosen", **{name: STAFF})

# -- Pictures and documents --------------------------------------------------------------------------------------------
let(REGIONAL, "index index_results add add_multiple", "wagtailimages")
of("wagtailimages", "edit delete edit_multiple delete_multiple", picture=KEEPS_IT)
of("wagtailimages", "image_usage", picture=KEEPS_IT)
of("wagtailimages", "url_generator url_generator_output", picture=NOBODY)  # no such addresses are served
of("wagtailimages", "preview", picture=KEEPS_IT)
of(
    "wagtailimages",
    "create_multiple_from_uploaded_image delete_upload_multiple",
    picture=Who.of(a="ambassador_a", b="ambassador_b"),
)
let(WORKERS, "choose choose_results", "wagtailimages_chooser")
let(REGIONAL, "create", "wagtailimages_chooser")
of("wagtailimages_chooser", "chosen chosen_multiple select_format", picture=IN_IT)
let(PUBLISHERS, "index index_results add add_multiple", "wagtaildocs")
of("wagtaildocs", "edit delete edit_multiple delete_multiple document_usage", document=LEADS_IT)
of(
    "wagtaildocs",
    "create_multiple_from_uploaded_document delete_upload_multiple",
    document=Who.of(a="ambassador_a", b="ambassador_b"),
)
let(WORKERS, "choose choose_results", "wagtaildocs_chooser")
let(PUBLISHERS, "create", "wagtaildocs_chooser")
of("wagtaildocs_chooser", "chosen chosen_multiple", document=KEEPS_IT)

# -- Records -----------------------------------------------------------------------------------------------------------
RECORDS = """
    model                  thing           list     add        history  usage    edit     delete   verb
    spaces_space           space           REGIONAL REGIONAL   IN_IT    KEEPS_IT KEEPS_IT STAFF    LEADS_IT
    stories_event          event           REGIONAL REGIONAL   IN_IT    KEEPS_IT KEEPS_IT LEADS_IT KEEPS_IT
    regions_region         region          REGIONAL STAFF      LEADS_IT LEADS_IT LEADS_IT LOCKED   STAFF
    regions_region         planned_region  REGIONAL STAFF      STAFF    STAFF    STAFF    STAFF    STAFF
    regions_ambassadorship ambassadorship  REGIONAL STAFF      LEADS_IT LEADS_IT LEADS_IT STAFF    STAFF
    regions_ambassadorship planned         REGIONAL STAFF      STAFF    STAFF    STAFF    STAFF    STAFF
    regions_usergroup      usergroup       REGIONAL PUBLISHERS KEEPS_IT KEEPS_IT KEEPS_IT STAFF    KEEPS_IT
    regions_problemreport  problem         LEADERS  NOBODY     NOBODY   NOBODY   NOBODY   NOBODY   LEADS_IT
    regions_trainingrecord training        LEADERS  NOBODY     NOBODY   NOBODY   NOBODY   NOBODY   -
    spaces_award           award           REGIONAL LEADERS    LEADS_IT LEADS_IT LEADS_IT NOBODY   LEADS_IT
    spaces_regionterms     terms           LEADERS  LEADERS    LEADS_IT LEADS_IT LEADS_IT STAFF    -
"""
INSPECTED = {"planned_region": STAFF, "problem": LEADS_IT, "training": LEADS_IT, "terms": LEADS_IT}
LOCKED = (STAFF, NOBODY)  # who comes in reads that it cannot be, since something needs it
for line in RECORDS.strip().splitlines()[1:]:
    model, thing, listed, add, history, usage, edit, delete, verb = line.split()
    views, sets = f"wagtailsnippets_{model}", globals()
    let(sets[listed], "list list_results", views)
    let(sets[add], "add", views)
    of(views, "inspect", **{thing: INSPECTED.get(thing, IN_IT)})
    of(views, "history history_results", **{thing: sets[history]})
    of(views, "usage", **{thing: sets[usage]})
    of(views, "edit", **{thing: sets[edit]})
    of(views, "delete", **{thing: sets[delete]})
    if verb != "-":
        of(views, "verb", **{thing: sets[verb]})
for name in ("menu", "sitetexts"):
    views = f"wagtailsnippets_home_{name}"
    let(STAFF, "list list_results add", views)
    of(views, "edit delete usage history history_results copy", **{name: STAFF})

# -- People ------------------------------------------------------------------------------------------------------------
let(LEADERS, "index index_results invitations invitations_results invite", "people")
of("people", "end last_day", member=LEADS_IT)
of("people", "renew withdraw", invitation=LEADS_IT)
let(None, "invitation", invitation=ALL)  # whoever has the link

# -- The glossary: the words of the languages that one translates into --------------------------------------------------
GLOSSARY = "wagtailsnippets_regions_glossaryterm"
let(SEES_WORDS, "list list_results", GLOSSARY)
let(KEEPS_WORDS, "add", GLOSSARY)
of(GLOSSARY, "inspect", glossary_term=SEES_FRENCH)
of(GLOSSARY, "edit delete usage history history_results", glossary_term=KEEPS_WORDS)

# -- Submitted spaces --------------------------------------------------------------------------------------------------
let(ALL, "submit_space submission_sent")
let(None, "confirm_submission", new_submission=ALL)  # whoever has the link
let(None, "status correct_submission", submission=ALL)
let(LEADERS, "index index_results", "submissions")
of("submissions", "review act", submission=LEADS_IT)

# -- Requests for spaces -----------------------------------------------------------------------------------------------
let(ALL, "request_sent protocols")
let(None, "ask_for_space", public_space=ALL, space=NOBODY)
let(None, "confirm_request", new_request=ALL)  # whoever has the link
let(None, "status correct_request", request=ALL)
let(None, "request_calendar", booked_request=ALL, request=NOBODY)
let(None, "host host_request host_calendar", host_of_it=ALL)
let(SIGNED_IN, "own_requests")
let(LEADERS, "index index_results", "requests")
of("requests", "request", request=LEADS_IT)
let(LEADERS, "index index_results", "cases")
of("cases", "case", case=LEADS_IT)

# -- Events ------------------------------------------------------------------------------------------------------------
let(ALL, "events_calendar events_atom seat_sent")
let(ALL, "list_events", "api")
of("api", "get_event", public_event=ALL, event=NOBODY)
let(None, "region_calendar region_atom", region=ALL, planned_region=NOBODY)
let(None, "take_seat event_calendar event_share", public_event=ALL, event=NOBODY)
let(None, "confirm_seat", new_seat=ALL)  # whoever has the link
let(None, "status", seat=ALL, organiser_of_it=ALL)
let(None, "plan_event", booked_request=ALL)
let(None, "door", door=ALL, seat=NOBODY)  # weeks before the event a tick changes nothing
let(SIGNED_IN, "own_events")
let(None, "plan_from_request", booked_request=(NOBODY, LEADS_IT))
let(PUBLISHERS, "index", "event_uploads")
of("event_uploads", "preview discard result", calendar_file=OWN_FILE)

# -- Mail --------------------------------------------------------------------------------------------------------------
let(STAFF, "index index_results templates", "outbox")
of("outbox", "mail mail_html again give_up", mail=STAFF)
of("outbox", "now", waiting_mail=STAFF)
of("outbox", "template template_html", letter=STAFF)

# -- Importing spaces --------------------------------------------------------------------------------------------------
let(LEADERS, "index", "space_uploads")
of("space_uploads", "columns preview discard", file_of_spaces=OWN_FILE)
of("space_uploads", "result", file_of_spaces=OWN_FILE)

# -- Translations ------------------------------------------------------------------------------------------------------
let(WORKERS, "javascript_catalog", "wagtail_localize")
of("wagtail_localize", "edit_string_translation download_pofile", translation=FRENCH)
of("wagtail_localize", "upload_pofile", translation=(FRENCH, NOBODY))  # without a file it leads back
of("exchange_editor", "pofile_upload", translation=(FRENCH, NOBODY))
of("exchange_editor", "edit_string pofile_download", translation=FRENCH)  # the same addresses, answered by us
let(TRANSLATORS, "index", "exchange")
put("exchange:download", (NOBODY, TRANSLATORS), {})  # without a language it leads back
put("exchange:upload", (TRANSLATORS, NOBODY), {})
of("exchange", "page download_page", translation=FRENCH)
of("exchange", "upload_page", translation=(FRENCH, NOBODY))
of("exchange", "report", waiting_file=Who.of(a="ambassador_a", b="ambassador_b"))
of("wagtail_localize", "preview_translation", translation=FRENCH)
of("wording", "strings", translation=(FRENCH, NOBODY))
put("wagtail_localize:preview_translation mode", None, {"translation": NOBODY})  # our pages have no other modes
of("wagtail_localize", "machine_translate", translation=NOBODY)  # there is no machine
of("wagtail_localize", "edit_override", translation=KEEPS_IT)
of("wagtail_localize", "stop_translation", translation=STAFF)
let(STAFF, "translations_report translations_report_results", "wagtail_localize")
of("wagtail_localize", "submit_page_translation update_translations", translation=SUPERUSER)
of("wagtail_localize", "snippets_api_listing snippets_api_detail", translation=SUPERUSER)
of("wagtail_localize", "convert_to_alias submit_snippet_translation", translation=NOBODY)  # nothing that can be

BOARD = PUBLISHERS | Who.of(both="translator translator_a reviewer")
let(BOARD, "board board_results review review_results", "translating")
put("translating:start", (NOBODY, NOBODY), {})  # only what is chosen is started, see the matrix
of("translating", "batch orphan", portal=NOBODY)  # a batch is somebody's own, and nothing is orphaned
of("translating", "review_one", ready_translation=KEEPS_IT | REVIEWS)
of("translating", "presence", translation=FRENCH)
let(LEADERS | REVIEWS, "offers", "translating")
of("translating", "offer", offer=LEADS_IT | REVIEWS)
let(ALL, "offer_translation translation_offer_sent")
let(None, "confirm_translation_offer", offer=ALL)  # whoever has the link

# -- The whole portal --------------------------------------------------------------------------------------------------
let(NOBODY, "index", "wagtailsnippets")  # each kind stands in the menu
let(STAFF, "locked_pages locked_pages_results workflow workflow_results workflow_tasks", "wagtailadmin_reports")
let(STAFF, "workflow_tasks_results site_history site_history_results aging_pages", "wagtailadmin_reports")
let(STAFF, "aging_pages_results page_types_usage page_types_usage_results", "wagtailadmin_reports")
let(STAFF, "index index_results add start_import process_import", "wagtailredirects")
of("wagtailredirects", "edit delete", portal=STAFF)
let(SUPERUSER, "chooser chooser_upload", "wagtailembeds")
for namespace, thing in (("wagtailusers_users", "user"), ("wagtailusers_groups", "group"), ("wagtailsites", "site")):
    let(SUPERUSER, "index index_results add", namespace)
    of(namespace, "edit history history_results usage copy", **{thing: SUPERUSER})
    of(namespace, "delete", **{thing: (SUPERUSER, NOBODY) if thing == "user" else SUPERUSER})
del ADDRESSES["wagtailusers_groups:copy"]
let(SUPERUSER, "index index_results add", "wagtaillocales")
of("wagtaillocales", "edit delete history history_results usage copy", language=SUPERUSER)
let(SUPERUSER, "index add", "wagtailadmin_collections")
of("wagtailadmin_collections", "edit", folder=SUPERUSER)
of("wagtailadmin_collections", "delete", folder=(SUPERUSER, NOBODY))  # not while something is in it
of("wagtailadmin_collections", "set_privacy", portal=SUPERUSER)
let(SUPERUSER, "index index_results add select_task_type task_index task_index_results", "wagtailadmin_workflows")
let(SUPERUSER, "task_chooser task_chooser_results task_chooser_create", "wagtailadmin_workflows")
of("wagtailadmin_workflows", "enable disable edit usage usage_results", workflow=SUPERUSER)
of("wagtailadmin_workflows", "edit_task disable_task enable_task", task=SUPERUSER)
of("wagtailadmin_workflows", "remove add_task task_chosen", portal=SUPERUSER)
put("wagtailadmin_workflows:remove workflow_pk", None, {"portal": SUPERUSER})
