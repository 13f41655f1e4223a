"""What happens to a space about which nobody answers, or whose host says that it has closed: nothing that cannot be undone."""

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry, Revision

from portal.models import Addressee, Confirmable


class KeptByHosts(Confirmable):
    """A space is confirmed by its hosts; without an answer it falls asleep, and a word wakes it up again."""

    dormant_since = models.DateTimeField(_("dormant since"), null=True, blank=True, editable=False)

    kind_in_address = "space"
    owner_words = _("by its host")

    class Meta:
        abstract = True

    def owners(self):
        """Its hosts; those with an account are written to in its language."""
        return [
            Addressee(host.email, (host.person and host.person.language) or self.region.language, host.name, True)
            for host in self.hosts.all()
        ]

    def is_owned_by(self, person):
        return bool(person) and self.hosts.filter(person=person).exists()

    @property
    def is_confirmed_by_host(self):
        """Whether a host has ever said so: an ambassador's word about an imported space is not a host's."""
        return self.owner_confirmed_at is not None

    @property
    def is_dormant(self):
        return self.status == self.Status.DORMANT

    @transaction.atomic
    def confirm(self, by=None, is_owner=None, now=None):
        super().confirm(by=by, is_owner=is_owner, now=now)
        self.wake(by=by)

    @transaction.atomic
    def go_dormant(self, now=None, by=None):
        """Nobody answers: its page stays and says so, the directory shows it only to those who look for such."""
        return self._change_status(
            [self.Status.LISTED], self.Status.DORMANT, "portal.fell_asleep", by, dormant_since=now or timezone.now()
        )

    @transaction.atomic
    def wake(self, by=None):
        """Somebody has answered for it: it stands in the directory again."""
        return self._change_status([self.Status.DORMANT], self.Status.LISTED, "portal.woke_up", by, dormant_since=None)

    def _change_status(self, before, after, action, by, **facts):
        row = type(self)._default_manager.select_for_update().get(pk=self.pk)
        if row.status not in before:
            return False
        self.status = after
        for name, value in facts.items():
            setattr(self, name, value)
        self.save(update_fields=["status", *facts, "updated_at"])
        log(instance=self, action=action, user=by)
        return True

    @transaction.atomic
    def close(self, by=None):
        """Take it off the directory: all its pages go, the record stays. What was public is written down for `reopen`."""
        row = type(self)._default_manager.select_for_update().get(pk=self.pk)
        if row.status == self.Status.CLOSED:
            return False
        public = list(self.pages.filter(live=True).exclude(live_revision=None).values_list("live_revision", flat=True))
        self.status, self.dormant_since, self.ask_at = self.Status.CLOSED, None, None
        self.save(update_fields=["status", "dormant_since", "ask_at", "updated_at"])
        self.take_down_faces(by)
        log(instance=self, action="portal.closed", user=by, data={"revisions": public})
        return True

    @transaction.atomic
    def reopen(self, by=None):
        """Undo a closing: the pages that were public are public again, as they were. It is to be confirmed now."""
        row = type(self)._default_manager.select_for_update().get(pk=self.pk)
        if row.status != self.Status.CLOSED:
            return False
        self.status, self.due_at, self.ask_at, self.times_asked = self.Status.LISTED, None, None, 0
        self.save(update_fields=["status", "due_at", "ask_at", "times_asked", "updated_at"])
        closing = ModelLogEntry.objects.for_instance(self).filter(action="portal.closed").order_by("-timestamp", "-pk").first()
        for revision in Revision.objects.filter(pk__in=(closing and closing.data.get("revisions")) or []):
            # Whoever may bring the space back brings back what was public, also what they could not publish by hand.
            PublishPageRevisionAction(revision, user=by).execute(skip_permission_checks=True)
        self.make_face(by=by, publish=True)
        log(instance=self, action="portal.reopened", user=by)
        return True
