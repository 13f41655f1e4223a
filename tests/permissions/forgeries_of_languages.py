"""Forged requests around translations and moderation: the wrong language, the wrong half of a pair of numbers."""

from django.core.files.uploadedfile import SimpleUploadedFile

from .acts import form_at, page_form
from .forgeries import Forgery, face, localize, page_url, post, put

ALL_OF_FRENCH = "translator translator_a reviewer"


def say(w, translation, segment):
    return put(localize("edit_string_translation", translation.pk, segment.pk), "Dit autrement")


def show(w, translation, overridable, picture):
    return put(localize("edit_override", translation.pk, overridable.pk), str(picture.pk))


def publish(page):
    return post(page_url("edit", page.pk), action="publish")


def source_form(w, **fields):
    return post(page_url("edit", w.a.story.pk), page_form(w.a.story, title="Forged", **fields))


def reverted(page, revision, form_of, **fields):
    """The editor of an old version, whose form is the whole page."""
    url = page_url("edit", form_of.pk)
    return post(page_url("revisions_revert", page.pk, revision), form_at(url, "page-edit-form"), title="Forged", **fields)


def po_file(w, translation, named):
    """A file of translations of one page, sent to another."""
    text = translation.export_po()
    text.metadata["X-WagtailLocalize-TranslationID"] = str(named.uuid)
    for entry in text:
        entry.msgstr = "Dit par fichier"
    return post(localize("upload_pofile", named.pk), file=SimpleUploadedFile("fr.po", str(text).encode()))


def decide(page, state, action="approve"):
    return post(page_url("workflow_action", page.pk, action, state.pk), comment="")


STRINGS = [
    Forgery(
        "another region's strings",
        "ambassador_a editor translator_a",
        lambda w: say(w, w.b.translation, w.b.segment),
        lambda w: say(w, w.a.translation, w.a.segment),
    ),
    Forgery(
        "my translation, their string",
        f"editor {ALL_OF_FRENCH}",
        lambda w: say(w, w.a.translation, w.b.segment),
        lambda w: say(w, w.a.translation, w.a.segment),
    ),
    Forgery(
        "another picture, by a translator",
        ALL_OF_FRENCH,
        lambda w: show(w, w.a.translation, w.a.overridable, w.a.picture),
        lambda w: show(w, w.a.translation, w.a.overridable, w.a.picture),
        "editor",
    ),
    Forgery(
        "another region's picture, in translation",
        "editor ambassador_a",
        lambda w: show(w, w.a.translation, w.a.overridable, w.b.picture),
        lambda w: show(w, w.a.translation, w.a.overridable, w.a.picture),
    ),
    Forgery(
        "my translation, their picture's place",
        "editor ambassador_a",
        lambda w: show(w, w.a.translation, w.b.overridable, w.a.picture),
        lambda w: show(w, w.a.translation, w.a.overridable, w.a.picture),
    ),
    Forgery(
        "another region's file of strings",
        "editor translator_a",
        lambda w: po_file(w, w.b.translation, w.b.translation),
        lambda w: po_file(w, w.a.translation, w.a.translation),
    ),
]
PUBLISHING = [
    Forgery(
        "published by a translator",
        "translator translator_a",
        lambda w: publish(w.a.french_draft),
        lambda w: publish(w.a.french_draft),
        "reviewer",
    ),
    Forgery(
        "published from another region",
        "editor ambassador_a",
        lambda w: publish(w.b.french_draft),
        lambda w: publish(w.a.french_draft),
    ),
    Forgery("the English source, by those who translate", ALL_OF_FRENCH, source_form, source_form, "editor"),
    Forgery(
        "the English source published by its reviewer",
        "reviewer",
        lambda w: source_form(w, **{"action-publish": "1"}),
        lambda w: source_form(w, **{"action-publish": "1"}),
        "editor",
    ),
    Forgery(
        "the source unpublished by a reviewer of French",
        "reviewer",
        lambda w: post(page_url("unpublish", w.a.story.pk)),
        lambda w: post(page_url("unpublish", w.a.french_space_page.pk)),
    ),
    Forgery(
        "a translation unpublished by a translator",
        "translator translator_a",
        lambda w: post(page_url("unpublish", w.a.french_space_page.pk)),
        lambda w: post(page_url("unpublish", w.a.french_space_page.pk)),
        "reviewer",
    ),
    Forgery(
        "a translation thrown away by those who translate",
        ALL_OF_FRENCH,
        lambda w: post(page_url("delete", w.a.french_draft.pk)),
        lambda w: post(page_url("delete", w.a.french_draft.pk)),
        "editor",
    ),
    Forgery(
        "a translation locked by a reviewer",
        ALL_OF_FRENCH,
        lambda w: post(page_url("lock", w.a.french_draft.pk)),
        lambda w: post(page_url("lock", w.a.french_draft.pk)),
        "ambassador_a",
    ),
    Forgery(
        "the whole page written over by an old version",
        ALL_OF_FRENCH,
        lambda w: reverted(w.a.french_draft, w.a.french_draft.latest_revision_id, w.a.story),
        lambda w: reverted(w.a.story, w.a.story.latest_revision_id, w.a.story),
        "editor",
    ),
]


