"""Real things of one region for the numbers and names in addresses: each gives what any address may ask of it."""

from allauth.account.models import EmailConfirmationHMAC
from wagtail.models import Collection, Locale, Page, Site

from home.models import Menu, SiteTexts
from portal.links import sign
from regions.keeping.links import link_for
from regions.models import Region, Team
from regions.models.offers import PURPOSE
from stories.organising.links import DOOR, path

MISSING = 987654321  # a number that nothing has


def of_page(world, place, page):
    """A page, and what hangs on it: its revision, its task, a place to move it to."""
    values = dict.fromkeys(("page_id", "parent_page_id", "page_to_move_id", "pk", "page_pk", "page_view_id"), page.pk)
    state = page.current_workflow_task_state
    return {
        **values,
        "destination_id": place.page.pk,
        "revision_id": page.latest_revision_id or MISSING,
        "revision_id_a": "earliest",
        "revision_id_b": "latest",
        "action_name": "publish" if state is None else "approve",
        "task_state_id": state.pk if state else MISSING,
        "task_id": state.task_id if state else MISSING,
        "workflow_state_id": state.workflow_state_id if state else MISSING,
        "content_type_app_name": "stories",
        "content_type_model_name": "storypage",
        "app_label": page._meta.app_label,
        "model_name": page._meta.model_name,
        "object_id": str(page.pk),
        "session_id": MISSING,
        "?": {"id": page.pk},
    }


def of_media(kind):
    def values(world, place):
        thing = {"image": place.picture, "document": place.document}[kind]
        key = {"image_id": thing.pk, "document_id": thing.pk, "doc_id": thing.pk, "pk": thing.pk}
        return {**key, "filter_spec": "fill-20x20", "?": {"id": thing.pk}, "uploaded_file_id": place.uploads[kind].pk}

    return values


def of_translation(world, place):
    return {
        "translation_id": place.translation.pk,
        "translation_source_id": place.translation.source_id,
        "string_segment_id": place.segment.pk,
        "overridable_segment_id": place.overridable.pk,
        "page_id": place.story.pk,
        "mode": "form",
        "file_format": "po",
        "app_label": "stories",
        "model_name": "event",
        "pk": place.draft_event.pk,
    }


def of_portal(world, place):
    """What belongs to no region: people, groups, sites, languages, workflows, folders."""
    state = place.task_state
    return {
        "page_pk": place.page.pk,
        "workflow_pk": state.workflow_state.workflow_id,
        "task_id": state.task_id,
        "redirect_id": world.redirect.pk,
        "collection_id": place.region.collection_id,
        "restriction_id": MISSING,
        "app_label": "regions",
        "model_name": "moderationtask",
        "app_name": "taggit",
        "pk": place.region.pk,
    }


def pk_of(find):
    def values(world, place):
        thing = find(world, place)
        kind = {"app_label": thing._meta.app_label, "model_name": thing._meta.model_name, "object_id": str(thing.pk)}
        return {**of_portal(world, place), **kind, "session_id": MISSING, "pk": thing.pk}

    return values


def page(find):
    return lambda world, place: of_page(world, place, find(place))


def record(find, verb=""):
    def values(world, place):
        thing = find(place)
        kind = {"app_label": thing._meta.app_label, "model_name": thing._meta.model_name, "object_id": str(thing.pk)}
        return {"pk": thing.pk, "verb": verb, "slug": thing.slug, "session_id": MISSING, **kind}

    return values


def without_address(find, verb):
    """What has no page and so no name in an address."""
    return lambda world, place: {**pk_of(lambda _world, its_place: find(its_place))(world, place), "verb": verb}


def question_about(find):
    """The link in the letter to a host."""

    def values(world, place):
        space = find(place)
        return {"token": link_for(space, space.owners()[0]).split("/")[-2]}

    return values


def bulk_of(model, action, find):
    app, name = model.split(".")
    return lambda world, place: {"app_label": app, "model_name": name, "action": action, "?": {"id": find(place).pk}}


def path_of(find):
    """Where a page stands, below the language of the address."""
    return lambda world, place: {"*": [find(place).url_path.split("/", 2)[2]], "language": find(place).locale.language_code}


def fixed(**values):
    return lambda world, place: values


def token_in(path):
    return path.split("/")[-2]


