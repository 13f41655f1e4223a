"""What needs the people of a region or a language, which roles they hold, and where their pages begin."""

from datetime import timedelta

from django.db.models import Count, Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.models import Page
from wagtail.permissions import policy_registry
from wagtail_localize.models import StringSegment, StringTranslation

from portal.permissions import being_translated, oversees
from portal.workplace import TAKEN, ActionItem, HeldRole

from .models import Ambassadorship, Role, roles_of

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
    """Pages to translate, for those who translate; pages of which every string is there, for those who publish them."""
    teams = [team for team in roles_of(user) if team.language]
    if not teams:
        return
    pages = list(Page.objects.filter(being_translated(), reached_by(teams), live=False).order_by("path")[:TAKEN])
    complete = completely_translated(pages)
    may_publish = any(team.role == Role.REVIEWER for team in teams)
    for page in pages:
        is_complete = (page.translation_key, page.locale_id) in complete
        if is_complete and not may_publish:
            continue
        label = (
            _("“%(title)s” is translated and waits to be published") if is_complete else _("“%(title)s” waits to be translated")
        )
        yield ActionItem(
            label % {"title": page.get_admin_display_title()},
            reverse("wagtailadmin_pages:edit", args=[page.pk]),
            _("Translations to publish") if is_complete else _("Pages to translate"),
            page.latest_revision_created_at,
            order=10 if is_complete else 50,
        )


def reached_by(teams):
    """The pages in the languages of these teams, in their region if they have one."""
    reached = Q(pk__in=[])
    for team in teams:
        below = Q(path__startswith=team.region.page_in(team.language).path) if team.region else Q()
        reached |= Q(locale__language_code=team.language) & below
    return reached


def completely_translated(pages):
    """Of which pages every string has its translation: {(key, locale)}, in one query."""
    done = StringTranslation.objects.filter(
        translation_of_id=OuterRef("string_id"),
        context_id=OuterRef("context_id"),
        locale_id=OuterRef("source__translations__target_locale_id"),
        has_error=False,
    )
    segments = StringSegment.objects.filter(source__object_id__in={page.translation_key for page in pages})
    counted = segments.values(key=F("source__object_id"), locale=F("source__translations__target_locale")).annotate(
        total=Count("pk"), done=Count("pk", filter=Exists(done))
    )
    return {(row["key"], row["locale"]) for row in counted if row["total"] == row["done"]}
