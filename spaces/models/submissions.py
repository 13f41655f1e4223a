from datetime import timedelta

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from portal import links
from portal.models import User
from regions.models import Membership, Region, Role
from spaces.submitting import letters

from .hosts import SpaceHost
from .spaces import Space
from .submission_steps import ALLOWED, WAITING, Status, Verb
from .submitted_facts import SubmittedFacts

ADDRESS, STATUS = "submission-address", "submission"  # purposes of links
TO_CONFIRM = timedelta(days=7)
LINKS_LAST = timedelta(days=365)
UNANSWERED = timedelta(days=180)
# Who decides does not decide on what they sent themselves.
DECISIONS = {Verb.ASK, Verb.LIST, Verb.DECLINE, Verb.REOPEN}


def new_key():
    return get_random_string(12)


class SubmissionQuerySet(models.QuerySet):
    def waiting(self):
        """For the region, or for staff where no region speaks for the place."""
        return self.filter(status__in=WAITING)

    def seen_by_reviewers(self):
        """Before the address is confirmed it may be anybody's, so nobody sees it."""
        return self.exclude(status=Status.SUBMITTED)

    def sent_by(self, user):
        confirmed = EmailAddress.objects.filter(user=user, verified=True)
        addresses = [user.email, *confirmed.values_list("email", flat=True)]
        theirs = Q(pk__in=[])
        for address in filter(None, addresses):
            theirs |= Q(email__iexact=address) | Q(host_email__iexact=address)
        return self.filter(theirs)

    def forgettable(self, now):
        """What is over for long enough; see docs/submitting.md."""
        unconfirmed = Q(status=Status.SUBMITTED, changed_at__lt=now - TO_CONFIRM)
        over = Q(status__in=[Status.ASKED, Status.DECLINED, Status.WITHDRAWN], changed_at__lt=now - UNANSWERED)
        return self.filter(unconfirmed | over | Q(status=Status.LISTED, changed_at__lt=now - LINKS_LAST))


class SubmissionManager(models.Manager.from_queryset(SubmissionQuerySet)):
    @transaction.atomic
    def submit(self, submission):
        """Somebody sends in a space: it is kept, and the address is asked to confirm it."""
        submission.save()
        submission.steps.create(verb=Verb.SUBMIT)
        log(instance=submission, action="portal.submission_submit")
        letters.ask_to_confirm(submission)
        return submission

    def held_with(self, token, purpose=STATUS):
        """The submission that a link opens. Raises a `LinkError` that says why it opens none."""
        content = links.read(token, purpose, TO_CONFIRM if purpose == ADDRESS else LINKS_LAST)
        found = self.select_related("region", "space").filter(pk=content["pk"], key=content.get("key")).first()
        if found is None:  # forgotten
            raise links.LinkExpired
        return found


