"""What can happen to an event in the workplace: each a button, with what one should see and say before."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from portal.viewsets import MOVE, Verb

from .forms import AgainForm, GoOnlineForm, RelocateForm, RepeatForm, RescheduleForm, VerbForm
from .models import Event
from .models.event_steps import Verb as Step
from .organising.forms import TellForm
from .saying import when_words, where_words


def page_of(event):
    return reverse("wagtailadmin_pages:edit", args=[event.pages.first().pk])


def list_of_series(events):
    url = reverse(Event.snippet_viewset.get_url_name("list"))
    return f"{url}?region={events[0].region_id}&status=draft" if events else url


def is_possible(step):
    """Time and place of a draft stand in its form, unless its room is promised."""
    return lambda event: event.may(step) and (event.status != Event.Status.DRAFT or step == Step.ANNOUNCE or event.booking_id)


def before_announcing(event):
    """What people will read, and what is still missing."""
    yield _("Name"), event.name
    yield _("When"), when_words(event)
    yield _("Where"), where_words(event)
    hopes = list(event.expected.all())
    missing = _("Missing: say at least two things that it is meant to bring, under “Edit facts”.")
    yield _("What it is meant to bring"), "; ".join(map(str, hopes)) if len(hopes) > 1 else missing
    if event.space and not event.has_room_in_sight:
        yield _("The room"), _("Its host is asked as soon as you announce it.")


def told(event):
    """What people who come would be told of."""
    yield _("When"), when_words(event)
    yield _("Where"), where_words(event)
    yield _("Whoever has said that they come"), str(event.seats.held().count())


def made(copies):
    words = ngettext("%(number)s draft is made.", "%(number)s drafts are made.", len(copies))
    return words % {"number": len(copies)}


VERBS = [
    Verb(
        "announce",
        _("Announce"),
        _("Its page is published in the region's first language, and the event stands in the calendar."),
        is_possible(Step.ANNOUNCE),
        "check",
        needs="publish",
        shows=before_announcing,
    ),
    Verb(
        "reschedule",
        _("Another time"),
        _("Whoever has a place is told. The host is asked for the new time, and the old one is free again."),
        is_possible(Step.RESCHEDULE),
        "time",
        needs="publish",
        shows=told,
        form=RescheduleForm,
    ),
    Verb(
        "relocate",
        _("Another place"),
        _("Whoever has a place is told. What was promised before is free again."),
        is_possible(Step.RELOCATE),
        "site",
        needs="publish",
        shows=told,
        form=RelocateForm,
    ),
    Verb(
        "go_online",
        _("Online instead"),
        _("Nobody meets in a room any more. Whoever has a place is told, and what was promised is free again."),
        is_possible(Step.GO_ONLINE),
        "link",
        needs="publish",
        shows=told,
        form=GoOnlineForm,
    ),
    Verb(
        "postpone",
        _("Postpone"),
        _("It takes place later, and nobody knows yet when. Whoever has a place is told and keeps it."),
        is_possible(Step.POSTPONE),
        "history",
        needs="publish",
        shows=told,
        form=VerbForm,
    ),
    Verb(
        "cancel",
        _("Cancel this event"),
        _("Its page stays and says that the event is cancelled. Whoever has a place is told, and the space is free again."),
        is_possible(Step.CANCEL),
        "cross",
        needs="publish",
        shows=told,
        form=VerbForm,
    ),
    Verb(
        "again",
        _("Do it again"),
        _("A draft of the same on another day. Everything is copied but the date, also its page."),
        icon="copy",
        needs="publish",
        form=AgainForm,
        leads_to=page_of,
    ),
    Verb(
        "repeat",
        _("Repeat it"),
        _("Drafts of the same on all days of a rule. Each is an event of its own, and may differ."),
        icon="rotate",
        needs="publish",
        form=RepeatForm,
        leads_to=list_of_series,
        says=made,
    ),
    Verb(
        "tell_outcome",
        _("Tell how it went"),
        _("Its organiser was asked. If you know, tell it here."),
        lambda event: event.may_tell_outcome,
        "clipboard-list",
        needs="publish",
        form=TellForm,
    ),
    Verb(
        "record_training",
        _("Put the training on record"),
        _("Whoever was ticked at the door has this training on record, verified by you."),
        lambda event: event.is_training_to_record,
        "tick",
        needs="publish",
    ),
    Verb(
        "tell_story",
        _("Tell the story"),
        _("The draft of a story, with event, space, figures and photos in place. You write the rest."),
        lambda event: event.may_tell_story,
        "edit",
        needs="publish",
        leads_to=lambda story: reverse("wagtailadmin_pages:edit", args=[story.pk]),
    ),
    MOVE,
]
