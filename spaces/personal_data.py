"""Hosts of spaces: what the portal keeps about them. See `portal.personal_data`.

A host needs no account, and leaving the portal is not the same as closing a room. So an account that is erased takes
its host's entry along wherever somebody else opens the door too, or the door is not offered to anybody now. Only a
space that is listed and has no other host keeps name and address: somebody has to answer those who ask for it. The
page for leaving says so beforehand, by the name of the space.
"""

from datetime import timedelta

from allauth.account.models import EmailAddress
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.personal_data import MONTH, PersonalData

from .models import Closure, Space, SpaceHost, SpaceUpload

AFTER_CLOSING = timedelta(days=365)


def addresses_of(user):
    confirmed = EmailAddress.objects.filter(user=user, verified=True)
    return {address.lower() for address in confirmed.values_list("email", flat=True)}


def entries_of(user):
    """Where they are named as host: with their account, or with an address that they have confirmed."""
    theirs = Q(person=user)
    for address in addresses_of(user):
        theirs |= Q(email__iexact=address)
    return SpaceHost.objects.filter(theirs).select_related("space").order_by("pk")


def needed(entries):
    """Those of the entries without which nobody would answer for a listed space."""
    others = SpaceHost.objects.filter(space=OuterRef("space")).exclude(pk__in=entries.values("pk"))
    return entries.filter(~Exists(others), space__status=Space.Status.LISTED)


def export_hosting(user):
    return [
        {gettext("Space"): str(host.space), gettext("Name"): host.name, gettext("E-mail address"): host.email}
        for host in entries_of(user)
    ]


def warn_of_hosting(user):
    text = gettext("You are the only host of %(space)s: its entry keeps your name and address until it has another host.")
    return [text % {"space": host.space} for host in needed(entries_of(user))]


def erase_hosting(user):
    """An entry with another address, of an office or a library, is not theirs alone: only the link to them goes."""
    entries, addresses = entries_of(user), addresses_of(user)
    stay = set(needed(entries).values_list("pk", flat=True))
    for host in list(entries):
        if host.pk not in stay and (host.email.lower() in addresses or host.name == user.get_full_name()):
            host.delete()
        else:
            SpaceHost.objects.filter(pk=host.pk).update(person=None)


def forget_hosts(now):
    closed = Space.objects.filter(status=Space.Status.CLOSED, updated_at__lt=now - AFTER_CLOSING)
    return SpaceHost.objects.filter(space__in=closed).delete()[0]


def export_uploads(user):
    uploads = SpaceUpload.objects.of(user).defer("content", "report")
    return [{gettext("File"): upload.name, gettext("Uploaded"): upload.uploaded_at} for upload in uploads]


def erase_uploads(user):
    SpaceUpload.objects.of(user).delete()


def forget_uploads(now):
    return SpaceUpload.objects.forget(before=now - SpaceUpload.KEPT_FOR)


def export_reasons(user):
    closures = Closure.objects.filter(space__in=Space.objects.hosted_by(user).values("pk")).exclude(note="")
    return [{gettext("Space"): str(each.space), gettext("Why"): each.note} for each in closures.select_related("space")]


def forget_reasons(now):
    return Closure.objects.filter(last_day__lt=(now - MONTH).date()).exclude(note="").update(note="")


KINDS = [
    PersonalData(
        key="hosts",
        label=_("Hosts of spaces: name and e-mail address, never public"),
        why=_("So that those who ask for a space reach somebody."),
        until=_("As long as they host; at the latest until a year after the space was closed."),
        erased_how=_("Your name and address are deleted where somebody else hosts too, or the space is not listed."),
        stays=_(
            "Name and e-mail address of the only host of a listed space, until there is another one: somebody has to answer."
        ),
        export=export_hosting,
        erase=erase_hosting,
        forget=forget_hosts,
        warn=warn_of_hosting,
        order=70,
    ),
    PersonalData(
        key="reasons",
        label=_("Why a space is closed: a few words of its host or the region’s team, never public"),
        why=_("So that those who keep the space know."),
        until=_("A month after the space was open again."),
        erased_how=_("They go a month after that time, whoever wrote them."),
        stays=_("They say something about a space: the closed times stay, and the words until a month after."),
        export=export_reasons,
        forget=forget_reasons,
        order=72,
    ),
    PersonalData(
        key="space-uploads",
        label=_("Files of spaces that you sent to import them"),
        why=_("So that you can look at columns and preview before anything is written."),
        until=_("A week after you sent them."),
        erased_how=_("They are deleted. Spaces that came out of them stay."),
        export=export_uploads,
        erase=erase_uploads,
        forget=forget_uploads,
        order=75,
    ),
]
