"""Requests that nobody's screen offers: each is an honest one with one number, name or field put in the place of another.

A `Forgery` says who sends it, what is sent, and the honest request that it was made from, which must succeed: else the
refusal would prove nothing.
"""

import json
from dataclasses import dataclass
from urllib.parse import urlencode

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.client import encode_multipart
from django.urls import reverse
from wagtail.images.tests.utils import get_test_image_file

from .acts import address, form_at, page_form

BOUNDARY = "BoUnDaRyStRiNg"
WRITERS = "editor ambassador_a"


@dataclass
class Call:
    """One request."""

    method: str
    url: str
    data: object
    extra: dict

    def by(self, visitor):
        return visitor.knock(self.method, self.url, self.data, **self.extra)


@dataclass
class Forgery:
    """`by` sends `forged`; `fair_by`, or the same person, may send `fair`. Both make a `Call` of the world."""

    name: str
    by: str
    forged: object
    fair: object
    fair_by: str = ""

    def each(self):
        return [(role, self) for role in self.by.split()]


def post(url, data=None, **fields):
    return Call("post", url, {**(data or {}), **fields}, {})


def put(url, value):
    """As the editor of translations sends it."""
    return Call(
        "put", url, encode_multipart(BOUNDARY, {"value": value}), {"content_type": f"multipart/form-data; boundary={BOUNDARY}"}
    )


def page_url(view, *args):
    return reverse(f"wagtailadmin_pages:{view}", args=args)


def localize(view, *args):
    return reverse(f"wagtail_localize:{view}", args=args)


# -- Pages that go where they do not belong ----------------------------------------------------------------------------


def copy_to(page, parent, **more):
    facts = {"new_title": "Copied", "new_slug": "copied", "new_parent_page": parent.pk}
    return post(page_url("copy", page.pk), **facts, **more)


def move_to(page, parent):
    return post(page_url("move_confirm", page.pk, parent.pk))


def first_of_all(page):
    return post(page_url("set_page_position", page.pk) + "?position=0")


PAGES = [
    Forgery(
        "copy to another region",
        "editor ambassador_a",
        lambda w: copy_to(w.a.story, w.b.page),
        lambda w: copy_to(w.a.story, w.a.page),
    ),
    Forgery(
        "copy as an alias to another region",
        "editor ambassador_a",
        lambda w: copy_to(w.a.story, w.b.page, alias="on"),
        lambda w: copy_to(w.a.story, w.a.page, alias="on"),
    ),
    Forgery(
        "copy below another region's draft",
        WRITERS,
        lambda w: copy_to(w.a.story, w.b.draft_story),
        lambda w: copy_to(w.a.story, w.a.page),
    ),
    Forgery(
        "copy from another region",
        "ambassador_a",
        lambda w: copy_to(w.b.draft_story, w.a.page),
        lambda w: copy_to(w.a.draft_story, w.a.page),
    ),
    Forgery(
        "copy a face",
        "editor ambassador_a staff",
        lambda w: copy_to(face(w.a.space), w.a.page),
        lambda w: copy_to(w.a.story, w.a.page),
    ),
    Forgery(
        "move to another region",
        "editor ambassador_a",
        lambda w: move_to(w.a.story, w.b.page),
        lambda w: move_to(w.a.story, w.a.page),
    ),
    Forgery(
        "move from another region",
        "ambassador_a",
        lambda w: move_to(w.b.story, w.a.page),
        lambda w: move_to(w.a.story, w.a.page),
    ),
    Forgery(
        "move a face",
        "ambassador_a staff",
        lambda w: move_to(face(w.a.space), w.b.page),
        lambda w: move_to(w.a.story, w.a.page),
    ),
    Forgery(
        "reorder another region", "editor ambassador_a", lambda w: first_of_all(w.b.story), lambda w: first_of_all(w.a.story)
    ),
    Forgery(
        "reorder without publishing",
        "contributor translator_a",
        lambda w: first_of_all(w.a.story),
        lambda w: first_of_all(w.a.story),
        "editor",
    ),
    Forgery(
        "add under another region",
        "contributor editor",
        lambda w: add_story(w.b.page, w.a.page),
        lambda w: add_story(w.a.page, w.a.page),
    ),
    Forgery(
        "add under the home page",
        "contributor editor ambassador_a",
        lambda w: add_story(w.a.page.get_parent().get_parent(), w.a.page),
        lambda w: add_story(w.a.page, w.a.page),
    ),
]


