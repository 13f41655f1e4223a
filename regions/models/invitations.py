from datetime import timedelta

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from portal import links
from portal.mail import queue_mail
from regions.choices import WHAT_ROLES_DO

from .inviting import check_terms, cleaned
from .memberships import Team
from .regions import portal_languages

PURPOSE = "invitation"
LIFETIME = timedelta(days=30)
LINKS_LAST = 2 * LIFETIME  # longer than what they open, so that the page can say what became of it


class LinkReplaced(links.LinkError):
    """The invitation was sent once more, with another link."""

    message = _("A newer invitation has been sent since. Use the link in the latest e-mail.")


class InvitationQuerySet(models.QuerySet):
    def unanswered(self):
        """Neither accepted nor withdrawn; perhaps expired, and then it can still be renewed."""
        return self.filter(accepted_at=None, withdrawn_at=None)

    def concerning(self, person):
        """Those to an address of this person, and those that they accepted."""
        confirmed = EmailAddress.objects.filter(user=person, verified=True).values("email")
        return self.filter(Q(email__iexact=person.email) | Q(email__in=confirmed) | Q(accepted_by=person))

    def settled_before(self, when):
        """Those of which nothing has been open since then."""
        expired = Q(accepted_at=None, withdrawn_at=None, expires__lt=when)
        return self.filter(Q(accepted_at__lt=when) | Q(withdrawn_at__lt=when) | expired)

    def forget(self, before):
        """Delete what was settled before this time. Returns how many."""
        return self.settled_before(before).delete()[0]


class InvitationManager(models.Manager.from_queryset(InvitationQuerySet)):
    @transaction.atomic
    def invite(self, team, email, *, by, language="", until=None, reason=""):
        """Ask somebody, by mail, to take on a role.

        Asked again while the first is unanswered, it is the same invitation with new terms and a new link, and the old
        link opens nothing any more.
        """
        Team.objects.select_for_update().get(pk=team.pk)
        email = cleaned(email)
        check_terms(team, email, by, until)
        terms = {
            "language": language or settings.LANGUAGE_CODE,
            "invited_by": by,
            "until": until,
            "reason": " ".join(reason.split()),
            "nonce": new_nonce(),
            "expires": in_a_month(),
        }
        invitation, _is_new = self.unanswered().update_or_create(team=team, email=email, defaults=terms)
        log(instance=invitation, action="portal.invited", user=by, data={"team": str(team), "until": str(until or "")})
        invitation.send()
        return invitation

    def held_with(self, token):
        """The invitation that a link opens. Raises a `LinkError` that says why it opens none."""
        content = links.read(token, PURPOSE, LINKS_LAST)
        invitation = self.select_related("team__region", "invited_by").filter(pk=content["pk"]).first()
        if invitation is None:  # long settled and forgotten
            raise links.LinkExpired
        if invitation.nonce != content.get("nonce"):
            raise LinkReplaced
        return invitation


def new_nonce():
    return get_random_string(12)


def in_a_month():
    return timezone.now() + LIFETIME


