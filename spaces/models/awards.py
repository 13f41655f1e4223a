from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from .spaces import Space


class AwardQuerySet(models.QuerySet):
    def current(self, day=None):
        """Those that the public reads: not revoked, and within their period."""
        day = day or timezone.localdate()
        return self.filter(Q(ends=None) | Q(ends__gte=day), revoked_at=None, starts__lte=day)

    def by_hand(self):
        return self.filter(rule="")

    def computed(self):
        return self.exclude(rule="")


class Award(models.Model):
    """A space is thanked in public: by somebody who says why, or because its records say so."""

    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="awards", verbose_name=_("space"))
    rule = models.CharField(max_length=20, blank=True, editable=False)  # which rule computed it; empty when given by hand
    numbers = models.JSONField(default=dict, blank=True, editable=False)  # what the rule counted
    title = models.CharField(_("title"), max_length=120, help_text=_("What it is thanked for, in a few words."))
    reason = models.TextField(
        _("reason"), max_length=1000, help_text=_("Public, in the region’s first language: what they did, for whom.")
    )
    starts = models.DateField(_("from"), default=timezone.localdate)
    ends = models.DateField(_("until"), null=True, blank=True, help_text=_("The last day it is shown. Left empty, it stays."))
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("awarded by"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True, editable=False)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    revoke_reason = models.CharField(_("why it is revoked"), max_length=255, default="", help_text=_("Kept in the workplace."))

    objects = AwardQuerySet.as_manager()

    class Meta:
        verbose_name = _("award")
        verbose_name_plural = _("awards")
        ordering = ["-starts", "-pk"]
        constraints = [models.UniqueConstraint(fields=["space", "rule"], condition=~Q(rule=""), name="one_award_of_a_rule")]

    def __str__(self):
        return self.title or self.rule

    @property
    def is_revoked(self):
        return self.revoked_at is not None

    @property
    def language(self):
        """In which title and reason are written."""
        return self.space.region.language

    def clean(self):
        super().clean()
        if self.starts and self.ends and self.ends < self.starts:
            raise ValidationError({"ends": _("The last day is before the first.")})
        if self.space_id and self.space.status not in (Space.Status.LISTED, Space.Status.DORMANT):
            raise ValidationError({"space": _("Only a space that the public can see is thanked in public.")})

    @transaction.atomic
    def grant(self, by):
        """Make it public."""
        if by.pk in self.space.hosts.values_list("person", flat=True):
            raise ValidationError({"space": _("Nobody gives an award to the own space.")})
        self.granted_by = by
        self.save()
        log(instance=self, action="portal.awarded", user=by, data={"space": str(self.space)})

    @transaction.atomic
    def revoke(self, reason, by):
        """Take it back. It stays in the workplace, with the reason."""
        now = timezone.now()
        facts = {"revoked_at": now, "revoked_by": by, "revoke_reason": reason}
        if not type(self).objects.by_hand().filter(pk=self.pk, revoked_at=None).update(**facts):
            raise ValidationError(_("This award has been revoked already, or a rule gives it."))
        self.refresh_from_db()
        log(instance=self, action="portal.award_revoked", user=by, data={"reason": reason})
