"""Who asked for a space: what the portal keeps about them, see `portal.personal_data` and docs/requests.md.

The rows stay, for the figures of the programme; who asked, and what was written to and fro, goes.
"""

from datetime import timedelta

from django.db.models import Max, Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.personal_data import PersonalData

from .models import Case, RequestStep, SpaceRequest
from .models.request_steps import OPEN, PORTAL, Part, Status
from .models.requests import TO_CONFIRM

AFTER_REFUSAL, AFTER_MEETING = timedelta(days=180), timedelta(days=365)


def export_requests(user):
    sent = SpaceRequest.objects.sent_by(user).select_related("space").prefetch_related("steps")
    return [
        {
            gettext("Space"): str(request.space),
            gettext("What for"): request.title,
            gettext("Name"): request.organiser,
            gettext("E-mail address"): request.email,
            gettext("What you need"): request.needs,
            gettext("Asked"): request.created_at,
            gettext("How it stands"): str(request.get_status_display()),
            gettext("What you wrote"): "\n".join(
                step.text for step in request.steps.all() if step.text and step.part == Part.ORGANISER
            ),
        }
        for request in sent.order_by("created_at")
    ]


def coming(user):
    """What they have asked for and what is promised to them."""
    ahead = Q(status__in=OPEN) | Q(bookings__status=Status.ACCEPTED, bookings__ends_at__gte=timezone.now())
    return SpaceRequest.objects.sent_by(user).filter(ahead).distinct().select_related("space")


def warn_of_requests(user):
    text = gettext("Your request for %(space)s is cancelled, and its host told.")
    return [text % {"space": request.space} for request in coming(user)]


def erase_requests(user):
    sent = SpaceRequest.objects.sent_by(user)
    keys = list(sent.values_list("pk", flat=True))
    for request in coming(user):
        if request.may(SpaceRequest.Verb.CANCEL):
            request.cancel(request.as_organiser)
    for case in Case.objects.open().filter(booking__request__in=keys):
        case.close(Case.Outcome.NOT_HELD if case.kind == Case.Kind.WITHDRAWN else Case.Outcome.TOLD, PORTAL)
    forget(SpaceRequest.objects.filter(pk__in=keys))


def forget(requests):
    """Names, addresses and words. Returns of how many."""
    keys = list(requests.values_list("pk", flat=True))
    RequestStep.objects.filter(request__in=keys).update(text="", name="")
    nobody = {"organiser": "", "email": "", "needs": "", "languages": [], "person": None}
    return SpaceRequest.objects.filter(pk__in=keys).update(**nobody)


def forget_requests(now):
    unconfirmed = SpaceRequest.objects.filter(status=Status.DRAFT, created_at__lt=now - TO_CONFIRM)
    number = unconfirmed.count()
    unconfirmed.delete()
    never = Q(status__in=[Status.DECLINED, Status.EXPIRED, Status.CANCELLED], changed_at__lt=now - AFTER_REFUSAL)
    known = SpaceRequest.objects.exclude(email="").exclude(status__in=[Status.DRAFT, *OPEN])
    over = known.annotate(ended=Max("bookings__ends_at")).filter(never | Q(ended__lt=now - AFTER_MEETING))
    return number + forget(over)


KINDS = [
    PersonalData(
        key="requests",
        label=_("Requests for spaces: name and e-mail address of who asked, what they need, what was written to and fro"),
        why=_("So that host and organiser find together, and the portal can tell what became of it."),
        until=_("7 days, if the address is never confirmed; half a year after a refusal; a year after the meeting."),
        erased_how=_(
            "What is ahead is cancelled and its host told. Your name, address and words are deleted; that somebody asked stays."
        ),
        stays=_("For which space, for what and for how many people, without who: the figures of the programme count them."),
        export=export_requests,
        erase=erase_requests,
        forget=forget_requests,
        warn=warn_of_requests,
        order=66,
    )
]
