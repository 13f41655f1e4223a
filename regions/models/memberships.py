from django.conf import settings
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log
from wagtail.models import Collection, Page

from portal.languages import language_name
from portal.permissions import oversees
from regions.permissions import GRANTED_BY_AMBASSADORS, make_group, pages_to_translate, region_collection, sync_team

from .regions import Region, portal_languages


class Role(models.TextChoices):
    """What somebody may do, and where it comes from: docs/architecture.md has the table.

    A space's host is no role that is given: whoever a space names as its host is one.
    """

    VOLUNTEER = "volunteer", _("volunteer")
    CONTRIBUTOR = "contributor", _("contributor")
    EDITOR = "editor", _("editor")
    AMBASSADOR = "ambassador", _("ambassador")
    TRANSLATOR = "translator", _("translator")
    REVIEWER = "reviewer", _("language reviewer")
    ASSESSOR = "assessor", _("assessor")
    STAFF = "staff", _("programme staff")


REGION_ROLES = [Role.VOLUNTEER, Role.CONTRIBUTOR, Role.EDITOR, Role.AMBASSADOR]
LANGUAGE_ROLES = [Role.TRANSLATOR, Role.REVIEWER]
PROGRAMME_ROLES = [Role.ASSESSOR, Role.STAFF]


class TeamManager(models.Manager):
    def ensure(self, role, region=None, language=""):
        """The team of this role, made when it is not there yet, with the permissions of its role."""
        check_place(role, region, language)
        places = [f"{region.slug} ({region.pk})" if region else "", language]  # names of groups are unique for ever
        name = f"{', '.join(filter(None, places)) or 'portal'}: {role}"
        team, created = self.get_or_create(role=role, region=region, language=language, defaults={"group": make_group(name)})
        if created:
            team.sync()
        return team

    def ensure_for_region(self, region):
        return [self.ensure(role, region=region) for role in REGION_ROLES]

    def sync_region(self, region):
        """Its pages may have become more: all its teams and those of its languages look again."""
        return [line for team in self.filter(region=region) for line in team.sync()]


def check_place(role, region, language):
    """Each role has its place: a region, a language (perhaps in one region), or the whole programme."""
    is_right = {
        Role.TRANSLATOR: bool(language),
        Role.REVIEWER: bool(language),
        Role.ASSESSOR: not region and not language,
        Role.STAFF: not region and not language,
    }.get(role, bool(region) and not language)
    if role not in Role.values or not is_right:
        raise ValidationError(_("There is no such role in this place."))
    if region and language and language not in region.all_languages:
        raise ValidationError(_("This language is not one of the region's."))


class Team(models.Model):
    """The people who have one role in one place: the editors of Kenya, the translators into French, the staff."""

    role = models.CharField(_("role"), max_length=12, choices=Role)
    region = models.ForeignKey(Region, null=True, blank=True, on_delete=models.PROTECT, related_name="teams")
    language = models.CharField(_("language"), max_length=12, blank=True, choices=portal_languages)
    group = models.OneToOneField(Group, on_delete=models.PROTECT, related_name="team")

    objects = TeamManager()

    class Meta:
        verbose_name = _("team")
        verbose_name_plural = _("teams")
        constraints = [
            models.UniqueConstraint(fields=["role", "region", "language"], name="one_team_in_a_region"),
            models.UniqueConstraint(fields=["role", "language"], condition=Q(region=None), name="one_team_for_a_language"),
        ]

    def __str__(self):
        return ", ".join([str(self.get_role_display()), *self.place_names()])

    def place_names(self):
        """Where it works, in words: the language, the region."""
        names = [language_name(self.language)] if self.language else []
        return [*names, str(self.region)] if self.region else names

    def sync(self):
        """Bring permissions and people in line with what is true today. Returns what was done, in words."""
        return [*self.sync_rights(), *self.sync_people()]

    def sync_rights(self):
        if self.role == Role.STAFF:
            return sync_team(self.group, self.role, Page.objects.filter(depth=1), Collection.get_first_root_node())
        if self.language:
            return sync_team(self.group, self.role, pages_to_translate(self.language, self.region))
        if self.region:
            return sync_team(self.group, self.role, self.region.pages.all(), region_collection(self.region))
        return []

    def sync_people(self):
        """In the group are those whose membership runs, and nobody else."""
        wanted = {each.person for each in self.memberships.running().select_related("person")}
        have = set(self.group.user_set.all())
        self.group.user_set.set(wanted)
        for person in wanted ^ have:
            person.end_sessions()
        added, removed = wanted - have, have - wanted
        return [f"{self}: + {p.email}" for p in added] + [f"{self}: - {p.email}" for p in removed]

    def may_be_granted_by(self, user):
        """Staff bring in anybody anywhere; ambassadors some roles in their region; reviewers translators of their language."""
        if oversees(user):
            return user.is_superuser or self.role != Role.STAFF
        if self.role == Role.TRANSLATOR and any(held.reviews(self.language, self.region_id) for held in roles_of(user)):
            return True
        if self.region is None or self.role not in GRANTED_BY_AMBASSADORS:
            return False
        return any(held.role == Role.AMBASSADOR and held.region_id == self.region_id for held in roles_of(user))

    def reviews(self, language, region_id):
        """Whether this team reads over what is translated into a language: everywhere, or in its region."""
        is_there = self.region_id is None or self.region_id == region_id
        return self.role == Role.REVIEWER and self.language == language and is_there

    @transaction.atomic
    def admit(self, person, by=None, until=None, reason=""):
        """Give somebody this role, until and including a day. Given again, it is the same membership with the new terms."""
        if by and by == person and not by.is_superuser:
            raise ValidationError(_("Nobody gives a role to themselves."))
        if by and not self.may_be_granted_by(by):
            raise ValidationError(_("You may not give this role here."))
        if until and until < timezone.localdate():
            raise ValidationError({"until": _("This day has passed.")})
        Team.objects.select_for_update().get(pk=self.pk)
        self.memberships.expired().filter(person=person).end()
        terms = {"until": until, "reason": reason}
        running = self.memberships.running().filter(person=person).first()
        if running is None:
            running = self.memberships.create(person=person, granted_by=by, **terms)
            self.group.user_set.add(person)
            person.end_sessions()
        elif (running.until, running.reason) == (until, reason):
            return running
        else:
            self.memberships.filter(pk=running.pk).update(**terms)
            running.refresh_from_db()
        log(instance=person, action="portal.role_granted", user=by, data={"team": str(self), "until": str(until or "")})
        return running


