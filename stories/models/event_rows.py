from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from regions.models import UserGroup
from stories.choices import OUTCOMES


class EventSeries(models.Model):
    """Events that belong together: the same evening again and again, each of which may differ."""

    rule = models.CharField(_("how often"), max_length=200, blank=True)  # RFC 5545, 3.3.10, where there is one

    class Meta:
        verbose_name = _("series of events")
        verbose_name_plural = _("series of events")

    def __str__(self):
        return self.rule or str(self.pk)


class CoHost(models.Model):
    """A user group of the directory that hosts an event, alone or with others."""

    event = ParentalKey("stories.Event", on_delete=models.CASCADE, related_name="co_hosts")
    group = models.ForeignKey(UserGroup, on_delete=models.CASCADE, related_name="+", verbose_name=_("user group"))

    class Meta:
        verbose_name = _("community that hosts it")
        verbose_name_plural = _("communities that host it")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["event", "group"], name="a_group_hosts_an_event_once")]

    def __str__(self):
        return str(self.group)


class ExpectedOutcome(models.Model):
    """What an event is meant to bring, in a number, and what came of it."""

    event = ParentalKey("stories.Event", on_delete=models.CASCADE, related_name="expected")
    kind = models.CharField(_("what"), max_length=14, choices=OUTCOMES)
    target = models.PositiveIntegerField(
        _("how many"), validators=[MinValueValidator(1)], help_text=_("What you hope for; nobody is judged by it.")
    )
    actual = models.PositiveIntegerField(_("how many it were"), null=True, blank=True)

    class Meta:
        verbose_name = _("expected outcome")
        verbose_name_plural = _("expected outcomes")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["event", "kind"], name="an_outcome_is_expected_once")]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.target}"