def submit(w):
    arabic = w.a.page.get_translations().get(locale__language_code="ar").locale_id
    return post(localize("submit_page_translation", w.a.story.pk), locales=[arabic])


WHOLE = [
    Forgery(
        "translation stopped",
        f"editor ambassador_a {ALL_OF_FRENCH}",
        lambda w: post(localize("stop_translation", w.a.translation.pk)),
        lambda w: post(localize("stop_translation", w.a.translation.pk)),
        "staff",
    ),
    Forgery(
        "all translations updated and published",
        f"editor ambassador_a staff {ALL_OF_FRENCH}",
        lambda w: post(localize("update_translations", w.a.translation.source_id), publish_translations="on"),
        lambda w: post(localize("update_translations", w.a.translation.source_id), publish_translations="on"),
        "superuser",
    ),
    Forgery(
        "turned into an alias",
        f"editor ambassador_a staff {ALL_OF_FRENCH}",
        lambda w: post(localize("convert_to_alias", w.a.french_draft.pk)),
        lambda w: post(localize("convert_to_alias", w.a.french_draft.pk)),
        "superuser",
    ),
    Forgery(
        "submitted for translation",
        f"editor ambassador_a staff {ALL_OF_FRENCH}",
        submit,
        submit,
        "superuser",
    ),
]


MODERATION = [
    Forgery(
        "approved from another region",
        "editor ambassador_a",
        lambda w: decide(w.b.handed_in, w.b.task_state),
        lambda w: decide(w.a.handed_in, w.a.task_state),
    ),
    Forgery(
        "my page, their task",
        "editor ambassador_a",
        lambda w: decide(w.a.handed_in, w.b.task_state),
        lambda w: decide(w.a.handed_in, w.a.task_state),
    ),
    Forgery(
        "their page, my task",
        "editor ambassador_a",
        lambda w: decide(w.b.handed_in, w.a.task_state),
        lambda w: decide(w.a.handed_in, w.a.task_state),
    ),
    Forgery(
        "approved by the writer",
        "contributor",
        lambda w: decide(w.a.handed_in, w.a.task_state),
        lambda w: decide(w.a.handed_in, w.a.task_state),
        "editor",
    ),
    Forgery(
        "approved by those who translate",
        ALL_OF_FRENCH,
        lambda w: decide(w.a.handed_in, w.a.task_state),
        lambda w: decide(w.a.handed_in, w.a.task_state),
        "editor",
    ),
    Forgery(
        "an old version of another page",
        "editor ambassador_a",
        lambda w: reverted(w.a.story, w.b.story.latest_revision_id, w.a.story),
        lambda w: reverted(w.a.story, w.a.story.latest_revision_id, w.a.story),
    ),
    Forgery(
        "published from a draft of one's own",
        "contributor",
        lambda w: post(page_url("unpublish", face(w.a.space).pk)),
        lambda w: post(page_url("unpublish", face(w.a.space).pk)),
        "editor",
    ),
]
