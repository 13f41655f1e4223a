from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from .events import Event


class EventOutcome(models.Model):
    """How an event went, as its organiser says: asked once. What a booking knows stands there, and is not kept twice."""

    event = models.OneToOneField(Event, on_delete=models.CASCADE, related_name="outcome", verbose_name=_("event"))
    held = models.BooleanField(_("took place"), null=True)  # of an event without a booking
    came = models.PositiveIntegerField(_("how many people came"), null=True, blank=True)
    first_timers = models.PositiveIntegerField(_("how many were there for the first time"), null=True, blank=True)
    communities = models.CharField(_("which communities were there"), max_length=300, blank=True)
    learned = models.TextField(_("what you learned"), max_length=3000, blank=True)
    cost = models.DecimalField(
        _("what it cost"), max_digits=10, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    told_at = models.DateTimeField(_("told on"), default=timezone.now)
    told_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        verbose_name = _("outcome of an event")
        verbose_name_plural = _("outcomes of events")

    def __str__(self):
        return str(self.event)


class EventPhoto(models.Model):
    """A picture taken there, among those of its region."""

    event = ParentalKey(Event, on_delete=models.CASCADE, related_name="photos")
    picture = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name=_("picture")
    )

    class Meta:
        verbose_name = _("photo of an event")
        verbose_name_plural = _("photos of events")
        ordering = ["pk"]

    def __str__(self):
        return str(self.picture)
