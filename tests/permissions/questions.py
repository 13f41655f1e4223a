"""Every question that the permissions ask, and how a mutant answers it: with "yes", or with all there is.

A class's method is replaced in its class. A plain function is replaced wherever it is known: in each module that has
imported it, in the table of doors, among Wagtail's hooks.
"""

import sys
from importlib import import_module

from django.db.models import Q
from wagtail import hooks

OURS = ("portal", "regions", "spaces", "stories", "home", "tests")


def yes(*args, **kwargs):
    return True


def no(*args, **kwargs):
    return False


def nothing(*args, **kwargs):
    return None


def all_rows(*args, **kwargs):
    return Q(pk__gt=0)


def everything(policy, *args, **kwargs):
    return policy.model._default_manager.all()


def first_given(given, *args, **kwargs):
    return given


def all_of_model(model, *args, **kwargs):
    return model._default_manager.all()


def every(path):
    """All rows of the model at this path, whatever is asked."""
    module, name = path.rsplit(".", 1)
    return lambda *args, **kwargs: getattr(import_module(module), name).objects.all()


def all_regions(*args, **kwargs):
    return set(import_module("regions.models").Region.objects.values_list("pk", flat=True))


def everybody_with_a_role(*args, **kwargs):
    return set(import_module("portal.models").User.objects.exclude(memberships=None))


def whom_it_is_of(policy, user, *args, **kwargs):
    """Where one sees, one reaches."""
    return policy.within(policy.region_ids(user, {"view"}))


def where_one_sees(policy, user, *args, **kwargs):
    return policy.within({team.region_id for team in import_module("regions.models").roles_of(user) if team.region_id})


def as_offered(form, name, field, policy):
    return field.queryset


