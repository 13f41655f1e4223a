"""Records that age: confirmed when and by whom, when that is due again, and what happens when nobody answers."""

from datetime import timedelta
from typing import NamedTuple

from django.apps import apps
from django.conf import settings
from django.db import models, transaction
from django.db.models import Case, ExpressionWrapper, F, Q, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from portal.timetables import A_DAY, TIME_TO_ANSWER, timetable_of

# Whoever confirmed within so many days is not asked again because somebody reports a problem: the ambassador reads it.
LATELY = timedelta(days=7)


class Addressee(NamedTuple):
    """Somebody who is asked: by mail, in a language, as the owner of the record or as one who keeps its region."""

    email: str
    language: str
    name: str
    is_owner: bool


class ConfirmableQuerySet(models.QuerySet):
    def kept(self):
        """Those that the public relies on, so that somebody is asked about them."""
        raise NotImplementedError

    def readable(self):
        """Those that have a page for the public, also when nobody is asked about them."""
        return self.kept()

    def with_owners(self):
        """With what `owners` looks at, in a fixed number of queries."""
        return self

    def lately_confirmed_first(self):
        return self.order_by(F("confirmed_at").desc(nulls_last=True), "pk")

    def schedule(self, now):
        """Set the first day for those that have none: what was never confirmed is due now. Returns how many."""
        lasts = ExpressionWrapper(F("confirmed_at") + timetable_of(self.model).after, models.DateTimeField())
        due = Case(When(confirmed_at=None, then=Value(now, models.DateTimeField())), default=lasts)
        return self.kept().filter(due_at=None).update(due_at=due, ask_at=due)

    def to_ask(self, now):
        """Whose owners get a letter now: the first, or a reminder."""
        return self.kept().filter(Q(asked_at=None) | Q(asked_at__lte=now - A_DAY), ask_at__lte=now)

    def mark_asked(self, now):
        """The letter is written: one step further."""
        waits = enumerate(timetable_of(self.model).waits, start=0)
        next_letter = [When(times_asked=times, then=Value(now + wait, models.DateTimeField())) for times, wait in waits]
        return self.update(
            ask_at=Case(*next_letter, default=Value(None), output_field=models.DateTimeField()),
            times_asked=F("times_asked") + 1,
            asked_at=now,
        )

    def to_look_at(self, now):
        """Whose owners did not answer: those who keep the region look after them."""
        return self.kept().filter(due_at__lte=now - timetable_of(self.model).keeper)

    def to_put_to_sleep(self, now):
        """Those about which nobody answered at all, and everybody was asked."""
        table = timetable_of(self.model)
        if table.dormant is None:
            return self.none()
        asked = self.kept().filter(times_asked__gte=table.letters, asked_at__lte=now - TIME_TO_ANSWER)
        return asked.filter(due_at__lte=now - table.dormant)


