"""Whose drafts, roles, translations and offers somebody decides on: asked of the rules themselves, for every role."""

from types import SimpleNamespace

import pytest
from wagtail.models import TaskState
from wagtail.permissions import policy_registry

from regions.models import PageTranslation, Team, TranslationOffer
from regions.models.moderation import ModerationTask, moderators_of
from regions.people import scope
from regions.translating import scope as translating
from stories.uploads import scope as calendars

from .test_answers import LEADERS, those
from .who import KEEPS_IT, LEADS_IT, PUBLISHERS, REVIEWS, STAFF, SUPERUSER, WORKERS

pytestmark = pytest.mark.django_db


# -- Moderation --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("side", ["a", "b"])
def test_who_moderates(world, side):
    place, task = getattr(world, side), ModerationTask.objects.get()
    page = place.handed_in
    assert those(world, lambda user: task.moderates(user, page)) == KEEPS_IT[side]
    assert those(world, lambda user: not task.locked_for_user(page, user)) == KEEPS_IT[side]
    assert those(world, lambda user: task.user_can_access_editor(page, user)) == KEEPS_IT[side]
    assert those(world, lambda user: task.get_actions(page, user)) == KEEPS_IT[side]
    assert those(world, lambda user: task.user_can_unlock(page, user)) == set()
    assert those(world, lambda user: TaskState.objects.reviewable_by(user).filter(pk=place.task_state.pk)) == KEEPS_IT[side]
    told = moderators_of(place.region)
    assert those(world, lambda user: user in told) == (KEEPS_IT - STAFF)[side]


# -- People ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("side", ["a", "b"])
def test_whose_roles_one_looks_after(world, side):
    place = getattr(world, side)
    assert those(world, lambda user: place.region in scope.regions_of(user)) == LEADERS[side]
    assert those(world, lambda user: place.member.team in scope.teams_of(user)) == LEADERS[side]
    assert those(world, lambda user: place.member in scope.memberships_of(user)) == LEADERS[side]
    assert those(world, lambda user: place.invitation in scope.invitations_of(user)) == LEADERS[side]
    assert those(world, lambda user: scope.may_change(user, place.member)) == LEADERS[side]
    assert those(world, place.member.team.may_be_granted_by) == LEADERS[side]
    assert those(world, scope.grants_somewhere) == LEADERS["a"] | LEADERS["b"]


def test_nobody_ends_what_they_hold_themselves(world):
    own = world.people["staff"].memberships.get()
    assert those(world, lambda user: scope.may_change(user, own)) == SUPERUSER["a"]


# -- Translations ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("side", ["a", "b"])
def test_who_publishes_a_translation_and_answers_an_offer(world, side):
    place = getattr(world, side)
    ready, offers = PageTranslation.objects.filter(pk=place.ready.pk), TranslationOffer.objects.filter(pk=place.offer.pk)
    assert those(world, lambda user: ready.released_by(user).exists()) == (KEEPS_IT | REVIEWS)[side]
    assert those(world, lambda user: offers.decided_by(user).exists()) == LEADERS[side] | {"reviewer"}


def test_who_has_business_in_the_translators_workplace(world):
    assert those(world, translating.translates_somewhere) == WORKERS["a"] - {"contributor"}
    assert those(world, translating.answers_offers) == LEADERS["a"] | LEADERS["b"] | {"reviewer"}


def test_a_reviewer_brings_in_translators_of_the_own_language(world):
    def is_brought_in_by(language):
        return those(world, Team.objects.ensure("translator", language=language).may_be_granted_by)

    assert is_brought_in_by("fr") == STAFF["a"] | {"reviewer"}
    assert is_brought_in_by("ar") == STAFF["a"]


# -- Requests for spaces, and cases ------------------------------------------------------------------------------------


@pytest.mark.parametrize("side", ["a", "b"])
@pytest.mark.parametrize("name", ["submission", "request", "case"])
@pytest.mark.parametrize("action", ["view", "approve"])
def test_whose_requests_and_cases_one_sees(world, side, name, action):
    thing = getattr(getattr(world, side), name)
    policy = policy_registry.get_by_type(type(thing))
    assert those(world, lambda user: policy.user_has_permission_for_instance(user, action, thing)) == LEADS_IT[side]
    assert those(world, lambda user: thing in policy.instances_user_has_permission_for(user, action)) == LEADS_IT[side]
    for never in ("add", "delete"):
        assert those(world, lambda user, never=never: policy.user_has_permission(user, never)) == set()
        assert those(world, lambda user, never=never: policy.instances_user_has_permission_for(user, never)) == set()
    assert those(world, lambda user: policy.user_has_permission(user, action)) == LEADS_IT["a"] | LEADS_IT["b"]
    assert those(world, lambda user: thing in policy.choosable_by(user)) == LEADS_IT[side]


def test_a_request_that_moved_is_seen_where_it_was_asked_and_where_it_is(world):
    request = world.a.request
    policy = policy_registry.get_by_type(type(request))
    assert those(world, lambda user: request in policy.instances_user_has_permission_for(user, "view")) == LEADS_IT["a"]
    request.bookings.update(space=world.b.annex)
    both = LEADS_IT["a"] | LEADS_IT["b"]
    assert those(world, lambda user: request in policy.instances_user_has_permission_for(user, "view")) == both


def test_what_is_not_confirmed_by_its_sender_nobody_sees(world):
    for thing in (world.a.new_request, world.a.unconfirmed_submission):
        policy = policy_registry.get_by_type(type(thing))
        assert those(world, lambda user, p=policy, t=thing: t in p.instances_user_has_permission_for(user, "view")) == set()


# -- Calendars ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("side", ["a", "b"])
def test_into_which_regions_one_imports_calendars(world, side):
    place = getattr(world, side)
    assert those(world, lambda user: place.region in calendars.regions_of(user)) == KEEPS_IT[side]
    everywhere = PUBLISHERS["a"] | PUBLISHERS["b"]
    assert those(world, calendars.imports_somewhere) == everywhere
    assert those(world, lambda user: calendars.at_the_door(SimpleNamespace(user=user), {})) == everywhere
