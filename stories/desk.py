"""What needs somebody who keeps events: to announce, to tell how it went, to put on record, to write about."""

from datetime import timedelta

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.permissions import policy_registry

from portal.workplace import TAKEN, ActionItem
from regions.models import TrainingRecord
from spaces.models.request_steps import Status as BookingStatus

from .models import Event, Seat, StoryPage
from .organising.daily import untold

FRESH = timedelta(days=60)  # afterwards nobody writes about it any more


def mine(user):
    policy = policy_registry.get_by_type(Event)
    return policy.instances_user_has_permission_for(user, "publish").select_related("region", "booking")


def item(event, url, words, kind, **more):
    all_of_them = reverse(Event.snippet_viewset.get_url_name("list"))
    more = {"since": event.ends_at, "place": event.region.name, "more_url": all_of_them, **more}
    return ActionItem(words % {"name": event}, url, kind, **more)


def address(event, verb):
    return reverse(Event.snippet_viewset.get_url_name("verb"), args=[event.pk, verb])


def events_without_room(user):
    """People were told where it is, and its host has said no, or nothing."""
    for event in mine(user).without_room().order_by("starts_at")[:TAKEN]:
        words, kind = _("“%(name)s” has no room"), _("Events without a room")
        yield item(event, address(event, "relocate"), words, kind, since=event.updated_at, order=2)


def events_that_wait(user):
    for event in mine(user).filter(status=Event.Status.DRAFT).upcoming()[:TAKEN]:
        words, kind = _("“%(name)s” waits to be announced"), _("Events to announce")
        yield item(event, address(event, "announce"), words, kind, since=event.created_at, order=30)


def outcomes_untold(user):
    """Nobody says how it went: perhaps those who look after the region know."""
    for event in mine(user).filter(pk__in=untold(timezone.now()).values("pk")).order_by("ends_at")[:TAKEN]:
        words, kind = _("How did “%(name)s” go?"), _("Outcomes that nobody told")
        yield item(event, address(event, "tell_outcome"), words, kind, order=40)


def was_held():
    """As its booking knows, or, where none was promised, as its own outcome does: see `Event.was_held`."""
    return Q(booking__status=BookingStatus.HELD) | Q(outcome__held=True)


def trainings_to_record(user):
    recorded = TrainingRecord.objects.filter(event_key=OuterRef("key"))
    ticked = Seat.objects.filter(event=OuterRef("pk"), came=True).exclude(email="")
    held = mine(user).filter(was_held(), Exists(ticked), ~Exists(recorded), kind="training")
    for event in held.order_by("ends_at")[:TAKEN]:
        words, kind = _("Who was at “%(name)s”?"), _("Trainings to put on record")
        yield item(event, address(event, "record_training"), words, kind, order=42)


def stories_to_tell(user):
    """What went well is worth a story, while it is fresh."""
    written = StoryPage.objects.filter(event=OuterRef("pk"))
    held = mine(user).filter(was_held(), ~Exists(written), outcome__isnull=False, ends_at__gte=timezone.now() - FRESH)
    for event in held.order_by("ends_at")[:TAKEN]:
        words, kind = _("“%(name)s” was held: tell the story"), _("Stories to tell")
        yield item(event, address(event, "tell_story"), words, kind, order=70)