def face(record):
    return record.pages.get(locale__language_code=record.region.language)


def add_story(parent, shown_under):
    url = page_url("add", "stories", "storypage", shown_under.pk)
    data = {**form_at(url, "page-edit-form"), "title": "Forged", "slug": "forged"}
    return post(page_url("add", "stories", "storypage", parent.pk), data)


# -- What a page points at ---------------------------------------------------------------------------------------------


def story(w, **fields):
    return post(page_url("edit", w.a.story.pk), page_form(w.a.story, **fields))


def with_block(w, kind, **values):
    """The story with one block of this kind; the values are named as its form names them."""
    block = {"body-0-type": kind, "body-0-id": "", "body-0-order": "0", "body-0-deleted": ""}
    return story(w, **{"body-count": "1", **block, **{f"body-0-value{name}": value for name, value in values.items()}})


def with_picture(w, picture):
    return with_block(w, "picture", **{"-image": picture.pk, "-alt_text": "What it shows"})


def with_link(w, kind, **entity):
    """A paragraph whose words link to something, as the editor of rich text sends it."""
    block = {"key": "a1b2c", "type": "unstyled", "depth": 0, "text": "Words", "inlineStyleRanges": []}
    block["entityRanges"] = [{"key": 0, "offset": 0, "length": 5}]
    content = {"blocks": [block], "entityMap": {"0": {"type": kind, "mutability": "MUTABLE", "data": entity}}}
    return with_block(w, "paragraph", **{"": json.dumps(content)})


def with_call(w, page):
    link = {"-link-label": "Go", "-link-page": page.pk, "-link-url": ""}
    return with_block(w, "call_to_action", **{"-title": "Come", "-text": "", **link})


def with_person(w, page):
    person = {"-people-count": "1", "-people-0-id": "", "-people-0-order": "0", "-people-0-deleted": ""}
    facts = {"-name": "Amina", "-role": "", "-page": page.pk, "-image-image": "", "-image-alt_text": ""}
    return with_block(w, "people", **person, **{f"-people-0-value{name}": value for name, value in facts.items()})


POINTING = [
    Forgery(
        "another region's picture", WRITERS, lambda w: story(w, image=w.b.picture.pk), lambda w: story(w, image=w.a.picture.pk)
    ),
    Forgery(
        "another region's picture for sharing",
        WRITERS,
        lambda w: story(w, share_image=w.b.picture.pk),
        lambda w: story(w, share_image=w.a.picture.pk),
    ),
    Forgery(
        "another region's picture in the text",
        WRITERS,
        lambda w: with_picture(w, w.b.picture),
        lambda w: with_picture(w, w.a.picture),
    ),
    Forgery(
        "link to another region's draft",
        WRITERS,
        lambda w: with_link(w, "LINK", id=w.b.draft_story.pk),
        lambda w: with_link(w, "LINK", id=w.b.story.pk),
    ),
    Forgery(
        "link to another region's document",
        WRITERS,
        lambda w: with_link(w, "DOCUMENT", id=w.b.document.pk),
        lambda w: with_link(w, "DOCUMENT", id=w.a.document.pk),
    ),
    Forgery(
        "call to another region's draft", WRITERS, lambda w: with_call(w, w.b.draft_story), lambda w: with_call(w, w.b.story)
    ),
    Forgery("a person's draft page", WRITERS, lambda w: with_person(w, w.b.draft_story), lambda w: with_person(w, w.b.story)),
    Forgery(
        "link to a draft announcement",
        WRITERS,
        lambda w: with_link(w, "LINK", id=w.draft_announcement.pk),
        lambda w: with_link(w, "LINK", id=w.announcement.pk),
    ),
]

# -- Records -----------------------------------------------------------------------------------------------------------


def edit_record(record, **fields):
    url = address(record, "edit", record.pk)
    return post(url, form_at(url), **fields)


def add_record(like, **fields):
    data = form_at(address(like, "edit", like.pk))
    fresh = {name: "0" for name in data if name.endswith("-INITIAL_FORMS")}
    return post(address(like, "add"), data, **{"name": "Forged", "slug": "forged", **fresh, **fields})


def verb(record, name, **fields):
    return post(address(record, "verb", record.pk, name), **fields)


