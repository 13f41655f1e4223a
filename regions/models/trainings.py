from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from regions.choices import TRAININGS

from .regions import Region


class TrainingQuerySet(models.QuerySet):
    def of_person(self, user):
        """What somebody was trained in: with their account, or with an address that they have confirmed as theirs."""
        confirmed = EmailAddress.objects.filter(user=user, verified=True).values_list("email", flat=True)
        theirs = Q(person=user)
        for address in confirmed:
            theirs |= Q(email__iexact=address)
        return self.filter(theirs)


class TrainingManager(models.Manager.from_queryset(TrainingQuerySet)):
    def record(self, people, *, region, kind, date, title, event_key, by):
        """Put on record who was there; whoever stands there already is not written down twice. Returns how many are new.

        `people` are (name, e-mail address, account or None).
        """
        known = {email.lower() for email in self.filter(event_key=event_key).values_list("email", flat=True)}
        facts = {"region": region, "kind": kind, "date": date, "title": title, "event_key": event_key, "verified_by": by}
        found = {email.lower(): (name, email, person) for name, email, person in people if email.lower() not in known}
        rows = [TrainingRecord(name=name, email=email, person=person, **facts) for name, email, person in found.values()]
        self.bulk_create(rows)
        return len(rows)


class TrainingRecord(models.Model):
    """Somebody was at a training, as somebody of the region's team has verified: evidence, for whoever asks for it."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="trainings",
        verbose_name=_("account"),
    )
    name = models.CharField(_("name"), max_length=160)
    email = models.EmailField(_("e-mail address"))  # by which it is found when they have an account later
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="trainings", verbose_name=_("region"))
    kind = models.CharField(_("trained in"), max_length=14, choices=TRAININGS)
    date = models.DateField(_("date"))
    title = models.CharField(_("training"), max_length=160)  # the name of the event: it belongs to an app above
    event_key = models.UUIDField(editable=False, db_index=True)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("verified by"),
    )
    recorded_at = models.DateTimeField(_("put on record"), default=timezone.now)

    objects = TrainingManager()

    class Meta:
        verbose_name = _("training of a person")
        verbose_name_plural = _("trainings of people")
        ordering = ["-date", "pk"]
        indexes = [models.Index(fields=["region", "date"])]
        constraints = [models.UniqueConstraint("event_key", Lower("email"), name="once_at_a_training")]

    def __str__(self):
        return f"{self.title}, {self.date}"  # never who: this goes into the log
