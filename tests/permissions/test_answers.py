"""The same matrix, asked of the policies and of the pages themselves: what they answer when no door stands before them.

Every screen and every verb asks these questions. A door in front may hide that one of them has gone soft, so here each
is asked on its own, for every role and for things of both regions.
"""

import pytest
from django.contrib.auth.models import AnonymousUser
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page
from wagtail.permissions import policy_registry

from portal.permissions import PAGES, pages_to_point_at, seen, things_to_point_at
from portal.viewsets import MOVE, Verb
from regions.models import GlossaryTerm, ProblemReport, Region
from spaces.models import Space
from stories.models import StoryPage

from .conftest import for_a_while
from .test_matrix import CELLS, VERBS, things
from .who import IN_IT, KEEPS_IT, NOBODY, REVIEWS, STAFF, TRANSLATES, WORKERS
from .world import ROLES

pytestmark = pytest.mark.django_db
NEEDS = {"list": "approve", "close": "approve", "appoint": "approve", "announce": "publish", "cancel": "publish"}

LEADERS = {"a": {"ambassador_a", "staff", "superuser"}, "b": {"ambassador_b", "staff", "superuser"}}


def person(world, role):
    return world.person(role) or AnonymousUser()


def those(world, asked):
    """The roles to whom the answer is yes."""
    return {role for role in ROLES if asked(person(world, role))}


# -- Each cell of the matrix -------------------------------------------------------------------------------------------


def asks_a_page(action):
    return {
        "change": lambda page, user: page.permissions_for_user(user).can_edit(),
        "publish": lambda page, user: page.permissions_for_user(user).can_publish(),
        "delete": lambda page, user: page.permissions_for_user(user).can_delete(),
    }.get(action)


def asks_a_record(thing, action):
    """`needs` of the verb, or the action itself."""
    verb, _expected = VERBS.get((thing, action), ("", {}))
    return NEEDS.get(verb, action)


def of_pages():
    own = [cell for cell in CELLS if cell[0] not in NOT_PAGES | WITH_POLICIES_OF_THEIR_OWN and asks_a_page(cell[1])]
    return [cell for cell in own if cell != ("profile (own)", "delete") and cell[0] not in ("space (live)", "event (live)")]


NOT_PAGES = {"region", "user group", "picture", "document", "space (draft)", "space (own draft)", "event (draft)"} | {
    f"ambassadorship ({which})" for which in ("own", "planned", "a colleague's")
}
# Asked by their requests, in `test_matrix.py`.
WITH_POLICIES_OF_THEIR_OWN = {"award", "glossary term", "mail", "offer to translate", "problem report", "submitted space"}
WITH_POLICIES_OF_THEIR_OWN |= {"request for a space", "case", "terms of a region"}
OF_RECORDS = ("view", "change", "delete", "export", "approve", "publish", "cancel")


def of_records():
    records = NOT_PAGES - {"picture", "document"} | {"space (live)", "event (live)"}
    shown_to_all = {("space (live)", "view"), ("event (live)", "view"), ("user group", "view")}
    pages_too = {("space (live)", "publish"), ("event (live)", "publish")}
    return [cell for cell in CELLS if cell[0] in records and cell[1] in OF_RECORDS and cell not in shown_to_all | pages_too]


def allowed(cell):
    return {role for role, answer in CELLS[cell].items() if answer == "yes"}


@pytest.mark.parametrize("cell", of_pages(), ids=", ".join)
def test_a_page_answers_as_the_matrix_says(world, cell):
    page = things(world)[cell[0]][0]
    assert those(world, lambda user: asks_a_page(cell[1])(page, user)) == allowed(cell)


@pytest.mark.parametrize("cell", of_records(), ids=", ".join)
def test_a_policy_answers_as_the_matrix_says(world, cell):
    record = things(world)[cell[0]][1]
    policy, action = policy_registry.get_by_type(type(record)), asks_a_record(*cell)
    assert those(world, lambda user: policy.user_has_permission_for_instance(user, action, record)) == allowed(cell)
    assert those(world, lambda user: record in policy.instances_user_has_permission_for(user, action)) == allowed(cell)


@pytest.mark.parametrize("thing", ["space (draft)", "event (draft)", "user group", "ambassadorship (own)"])
def test_where_somebody_may_bring_a_record(world, thing):
    record = things(world)[thing][1]
    policy = policy_registry.get_by_type(type(record))
    assert those(world, lambda user: world.a.region in policy.regions_for(user, "add")) == allowed((thing, "add"))


# -- Pages: what stands in no row of the matrix ------------------------------------------------------------------------