EVERY_DRAFT = "contributor editor ambassador_a"
RECORDS = [
    Forgery(
        "a space in another region",
        EVERY_DRAFT,
        lambda w: add_record(w.a.draft_space, region=w.b.region.pk),
        lambda w: add_record(w.a.draft_space, region=w.a.region.pk),
    ),
    Forgery(
        "an event in another region",
        EVERY_DRAFT,
        lambda w: add_record(w.a.draft_event, region=w.b.region.pk),
        lambda w: add_record(w.a.draft_event, region=w.a.region.pk),
    ),
    Forgery(
        "a group in another region",
        WRITERS,
        lambda w: add_record(w.a.group, region=w.b.region.pk),
        lambda w: add_record(w.a.group, region=w.a.region.pk),
    ),
    Forgery(
        "an event in another region's draft space",
        WRITERS,
        lambda w: edit_record(w.a.draft_event, space=w.b.draft_space.pk),
        lambda w: edit_record(w.a.draft_event, space=w.a.draft_space.pk),
    ),
    Forgery(
        "a stand-in of another region",
        "ambassador_a",
        lambda w: edit_record(w.a.ambassadorship, stand_in=w.b.colleague.pk),
        lambda w: edit_record(w.a.ambassadorship, stand_in=w.a.colleague.pk),
    ),
    Forgery(
        "a region's record with another region's number",
        "ambassador_a",
        lambda w: verb(w.b.draft_space, "list"),
        lambda w: verb(w.a.draft_space, "list"),
    ),
    Forgery(
        "moved into another region",
        "ambassador_a",
        lambda w: verb(w.a.draft_space, "move_to", region=w.b.region.pk),
        lambda w: verb(w.a.draft_space, "move_to", region=w.b.region.pk),
        "staff",
    ),
    Forgery(
        "listed without the right",
        "contributor editor",
        lambda w: verb(w.a.draft_space, "list"),
        lambda w: verb(w.a.draft_space, "list"),
        "ambassador_a",
    ),
    Forgery(
        "the region closed by its ambassador",
        "ambassador_a",
        lambda w: verb(w.a.region, "close"),
        lambda w: verb(w.a.region, "close"),
        "staff",
    ),
    Forgery(
        "appointed by a colleague",
        "ambassador_a editor",
        lambda w: verb(w.a.planned, "appoint"),
        lambda w: verb(w.a.planned, "appoint"),
        "staff",
    ),
    Forgery(
        "a method of the record that is no verb",
        "ambassador_a staff superuser",
        lambda w: verb(w.a.draft_event, "discard"),
        lambda w: verb(w.a.draft_event, "announce"),
    ),
]

# -- People ------------------------------------------------------------------------------------------------------------


def people(view, *args, **fields):
    return post(reverse(f"people:{view}", args=args), **fields)


PEOPLE = [
    Forgery(
        "end a role of another region",
        "ambassador_a",
        lambda w: people("end", w.b.member.pk, reason="Over"),
        lambda w: people("end", w.a.member.pk, reason="Over"),
    ),
    Forgery(
        "renew another region's invitation",
        "ambassador_a",
        lambda w: people("renew", w.b.invitation.pk),
        lambda w: people("renew", w.a.invitation.pk),
    ),
    Forgery(
        "withdraw another region's invitation",
        "ambassador_a",
        lambda w: people("withdraw", w.b.invitation.pk),
        lambda w: people("withdraw", w.a.invitation.pk),
    ),
]


# -- Pictures and documents --------------------------------------------------------------------------------------------


def upload(view, place):
    is_picture = view.startswith("wagtailimages")
    name, content = ("new.png", get_test_image_file().file.getvalue()) if is_picture else ("new.txt", b"words")
    prefix = {"wagtailimages_chooser": "image-chooser-upload-", "wagtaildocs_chooser": "document-chooser-upload-"}
    prefix = prefix.get(view.partition(":")[0], "")
    fields = {"title": "New", "collection": place.region.collection_id, "file": SimpleUploadedFile(name, content), "tags": ""}
    return post(reverse(view), {f"{prefix}{field}": value for field, value in fields.items()})


def refile(thing, place, view="edit"):
    app = "wagtailimages" if hasattr(thing, "width") else "wagtaildocs"
    data = {"title": "Filed elsewhere", "collection": place.region.collection_id, "tags": "", "description": "", "credit": ""}
    data |= dict.fromkeys(("focal_point_x", "focal_point_y", "focal_point_width", "focal_point_height"), "")
    return post(reverse(f"{app}:{view}", args=[thing.pk]), data)


