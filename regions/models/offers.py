from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from portal import links
from portal.mail import queue_mail
from portal.models import User
from portal.permissions import oversees

from .invitations import Invitation
from .memberships import Membership, Role, Team, roles_of
from .regions import Region

PURPOSE = "translation-offer"
LINK_LASTS = timedelta(days=7)


class TranslationOfferQuerySet(models.QuerySet):
    def open(self):
        """The address is confirmed, and nobody has answered yet."""
        return self.filter(status=TranslationOffer.Status.OPEN)

    def decided_by(self, user):
        """Those that somebody may answer: ambassadors for their region, reviewers for their language, staff all."""
        if oversees(user):
            return self
        reached = Q(pk__in=[])
        for team in roles_of(user):
            if team.role == Role.AMBASSADOR:
                reached |= Q(region=team.region_id)
            elif team.role == Role.REVIEWER:
                reached |= Q(language=team.language) & (Q(region=team.region_id) if team.region_id else Q())
        return self.exclude(status=TranslationOffer.Status.UNCONFIRMED).filter(reached)

    def from_address(self, email):
        return self.filter(email__iexact=email)

    def forget(self, unconfirmed_before, answered_before):
        """Delete those whose address nobody confirmed, and those that are long answered. Returns how many."""
        unconfirmed = Q(status=TranslationOffer.Status.UNCONFIRMED, created_at__lt=unconfirmed_before)
        return self.filter(unconfirmed | Q(decided_at__lt=answered_before)).delete()[0]


class TranslationOffer(models.Model):
    """Somebody offers to help translate: into a language, for one region or all. Accepted, it becomes an invitation."""

    class Status(models.TextChoices):
        UNCONFIRMED = "unconfirmed", _("address not confirmed")
        OPEN = "open", _("open")
        ACCEPTED = "accepted", _("accepted")
        DECLINED = "declined", _("declined")

    name = models.CharField(_("name"), max_length=120)
    email = models.EmailField(_("e-mail address"))
    language = models.CharField(_("into which language"), max_length=12)
    region = models.ForeignKey(
        Region, null=True, blank=True, on_delete=models.CASCADE, related_name="translation_offers", verbose_name=_("region")
    )
    text = models.TextField(_("about yourself"), max_length=2000, blank=True)
    reads_in = models.CharField(_("language in which we write"), max_length=12)
    status = models.CharField(_("status"), max_length=12, choices=Status, default=Status.UNCONFIRMED)
    created_at = models.DateTimeField(_("offered"), default=timezone.now)
    decided_at = models.DateTimeField(_("answered"), null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("answered by")
    )

    objects = TranslationOfferQuerySet.as_manager()

    class Meta:
        verbose_name = _("offer to translate")
        verbose_name_plural = _("offers to translate")
        ordering = ["created_at", "pk"]

    def __str__(self):
        return f"{self.language}, {self.region or '–'}"  # no name: this goes into the log

    @property
    def team(self):
        """The team that they would join."""
        return Team.objects.ensure(Role.TRANSLATOR, region=self.region, language=self.language)

    def may_be_decided_by(self, user):
        return TranslationOffer.objects.decided_by(user).filter(pk=self.pk).exists()

    # -- The address ---------------------------------------------------------------------------------------------------

    def ask_to_confirm(self):
        with translation.override(self.reads_in):
            url = reverse("confirm_translation_offer", args=[links.sign(PURPOSE, self)])
        queue_mail([self.email], "translation_offer_confirm", {"offer": self, "url": url}, self.reads_in)

    @classmethod
    def held_with(cls, token):
        """The offer that a link from the mail opens. Raises a `LinkError` that says why it opens none."""
        found = cls.objects.filter(pk=links.read(token, PURPOSE, LINK_LASTS)["pk"]).select_related("region").first()
        if found is None:
            raise links.LinkExpired
        return found

    @transaction.atomic
    def confirm(self):
        """The address is theirs: now the region and the language team are told."""
        unconfirmed = TranslationOffer.objects.filter(pk=self.pk, status=self.Status.UNCONFIRMED)
        if not unconfirmed.update(status=self.Status.OPEN):
            return
        self.refresh_from_db()
        url = reverse("translating:offer", args=[self.pk])
        for person in self.who_decides():
            queue_mail([person.email], "translation_offered", {"offer": self, "url": url}, person.language)

    def who_decides(self):
        """The region's ambassadors and the reviewers of the language; staff, when there are none."""
        in_region = Q(team__role=Role.AMBASSADOR, team__region=self.region_id) if self.region_id else Q(pk__in=[])
        places = Q(team__region=None) | Q(team__region=self.region_id) if self.region_id else Q(team__region=None)
        of_language = Q(team__role=Role.REVIEWER, team__language=self.language) & places
        running = Membership.objects.running()
        people = User.objects.filter(memberships__in=running.filter(in_region | of_language), is_active=True).distinct()
        staff = User.objects.filter(memberships__in=running.filter(team__role=Role.STAFF), is_active=True).distinct()
        return list(people.order_by("pk")) or list(staff.order_by("pk"))

    # -- The answer ----------------------------------------------------------------------------------------------------

    @transaction.atomic
    def accept(self, by, words=""):
        """They are invited to be a translator of exactly this language and region; the letter asks them to agree."""
        self.decide(self.Status.ACCEPTED, by)
        terms = {"language": self.reads_in, "reason": words or str(_("You offered to help translate."))}
        return Invitation.objects.invite(self.team, self.email, by=by, **terms)

    @transaction.atomic
    def decline(self, by, words):
        """A friendly no, with a reason, by mail."""
        if not words.strip():
            raise ValidationError({"words": _("Say why, in a sentence: it is mailed to them.")})
        self.decide(self.Status.DECLINED, by)
        queue_mail([self.email], "translation_offer_declined", {"offer": self, "words": words}, self.reads_in)

    def decide(self, status, by):
        if not self.may_be_decided_by(by):
            raise ValidationError(_("This offer is not for you to answer."))
        decision = {"status": status, "decided_at": timezone.now(), "decided_by": by}
        if not TranslationOffer.objects.open().filter(pk=self.pk).update(**decision):
            self.refresh_from_db()
            name = self.decided_by.get_full_name() if self.decided_by else _("somebody")
            raise ValidationError(_("It has been answered already, by %(name)s.") % {"name": name})
        self.refresh_from_db()
        log(instance=self, action=f"portal.offer_{status}", user=by)