PAGE_QUESTIONS = {
    ("draft_story", "can_copy"): KEEPS_IT,
    ("story", "can_copy"): KEEPS_IT,
    ("french_draft", "can_copy"): KEEPS_IT,
    ("face", "can_copy"): NOBODY,
    ("draft_story", "can_move"): KEEPS_IT,
    ("story", "can_move"): KEEPS_IT,
    ("face", "can_move"): NOBODY,
    ("draft_story", "can_delete"): KEEPS_IT,
    ("story", "can_delete"): STAFF,
    ("face", "can_delete"): STAFF,
    ("draft_space_page", "can_delete"): STAFF,
    ("draft_space_page", "can_publish"): NOBODY,  # its space is not listed
    ("draft_event_page", "can_publish"): NOBODY,
    ("french_draft", "can_edit"): KEEPS_IT | TRANSLATES,
    ("french_draft", "can_publish"): KEEPS_IT | REVIEWS,
    ("french_space_page", "can_edit"): KEEPS_IT | TRANSLATES,
    ("french_space_page", "can_publish"): KEEPS_IT | REVIEWS,
    ("french_space_page", "can_unpublish"): KEEPS_IT | REVIEWS,
    ("story", "can_edit"): KEEPS_IT,
    ("story", "can_publish"): KEEPS_IT,
    ("story", "can_unpublish"): KEEPS_IT,
    ("draft_story", "can_unpublish"): NOBODY,
    ("face", "can_unpublish"): KEEPS_IT,
    ("story", "can_set_view_restrictions"): STAFF,
    ("face", "can_set_view_restrictions"): STAFF,
    ("page", "can_add_subpage"): IN_IT,
    ("french_original", "can_edit"): KEEPS_IT,
    ("french_original", "can_publish"): KEEPS_IT,
}


@pytest.fixture(scope="module")
def more(world, django_db_blocker):
    """In each region also a draft in French that is nobody's translation, and the page of a space."""
    with django_db_blocker.unblock(), for_a_while():
        for place in (world.a, world.b):
            place.face = place.space.pages.get(locale__language_code=place.region.language)
            original = StoryPage(title="Écrit ici", slug="ecrit-ici", locale=place.french_page.locale, live=False)
            place.french_original = place.french_page.add_child(instance=original)
        yield world


@pytest.mark.parametrize(("thing", "question"), PAGE_QUESTIONS, ids=str)
@pytest.mark.parametrize("side", ["a", "b"])
def test_a_page_answers(more, side, thing, question):
    page = getattr(getattr(more, side), thing)
    asked = those(more, lambda user: getattr(page.permissions_for_user(user), question)())
    assert asked == PAGE_QUESTIONS[thing, question][side]


def test_a_face_goes_nowhere_else_and_is_made_by_its_record_only(more):
    elsewhere, face = more.b.page, more.a.face
    assert those(more, lambda user: face.permissions_for_user(user).can_copy_to(elsewhere)) == set()
    assert those(more, lambda user: face.permissions_for_user(user).can_move_to(elsewhere)) == set()
    story = more.a.story.permissions_for_user(more.person("staff"))
    assert story.can_copy_to(elsewhere)
    assert story.can_move_to(more.a.page)
    assert not type(face).can_create_at(more.a.page)
    assert StoryPage.can_create_at(more.a.page)


# -- What one may walk through, see, and point at ----------------------------------------------------------------------

WALKED = {
    "draft_story": IN_IT,
    "story": IN_IT,  # who only translates walks through the other language's
    "french_draft": IN_IT | TRANSLATES,
    "french_original": IN_IT,
    "french_space_page": IN_IT | TRANSLATES,
}


@pytest.mark.parametrize("thing", WALKED)
@pytest.mark.parametrize("side", ["a", "b"])
def test_pages_through_which_one_walks(more, side, thing):
    page = getattr(getattr(more, side), thing)
    assert those(more, lambda user: PAGES.explorable_instances(user).filter(pk=page.pk).exists()) == WALKED[thing][side]


@pytest.mark.parametrize("side", ["a", "b"])
def test_pages_one_may_point_at(more, side):
    place = getattr(more, side)

    def may_point_at(page):
        return those(more, lambda user: pages_to_point_at(user).filter(pk=page.pk).exists())

    assert may_point_at(place.story) == set(ROLES)
    assert may_point_at(place.draft_story) == IN_IT[side]
    assert may_point_at(place.french_draft) == (IN_IT | TRANSLATES)[side]
    assert may_point_at(more.draft_announcement) == STAFF[side]


@pytest.mark.parametrize("side", ["a", "b"])
def test_pictures_and_documents_are_of_ones_own_region(world, side):
    place, picture, document = getattr(world, side), get_image_model(), get_document_model()
    assert those(world, lambda user: place.picture in seen(picture, user)) == IN_IT[side]
    assert those(world, lambda user: place.document in seen(document, user)) == KEEPS_IT[side]
    assert those(world, lambda user: place.picture in things_to_point_at(user, picture)) == IN_IT[side]
    assert those(world, lambda user: place.draft_story.page_ptr in things_to_point_at(user, Page)) == IN_IT[side]
    assert those(world, lambda user: place.draft_space in things_to_point_at(user, Space)) == IN_IT[side]
    assert those(world, lambda user: things_to_point_at(user, Region) is None) == set()


