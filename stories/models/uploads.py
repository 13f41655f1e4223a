from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.models import Upload
from regions.models import Region


class EventUpload(Upload):
    """A calendar that waits to be imported, or was."""

    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="+", verbose_name=_("region"))

    class Meta(Upload.Meta):
        verbose_name = _("file of events")
        verbose_name_plural = _("files of events")