QUESTIONS = {
    "portal.permissions": {
        "oversees": lambda user: not user.is_anonymous,
        "is_translation": yes,
        "being_translated": all_rows,
        "PagePolicy.user_has_any_permission": yes,
        "PagePolicy.explorable_instances": everything,
        "PagePermissions.of_translations": yes,
        "PagePermissions.can_edit": yes,
        "PagePermissions.can_publish": yes,
        "PagePermissions.can_unpublish": yes,
        "PagePermissions.can_copy": yes,
        "PagePermissions.can_delete": yes,
        "PagePermissions.can_move": yes,
        "PagePermissions.can_set_view_restrictions": yes,
        "seen": all_of_model,
        "pages_to_point_at": every("wagtail.models.Page"),
        "things_to_point_at": nothing,
    },
    "portal.models.faces": {
        "FacePermissions.can_copy": yes,
        "FacePermissions.can_copy_to": yes,
        "FacePermissions.can_move": yes,
        "FacePermissions.can_move_to": yes,
        "FacePermissions.can_delete": yes,
        "FacePermissions.can_publish": yes,
        "Face.can_create_at": classmethod(yes),
    },
    "portal.doors": {"DoorsMiddleware.process_view": nothing},
    "portal.keys": {
        "staff": yes,
        "superusers": yes,
        "nothing": yes,
        "pages.<locals>.door": yes,
        "move": yes,
        "media.<locals>.door": yes,
        "own_upload": yes,
        "page_to_point_at": yes,
        "all_of": yes,
        "bulk": yes,
        "translation": yes,
        "override": yes,
        "string": yes,
        "snippet": yes,
        "snippet_chooser": yes,
    },
    "portal.scopes": {
        "ScopedView.check_permission": nothing,
        "ScopedIndexView.may_export": property(yes),
        "ScopedViewSet.get_queryset": everything,
        "ChoosableView.choosable": property(lambda view: view.model_class._default_manager.all()),
        "NotInBulk.dispatch": lambda view, *args, **kwargs: super(type(view), view).dispatch(*args, **kwargs),
    },
    "portal.viewsets": {
        "Verb.is_open_to": yes,
        "VerbView.user_has_permission_for_instance": yes,
        "RecordEditView.fixed_fields": (),
    },
    "portal.page_forms": {"pointed_at": lambda page: {}, "PortalPageForm.forget": nothing},
    "portal.wagtail_hooks": {"refuse_copies_of_faces": nothing, "no_titles_of_others_drafts": first_given},
    "portal.desk": {"StillOwnEditsPanel.get_context_data": None},
    "portal.jobs": {"is_open": yes},
    "regions.policies": {
        "RegionPolicy.instances_user_has_any_permission_for": everything,
        "RegionPolicy.reach": whom_it_is_of,
        "RegionPolicy.region_ids": all_regions,
        "RegionPolicy.own_drafts": whom_it_is_of,
        "RegionPolicy.choosable_by": everything,
        "RegionPolicy.public": property(all_rows),
        "RegionPolicy.regions_for": every("regions.models.Region"),
        "RegionPolicy.user_has_any_permission": yes,
        "RegionPolicy.user_has_any_permission_for_instance": yes,
        "RegionPolicy.users_with_any_permission": every("portal.models.User"),
        "RegionPolicy.users_with_any_permission_for_instance": every("portal.models.User"),
        "RegionItselfPolicy.reserved": (),
        "RegionItselfPolicy.public": property(all_rows),
        "AmbassadorshipPolicy.reach": whom_it_is_of,
        "AmbassadorshipPolicy.reserved": (),
        "GroupPolicy.public": property(all_rows),
        "LanguagePolicy.languages": lambda policy, user, actions: {"en", "es", "fr", "ar", "zh-hant"},
        "LanguagePolicy.instances_user_has_any_permission_for": everything,
        "LanguagePolicy.user_has_any_permission": yes,
        "LanguagePolicy.user_has_any_permission_for_instance": yes,
        "LimitedPolicy.instances_user_has_any_permission_for": everything,
        "LimitedPolicy.user_has_any_permission": yes,
        "LimitedPolicy.public": property(all_rows),
        "ProblemPolicy.reach": whom_it_is_of,
    },
    "spaces.policies": {
        "SubmissionPolicy.rows": everything,
        "RequestPolicy.within": all_rows,
        "RequestPolicy.rows": everything,
    },
    "spaces.models.requests": {
        "RequestQuerySet.seen": lambda rows: rows,
        "RequestQuerySet.in_spaces": lambda rows, spaces: rows,
        "RequestQuerySet.sent_by": lambda rows, user: rows,
    },
    "spaces.models.hosts": {"mark_of": lambda email: "anybody"},
    "stories.policies": {"EventPolicy.reach": whom_it_is_of},
    "stories.models.seats": {"SeatQuerySet.of_person": lambda rows, user: rows},
    "stories.uploads.scope": {
        "regions_of": every("regions.models.Region"),
        "imports_somewhere": yes,
        "at_the_door": yes,
    },
    "regions.models.trainings": {"TrainingQuerySet.of_person": lambda rows, user: rows},
    "regions.viewsets": {
        "RegionalForm.reserve": nothing,
        "RegionalForm.choices_of": as_offered,
        "RegionalForm.full_clean": None,
        "RegionalFilters.__init__": None,
    },
    "regions.models.memberships": {
        "check_place": nothing,
        "Team.may_be_granted_by": yes,
        "Team.reviews": yes,
        "MembershipQuerySet.running": lambda rows: rows.filter(ended_at=None),
        "MembershipQuerySet.expired": lambda rows: rows.none(),
    },
    "regions.models.invitations": {"Invitation.is_for": yes, "Invitation.why_closed": lambda invitation: ""},
    "regions.models.ambassadors": {"OwnPagePermissions.is_own": yes},
    "regions.models.moderation": {
        "ModerationTask.moderates": yes,
        "ModerationTask.locked_for_user": no,
        "ModerationTask.user_can_unlock": yes,
        "ModerationTask.get_task_states_user_can_moderate": lambda task, user, **kwargs: task.task_states.filter(
            status="in_progress"
        ),
        "moderators_of": everybody_with_a_role,
    },
    "regions.people.scope": {
        "led_by": all_regions,
        "grants_somewhere": yes,
        "regions_of": every("regions.models.Region"),
        "teams_of": every("regions.models.Team"),
        "memberships_of": every("regions.models.Membership"),
        "invitations_of": every("regions.models.Invitation"),
        "may_change": yes,
        "at_the_door": yes,
    },
    "regions.models.translations": {
        "in_languages_of": all_rows,
        "in_regions_of": all_rows,
        "PageTranslationQuerySet.released_by": first_given,
    },
    "regions.models.offers": {"TranslationOfferQuerySet.decided_by": first_given},
    "regions.translating.scope": {
        "translates_somewhere": yes,
        "at_the_door": yes,
        "answers_offers": yes,
        "at_the_letterbox": yes,
    },
    "regions.desk": {"own_region": nothing},
    "spaces.models.queries": {"SpaceQuerySet.hosted_by": lambda spaces, user: spaces.all()},
    "spaces.views": {"kept_by": lambda user: import_module("spaces.models").Space.objects.all()},
}
NAMES = [f"{module}:{name}" for module, questions in QUESTIONS.items() for name in questions]


def named(words):
    """The questions whose names end with one of these words; without words all of them."""
    return [name for name in NAMES if not words or any(name.endswith(word) for word in words)]


def mutate(name):
    """Answer this question with "yes" from now on."""
    module, _, path = name.partition(":")
    answer = QUESTIONS[module][path]
    if "." in path and "<locals>" not in path:
        holder, attribute = path.split(".")
        answer_in_class(getattr(import_module(module), holder), attribute, answer)
    else:
        answer_everywhere(module, path, answer)


def answer_in_class(owner, attribute, answer):
    """None: as if the class had not thought of it. What the class inherits is answered for this class alone."""
    assert hasattr(owner, attribute), f"There is no {owner.__name__}.{attribute} any more."
    if answer is None:
        delattr(owner, attribute)
    else:
        setattr(owner, attribute, answer)


def answer_everywhere(module, name, answer):
    def is_it(value):
        value = getattr(value, "func", value)  # a partial of it
        return getattr(value, "__module__", "") == module and getattr(value, "__qualname__", "") == name

    places = [vars(known) for path, known in list(sys.modules.items()) if path.split(".")[0] in OURS]
    places.append(import_module("portal.doors").DOORS)
    found = [(place, key) for place in places for key, value in list(place.items()) if is_it(value)]
    assert found, f"There is no {module}.{name} any more."
    for place, key in found:
        place[key] = answer
    for registered in hooks._hooks.values():
        registered[:] = [(answer if is_it(function) else function, order) for function, order in registered]
