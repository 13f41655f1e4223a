from django.core.exceptions import SuspiciousOperation
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext_lazy as _


class SubmissionQuerySet(models.QuerySet):
    def once(self, key, form, act):
        """Run `act` for this key and return its result; a retry gets the same result and runs nothing.

        The row goes in first: of two that come at once the second waits for the first, then finds its result. What
        `act` returns is kept as JSON. When `act` fails the row is gone too, so the next attempt starts afresh.
        """
        with transaction.atomic():
            try:
                with transaction.atomic():
                    submission = self.create(key=key, form=form)
            except IntegrityError:
                return self._earlier(key, form).result
            submission.result = act()
            submission.save(update_fields=["result"])
            return submission.result

    def forget(self, before):
        """Nobody retries for so long, and the address a form led to may hold a signed link. Returns how many."""
        return self.filter(created_at__lt=before).delete()[0]

    def _earlier(self, key, form):
        submission = self.get(key=key)
        if submission.form != form:
            raise SuspiciousOperation("The key of one form was sent with another.")
        return submission


class Submission(models.Model):
    """A form that somebody sent, remembered by its key: a retry after a broken connection does nothing twice."""

    key = models.UUIDField(_("key"), unique=True)
    form = models.CharField(_("form"), max_length=100)
    result = models.JSONField(_("result"), null=True)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        ordering = ["-created_at"]

    def __str__(self):
        return f"{self.form} {self.key}"
