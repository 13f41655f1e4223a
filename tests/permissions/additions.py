"""Honest requests with fields added that no form asked this person for."""

from dataclasses import dataclass

from portal.models import Picture
from regions.models import Ambassadorship, Region, UserGroup
from spaces.models import Space, SpaceHost
from stories.models import Event, StoryPage

from .acts import page_form
from .forgeries import edit_record, page_url, post, refile, upload


@dataclass
class Addition:
    """`call` is the request; `facts` is what it must not change; `honest` says whether the honest part happened."""

    name: str
    by: str
    call: object
    facts: object
    honest: object


def row(model, find, *names):
    return lambda w: model.objects.filter(pk=find(w).pk).values(*names).get()


def in_collection(model, place):
    return lambda w: list(model.objects.filter(collection=getattr(w, place).region.collection_id).values_list("pk", flat=True))


def documents(w):
    return sorted(type(w.b.document).objects.filter(collection=w.b.region.collection_id).values_list("pk", flat=True))


def is_filed_here(model, title):
    return lambda w: model(w).objects.filter(title=title, collection=w.a.region.collection_id).exists()


def picture(w):
    return Picture


def document(w):
    return type(w.a.document)


def story_form(w, **fields):
    return post(page_url("edit", w.a.story.pk), page_form(w.a.story, title="Honest", **fields))


def own_draft_form(w, **fields):
    return post(page_url("edit", w.a.own_draft_story.pk), page_form(w.a.own_draft_story, title="Honest", **fields))


def drafted(find):
    return lambda w: StoryPage.objects.get(pk=find(w).pk).get_latest_revision_as_object().title == "Honest"


OF_A_PAGE = ("live", "owner", "locale", "translation_key", "path", "slug", "alias_of", "locked")
DRAFT = "contributor editor ambassador_a"
ADDED = [
    Addition(
        "a page's state",
        "editor ambassador_a",
        lambda w: story_form(
            w,
            live="",
            owner=w.b.ambassador.pk,
            locale=w.b.page.locale_id,
            translation_key=w.b.story.translation_key,
            path=w.b.story.path,
            alias_of=w.b.story.pk,
            locked="on",
        ),
        row(StoryPage, lambda w: w.a.story, *OF_A_PAGE),
        drafted(lambda w: w.a.story),
    ),
    Addition(
        "publishing, by a contributor",
        "contributor",
        lambda w: own_draft_form(w, **{"action-publish": "1"}),
        row(StoryPage, lambda w: w.a.own_draft_story, "live", "owner"),
        drafted(lambda w: w.a.own_draft_story),
    ),
    Addition(
        "turning a source into an alias, starting again",
        "editor",
        lambda w: story_form(w, **{"localize-restart-translation": "1"}),
        row(StoryPage, lambda w: w.a.story, *OF_A_PAGE),
        drafted(lambda w: w.a.story),
    ),
    Addition(
        "a space's state and region",
        "editor ambassador_a",
        lambda w: edit_record(
            w.a.draft_space, name="Honest", region=w.b.region.pk, status="listed", key=w.b.space.key, confirmed_at="2030-01-01"
        ),
        row(Space, lambda w: w.a.draft_space, "region", "status", "key", "confirmed_at"),
        lambda w: Space.objects.get(pk=w.a.draft_space.pk).name == "Honest",
    ),
    Addition(
        "whose account a host is",
        "editor ambassador_a",
        lambda w: edit_record(w.a.space, name="Honest", **{"hosts-0-person": w.b.ambassador.pk}),
        lambda w: list(SpaceHost.objects.filter(space=w.a.space).values("name", "email", "person")),
        lambda w: Space.objects.get(pk=w.a.space.pk).name == "Honest",
    ),
    Addition(
        "an event's state and region",
        "editor ambassador_a",
        lambda w: edit_record(w.a.draft_event, name="Honest", region=w.b.region.pk, status="scheduled", key=w.b.event.key),
        row(Event, lambda w: w.a.draft_event, "region", "status", "key"),
        lambda w: Event.objects.get(pk=w.a.draft_event.pk).name == "Honest",
    ),
    Addition(
        "a group's region and source",
        "editor ambassador_a",
        lambda w: edit_record(w.a.group, place="Honest", source_key="forged"),
        row(UserGroup, lambda w: w.a.group, "region", "source_key"),
        lambda w: UserGroup.objects.get(pk=w.a.group.pk).place == "Honest",
    ),
    Addition(
        "one's own term",
        "ambassador_a",
        lambda w: edit_record(
            w.a.ambassadorship,
            away_until="2040-01-01",
            person=w.b.ambassador.pk,
            title="deputy",
            ends="2099-01-01",
            region=w.b.region.pk,
        ),
        row(Ambassadorship, lambda w: w.a.ambassadorship, "person", "title", "starts", "ends", "region", "slug"),
        lambda w: str(Ambassadorship.objects.get(pk=w.a.ambassadorship.pk).away_until) == "2040-01-01",
    ),
    Addition(
        "what only staff say of a region",
        "ambassador_a",
        lambda w: edit_record(
            w.a.region,
            timezone="Africa/Lagos",
            slug="forged",
            area="asia",
            languages=["en", "es"],
            status="closed",
            collection=w.b.region.collection_id,
        ),
        row(Region, lambda w: w.a.region, "slug", "area", "languages", "countries", "status", "collection"),
        lambda w: Region.objects.get(pk=w.a.region.pk).timezone == "Africa/Lagos",
    ),
    Addition(
        "a picture's region",
        DRAFT,
        lambda w: upload("wagtailimages:add", w.b),
        in_collection(Picture, "b"),
        is_filed_here(picture, "New"),
    ),
    Addition(
        "a picture's region, in the chooser",
        DRAFT,
        lambda w: upload("wagtailimages_chooser:create", w.b),
        in_collection(Picture, "b"),
        is_filed_here(picture, "New"),
    ),
    Addition(
        "a document's region",
        "editor ambassador_a",
        lambda w: upload("wagtaildocs:add", w.b),
        documents,
        is_filed_here(document, "New"),
    ),
    Addition(
        "a document's region, in the chooser",
        "editor ambassador_a",
        lambda w: upload("wagtaildocs_chooser:create", w.b),
        documents,
        is_filed_here(document, "New"),
    ),
    Addition(
        "a picture filed elsewhere",
        "editor ambassador_a",
        lambda w: refile(w.a.picture, w.b),
        in_collection(Picture, "b"),
        is_filed_here(picture, "Filed elsewhere"),
    ),
    Addition(
        "a document filed elsewhere",
        "ambassador_a",
        lambda w: refile(w.a.document, w.b),
        documents,
        is_filed_here(document, "Filed elsewhere"),
    ),
]
