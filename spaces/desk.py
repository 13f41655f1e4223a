"""What needs somebody who keeps spaces: some were sent in, some wait to be listed. Confirming: `regions.keeping`."""

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.permissions import policy_registry

from portal.workplace import TAKEN, ActionItem

from .answering.scope import cases_of, requests_of
from .asking.daily import untold
from .models import Space, SpaceHost, SpaceSubmission


def submissions_that_wait(user):
    """What somebody sent in, for those who decide on it."""
    policy = policy_registry.get_by_type(SpaceSubmission)
    mine = policy.instances_user_has_permission_for(user, "approve").waiting().select_related("region")
    for submission in mine.order_by("changed_at")[:TAKEN]:
        yield ActionItem(
            _("“%(name)s” was proposed for the directory") % {"name": submission},
            reverse("submissions:review", args=[submission.pk]),
            _("Spaces submitted"),
            submission.changed_at,
            str(submission.region or _("No region yet")),
            order=15,
            more_url=reverse("submissions:index"),
        )


def spaces_that_wait(user):
    policy, viewset = policy_registry.get_by_type(Space), Space.snippet_viewset

    def item(space, verb, words, kind, order):
        return ActionItem(
            words % {"name": space},
            reverse(viewset.get_url_name("verb"), args=[space.pk, verb]),
            kind,
            space.confirmed_at or space.created_at,
            space.region.name,
            order,
            reverse(viewset.get_url_name("list")),
        )

    mine = policy.instances_user_has_permission_for(user, "approve").select_related("region")
    for space in mine.to_be_listed().order_by("created_at")[:TAKEN]:
        yield item(space, "list", _("“%(name)s” waits to be listed"), _("Spaces to list"), order=20)


def cases_that_are_open(user):
    """Before all else: somebody has lost their room."""
    for case in cases_of(user).open().order_by("opened_at")[:TAKEN]:
        words = {"what": case.get_kind_display(), "space": case.space, "title": case.booking.request.title}
        yield ActionItem(
            _("%(what)s: “%(title)s” in %(space)s") % words,
            reverse("cases:case", args=[case.pk]),
            _("Open cases"),
            case.opened_at,
            case.space.region.name,
            order=1,
            more_url=reverse("cases:index"),
        )


def requests_that_wait(user):
    """Those that the host was reminded of, and those of spaces without a host: somebody has to answer."""
    due = Q(reminders__gte=2) | ~Exists(SpaceHost.objects.filter(space=OuterRef("space")))
    for asked in requests_of(user).open().filter(due).order_by("answer_by")[:TAKEN]:
        yield ActionItem(
            _("“%(title)s” waits for an answer of %(space)s") % {"title": asked.title, "space": asked.space},
            reverse("requests:request", args=[asked.pk]),
            _("Requests that nobody answers"),
            asked.waits_since or asked.created_at,
            asked.space.region.name,
            order=12,
            more_url=reverse("requests:index"),
        )


def outcomes_untold(user):
    """Nobody says how it went: perhaps those who look after the region know."""
    mine = untold(timezone.now()).filter(request__in=requests_of(user).values("pk")).select_related("request", "space__region")
    for booking in mine.order_by("ends_at")[:TAKEN]:
        yield ActionItem(
            _("How did “%(title)s” in %(space)s go?") % {"title": booking.request.title, "space": booking.space},
            reverse("requests:request", args=[booking.request_id]),
            _("Outcomes that nobody told"),
            booking.ends_at,
            booking.space.region.name,
            order=40,
            more_url=reverse("requests:index"),
        )