class SpaceSubmission(SubmittedFacts):
    """A space as somebody proposes it, until a region has listed it or has said why not."""

    Status, Verb = Status, Verb

    key = models.CharField(max_length=12, editable=False, default=new_key)  # a number is used again on SQLite
    region = models.ForeignKey(
        Region, null=True, blank=True, on_delete=models.PROTECT, related_name="submissions", verbose_name=_("region")
    )
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.SUBMITTED, editable=False)
    space = models.OneToOneField(Space, null=True, editable=False, on_delete=models.SET_NULL, related_name="submission")
    created_at = models.DateTimeField(_("sent"), default=timezone.now, editable=False)
    changed_at = models.DateTimeField(_("last step"), default=timezone.now, editable=False)

    objects = SubmissionManager()

    class Meta:
        verbose_name = _("submitted space")
        verbose_name_plural = _("submitted spaces")
        ordering = ["changed_at", "pk"]
        indexes = [models.Index(fields=["region", "status"]), models.Index(fields=["status", "changed_at"])]

    def __str__(self):
        return self.name  # of the place, never of a person: this goes into the log

    # -- Links ---------------------------------------------------------------------------------------------------------

    def confirmation_path(self):
        return self._path("confirm_submission", ADDRESS, self.language)

    def path(self, language=""):
        """The address of its page, for whoever sent it."""
        return self._path("status", STATUS, language or self.language)

    def _path(self, name, purpose, language):
        with translation.override(language):
            return reverse(name, args=[links.sign(purpose, self, key=self.key)])

    # -- People --------------------------------------------------------------------------------------------------------

    def is_from(self, user):
        return user is not None and type(self).objects.filter(pk=self.pk).sent_by(user).exists()

    def reviewers(self):
        """Whose turn it is: the region's ambassadors; where there is none, and where no region speaks, staff."""
        running = Membership.objects.running()
        own = running.filter(team__role=Role.AMBASSADOR, team__region=self.region) if self.region else running.none()
        active = User.objects.filter(is_active=True).exclude(email__iexact=self.email)
        found = active.filter(memberships__in=own).distinct()
        return found or active.filter(memberships__in=running.filter(team__role=Role.STAFF)).distinct()

    # -- Steps ---------------------------------------------------------------------------------------------------------

    def may(self, verb):
        return self.status in ALLOWED[verb].before

    def _latest(self, verb, by=None, seen=None):
        """The row as it is now, for this transaction alone, if this step can be taken.

        `seen` is the last step that whoever acts had on the screen: what happened meanwhile may change their mind.
        """
        latest = type(self).objects.select_for_update().get(pk=self.pk)
        latest.check_step(verb, by, seen)
        return latest

    def check_step(self, verb, by=None, seen=None):
        """Refuse, in words, what is not possible now."""
        last = self.steps.select_related("by").last()
        if seen is not None and last and last.pk != seen:
            raise ValidationError(told_meanwhile(last), code="meanwhile")
        if not self.may(verb):
            raise ValidationError(told_meanwhile(last) if last and last.by != by else told_impossible(self), code="not now")
        if verb in DECISIONS and self.is_from(by):
            raise ValidationError(_("You sent this, or are its host: somebody else decides on it."), code="own")

    def _taken(self, verb, by=None, text="", **facts):
        """Write the step down, with who, when and the words, and tell whom it concerns. Called on the latest row."""
        facts |= {"status": ALLOWED[verb].after or self.status, "changed_at": timezone.now()}
        for name, value in facts.items():
            setattr(self, name, value)
        self.save(update_fields=list(facts))
        step = self.steps.create(verb=verb, by=by, text=text)
        log(instance=self, action=f"portal.submission_{verb}", user=by, data={"status": self.status})
        letters.tell_submitter(self, step)
        letters.tell_reviewers(self, step, self.reviewers())
        return step

    @transaction.atomic
    def _take(self, verb, by=None, text="", seen=None, **facts):
        step = self._latest(verb, by, seen)._taken(verb, by, text, **facts)
        self.refresh_from_db()
        return step

    def confirm(self):
        """Whoever holds the address says that they sent it. From now on the region sees it."""
        return self._take(Verb.CONFIRM)

    def ask(self, question, by, seen=None):
        return self._take(Verb.ASK, by, worded(question), seen)

    def answer(self, text):
        """To a question, or to a refusal."""
        return self._take(Verb.ANSWER, text=worded(text))

    def correct(self, **facts):
        """The submitter sets facts right; they are checked by the form."""
        return self._take(Verb.CORRECT, **facts)

    def decline(self, reason, by, seen=None):
        return self._take(Verb.DECLINE, by, worded(reason), seen)

    def reopen(self, by, seen=None):
        return self._take(Verb.REOPEN, by, seen=seen)

    def hand_over(self, region, by, seen=None):
        """To the region that is really meant."""
        if not region.may_be_shown:
            raise ValidationError(_("This region is not open."))
        return self._take(Verb.HAND_OVER, by, str(region), seen, region=region)

    def withdraw(self):
        return self._take(Verb.WITHDRAW)

    def send_again(self):
        return self._take(Verb.SEND_AGAIN)

    @transaction.atomic
    def list(self, by, publish=True, seen=None, **words):
        """Make the space, its host and its page, live or as a draft. `words` are the page's, in its language."""
        latest = self._latest(Verb.LIST, by, seen)
        if latest.region is None or not latest.region.may_be_shown:
            raise ValidationError(_("Hand it over to a region first: a space stands in one."))
        space = Space(region=latest.region, **latest.facts)
        space.full_clean()
        space.save()
        name, email = latest.host
        SpaceHost.objects.create(space=space, name=name, email=email)
        if publish:
            space.list(by=by, **words)
        else:
            space.make_face(by=by, **words)
        space.confirm(by=by)
        latest._taken(Verb.LIST, by, space=space)
        self.refresh_from_db()
        return space


def worded(text):
    if not text.strip():
        raise ValidationError(_("Please write a sentence or two."))
    return text.strip()


def told_meanwhile(step):
    """What somebody else did in the meantime, in words."""
    who = step.who or _("the submitter")
    words = _("Meanwhile this has happened: %(step)s (%(who)s). Nothing was changed.")
    return words % {"step": step.get_verb_display(), "who": who}


def told_impossible(submission):
    return _("This is not possible now. How it stands: %(status)s.") % {"status": submission.get_status_display()}
