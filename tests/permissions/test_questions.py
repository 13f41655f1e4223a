"""The list of mutants is whole: every question that the modules of the permissions ask is in it, or named here."""

import inspect
from importlib import import_module

import pytest

from .mutants import asked_first
from .questions import NAMES, QUESTIONS

ASK = [
    "portal.permissions",
    "portal.keys",
    "regions.policies",
    "regions.people.scope",
    "regions.translating.scope",
    "spaces.policies",
    "regions.models.moderation",
    "stories.policies",
    "stories.uploads.scope",
]
# What is no question of its own: words and rows for those that are, or the same question in another form.
PARTS = {
    "portal.permissions": "was_translated translations_to as_plain inside ways_to "
    "PagePolicy.instances_with_direct_explore_permission PagePolicy.pages_to_translate_below",
    "portal.keys": "anybody pages media picture_shown chosen target_of sent model_of own_pages",
    "regions.policies": "RegionPolicy.rows RegionPolicy.instances_user_has_permission_for RegionPolicy.within "
    "RegionPolicy.user_has_permission "
    "RegionPolicy.user_has_permission_for_instance RegionPolicy.people RegionPolicy.users_with_permission_for_instance "
    "LanguagePolicy.choosable_by LanguagePolicy.instances_user_has_permission_for LanguagePolicy.user_has_permission "
    "LanguagePolicy.user_has_permission_for_instance LanguagePolicy.users_with_any_permission",
    "regions.people.scope": "roles_granted_by",
    "regions.models.moderation": "ensure_moderation region_of tell_the_moderators ModerationTask.get_description "
    "ModerationTask.get_actions ModerationTask.user_can_access_editor ModerationTask.user_can_lock",
}


def functions_of(module):
    """The names of a module's own functions, and of the methods of its classes."""
    for name, found in vars(import_module(module)).items():
        if getattr(found, "__module__", "") != module:
            continue
        if inspect.isfunction(found):
            yield name
        elif inspect.isclass(found):
            yield from (f"{name}.{each}" for each, what in vars(found).items() if is_asked(each, what))


def is_asked(name, what):
    return not name.startswith("__") and isinstance(what, property | classmethod | staticmethod | type(is_asked))


def test_every_question_has_its_mutant():
    for module in ASK:
        asked = {name.split(".<locals>")[0] for name in QUESTIONS.get(module, {})}
        parts = set(PARTS.get(module, "").split())
        assert set(functions_of(module)) - asked - parts == set()
        assert parts - set(functions_of(module)) == set()


@pytest.mark.parametrize("question", [name for name in NAMES if "." in name.partition(":")[2] and "<locals>" not in name])
def test_every_mutant_has_its_question(question):
    module, _, path = question.partition(":")
    holder, attribute = path.split(".")
    assert hasattr(getattr(import_module(module), holder), attribute)


def test_each_mutant_has_a_test_that_is_asked_first():
    assert set(asked_first()) == set(NAMES)