class Confirmable(models.Model):
    """Something that rots unless somebody says now and then that it is still true."""

    class Voice(models.TextChoices):
        OWNER = "owner", _("by its owner")
        KEEPER = "keeper", _("by those who keep the region")

    confirmed_at = models.DateTimeField(_("last confirmed"), null=True, blank=True, editable=False)
    confirmed_as = models.CharField(_("confirmed by"), max_length=8, choices=Voice, blank=True, editable=False)
    # Empty when it was done with the link in a letter: who opened a mailbox, nobody knows.
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("confirmed by"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    owner_confirmed_at = models.DateTimeField(_("last confirmed by the owner"), null=True, blank=True, editable=False)
    kept_since = models.DateTimeField(_("confirmed in time since"), null=True, blank=True, editable=False)
    due_at = models.DateTimeField(_("to be confirmed"), null=True, blank=True, editable=False, db_index=True)
    ask_at = models.DateTimeField(_("next letter"), null=True, blank=True, editable=False, db_index=True)
    asked_at = models.DateTimeField(_("last letter"), null=True, blank=True, editable=False)
    times_asked = models.PositiveSmallIntegerField(_("letters"), default=0, editable=False)

    kind_in_address = ""  # how addresses name this kind: /report/<kind>/<slug>/
    shown_facts = ()  # what its owner is asked about
    is_asked_by_staff = False  # who is asked when it has no owner: staff, else the region's ambassadors
    closes_at_once = True  # what its owner's "we closed" does
    owner_words = ""  # "by its host"

    class Meta:
        abstract = True

    # -- How it is ---------------------------------------------------------------------------------------------------

    @property
    def due(self):
        """When it is to be confirmed again; None when it never was and nobody has been asked yet."""
        return self.due_at or (self.confirmed_at and self.confirmed_at + timetable_of(self).after)

    def is_stale_at(self, now):
        return self.confirmed_at is None or self.due + timetable_of(self).tell <= now

    @property
    def is_stale(self):
        """Whether its page says that nobody has confirmed it."""
        return self.is_stale_at(timezone.now())

    @property
    def confirmed_by_whom(self):
        """In words for the public, who are told the role and never the person."""
        words = {self.Voice.OWNER: self.owner_words, self.Voice.KEEPER: _("by the region’s team")}
        return words.get(self.confirmed_as, "")

    def owners(self):
        """Who answers for it, as `Addressee`s; nobody when it has no owner."""
        return []

    def is_owned_by(self, person):
        return False

    # -- What happens to it ------------------------------------------------------------------------------------------

    @transaction.atomic
    def confirm(self, by=None, is_owner=None, now=None):
        """Say that the facts are true: with an account (`by`), or as whoever holds the link in the letter."""
        now = now or timezone.now()
        before = type(self)._default_manager.select_for_update().get(pk=self.pk)
        is_owner = self.is_owned_by(by) if is_owner is None else is_owner
        due = now + timetable_of(self).after
        self.confirmed_at, self.confirmed_by = now, by
        self.confirmed_as = self.Voice.OWNER if is_owner else self.Voice.KEEPER
        self.owner_confirmed_at = now if is_owner else before.owner_confirmed_at
        self.kept_since = now if before.is_stale_at(now) else before.kept_since or before.confirmed_at
        self.due_at, self.ask_at, self.asked_at, self.times_asked = due, due, before.asked_at, 0
        self.save(update_fields=[*CONFIRMATION, "updated_at"])
        log(instance=self, action="portal.confirmed", user=by, data={"as": str(self.confirmed_as), "link": by is None})

    @transaction.atomic
    def make_due(self, now=None):
        """Somebody doubts it: its owners are asked now, unless they are being asked already or have answered lately."""
        now = now or timezone.now()
        row = type(self)._default_manager.select_for_update().get(pk=self.pk)
        is_running = row.due_at is not None and row.due_at <= now
        if is_running or (row.confirmed_at and row.confirmed_at > now - LATELY):
            return False
        self.due_at, self.ask_at, self.times_asked = now, now, 0
        return self._note(due_at=now, ask_at=now, times_asked=0)

    def stop_asking(self, now=None):
        """Its owner has answered, though not with "all right": no letters for as long as a confirmation would hold."""
        self.ask_at, self.times_asked = (now or timezone.now()) + timetable_of(self).after, 0
        return self._note(ask_at=self.ask_at, times_asked=0)

    def go_dormant(self, now=None):
        """Nobody answers for it any more. Each kind says what that means."""
        return False

    def _note(self, **facts):
        """Nothing that the public reads has changed, so the pages stay as they are."""
        return bool(type(self)._default_manager.filter(pk=self.pk).update(**facts))


CONFIRMATION = (
    "confirmed_at",
    "confirmed_by",
    "confirmed_as",
    "owner_confirmed_at",
    "kept_since",
    "due_at",
    "ask_at",
    "times_asked",
)


def confirmable_models():
    """Every kind of record that ages, from the ground up."""
    return [model for model in apps.get_models() if issubclass(model, Confirmable)]
