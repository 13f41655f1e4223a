"""Turns each question of the policy into "yes", one at a time, and looks whether a test minds: `make mutants`.

Run by hand; it takes a while. What no test minds is printed, and its last result is kept in docs/security.md. In a test
run the environment variable MUTANT names the question that is answered with "yes" (`tests/permissions/conftest.py`).
"""

import os
import subprocess
import sys
import time
from importlib import import_module
from pathlib import Path

TESTS = [
    "tests/permissions/test_forged.py",
    "tests/permissions/test_matrix.py",
    "tests/regions/test_roles.py",
    "tests/regions/test_invitations.py",
    "tests/journeys/test_team_screen.py",
    "tests/journeys/test_moderation.py",
    "tests/journeys/test_closed_doors.py",
    "tests/permissions/test_addresses.py",
    "tests/permissions/test_canaries.py",
]


def yes(*args, **kwargs):
    return True


def everything(policy, *args, **kwargs):
    return policy.model._default_manager.all()


def nothing(*args, **kwargs):
    return None


# module: {what: what it becomes}; a property becomes one again.
QUESTIONS = {
    "portal.permissions": {
        "is_translation": yes,
        "PagePolicy.explorable_instances": everything,
        "PagePermissions.of_translations": yes,
        "PagePermissions.can_edit": yes,
        "PagePermissions.can_publish": yes,
        "PagePermissions.can_unpublish": yes,
        "PagePermissions.can_copy": yes,
        "PagePermissions.can_delete": yes,
        "PagePermissions.can_move": yes,
        "PagePermissions.can_set_view_restrictions": yes,
    },
    "portal.models.faces": {
        "FacePermissions.can_copy": yes,
        "FacePermissions.can_move": yes,
        "FacePermissions.can_move_to": yes,
        "FacePermissions.can_delete": yes,
        "FacePermissions.can_publish": yes,
    },
    "portal.doors": {"DoorsMiddleware.process_view": nothing},
    "portal.scopes": {
        "ScopedView.check_permission": nothing,
        "ScopedIndexView.may_export": yes,
        "ScopedViewSet.get_queryset": lambda viewset, request: viewset.model._default_manager.all(),
        "ChoosableView.choosable": lambda view: view.model_class._default_manager.all(),
    },
    "portal.viewsets": {"Verb.is_open_to": yes, "VerbView.user_has_permission_for_instance": yes},
    "portal.page_forms": {"pointed_at": lambda page: {}},
    "regions.policies": {
        "RegionPolicy.instances_user_has_any_permission_for": everything,
        "RegionPolicy.user_has_any_permission": yes,
        "RegionPolicy.user_has_any_permission_for_instance": yes,
        "RegionPolicy.choosable_by": everything,
        "RegionPolicy.regions_for": lambda policy, user, action: import_module("regions.models").Region.objects.all(),
        "RegionPolicy.own_drafts": lambda policy, user: policy.within(policy.region_ids(user, {"view"})),
        "AmbassadorshipPolicy.reach": lambda policy, user, actions: policy.within(policy.region_ids(user, {"view"})),
        "AmbassadorshipPolicy.reserved": (),
        "RegionItselfPolicy.reserved": (),
    },
    "stories.policies": {"EventPolicy.reach": lambda policy, user, actions: policy.within(policy.region_ids(user, {"delete"}))},
    "regions.viewsets": {"RegionalForm.reserve": nothing},
    "regions.models.memberships": {
        "check_place": nothing,
        "Team.may_be_granted_by": yes,
        "MembershipQuerySet.running": lambda rows: rows.filter(ended_at=None),
        "MembershipQuerySet.expired": lambda rows: rows.none(),
    },
    "regions.models.ambassadors": {"OwnPagePermissions.is_own": yes},
    "regions.models.moderation": {"ModerationTask.moderates": yes},
}
# Keys of doors are bound in the table when it is made: there they are replaced.
KEYS = ["staff", "superusers", "translation", "string", "override", "bulk", "snippet", "snippet_chooser", "page_to_point_at"]
NAMES = [f"{module}:{name}" for module, questions in QUESTIONS.items() for name in questions] + [f"key:{key}" for key in KEYS]


def mutate(name):
    """Answer this question with "yes" from now on."""
    module, _, path = name.partition(":")
    if module == "key":
        doors, key = import_module("portal.doors"), getattr(import_module("portal.keys"), path)
        for address in [address for address, its_key in doors.DOORS.items() if its_key is key]:
            doors.DOORS[address] = yes
        setattr(doors, path, yes)
        return
    owner = import_module(module)
    *holders, attribute = path.split(".")
    for holder in holders:
        owner = getattr(owner, holder)
    answer = QUESTIONS[module][path]
    is_property = isinstance(owner.__dict__.get(attribute), property)
    setattr(owner, attribute, property(answer) if is_property else answer)


def survives(name):
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-n", "2", "-p", "no:cacheprovider", *TESTS]
    result = subprocess.run(command, env={**os.environ, "MUTANT": name}, capture_output=True, text=True, check=False)  # noqa: S603
    return result.returncode == 0


def main():
    names = sys.argv[1:] or NAMES
    begun, survivors = time.monotonic(), []
    for name in names:
        found = survives(name)
        survivors += [name] * found
        print(f"{'SURVIVES' if found else 'killed  '} {name}", flush=True)  # noqa: T201
    minutes = (time.monotonic() - begun) / 60
    print(f"{len(names) - len(survivors)} of {len(names)} killed in {minutes:.0f} minutes.")  # noqa: T201
    sys.exit(bool(survivors))


if __name__ == "__main__":
    os.chdir(Path(__file__).resolve().parents[2])
    main()