class Invitation(models.Model):
    """Somebody is asked, at an e-mail address, to take on a role: nobody gets one without having agreed."""

    class Status(models.TextChoices):
        OPEN = "open", _("open")
        ACCEPTED = "accepted", _("accepted")
        DECLINED = "declined", _("declined")
        WITHDRAWN = "withdrawn", _("withdrawn")
        EXPIRED = "expired", _("expired")

    email = models.EmailField(_("e-mail address"))
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="invitations", verbose_name=_("team"))
    language = models.CharField(_("language in which we write"), max_length=12, choices=portal_languages)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("invited by")
    )
    reason = models.CharField(_("personal line"), max_length=255, blank=True)
    until = models.DateField(_("last day of the role"), null=True, blank=True)
    nonce = models.CharField(max_length=12, default=new_nonce, editable=False)
    created_at = models.DateTimeField(_("invited"), default=timezone.now, editable=False)
    expires = models.DateTimeField(_("open until"), default=in_a_month, editable=False)
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True, editable=False)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True, editable=False)
    declined = models.BooleanField(default=False, editable=False)  # withdrawn by whom it was meant for

    objects = InvitationManager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [
            models.UniqueConstraint(
                fields=["team", "email"], condition=Q(accepted_at=None, withdrawn_at=None), name="one_unanswered_invitation"
            )
        ]

    def __str__(self):
        return str(self.team)  # never the address: this goes into the log, which is kept for ever

    @property
    def status(self):
        if self.accepted_at:
            return self.Status.ACCEPTED
        if self.withdrawn_at:
            return self.Status.DECLINED if self.declined else self.Status.WITHDRAWN
        is_late = self.expires <= timezone.now() or (self.until and self.until < timezone.localdate())
        return self.Status.EXPIRED if is_late else self.Status.OPEN

    @property
    def is_open(self):
        return self.status == self.Status.OPEN

    @property
    def what_it_means(self):
        """What the role is for, in one sentence."""
        return WHAT_ROLES_DO[self.team.role]

    # -- The letter ----------------------------------------------------------------------------------------------------

    def path(self, language=""):
        """The address of its page, for whoever got the letter."""
        with translation.override(language or self.language):
            return reverse("invitation", args=[links.sign(PURPOSE, self, nonce=self.nonce)])

    def send(self):
        context = {"invitation": self, "team": self.team, "inviter": self.inviter_name, "url": self.path()}
        queue_mail([self.email], "invitation", context, self.language)

    @property
    def inviter_name(self):
        """By name only: the addresses of ambassadors are not given away."""
        return self.invited_by.get_full_name() if self.invited_by else ""

    # -- The answer ----------------------------------------------------------------------------------------------------

    def why_closed(self):
        """Why nobody can answer it any more, in words for whoever holds the link; empty while it is open."""
        words = {
            self.Status.ACCEPTED: _("This invitation has been accepted already."),
            self.Status.DECLINED: _("This invitation was declined."),
            self.Status.WITHDRAWN: _("This invitation was withdrawn."),
            self.Status.EXPIRED: _("This invitation has expired. Ask whoever sent it for a new one."),
        }
        if not self.is_open:
            return words[self.status]
        if self.invited_by is None or not self.team.may_be_granted_by(self.invited_by):
            return _("Whoever sent this invitation may not give this role any more.")
        return ""

    def is_for(self, person):
        """Whether this is the person who was invited: the address is confirmed as theirs."""
        return EmailAddress.objects.filter(user=person, email__iexact=self.email, verified=True).exists()

    def why_not(self, person):
        """Why this person cannot accept it, in words; empty when nothing stands in the way."""
        if not self.is_for(person):
            return _("This invitation is for another e-mail address.")
        if self.team.memberships.running().filter(person=person).exists():
            return _("You have this role already.")
        return ""

    def _latest(self):
        """The row as it is now, for this transaction alone. The team first, since `Team.admit` locks it, too."""
        Team.objects.select_for_update().get(pk=self.team_id)
        return type(self).objects.select_for_update().get(pk=self.pk)

    def _still_held(self):
        """The same, for whoever holds the link: it may have been replaced since the page was opened."""
        latest = self._latest()
        if latest.nonce != self.nonce:
            raise ValidationError(LinkReplaced.message)
        return latest

    def _settle(self, **facts):
        type(self).objects.filter(pk=self.pk).update(**facts)
        self.refresh_from_db()

    @transaction.atomic
    def accept(self, person):
        """The invited person takes on the role, if whoever invited them may still give it."""
        latest = self._still_held()
        why = latest.why_closed() or latest.why_not(person)
        if why:
            raise ValidationError(why)
        membership = latest.team.admit(person, by=latest.invited_by, until=latest.until, reason=latest.reason)
        if not person.language:
            person.language = latest.language
            person.save(update_fields=["language"])
        self._settle(accepted_at=timezone.now(), accepted_by=person)
        log(instance=self, action="portal.invitation_accepted", user=person, data={"team": str(self.team)})
        return membership

    @transaction.atomic
    def decline(self, person=None):
        """No, thank you: said with the link from the letter, also without an account. The inviter is told."""
        latest = self._still_held()
        if not latest.is_open:
            raise ValidationError(latest.why_closed())
        self._settle(withdrawn_at=timezone.now(), declined=True)
        log(instance=self, action="portal.invitation_declined", user=person, data={"team": str(self.team)})
        if latest.invited_by and latest.invited_by.is_active:
            people = reverse("people:invite")
            context = {"invitation": self, "team": self.team, "person": latest.invited_by, "people_url": people}
            queue_mail([latest.invited_by.email], "invitation_declined", context, latest.invited_by.language)

    # -- Second thoughts -----------------------------------------------------------------------------------------------

    @transaction.atomic
    def withdraw(self, by):
        """Take it back before it is answered; the link says so."""
        latest = self._latest()
        if latest.accepted_at or latest.withdrawn_at:
            raise ValidationError(latest.why_closed())
        self._settle(withdrawn_at=timezone.now())
        log(instance=self, action="portal.invitation_withdrawn", user=by, data={"team": str(self.team)})

    @transaction.atomic
    def renew(self, by):
        """Send it once more, with a new link and another month to answer."""
        latest = self._latest()
        if latest.accepted_at or latest.withdrawn_at:
            raise ValidationError(latest.why_closed())
        terms = {"language": latest.language, "until": latest.until, "reason": latest.reason}
        return type(self).objects.invite(latest.team, latest.email, by=by, **terms)
