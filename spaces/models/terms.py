from datetime import timedelta

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from regions.models import Region
from spaces.prices import is_currency


class RegionTerms(models.Model):
    """What a region has settled about requests for its spaces. A region without a row has the usual terms."""

    region = models.OneToOneField(Region, on_delete=models.CASCADE, related_name="terms", verbose_name=_("region"))
    answer_days = models.PositiveSmallIntegerField(
        _("days to answer"),
        default=5,
        validators=[MinValueValidator(1), MaxValueValidator(30)],
        help_text=_("A request that nobody answers for so many days has expired. Hosts are reminded before, then you."),
    )
    notice_days = models.PositiveSmallIntegerField(
        _("days of notice"),
        default=7,
        validators=[MinValueValidator(0), MaxValueValidator(60)],
        help_text=_("A host who withdraws later than so many days before opens a case: other spaces are looked for."),
    )
    rent = models.DecimalField(
        _("usual rent for an hour"),
        max_digits=10,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
        help_text=_("What a room for a meeting costs here on the market. What is saved is reckoned with it."),
    )
    rent_currency = models.CharField(_("currency"), max_length=3, blank=True, help_text=_("Three letters: EUR, KES, TWD."))
    rent_source = models.CharField(
        _("where that is from"), max_length=200, blank=True, help_text=_("Who says so: an offer, a survey, a website.")
    )
    rent_on = models.DateField(_("as of"), null=True, blank=True)

    class Meta:
        verbose_name = _("terms of a region")
        verbose_name_plural = _("terms of regions")
        ordering = ["region__name"]

    def __str__(self):
        return str(self.region)

    @classmethod
    def of(cls, region):
        """Those of a region, or the usual ones."""
        return cls.objects.filter(region=region).first() or cls(region=region)

    @property
    def time_to_answer(self):
        return timedelta(days=self.answer_days)

    @property
    def notice(self):
        return timedelta(days=self.notice_days)

    def clean(self):
        super().clean()
        self.rent_currency = self.rent_currency.upper()
        if self.rent is None:
            return
        missing = [name for name in ("rent_currency", "rent_source", "rent_on") if not getattr(self, name)]
        if missing:
            raise ValidationError({name: _("A rent has a currency, a source and a date.") for name in missing})
        if not is_currency(self.rent_currency):
            raise ValidationError({"rent_currency": _("Three letters of a currency: EUR, KES, TWD.")})
