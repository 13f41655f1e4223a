"""The keys to the doors of the workplace, each tried on its own: whom it lets in, whatever the room behind would say."""

from types import SimpleNamespace

import pytest
from django.core.exceptions import SuspiciousOperation
from django.http import Http404
from django.test import RequestFactory
from django.urls import resolve, reverse
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from portal import keys
from portal.doors import DOORS
from portal.scopes import NotInBulk
from regions.people import scope as people
from regions.translating import scope as translating
from stories.models import Event

from .test_answers import LEADERS, person
from .who import EVERYBODY, IN_IT, KEEPS_IT, NOBODY, REGIONAL, STAFF, SUPERUSER, TRANSLATES, WORKERS
from .world import ROLES

pytestmark = pytest.mark.django_db
FORM = "application/x-www-form-urlencoded"


def opens(world, key, role, values, request=None):
    request = request or RequestFactory().get("/")
    request.user = person(world, role)
    try:
        return bool(key(request, values))
    except Http404:
        return False


def those(world, key, make_request=lambda: None, **values):
    """The roles to whom this key opens."""
    return {role for role in ROLES if opens(world, key, role, values, make_request())}


def asking(**query):
    return lambda: RequestFactory().get("/", query)


def putting(body):
    return lambda: RequestFactory().put("/", body, content_type=FORM)


def at(name, *args):
    """A request for an address of the workplace, as the doors see it."""

    def make():
        request = RequestFactory().get(reverse(name, args=args))
        request.resolver_match = resolve(request.path)
        return request

    return make


def test_keys_that_look_at_the_person_only(world):
    assert those(world, keys.staff) == STAFF["a"]
    assert those(world, keys.superusers) == SUPERUSER["a"]
    assert those(world, keys.nothing) == set()
    assert those(world, people.at_the_door) == LEADERS["a"] | LEADERS["b"]
    assert those(world, translating.at_the_door) == WORKERS["a"] - {"contributor"}
    assert those(world, translating.at_the_letterbox) == LEADERS["a"] | LEADERS["b"] | {"reviewer"}


@pytest.mark.parametrize("side", ["a", "b"])
def test_pages_and_what_one_may_point_at(world, side):
    place = getattr(world, side)
    assert those(world, keys.pages("page_id"), page_id=place.draft_story.pk) == IN_IT[side]
    assert those(world, keys.pages("page_id"), page_id=place.french_draft.pk) == (IN_IT | TRANSLATES)[side]
    assert those(world, keys.page_to_point_at, parent_page_id=place.draft_story.pk) == IN_IT[side]
    assert those(world, keys.page_to_point_at, parent_page_id=place.story.pk) == EVERYBODY[side]
    assert those(world, keys.pages_chosen, asking(id=[place.story.pk, place.draft_story.pk])) == IN_IT[side]


@pytest.mark.parametrize("side", ["a", "b"])
def test_the_doors_of_pages_and_files(world, side):
    """Those that stand in the list of doors, which are these keys."""
    place = getattr(world, side)
    assert those(world, DOORS["wagtailadmin_pages:edit"], page_id=place.draft_story.pk) == IN_IT[side]
    assert those(world, DOORS["wagtailimages:edit"], image_id=place.picture.pk) == IN_IT[side]
    assert those(world, DOORS["wagtaildocs:edit"], document_id=place.document.pk) == KEEPS_IT[side]


def test_records_are_never_deleted_by_the_dozen(world):
    request = RequestFactory().get("/", {"id": world.a.draft_event.pk})
    request.user = person(world, "superuser")
    with pytest.raises(Http404):
        NotInBulk(request, Event).dispatch(request)


@pytest.mark.parametrize("side", ["a", "b"])
def test_a_viewset_knows_the_records_of_ones_own_region_only(world, side):
    def listed(request, values):
        return Event.snippet_viewset.get_queryset(request).filter(pk=getattr(world, side).draft_event.pk).exists()

    assert those(world, listed) == IN_IT[side]