THINGS = {
    "": fixed(pk=MISSING, session_id=MISSING),
    "section": fixed(section="pages"),
    "token": fixed(key="no-such-key", uidb36="1", uidb64="MQ", token="no-such-token"),
    "mailed": lambda world, place: {"key": EmailConfirmationHMAC(world.unconfirmed).key},
    "tags": fixed(app_name="taggit", model_name="tag"),
    "no address of the API": fixed(rest="v1/nowhere"),
    "guide": fixed(role="editor"),
    "story key": lambda world, place: {"key": place.story.translation_key},
    "story path": path_of(lambda place: place.story),
    "draft path": path_of(lambda place: place.draft_story),
    "french draft path": path_of(lambda place: place.french_draft),
    "face path": path_of(lambda place: place.space.pages.get(locale__language_code=place.region.language)),
    "document file": lambda world, place: {"*": [place.document.pk, place.document.filename]},
    "picture file": lambda world, place: {"path": place.picture.file.name},
    "behind a password": lambda world, place: {
        "page_view_restriction_id": place.restriction.pk,
        "page_id": place.behind_password.pk,
    },
    "bulk of pages": bulk_of("wagtailcore.page", "delete", lambda place: place.draft_story),
    "bulk of pictures": bulk_of("portal.picture", "delete", lambda place: place.picture),
    "bulk of documents": bulk_of("wagtaildocs.document", "delete", lambda place: place.document),
    "bulk of spaces": bulk_of("spaces.space", "delete", lambda place: place.space),
    "bulk of users": bulk_of("portal.user", "delete", lambda place: place.ambassador),
    "draft": page(lambda place: place.draft_story),
    "story": page(lambda place: place.story),
    "face": page(lambda place: place.space.pages.get(locale__language_code=place.region.language)),
    "french": page(lambda place: place.french_space_page),
    "french draft": page(lambda place: place.french_draft),
    "waiting": page(lambda place: place.handed_in),
    "region's page": page(lambda place: place.page),
    "home": page(lambda place: Page.objects.get(depth=2, locale__language_code="en")),
    "announcement": lambda world, place: of_page(world, place, world.draft_announcement),
    "picture": of_media("image"),
    "document": of_media("document"),
    "translation": of_translation,
    "portal": of_portal,
    "user": pk_of(lambda world, place: place.ambassador),
    "group": pk_of(lambda world, place: Team.objects.get(region=place.region, role="editor").group),
    "site": pk_of(lambda world, place: Site.objects.get()),
    "language": pk_of(lambda world, place: Locale.objects.get(language_code=place.region.language)),
    "folder": pk_of(lambda world, place: Collection.objects.get(pk=place.region.collection_id)),
    "workflow": pk_of(lambda world, place: place.task_state.workflow_state.workflow),
    "task": pk_of(lambda world, place: place.task_state.task),
    "key": pk_of(lambda world, place: place.colleague.person.authenticator_set.get()),
    "space": record(lambda place: place.draft_space, "list"),
    "event": record(lambda place: place.draft_event, "announce"),
    "region": record(lambda place: place.region, "close"),
    "ambassadorship": record(lambda place: place.ambassadorship, "appoint"),
    "planned region": record(lambda place: Region.objects.get(slug="planned"), "open"),
    "planned": record(lambda place: place.planned, "appoint"),
    "usergroup": record(lambda place: place.group, "confirm"),
    "public space": record(lambda place: place.space, "close"),
    "waiting file": lambda world, place: {"pk": place.uploads["strings"].pk},
    "problem": without_address(lambda place: place.problem, "settle"),
    "award": without_address(lambda place: place.award, "revoke"),
    "question": question_about(lambda place: place.space),
    "readable": lambda world, place: {"kind": "space", "slug": place.space.slug},
    "unreadable": lambda world, place: {"kind": "space", "slug": place.draft_space.slug},
    "file of spaces": lambda world, place: {"pk": place.space_upload.pk},
    "member": lambda world, place: {"pk": place.member.pk},
    "invitation": lambda world, place: {"pk": place.invitation.pk, "token": place.invitation.path("en").split("/")[-2]},
    "missing translation": lambda world, place: {"pk": place.missing.pk},
    "ready translation": lambda world, place: {"pk": place.ready.pk},
    "offer": lambda world, place: {"pk": place.offer.pk, "token": sign(PURPOSE, place.offer)},
    "glossary term": pk_of(lambda world, place: world.glossary_term),
    "submission": lambda world, place: {"pk": place.submission.pk, "verb": "ask", "token": token_in(place.submission.path())},
    "new submission": lambda world, place: {"token": token_in(place.unconfirmed_submission.confirmation_path())},
    "request": lambda world, place: {"pk": place.request.pk, "token": token_in(place.request.path())},
    "new request": lambda world, place: {"token": token_in(place.new_request.confirmation_path())},
    "booked request": lambda world, place: {"pk": place.booked.pk, "token": token_in(place.booked.path())},
    "host of it": lambda world, place: {"pk": place.request.pk, "token": place.annex.hosts.get().token},
    "case": lambda world, place: {"pk": place.case.pk},
    "public event": record(lambda place: place.event, "cancel"),
    "seat": lambda world, place: {"token": token_in(place.seat.path("en"))},
    "new seat": lambda world, place: {"token": token_in(place.new_seat.confirmation_path())},
    "door": lambda world, place: {"token": token_in(path(place.event, "en", DOOR))},
    "organiser of it": lambda world, place: {"token": token_in(path(place.event, "en"))},
    "calendar file": lambda world, place: {"pk": place.event_upload.pk},
    "training": without_address(lambda place: place.training, ""),
    "terms": without_address(lambda place: place.terms, ""),
    "mail": lambda world, place: {"pk": world.mail.pk, "number": 0},
    "waiting mail": lambda world, place: {"pk": world.waiting_mail.pk},
    "letter": fixed(name="invitation", language="fr"),
    "menu": pk_of(lambda world, place: Menu.objects.first()),
    "sitetexts": pk_of(lambda world, place: SiteTexts.objects.first()),
}
