from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from portal.mail import queue_mail

from .ambassadors import Ambassadorship
from .keepers import keepers_of
from .regions import Region


class ProblemReportQuerySet(models.QuerySet):
    def open(self):
        return self.filter(status=ProblemReport.Status.OPEN)

    def about(self, record):
        return self.filter(content_type=ContentType.objects.get_for_model(record), object_id=record.pk)

    def about_ambassadors(self):
        """Those that are for staff to read, not for the ambassadors whom they are about."""
        return self.filter(content_type=ContentType.objects.get_for_model(Ambassadorship))

    def concerning(self, addresses):
        """Those sent with one of these addresses."""
        found = models.Q(pk__in=[])
        for address in addresses:
            found |= models.Q(email__iexact=address)
        return self.filter(found)

    def forget(self, before, never_settled_before):
        """Delete what was settled before a time, or never settled and sent long before. Returns how many."""
        old = models.Q(settled_at__lt=before) | models.Q(settled_at=None, created_at__lt=never_settled_before)
        return self.filter(old).delete()[0]


class ProblemReportManager(models.Manager.from_queryset(ProblemReportQuerySet)):
    @transaction.atomic
    def file(self, record, kind, text="", *, email="", language="", by_owner=False, now=None):
        """Somebody says that a record is not true. Those who keep its region are told, and its owners are asked."""
        now = now or timezone.now()
        language = language or settings.LANGUAGE_CODE
        about = {"record": record, "about": str(record)[:200], "region": record.region}
        said = {"kind": kind, "text": text, "email": email, "language": language, "by_owner": by_owner}
        report = self.create(**about, **said, created_at=now)
        if by_owner:
            record.stop_asking(now)
        else:
            record.make_due(now)
        log(instance=report, action="portal.problem_reported", data={"kind": str(kind), "by_owner": by_owner})
        report.tell_keepers()
        return report


class ProblemReport(models.Model):
    """A reader, or the host, says that what a page tells is not true. Somebody who keeps the region settles it."""

    class Status(models.TextChoices):
        OPEN = "open", _("open")
        SETTLED = "settled", _("settled")

    class Kind(models.TextChoices):
        CLOSED = "closed", _("It has closed, or does not exist")
        PLACE = "place", _("The address or the way in is wrong")
        HOURS = "hours", _("The opening hours or the price are wrong")
        CONTACT = "contact", _("Nobody answers there, or a link is broken")
        MISUSE = "misuse", _("Somebody makes money from the community’s activity")
        CHANGED = "changed", _("Something has changed")
        OTHER = "other", _("Something else is wrong")

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="problems", verbose_name=_("region"))
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, editable=False)
    object_id = models.PositiveBigIntegerField(editable=False)
    record = GenericForeignKey()
    about = models.CharField(_("about"), max_length=200)
    kind = models.CharField(_("what is wrong"), max_length=10, choices=Kind)
    text = models.TextField(_("in words"), blank=True)
    email = models.EmailField(_("address for an answer"), blank=True)
    language = models.CharField(_("language"), max_length=12)
    by_owner = models.BooleanField(_("said by its owner"), default=False)
    created_at = models.DateTimeField(_("sent"), default=timezone.now)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.OPEN, editable=False)
    settled_at = models.DateTimeField(_("settled at"), null=True, blank=True, editable=False)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    done = models.TextField(
        _("what was done"),
        max_length=2000,
        default="",
        help_text=_("Whoever left an address reads this. Write it in their language if you can."),
    )

    objects = ProblemReportManager()

    class Meta:
        verbose_name = _("problem report")
        verbose_name_plural = _("problem reports")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["content_type", "object_id"], name="problem_of_record"),
            models.Index(fields=["region", "status"], name="problem_of_region"),
        ]

    def __str__(self):
        return f"{self.about}: {self.get_kind_display()}"

    @property
    def is_open(self):
        return self.status == self.Status.OPEN

    @property
    def is_about_an_ambassador(self):
        return self.content_type == ContentType.objects.get_for_model(Ambassadorship)

    def tell_keepers(self):
        """One letter each, in their language, with the way to it. The reporter's address stays in the workplace."""
        url = reverse(type(self).snippet_viewset.get_url_name("inspect"), args=[self.pk])
        for keeper in keepers_of([self.region], staff_only=self.is_about_an_ambassador)[self.region_id]:
            context = {"report": self, "keeper": keeper, "url": url}
            queue_mail([keeper.email], "problem_reported", context, keeper.language)

    @transaction.atomic
    def settle(self, done, by=None):
        """Say what was done. Whoever left an address is told, and the address is forgotten."""
        row = type(self).objects.select_for_update().get(pk=self.pk)
        if not row.is_open:
            raise ValidationError(_("Somebody has settled this report already."))
        self.status, self.settled_at, self.settled_by, self.done = self.Status.SETTLED, timezone.now(), by, done
        if row.email:
            with translation.override(row.language):
                queue_mail([row.email], "problem_settled", {"report": self}, row.language)
        self.email = ""
        self.save(update_fields=["status", "settled_at", "settled_by", "done", "email"])
        log(instance=self, action="portal.problem_settled", user=by)
