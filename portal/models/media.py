from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition
from wagtail.images.models import Image as WagtailImage


class Picture(AbstractImage):
    """A picture, with what it shows in words and who made it."""

    description = models.CharField(
        _("what it shows"),
        max_length=255,
        blank=True,
        help_text=_("For people who cannot see the picture. Each use in a page may say it in its own words."),
    )
    credit = models.CharField(_("credit"), max_length=255, blank=True, help_text=_("Who made it, under which licence."))

    admin_form_fields = (*WagtailImage.admin_form_fields, "credit")

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")


class Rendition(AbstractRendition):
    """A picture in one size and format."""

    image = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["image", "filter_spec", "focal_point_key"], name="unique_rendition")]
