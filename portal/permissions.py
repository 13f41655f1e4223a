"""Who may do what with a page. A leaf: it knows Wagtail's pages, no models of ours.

To Wagtail's own permissions on pages (add, change, publish, ...) it adds two that reach **translations** only: who
holds `translate` edits the strings of a page that is translated from another one, who holds `release` publishes it.
Wagtail does not know them, so wherever we forgot to ask for them they give nothing.
"""

from functools import reduce
from operator import or_

from django.db.models import Exists, OuterRef, Q
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, PagePermissionTester
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.permissions import policy_registry, register_permission_policy
from wagtail_localize.models import Translation

from portal.translating import lacks_strings

OVERSEE = "portal.oversee"  # held by the programme's staff: all regions
TRANSLATE, RELEASE = "translate", "release"
OF_TRANSLATIONS = {TRANSLATE: "Edit translations", RELEASE: "Publish translations"}


def oversees(user):
    """Whether somebody looks after all regions: staff and superusers."""
    return user.has_perm(OVERSEE)


def was_translated(page):
    """Whether the page was made from another one, as wagtail-localize knows."""
    return translations_to(page).exists()


def is_translation(page):
    """Whether it still is a translation, so that only its strings are edited."""
    return translations_to(page).filter(enabled=True).exists()


def translations_to(page):
    return Translation.objects.filter(source__object_id=page.translation_key, target_locale=page.locale_id)


def being_translated():
    """The same as a condition on many pages: `Page.objects.filter(being_translated())`."""
    of_page = Translation.objects.filter(
        source__object_id=OuterRef("translation_key"), target_locale=OuterRef("locale_id"), enabled=True
    )
    return Exists(of_page)


def as_plain(queryset):
    """The same rows by nothing but their keys: Wagtail's search refuses conditions that it has no index for."""
    return queryset.model._default_manager.filter(pk__in=queryset.values("pk"))


class PagePolicy(PagePermissionPolicy):
    """Wagtail's policy of pages, for which those who translate have some business with some pages, too."""

    def user_has_any_permission(self, user, actions):
        actions = set(actions)
        if "change" in actions:
            actions.add(TRANSLATE)
        if "publish" in actions:
            actions.add(RELEASE)
        return super().user_has_any_permission(user, actions)

    def instances_with_direct_explore_permission(self, user):
        pages = super().instances_with_direct_explore_permission(user)
        return pages if user.is_superuser else [*pages, *self.pages_to_translate_below(user)]

    def explorable_instances(self, user):
        """What one may walk through: where one may do something, and the way there.

        Who translates sees what is public and the translations: drafts of originals are none of their business.
        One condition of places in the tree: Wagtail's own joins a query for each of somebody's permissions.
        """
        all_or_none = self._base_queryset_for_user(user)
        if all_or_none is not None:
            return all_or_none
        places = {row.page.path for row in self.get_cached_permissions_for_user(user)}
        direct = super().instances_with_direct_explore_permission(user)
        to_translate = self.pages_to_translate_below(user)
        readable = Q(live=True) | Q(being_translated())
        walked = (Q(path__in=ways_to(places)) | inside(direct)) | (inside(to_translate) & readable)
        return as_plain(self.model._default_manager.filter(walked))

    def pages_to_translate_below(self, user):
        rows = [row for row in self.get_cached_permissions_for_user(user) if row.permission.codename == f"{TRANSLATE}_page"]
        return [row.page for row in rows]


def inside(pages):
    """The condition that a page is one of these or below one; with none of them, no page is."""
    conditions = [Q(path__startswith=path) for path in sorted({page.path for page in pages})]
    return reduce(or_, conditions, Q(pk__in=[]))


def ways_to(places):
    """The places above these, from the lowest that leads to all of them."""
    above = [{path[:length] for length in range(Page.steplen, len(path), Page.steplen)} for path in places]
    shared = max(map(len, set.intersection(*above)), default=0) if above else 0
    return {path for path in set().union(*above) if len(path) >= shared}


class PagePermissions(PagePermissionTester):
    """What one person may do with one page of ours."""

    def of_translations(self, action):
        """Whether a right on translations reaches this page."""
        if not self.user.is_active or self.user.is_superuser:
            return False
        return action in self.permissions and is_translation(self.page)

    def can_edit(self):
        return super().can_edit() or self.of_translations(TRANSLATE)

    def can_publish(self):
        """A translation goes live when all of it is translated: what a reader finds under /fr/ is French."""
        return (super().can_publish() or self.of_translations(RELEASE)) and not lacks_strings(self.page)

    def can_unpublish(self):
        if super().can_unpublish():
            return True
        return self.page.live and not self.page_locked() and self.of_translations(RELEASE)

    def can_copy(self):
        return super().can_edit()

    def can_delete(self, ignore_bulk=False):
        """Deleting is for staff; but a draft that nobody ever read may be thrown away by those who could publish it."""
        if not super().can_delete(ignore_bulk):
            return False
        was_never_read = self.page.first_published_at is None and self.page.is_leaf()
        return oversees(self.user) or was_never_read

    def can_move(self):
        return super().can_delete(ignore_bulk=True)

    def can_set_view_restrictions(self):
        """A page behind a password is no page of a public portal: an exception that staff make."""
        return oversees(self.user) and super().can_set_view_restrictions()


PAGES = PagePolicy(Page)
register_permission_policy(Page, PAGES)  # here, so that no code that knows our pages can meet Wagtail's own policy


# -- What one may point at ---------------------------------------------------------------------------------------------

SEEN = ("change", "delete", "choose")  # what lets one see a picture or a document


def seen(model, user, actions=SEEN):
    """The pictures or documents of one's own regions."""
    return policy_registry.get_by_type(model).instances_user_has_any_permission_for(user, actions)


def pages_to_point_at(user):
    """What may be chosen for a link: what the public can read, and what is one's own. No titles of others' drafts."""
    mine = PAGES.explorable_instances(user).values("pk")
    return Page.objects.filter(Q(live=True) | Q(pk__in=mine))


def things_to_point_at(user, model):
    """What a page that somebody writes may show or link to; None for a kind of thing that belongs to nobody."""
    if issubclass(model, Page):
        return pages_to_point_at(user)
    if issubclass(model, get_image_model() | get_document_model()):
        return seen(model, user, ["choose"])
    policy = policy_registry.get_by_type(model, fallback=False)
    return policy.choosable_by(user) if hasattr(policy, "choosable_by") else None