class MembershipQuerySet(models.QuerySet):
    def running(self):
        """Neither ended nor past its last day."""
        return self.filter(Q(until=None) | Q(until__gte=timezone.localdate()), ended_at=None)

    def expired(self):
        """Past the last day, and nobody has closed the books yet."""
        return self.filter(ended_at=None, until__lt=timezone.localdate())

    def end(self, by=None, reason=""):
        for membership in self:  # nearly always there is none, and every request asks: no columns of three tables for nothing
            membership.end(by, reason)


class Membership(models.Model):
    """Who has a role, who gave it, when, why and until when."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships", verbose_name=_("person")
    )
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="memberships", verbose_name=_("team"))
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("granted by")
    )
    granted_at = models.DateTimeField(_("granted"), default=timezone.now)
    until = models.DateField(_("until"), null=True, blank=True, help_text=_("The last day. Left empty, it has no end."))
    reason = models.CharField(
        _("reason"), max_length=255, blank=True, help_text=_("Why this person: kept for those who look later.")
    )
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True, editable=False)
    end_reason = models.CharField(_("why it ended"), max_length=255, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.UniqueConstraint(fields=["person", "team"], condition=Q(ended_at=None), name="one_running_membership")
        ]

    def __str__(self):
        return f"{self.person}: {self.team}"

    @property
    def is_running(self):
        return self.ended_at is None and (self.until is None or self.until >= timezone.localdate())

    @transaction.atomic
    def change_last_day(self, until, by):
        """The role lasts until and including another day, or without an end."""
        if by == self.person and not by.is_superuser:
            raise ValidationError(_("Nobody prolongs or shortens their own role."))
        if until and until < timezone.localdate():
            raise ValidationError({"until": _("This day has passed.")})
        days = [str(self.until or ""), str(until or "")]
        if not Membership.objects.running().filter(pk=self.pk).update(until=until):
            raise ValidationError(_("This role has ended already."))
        self.refresh_from_db()
        log(instance=self.person, action="portal.role_prolonged", user=by, data={"team": str(self.team), "until": days})

    @transaction.atomic
    def end(self, by=None, reason=""):
        """Take the role away, now. What the person has open in the workplace stops with the next click."""
        if not Membership.objects.filter(pk=self.pk, ended_at=None).update(ended_at=timezone.now(), end_reason=reason):
            return
        self.refresh_from_db()
        self.team.group.user_set.remove(self.person)
        self.person.end_sessions()
        log(instance=self.person, action="portal.role_ended", user=by, data={"team": str(self.team), "reason": reason})


def roles_of(user):
    """The teams that somebody is in today: what every policy asks first. Asked once for each user object."""
    if not user.is_active or user.is_anonymous:
        return []
    if not hasattr(user, "_roles_today"):
        running = Membership.objects.running().filter(person=user).select_related("team__region")
        user._roles_today = [membership.team for membership in running]
    return user._roles_today
