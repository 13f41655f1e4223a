from django.conf import settings
from django.contrib.auth.models import Group
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from regions.permissions import make_group, pages_to_translate, region_collection, sync_staff, sync_team

from .regions import Region


class Role(models.TextChoices):
    """What somebody may do, and where it comes from: docs/architecture.md has the table."""

    VOLUNTEER = "volunteer", _("volunteer")
    CONTRIBUTOR = "contributor", _("contributor")
    EDITOR = "editor", _("editor")
    AMBASSADOR = "ambassador", _("ambassador")
    HOST = "host", _("space host")
    TRANSLATOR = "translator", _("translator")
    REVIEWER = "reviewer", _("language reviewer")
    ASSESSOR = "assessor", _("assessor")
    STAFF = "staff", _("programme staff")


REGION_ROLES = [Role.VOLUNTEER, Role.CONTRIBUTOR, Role.EDITOR, Role.AMBASSADOR, Role.HOST]
LANGUAGE_ROLES = [Role.TRANSLATOR, Role.REVIEWER]
PROGRAMME_ROLES = [Role.ASSESSOR, Role.STAFF]


class TeamManager(models.Manager):
    def ensure(self, role, region=None, language=""):
        """The team of this role, made when it is not there yet, with the permissions of its role."""
        place = f"{region.slug} ({region.pk})" if region else language or "portal"  # names of groups are unique for ever
        team, _created = self.get_or_create(
            role=role, region=region, language=language, defaults={"group": make_group(f"{place}: {role}")}
        )
        team.sync()
        return team

    def sync_languages(self, languages):
        """A region opened: its translated pages are work for the teams of these languages."""
        for team in Team.objects.filter(language__in=languages):
            team.sync()

    def ensure_for_region(self, region):
        return [self.ensure(role, region=region) for role in REGION_ROLES]


class Team(models.Model):
    """The people who have one role in one place: the editors of Kenya, the translators into French, the staff."""

    role = models.CharField(_("role"), max_length=12, choices=Role)
    region = models.ForeignKey(Region, null=True, blank=True, on_delete=models.PROTECT, related_name="teams")
    language = models.CharField(_("language"), max_length=12, blank=True, choices=settings.LANGUAGES)
    group = models.OneToOneField(Group, on_delete=models.PROTECT, related_name="team")

    objects = TeamManager()

    class Meta:
        verbose_name = _("team")
        verbose_name_plural = _("teams")
        constraints = [
            models.UniqueConstraint(fields=["role", "region"], name="one_team_in_a_region"),
            models.UniqueConstraint(
                fields=["role", "language"], condition=models.Q(region=None), name="one_team_for_a_language"
            ),
        ]

    def __str__(self):
        return self.group.name

    def sync(self):
        """Bring the rows of permissions in line with what the role may do today."""
        if self.role == Role.STAFF:
            sync_staff(self.group)
        elif self.region:
            sync_team(self.group, self.role, self.region.pages.all(), region_collection(self.region))
        elif self.language:
            translated = Region.face_model().objects.filter(locale__language_code=self.language)
            pages = pages_to_translate(self.language, translated.exclude(region__language=self.language))
            sync_team(self.group, self.role, pages)

    @transaction.atomic
    def admit(self, person, by=None, until=None, reason=""):
        """Give somebody this role. Given again, it is the same membership."""
        membership, created = Membership.objects.get_or_create(
            person=person, team=self, ended_at=None, defaults={"granted_by": by, "until": until, "reason": reason}
        )
        self.group.user_set.add(person)
        if created:
            log(instance=person, action="portal.role_granted", user=by, data={"team": str(self)})
        return membership


class Membership(models.Model):
    """Who has a role, who gave it, when, why and until when."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="memberships")
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("granted by")
    )
    granted_at = models.DateTimeField(default=timezone.now)
    until = models.DateField(_("until"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=255, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.UniqueConstraint(fields=["person", "team"], condition=models.Q(ended_at=None), name="one_running_membership")
        ]

    def __str__(self):
        return f"{self.person}, {self.team}"