MEDIA = [
    Forgery(
        "another region's picture taken over", WRITERS, lambda w: refile(w.b.picture, w.a), lambda w: refile(w.a.picture, w.a)
    )
]

# -- Many at once ------------------------------------------------------------------------------------------------------


def bulk(model, action, *things, **fields):
    app, name = model.split(".")
    numbers = [thing if isinstance(thing, str) else thing.pk for thing in things]
    return post(
        reverse("wagtail_bulk_action", args=[app, name, action]) + "?" + urlencode({"id": numbers}, doseq=True), **fields
    )


def bulk_pages(action, *pages, **fields):
    return bulk("wagtailcore.page", action, *pages, **fields)


IMAGE, DOCUMENT = "portal.picture", "wagtaildocs.document"
BULK = [
    Forgery(
        "publish two regions",
        WRITERS,
        lambda w: bulk_pages("publish", w.a.draft_story, w.b.draft_story),
        lambda w: bulk_pages("publish", w.a.draft_story),
    ),
    Forgery(
        "publish all there is",
        WRITERS,
        lambda w: bulk_pages("publish", "all"),
        lambda w: bulk_pages("publish", w.a.draft_story),
    ),
    Forgery(
        "publish without the right",
        "contributor translator_a",
        lambda w: bulk_pages("publish", w.a.own_draft_story),
        lambda w: bulk_pages("publish", w.a.own_draft_story),
        "editor",
    ),
    Forgery(
        "unpublish two regions",
        WRITERS,
        lambda w: bulk_pages("unpublish", w.a.story, w.b.story),
        lambda w: bulk_pages("unpublish", w.a.story),
    ),
    Forgery(
        "delete two regions",
        WRITERS,
        lambda w: bulk_pages("delete", w.a.draft_story, w.b.draft_story),
        lambda w: bulk_pages("delete", w.a.draft_story),
    ),
    Forgery(
        "delete what was read",
        WRITERS,
        lambda w: bulk_pages("delete", w.a.story),
        lambda w: bulk_pages("delete", w.a.story),
        "staff",
    ),
    Forgery(
        "move to another region, many",
        WRITERS,
        lambda w: bulk_pages("move", w.a.draft_story, chooser=w.b.page.pk),
        lambda w: bulk_pages("move", w.a.draft_story, chooser=w.a.page.pk),
    ),
    Forgery(
        "move faces, many",
        "ambassador_a staff",
        lambda w: bulk_pages("move", face(w.a.space), chooser=w.b.page.pk),
        lambda w: bulk_pages("move", w.a.draft_story, chooser=w.a.page.pk),
        "staff",
    ),
    Forgery(
        "move below another region's draft, many",
        WRITERS,
        lambda w: bulk_pages("move", w.a.draft_story, chooser=w.b.draft_story.pk),
        lambda w: bulk_pages("move", w.a.draft_story, chooser=w.a.page.pk),
    ),
    Forgery(
        "pictures of two regions",
        WRITERS,
        lambda w: bulk(IMAGE, "delete", w.a.picture, w.b.picture),
        lambda w: bulk(IMAGE, "delete", w.a.picture),
    ),
    Forgery(
        "pictures filed into another region",
        WRITERS,
        lambda w: bulk(IMAGE, "add_to_collection", w.a.picture, collection=w.b.region.collection_id),
        lambda w: bulk(IMAGE, "add_to_collection", w.a.picture, collection=w.a.region.collection_id),
    ),
    Forgery(
        "another region's pictures filed here",
        WRITERS,
        lambda w: bulk(IMAGE, "add_to_collection", w.b.picture, collection=w.a.region.collection_id),
        lambda w: bulk(IMAGE, "add_to_collection", w.a.picture, collection=w.a.region.collection_id),
    ),
    Forgery("all pictures", WRITERS, lambda w: bulk(IMAGE, "delete", "all"), lambda w: bulk(IMAGE, "delete", w.a.picture)),
    Forgery(
        "documents of two regions",
        "ambassador_a",
        lambda w: bulk(DOCUMENT, "delete", w.a.document, w.b.document),
        lambda w: bulk(DOCUMENT, "delete", w.a.document),
    ),
    Forgery(
        "records by the dozen",
        "ambassador_a staff superuser",
        lambda w: bulk("stories.event", "delete", w.a.draft_event),
        lambda w: post(address(w.a.draft_event, "delete", w.a.draft_event.pk)),
    ),
]
