from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import TranslatableMixin


class SiteTexts(TranslatableMixin):
    """The sentences that stand on every page or on none in particular, in one language."""

    footer = models.CharField(
        _("at the foot of every page"), max_length=300, blank=True, help_text=_("Whose portal this is, in a sentence.")
    )
    not_found = models.CharField(
        _("when a page is not there"), max_length=300, blank=True, help_text=_("What somebody does who followed a broken link.")
    )
    help_translate = models.CharField(
        _("inviting to translate"),
        max_length=300,
        blank=True,
        help_text=_("Where a page is not yet in the reader’s language: how to help."),
    )

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("site texts")
        verbose_name_plural = _("site texts")
        constraints = [models.UniqueConstraint(fields=["locale"], name="site_texts_once_in_a_language")]

    def __str__(self):
        return str(_("Site texts"))

    def clean(self):
        super().clean()
        if SiteTexts.objects.filter(locale=self.locale_id).exclude(pk=self.pk).exists():
            raise ValidationError(_("There is one already."))
