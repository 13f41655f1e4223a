"""Who may do what with the records of a region: the one policy that every screen, chooser, verb and report asks."""

from django.db.models import Q
from wagtail.permission_policies import BasePermissionPolicy

from portal.models import User
from portal.permissions import as_plain, oversees
from regions.models import Membership, ProblemReport, Region, Role, roles_of
from regions.permissions import RECORD_ACTIONS

NOTHING = Q(pk__in=[])


class RegionPolicy(BasePermissionPolicy):
    """Records that belong to a region are reached by the roles one holds there, and by those who oversee all regions.

    Besides Wagtail's actions (view, add, change, delete) there are those of our verbs: publish, approve, move, export.
    The row in the database decides, never what a form posted.
    """

    region_path = "region"  # how a query gets from the record to its region
    actions = RECORD_ACTIONS
    reserved = ()  # facts that only those who oversee all regions change

    # -- Which rows ----------------------------------------------------------------------------------------------------

    def rows(self):
        """Those that anybody may see at all."""
        return self.model._default_manager.all()

    def instances_user_has_any_permission_for(self, user, actions):
        everything = self.rows()
        return everything if oversees(user) else as_plain(everything.filter(self.reach(user, set(actions))))

    def instances_user_has_permission_for(self, user, action):
        return self.instances_user_has_any_permission_for(user, [action])

    def reach(self, user, actions):
        """The rows that the roles of this person reach for any of these actions: none, unless a role says so."""
        reached = self.within(self.region_ids(user, actions - {"move"}))
        if "change" in actions:
            reached |= self.own_drafts(user)
        movable = self.region_ids(user, actions & {"move"})
        return reached | self.within(movable) if len(movable) > 1 else reached

    def within(self, regions):
        return Q(**{f"{self.region_path}__in": regions}) if regions else NOTHING

    def region_ids(self, user, actions):
        return {team.region_id for team in roles_of(user) if team.region_id and self.actions.get(team.role, set()) & actions}

    def own_drafts(self, user):
        """What somebody who drafts in a region has drafted there and nobody has made public yet."""
        regions = {team.region_id for team in roles_of(user) if team.role == Role.CONTRIBUTOR}
        if not regions or "draft" not in getattr(self.model, "Status", ()):
            return NOTHING
        return self.within(regions) & Q(status="draft", pages__owner=user)

    def choosable_by(self, user):
        """What somebody may point at: what everybody can read, and what is in the own regions."""
        everything = self.rows()
        return everything if oversees(user) else as_plain(everything.filter(self.reach(user, {"view"}) | self.public))

    @property
    def public(self):
        return Q(pages__live=True)

    def regions_for(self, user, action):
        """The regions into which somebody may bring a record."""
        regions = Region.objects.open()
        return regions if oversees(user) else regions.filter(pk__in=self.region_ids(user, {action}))

    # -- Wagtail's questions -------------------------------------------------------------------------------------------

    def user_has_permission(self, user, action):
        return self.user_has_any_permission(user, [action])

    def user_has_any_permission(self, user, actions):
        """Whether there is anything at all to do: a role that says so, or a row that is one's own."""
        actions = set(actions)
        if oversees(user) or self.region_ids(user, actions):
            return True
        return bool(roles_of(user)) and "change" in actions and self.instances_user_has_permission_for(user, "change").exists()

    def user_has_any_permission_for_instance(self, user, actions, instance):
        return self.instances_user_has_any_permission_for(user, actions).filter(pk=instance.pk).exists()

    def user_has_permission_for_instance(self, user, action, instance):
        return self.user_has_any_permission_for_instance(user, [action], instance)

    def users_with_any_permission(self, actions):
        roles = [role for role, may in self.actions.items() if may & set(actions)]
        return self.people(Membership.objects.running().filter(team__role__in=roles))

    def users_with_any_permission_for_instance(self, actions, instance):
        roles = [role for role, may in self.actions.items() if may & set(actions)]
        region = type(instance)._default_manager.filter(pk=instance.pk).values(self.region_path)
        return self.people(Membership.objects.running().filter(team__role__in=roles, team__region__in=region))

    def users_with_permission_for_instance(self, action, instance):
        return self.users_with_any_permission_for_instance([action], instance)

    def people(self, memberships):
        with_role = Q(memberships__in=memberships.exclude(team__region=None))
        staff = Q(memberships__in=Membership.objects.running().filter(team__role=Role.STAFF))
        return User.objects.filter(with_role | staff | Q(is_superuser=True), is_active=True).distinct()


