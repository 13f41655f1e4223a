from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.models import Upload
from regions.models import Region


class SpaceUpload(Upload):
    """A file of spaces that waits to be imported, or was."""

    region = models.ForeignKey(
        Region, null=True, blank=True, on_delete=models.CASCADE, related_name="+", verbose_name=_("region")
    )  # None: each row goes into the region of its country
    format = models.CharField(_("format"), max_length=10)
    columns = models.JSONField(default=dict)  # field: column, as somebody has confirmed
    another = models.JSONField(default=list)  # numbers of rows that are not the place they look like, as somebody has said

    class Meta(Upload.Meta):
        verbose_name = _("file of spaces")
        verbose_name_plural = _("files of spaces")
