from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class UploadQuerySet(models.QuerySet):
    def of(self, user):
        """One's own: nobody else opens them, staff neither."""
        return self.filter(uploaded_by=user)

    def forget(self, before):
        """Whoever wanted to import it has done so by then, or has a newer file. Returns how many."""
        return self.filter(uploaded_at__lt=before).delete()[0]


class Upload(models.Model):
    """A file that somebody sent to import it: it waits until they have looked at what would become of every row.

    It stands in the database and not among the media: those are served to everybody.
    """

    KEPT_FOR = timedelta(days=7)

    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="%(class)ss", verbose_name=_("uploaded by")
    )
    uploaded_at = models.DateTimeField(_("uploaded"), default=timezone.now)
    name = models.CharField(_("name of the file"), max_length=200)
    source = models.CharField(_("source"), max_length=80)
    content = models.BinaryField()
    report = models.JSONField(null=True)  # what the import did; the content is gone by then
    imported_at = models.DateTimeField(_("imported"), null=True)

    objects = UploadQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["-uploaded_at", "-pk"]

    def __str__(self):
        return self.name

    @property
    def is_imported(self):
        return self.imported_at is not None

    @property
    def forgotten_at(self):
        return self.uploaded_at + self.KEPT_FOR

    @classmethod
    def longest(cls, name):
        return cls._meta.get_field(name).max_length