class RegionItselfPolicy(RegionPolicy):
    """The facts of a region: its own people keep some of them; opening and closing it is for staff."""

    region_path = "pk"
    actions = {"contributor": {"view"}, "editor": {"view"}, "ambassador": {"view", "change"}}
    reserved = ("area", "language", "languages", "countries", "slug")

    @property
    def public(self):
        return Q(status=Region.Status.OPEN)


class AmbassadorshipPolicy(RegionPolicy):
    """Staff appoint; an ambassador keeps what is said about the own person, and nobody else's."""

    actions = {"contributor": {"view"}, "editor": {"view"}, "ambassador": {"view"}}
    reserved = ("person", "region", "title", "starts", "ends", "slug")

    def reach(self, user, actions):
        reached = super().reach(user, actions)
        regions = {team.region_id for team in roles_of(user) if team.role == Role.AMBASSADOR}
        if "change" not in actions or not regions:
            return reached
        return reached | (self.within(regions) & Q(person=user))


class GroupPolicy(RegionPolicy):
    """User groups are public from the start: nobody drafts one."""

    actions = {**RECORD_ACTIONS, "contributor": {"view"}}

    @property
    def public(self):
        return Q(region__status=Region.Status.OPEN)


class LanguagePolicy(BasePermissionPolicy):
    """What belongs to a language: seen by all who translate into it, kept by its reviewers and by staff.

    A reviewer of one region works with the words that all regions share, and leaves them to those of the whole language.
    """

    language_field = "target_language"
    seen = {"view", "export"}
    kept = seen | {"add", "change", "delete"}

    def languages(self, user, actions):
        """The languages in which somebody may do any of this."""
        found = set()
        for team in roles_of(user):
            if team.language:
                keeps = team.role == Role.REVIEWER and team.region_id is None
                found |= {team.language} if (self.kept if keeps else self.seen) & actions else set()
            elif team.role in (Role.EDITOR, Role.AMBASSADOR) and self.seen & actions:
                found |= set(team.region.all_languages)
        return found

    def instances_user_has_any_permission_for(self, user, actions):
        everything = self.model._default_manager.all()
        if oversees(user):
            return everything
        return as_plain(everything.filter(**{f"{self.language_field}__in": self.languages(user, set(actions))}))

    def instances_user_has_permission_for(self, user, action):
        return self.instances_user_has_any_permission_for(user, [action])

    def choosable_by(self, user):
        return self.instances_user_has_permission_for(user, "view")

    def user_has_permission(self, user, action):
        return self.user_has_any_permission(user, [action])

    def user_has_any_permission(self, user, actions):
        return oversees(user) or bool(self.languages(user, set(actions)))

    def user_has_any_permission_for_instance(self, user, actions, instance):
        return self.instances_user_has_any_permission_for(user, actions).filter(pk=instance.pk).exists()

    def user_has_permission_for_instance(self, user, action, instance):
        return self.user_has_any_permission_for_instance(user, [action], instance)

    def users_with_any_permission(self, actions):
        keepers = Q(team__role=Role.REVIEWER, team__region=None)
        seers = ~Q(team__language="") | Q(team__role__in=[Role.EDITOR, Role.AMBASSADOR])
        memberships = Membership.objects.running().filter(seers if self.seen & set(actions) else keepers)
        staff = Q(memberships__in=Membership.objects.running().filter(team__role=Role.STAFF))
        people = User.objects.filter(Q(memberships__in=memberships) | staff | Q(is_superuser=True), is_active=True)
        return people.distinct()


class LimitedPolicy(RegionPolicy):
    """What comes and goes by verbs alone: of all actions only those in `possible` are, for staff, too; nobody chooses one."""

    possible = frozenset({"view"})
    public = NOTHING

    def instances_user_has_any_permission_for(self, user, actions):
        allowed = self.possible & set(actions)
        return super().instances_user_has_any_permission_for(user, allowed) if allowed else self.rows().none()

    def user_has_any_permission(self, user, actions):
        allowed = self.possible & set(actions)
        return bool(allowed) and super().user_has_any_permission(user, allowed)


class TrainingPolicy(LimitedPolicy):
    """Ambassadors and staff read who was trained in what, and take the list along."""

    actions = {"ambassador": {"view", "export"}}
    possible = frozenset({"view", "export"})


class ProblemPolicy(LimitedPolicy):
    """Ambassadors read and settle what is reported in their region. What is said about ambassadors is for staff.

    Reports come from readers, and go when their time is over: nobody adds, changes or deletes one.
    """

    actions = {"ambassador": {"view", "approve"}}
    possible = frozenset({"view", "approve"})

    def reach(self, user, actions):
        own = ProblemReport.objects.about_ambassadors().values("pk")
        return super().reach(user, actions) & ~Q(pk__in=own)