@pytest.mark.parametrize("side", ["a", "b"])
def test_moving_a_page(world, side):
    place = getattr(world, side)
    face = place.space.pages.get(locale__language_code=place.region.language)

    def may_move(page, destination):
        return those(world, keys.move, page_to_move_id=page.pk, destination_id=destination.pk)

    assert may_move(place.story, place.page) == KEEPS_IT[side]
    assert may_move(face, place.page) == NOBODY[side]


@pytest.mark.parametrize("side", ["a", "b"])
def test_pictures_documents_and_uploads(world, side):
    place, picture, document = getattr(world, side), get_image_model(), get_document_model()
    assert those(world, keys.media(get_image_model), pk=place.picture.pk) == IN_IT[side]
    assert those(world, keys.media(get_document_model), pk=place.document.pk) == KEEPS_IT[side]
    assert those(world, keys.chosen(get_image_model), asking(id=place.picture.pk)) == IN_IT[side]
    upload = {"uploaded_file_id": place.uploads["image"].pk}
    assert {role for role in world.people if opens(world, keys.own_upload, role, upload)} == {f"ambassador_{side}"}
    for thing, model, who in ((place.picture, picture, IN_IT), (place.document, document, KEEPS_IT)):
        kind = {"app_label": model._meta.app_label, "model_name": model._meta.model_name}
        assert those(world, keys.bulk, asking(id=thing.pk), **kind) == who[side]


def test_many_at_once_are_pages_and_files_of_ones_own_and_never_all(world):
    pages = {"app_label": "wagtailcore", "model_name": "page"}
    a, b = world.a.draft_story.pk, world.b.draft_story.pk
    assert those(world, keys.bulk, asking(id=a), **pages) == IN_IT["a"]
    assert those(world, keys.bulk, asking(id=[a, b]), **pages) == STAFF["a"]
    assert those(world, keys.bulk, asking(id="all"), **pages) == STAFF["a"]
    assert those(world, keys.bulk, asking(id=world.a.space.pk), app_label="spaces", model_name="space") == set()


@pytest.mark.parametrize("side", ["a", "b"])
def test_translations(world, side):
    place = getattr(world, side)
    of_it = {"translation_id": place.translation.pk}
    assert those(world, keys.translation, **of_it) == (KEEPS_IT | TRANSLATES)[side]
    assert those(world, keys.string, putting("value=words"), **of_it) == (KEEPS_IT | TRANSLATES)[side]
    with pytest.raises(SuspiciousOperation):
        opens(world, keys.string, "superuser", of_it, putting("nothing")())
    assert those(world, keys.override, **of_it) == KEEPS_IT[side]
    assert those(world, keys.override, putting(f"value={place.picture.pk}"), **of_it) == KEEPS_IT[side]
    other = {"a": world.b, "b": world.a}[side].picture
    assert those(world, keys.override, putting(f"value={other.pk}"), **of_it) == STAFF[side]


def test_records_and_their_choosers(world):
    assert those(world, keys.snippet, at("wagtailsnippets_spaces_space:list")) == REGIONAL["a"]
    assert those(world, keys.snippet, at("wagtailsnippets_home_menu:list")) == STAFF["a"]
    assert those(world, keys.snippet_chooser, at("wagtailsnippetchoosers_spaces_space:choose")) == EVERYBODY["a"]
    assert those(world, keys.snippet_chooser, at("wagtailsnippetchoosers_home_menu:choose")) == STAFF["a"]


def test_own_pages_lead_to_where_ones_own_begin(world):
    def leads_to(role):
        answer = keys.own_pages(SimpleNamespace(user=person(world, role)), {})
        return getattr(answer, "url", answer)

    explore = {place.region.slug: reverse("wagtailadmin_explore", args=[place.page.pk]) for place in (world.a, world.b)}
    assert leads_to("editor") == explore["aland"]
    assert leads_to("ambassador_b") == explore["bland"]
    assert leads_to("translator_a") == reverse("wagtailadmin_explore", args=[world.a.french_page.pk])
    assert leads_to("staff") is True
