from datetime import timedelta

from django.db import IntegrityError, models, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class AttemptsQuerySet(models.QuerySet):
    def count_one(self, key, seconds):
        """Count one more under this key, and say how many that makes since the first of them, at most so long ago."""
        now = timezone.now()
        running = self.filter(key=key, until__gt=now)
        if not running.update(number=F("number") + 1):
            self._begin(key, now, now + timedelta(seconds=seconds), running)
        return self.filter(key=key).values_list("number", flat=True).first() or 0

    def forget(self, before):
        """Delete what counted until then. Returns how many."""
        return self.filter(until__lt=before).delete()[0]

    def _begin(self, key, now, until, running):
        """A new count, or a new hour for an old one; of two that begin at once, the second goes on counting."""
        if self.filter(key=key, until__lte=now).update(number=1, until=until):
            return
        try:
            with transaction.atomic():
                self.create(key=key, number=1, until=until)
        except IntegrityError:
            running.update(number=F("number") + 1)


class Attempts(models.Model):
    """How often something was tried from one address or network within the hour. The key tells neither."""

    key = models.CharField(_("key"), max_length=64, unique=True)
    number = models.PositiveIntegerField(_("number"))
    until = models.DateTimeField(_("until"), db_index=True)

    objects = AttemptsQuerySet.as_manager()

    class Meta:
        verbose_name = _("attempts")
        verbose_name_plural = _("attempts")

    def __str__(self):
        return f"{self.number}"
