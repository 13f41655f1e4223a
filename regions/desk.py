"""What needs the people of a region or a language, which roles they hold, and where their pages begin."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page
from wagtail.permissions import policy_registry

from portal.languages import language_name
from portal.permissions import oversees
from portal.workplace import TAKEN, ActionItem, HeldRole

from .models import LANGUAGE_ROLES, Ambassadorship, PageTranslation, TranslationOffer, roles_of
from .models.translations import in_languages_of

SOON = timedelta(days=30)


def roles_in_words(user):
    return [HeldRole(team.role, capfirst(str(team))) for team in roles_of(user)]


def own_region(user):
    """The page of one's region, or the first page of one's language; whoever oversees everything begins at the root."""
    if oversees(user):
        return None
    for team in sorted(roles_of(user), key=lambda team: team.region_id is None):
        if team.region:
            return team.region.page_in(team.language or team.region.language)
        if team.language:
            return Page.objects.filter(depth=2, locale__language_code=team.language).first()
    return None


def terms_that_end(user):
    """Terms of ambassadors that end soon: for staff, who appoint, and for the ambassadors themselves."""
    policy, today = policy_registry.get_by_type(Ambassadorship), timezone.localdate()
    mine = policy.instances_user_has_permission_for(user, "change").select_related("person", "region")
    for term in mine.filter(ends__range=(today, today + SOON)).order_by("ends")[:TAKEN]:
        yield ActionItem(
            _("The term of %(person)s ends on %(day)s") % {"person": term, "day": date_format(term.ends)},
            reverse(Ambassadorship.snippet_viewset.get_url_name("edit"), args=[term.pk]),
            _("Terms that end"),
            place=term.region.name,
            order=60,
        )


def translations_that_wait(user):
    """What waits to be translated, to be reviewed, or to be answered; each with a link straight to it."""
    teams = [team for team in roles_of(user) if team.language]
    if teams:
        fields = PageTranslation.objects.filter(in_languages_of(user, LANGUAGE_ROLES)).to_translate()
        for field in fields.select_related("region", "locale").in_reading_order()[:TAKEN]:
            yield to_translate(field)
    waiting = PageTranslation.objects.released_by(user).to_review() if not oversees(user) else PageTranslation.objects.none()
    for field in waiting.select_related("region", "locale").order_by("worked_at")[:TAKEN]:
        yield as_item(field, _("“%(title)s” (%(language)s) is translated"), "translating:review_one", field.pk, REVIEW)
    for offer in TranslationOffer.objects.decided_by(user).open().select_related("region")[:TAKEN]:
        yield ActionItem(
            _("%(name)s offers to translate into %(language)s")
            % {"name": offer.name, "language": language_name(offer.language)},
            reverse("translating:offer", args=[offer.pk]),
            _("Offers to translate"),
            offer.created_at,
            offer.region.name if offer.region else "",
            order=15,
            more_url=reverse("translating:offers"),
        )


REVIEW = (gettext_lazy("Translations to review"), 10, "translating:review")
TO_DO = (gettext_lazy("Pages to translate"), 50, "translating:board")
WAITS = {
    PageTranslation.Status.IN_PROGRESS: gettext_lazy("“%(title)s” (%(language)s) waits to be translated"),
    PageTranslation.Status.SENT_BACK: gettext_lazy("“%(title)s” (%(language)s) was sent back to you"),
    PageTranslation.Status.STALE: gettext_lazy("“%(title)s” (%(language)s): the original has changed"),
}


def to_translate(field):
    return as_item(field, WAITS[field.status], "wagtailadmin_pages:edit", field.page_id, TO_DO)


def as_item(field, words, url_name, pk, heading):
    kind, order, more = heading
    return ActionItem(
        words % {"title": field.title, "language": field.language_in_words},
        reverse(url_name, args=[pk]),
        str(kind),
        field.changed_at or field.worked_at,
        field.region.name if field.region else "",
        order,
        reverse(more),
    )