@pytest.mark.parametrize("name", ["draft_space", "draft_event", "planned"])
@pytest.mark.parametrize("side", ["a", "b"])
def test_records_one_may_point_at(world, side, name):
    """What everybody can read, and drafts of one's own region."""
    place = getattr(world, side)
    draft, public = (
        getattr(place, name),
        {"draft_space": place.space, "draft_event": place.event, "planned": place.colleague}[name],
    )
    policy = policy_registry.get_by_type(type(draft))
    assert those(world, lambda user: draft in policy.choosable_by(user)) == IN_IT[side]
    assert those(world, lambda user: public in policy.choosable_by(user)) == set(ROLES)


def test_regions_and_groups_one_may_point_at(world):
    regions, groups = policy_registry.get_by_type(Region), policy_registry.get_by_type(type(world.a.group))
    assert those(world, lambda user: world.planned_region in regions.choosable_by(user)) == STAFF["a"]
    assert those(world, lambda user: world.b.region in regions.choosable_by(user)) == set(ROLES)
    assert those(world, lambda user: world.b.group in groups.choosable_by(user)) == set(ROLES)
    Region.objects.filter(pk=world.b.region.pk).update(status=Region.Status.CLOSED)
    assert those(world, lambda user: world.b.group in groups.choosable_by(user)) == IN_IT["b"]


def test_who_has_business_with_pages_at_all(world):
    assert those(world, lambda user: PAGES.user_has_any_permission(user, {"change"})) == WORKERS["a"]
    reviews = {"reviewer", "editor", "ambassador_a", "ambassador_b", "staff", "superuser"}
    assert those(world, lambda user: PAGES.user_has_any_permission(user, {"publish"})) == reviews


def test_who_has_business_with_records_at_all(world):
    policy = policy_registry.get_by_type(Space)
    leads = {"ambassador_a", "ambassador_b", "staff", "superuser"}
    assert those(world, lambda user: policy.user_has_permission(user, "approve")) == leads
    assert those(world, lambda user: policy.user_has_permission(user, "export")) == STAFF["a"]
    assert those(world, lambda user: policy.user_has_permission(user, "add")) == leads | {"contributor", "editor"}


@pytest.mark.parametrize("side", ["a", "b"])
def test_a_policy_names_the_people(world, side):
    policy, space = policy_registry.get_by_type(Space), getattr(world, side).draft_space

    def named(people):
        return {role for role in world.people if world.people[role] in people}

    assert named(policy.users_with_any_permission(["approve"])) == LEADERS["a"] | LEADERS["b"]
    assert named(policy.users_with_permission_for_instance("approve", space)) == LEADERS[side]


def test_a_verb_is_offered_to_those_who_may_and_when_it_is_possible(world):
    policy, space = policy_registry.get_by_type(Space), world.a.draft_space
    listing = Verb("list", "List", "", needs="approve")
    assert those(world, lambda user: listing.is_open_to(user, space, policy)) == LEADERS["a"]
    assert those(world, lambda user: MOVE.is_open_to(user, space, policy)) == STAFF["a"]
    impossible = Verb("list", "List", "", allowed=lambda record: False, needs="approve")
    assert those(world, lambda user: impossible.is_open_to(user, space, policy)) == set()


def test_the_words_of_a_language(world):
    policy, term = policy_registry.get_by_type(GlossaryTerm), world.glossary_term
    for action in ("view", "add", "change", "delete", "export"):
        who = allowed(("glossary term", action))
        assert those(world, lambda user, action=action: policy.user_has_permission_for_instance(user, action, term)) == who
        rows = those(world, lambda user, action=action: term in policy.instances_user_has_permission_for(user, action))
        assert rows == who
    keepers = allowed(("glossary term", "add"))
    assert those(world, lambda user: policy.user_has_permission(user, "add")) == keepers


@pytest.mark.parametrize("side", ["a", "b"])
def test_what_is_reported(world, side):
    policy, place = policy_registry.get_by_type(ProblemReport), getattr(world, side)
    about_a_person = ProblemReport.objects.file(place.colleague, "contact", text="Nobody answers.")
    for action in ("view", "approve"):
        open_to = those(world, lambda user, action=action: policy.user_has_permission_for_instance(user, action, place.problem))
        assert open_to == LEADERS[side]
        assert those(world, lambda user, action=action: policy.user_has_permission(user, action)) == LEADERS["a"] | LEADERS["b"]
        who = those(world, lambda user, action=action: policy.user_has_permission_for_instance(user, action, about_a_person))
        assert who == STAFF[side]
    assert those(world, lambda user: policy.user_has_permission(user, "add")) == set()
