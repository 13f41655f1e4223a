"""The link in the letter: for one record, one question and one mailbox."""

from django.apps import apps
from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from portal import links
from portal.models import Confirmable
from regions.models import keepers_of

PURPOSE = "confirm"


class LinkAnswered(links.LinkError):
    """Somebody has answered since, or it is not public any more."""

    message = _("This question has been answered already. Thank you.")


class NotAskedAnyMore(links.LinkError):
    """The mailbox does not belong to anybody who answers for the record now."""

    message = _("This link was sent to somebody who does not answer for this entry any more.")


def mark_of(email):
    """Which mailbox a link was sent to, without saying it."""
    return salted_hmac(PURPOSE, email.lower()).hexdigest()[:16]


def question_of(record):
    """Which question: when the answer comes, or another question begins, the links of this one are over."""
    return int(record.due_at.timestamp()) if record.due_at else 0


def link_for(record, addressee):
    """The path of the page on which this person answers for this record, in their language."""
    kind = {"kind": record._meta.label_lower, "question": question_of(record), "to": mark_of(addressee.email)}
    with translation.override(addressee.language):
        return reverse("confirm", args=[links.sign(PURPOSE, record, **kind)])


def read(token):
    """What a link of ours carries, or a `LinkError`. It lasts as long as a record may sleep before it is given up."""
    content = links.read(token, PURPOSE, settings.CONFIRMATION_LINKS_LAST)
    if not {"kind", "question", "to", "pk"} <= set(content):
        raise links.LinkBroken
    return content


def record_of(content):
    """The record, with what its owners hang on; a record that was deleted has no question any more."""
    model = apps.get_model(content["kind"])
    if not issubclass(model, Confirmable):
        raise links.LinkBroken
    record = model.objects.with_owners().filter(pk=content["pk"]).first()
    if record is None:
        raise links.LinkExpired
    return record


def addressees_of(record, keepers=None):
    """Who is asked about a record: its owners; without any, those who keep its region, or staff.

    `keepers` are those of several regions, when they were asked for already.
    """
    owners = record.owners()
    if owners:
        return list({owner.email.lower(): owner for owner in owners}.values())
    keepers = keepers_of([record.region], staff_only=record.is_asked_by_staff) if keepers is None else keepers
    return keepers[record.region_id]


def addressee_of(content, record):
    """Whoever the link was sent to, if they are still asked today."""
    for addressee in addressees_of(record):
        if mark_of(addressee.email) == content["to"]:
            return addressee
    raise NotAskedAnyMore
