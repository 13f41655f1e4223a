"""Roles held and terms served: what the portal keeps about them. See `portal.personal_data`."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import ModelLogEntry

from portal.erasing import delete_for_good, unname
from portal.personal_data import MONTH, ON_RECORD, PersonalData

from .models import Ambassadorship, Invitation, Membership, TrainingRecord, TranslationOffer

WEEK = timedelta(days=7)
TRAININGS_COUNT = timedelta(days=5 * 365)


def export_roles(user):
    return [
        {
            gettext("Role"): str(membership.team),
            gettext("Given"): membership.granted_at,
            gettext("Until"): membership.until,
            gettext("Reason"): membership.reason,
            gettext("Ended"): membership.ended_at,
        }
        for membership in Membership.objects.filter(person=user).select_related("team__region").order_by("granted_at")
    ]


def erase_roles(user):
    held = Membership.objects.filter(person=user)
    held.filter(ended_at=None).end(by=user)
    held.update(reason="", end_reason="")  # free text, which may say anything about them


def forget_roles(now):
    return Membership.objects.filter(ended_at__lt=now - ON_RECORD).delete()[0]


def export_terms(user):
    terms = Ambassadorship.objects.filter(person=user).select_related("region").prefetch_related("pages__locale")
    return [
        {
            gettext("Region"): str(term.region),
            gettext("Title"): str(term.get_title_display()),
            gettext("From"): term.starts,
            gettext("Until"): term.ends,
            gettext("Away until"): term.away_until,
            gettext("Pages"): ", ".join(f"{page.title} ({page.locale.language_code})" for page in term.pages.all()),
        }
        for term in terms.order_by("starts")
    ]


def erase_terms(user):
    for term in Ambassadorship.objects.filter(person=user):
        forget_page(term)
        if term.starts > timezone.localdate():  # a term that never began
            term.delete()
        else:
            end_today(term)


def end_today(term):
    """The term ends; its address held a name, and nobody shall be sent on to who is gone."""
    today = timezone.localdate()
    term.ends = min(term.ends or today, today)
    term.slug, term.away_until, term.stand_in = f"ambassadorship-{term.key}", None, None
    term.save(update_fields=["ends", "slug", "away_until", "stand_in", "updated_at"])
    Ambassadorship.objects.filter(stand_in=term).update(stand_in=None)


def forget_page(term):
    """Their page in all languages, and their name in the log."""
    name = f"ambassadorship-{term.pk}"
    delete_for_good(term.pages.all(), name)
    unname(ModelLogEntry.objects.for_instance(term), name)


def forget_terms(now):
    old = list(Ambassadorship.objects.filter(ends__lt=timezone.localdate(now - ON_RECORD)))
    for term in old:
        forget_page(term)
        term.delete()
    return len(old)


def export_invitations(user):
    return [
        {
            gettext("Role"): str(invitation.team),
            gettext("Address"): invitation.email,
            gettext("Invited"): invitation.created_at,
            gettext("Reason"): invitation.reason,
            gettext("Answer"): str(invitation.status.label),
        }
        for invitation in Invitation.objects.concerning(user).select_related("team__region").order_by("created_at")
    ]


def erase_invitations(user):
    """Those to them go; those that they sent can no longer be accepted, since their roles have ended."""
    Invitation.objects.filter(invited_by=user).update(reason="")
    Invitation.objects.concerning(user).delete()


def forget_invitations(now):
    return Invitation.objects.forget(before=now - MONTH)


def export_offers(user):
    return [
        {
            gettext("Language"): offer.language,
            gettext("Region"): str(offer.region or ""),
            gettext("Name"): offer.name,
            gettext("About yourself"): offer.text,
            gettext("Offered"): offer.created_at,
            gettext("Answer"): str(offer.get_status_display()),
        }
        for offer in TranslationOffer.objects.from_address(user.email).select_related("region")
    ]


def erase_offers(user):
    TranslationOffer.objects.from_address(user.email).delete()


def forget_offers(now):
    return TranslationOffer.objects.forget(unconfirmed_before=now - WEEK, answered_before=now - MONTH)


def export_trainings(user):
    return [
        {
            gettext("Training"): row.title,
            gettext("Trained in"): str(row.get_kind_display()),
            gettext("Region"): str(row.region),
            gettext("Date"): row.date,
            gettext("Verified by"): str(row.verified_by.get_full_name()) if row.verified_by else "",
        }
        for row in TrainingRecord.objects.of_person(user).select_related("region", "verified_by")
    ]


def erase_trainings(user):
    TrainingRecord.objects.of_person(user).delete()


def forget_trainings(now):
    return TrainingRecord.objects.filter(date__lt=timezone.localdate(now - TRAININGS_COUNT)).delete()[0]


KINDS = [
    PersonalData(
        key="trainings",
        label=_("Trainings that you were at: name, e-mail address, date, who has verified it"),
        why=_("So that you can show what you were trained in, and take the next step."),
        until=_("For five years after the training."),
        erased_how=_("They are deleted."),
        export=export_trainings,
        erase=erase_trainings,
        forget=forget_trainings,
        order=59,
    ),
    PersonalData(
        key="roles",
        label=_("Roles in the portal"),
        why=_("So that everybody can do what they are here for, and it can be asked who could do what."),
        until=_("For three years after the role has ended."),
        erased_how=_("Your roles end at once, and why you had them is erased."),
        stays=_("That somebody had the role, from when to when: for three years, without your name."),
        export=export_roles,
        erase=erase_roles,
        forget=forget_roles,
        order=50,
    ),
    PersonalData(
        key="invitations",
        label=_("Invitations to take on a role"),
        why=_("So that nobody gets a role without having agreed."),
        until=_("For 30 days after the answer, or after the last day on which it could have been given."),
        erased_how=_("Invitations to you are deleted, and what you wrote in those that you sent."),
        export=export_invitations,
        erase=erase_invitations,
        forget=forget_invitations,
        order=55,
    ),
    PersonalData(
        key="translation-offers",
        label=_("Offers to help translate: name, e-mail address, what you wrote"),
        why=_("So that the region and the language team can answer you."),
        until=_("For 30 days after the answer. If you do not confirm your address, for a week."),
        erased_how=_("They are deleted."),
        export=export_offers,
        erase=erase_offers,
        forget=forget_offers,
        order=57,
    ),
    PersonalData(
        key="terms",
        label=_("Terms as ambassador, with a public page"),
        why=_("So that people have somebody in their region to write to."),
        until=_("The page is public for the term; everything is deleted three years after its end."),
        erased_how=_("Your terms end today. Your page is deleted in all languages, with its earlier versions and its picture."),
        stays=_("That somebody served, from when to when: for three years, without your name."),
        export=export_terms,
        erase=erase_terms,
        forget=forget_terms,
        order=60,
    ),
]
