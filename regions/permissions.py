"""Which team may do what, as Wagtail's own rows: pages, images and documents of a region or a language.

A leaf: it is handed regions and teams and imports no models of ours. Everything here may be run again at any time: it
adds what is missing, takes away what is too much, and says in words what it did.
"""

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from portal.permissions import OF_TRANSLATIONS, OVERSEE, RELEASE, TRANSLATE

# What each role may do with the pages of its region or language. `add` alone means drafts of one's own.
PAGE_ACTIONS = {
    "contributor": ["add"],
    "editor": ["add", "change", "publish"],
    "ambassador": ["add", "change", "publish", "lock", "unlock"],
    "translator": [TRANSLATE],
    "reviewer": [TRANSLATE, RELEASE],
    "staff": ["add", "change", "publish", "lock", "unlock", "bulk_delete"],
}
MEDIA_ACTIONS = {
    "contributor": ["add_image", "choose_image"],
    "editor": ["add_image", "change_image", "choose_image", "add_document", "choose_document"],
    "ambassador": ["add_image", "change_image", "choose_image", "add_document", "change_document", "choose_document"],
    "staff": ["add_image", "change_image", "choose_image", "add_document", "change_document", "choose_document"],
}
MEDIA_APPS = ["wagtailimages", "wagtaildocs"]
IN_THE_ADMIN = set(PAGE_ACTIONS)
# What each role may do with the records of its region. "approve" decides what the directory shows; "move" needs two
# regions; a contributor also changes the own drafts.
RECORD_ACTIONS = {
    "contributor": {"view", "add"},
    "editor": {"view", "add", "change", "publish"},
    "ambassador": {"view", "add", "change", "publish", "approve", "move"},
}
# Whom an ambassador may bring into the own region. Everybody else is brought in by staff.
GRANTED_BY_AMBASSADORS = {"volunteer", "contributor", "editor", "translator", "reviewer"}
# What staff may do besides overseeing the regions: Wagtail's permissions on things that belong to the whole portal.
STAFF_PERMISSIONS = {"home": ["menu", "sitetexts"], "wagtailredirects": ["redirect"]}


def make_group(name):
    return Group.objects.get_or_create(name=name)[0]


def region_collection(region):
    """The region's own folder of pictures and documents."""
    if region.collection is None:
        region.collection = Collection.get_first_root_node().add_child(name=region.name)
        region.save(update_fields=["collection"])
    return region.collection


def sync_team(group, role, pages, collection=None):
    """Give the group of a team exactly the rows of its role on these pages and this collection."""
    wanted = {permission("wagtailadmin", "access_admin")} if role in IN_THE_ADMIN else set()
    wanted |= set(staff_permissions()) if role == "staff" else set()
    return [
        *sync_own_permissions(group, wanted),
        *sync_page_rows(group, PAGE_ACTIONS.get(role, []), pages),
        *sync_collection_rows(group, MEDIA_ACTIONS.get(role, []), collection),
    ]


def staff_permissions():
    """The programme's staff oversee all regions. No users, groups, sites, workflows or settings."""
    yield permission(*OVERSEE.split("."))
    for app, models in STAFF_PERMISSIONS.items():
        yield from Permission.objects.filter(content_type__app_label=app, content_type__model__in=models)


def pages_to_translate(language, region=None):
    """Where a language team works: everywhere in its language, or on what is the region's."""
    if region:
        return list(region.pages.filter(locale__language_code=language))
    return list(Page.objects.filter(depth=2, locale__language_code=language))


def permission(app, codename):
    return Permission.objects.get(content_type__app_label=app, codename=codename)


def page_permissions(actions):
    """Wagtail's own, made by its migrations, and the two for translations, made here."""
    content_type = ContentType.objects.get_for_model(Page)
    for action in set(actions) & set(OF_TRANSLATIONS):
        Permission.objects.get_or_create(
            content_type=content_type, codename=f"{action}_page", defaults={"name": OF_TRANSLATIONS[action]}
        )
    return Permission.objects.filter(content_type=content_type, codename__in=[f"{action}_page" for action in actions])


def sync_own_permissions(group, wanted):
    have = set(group.permissions.all())
    if wanted != have:
        group.permissions.set(wanted)
    return told(group, {right.codename for right in wanted - have}, {right.codename for right in have - wanted})


def sync_page_rows(group, actions, pages):
    rights = list(page_permissions(actions))
    wanted = {(page, right) for page in map(as_page, pages) for right in rights}
    have = {(row.page, row.permission): row for row in GroupPagePermission.objects.filter(group=group).select_related()}
    return sync_rows(group, wanted, have, GroupPagePermission, ("page", "permission"))


def as_page(page):
    """The page without its kind: rows point at `Page`."""
    return page if type(page) is Page else page.page_ptr


def sync_collection_rows(group, codenames, collection):
    rights = Permission.objects.filter(codename__in=codenames, content_type__app_label__in=MEDIA_APPS)
    wanted = {(collection, right) for right in rights} if collection else set()
    rows = GroupCollectionPermission.objects.filter(group=group).select_related()
    have = {(row.collection, row.permission): row for row in rows}
    return sync_rows(group, wanted, have, GroupCollectionPermission, ("collection", "permission"))


def sync_rows(group, wanted, have, model, names):
    """Make the rows that are missing and delete those that are too much."""
    missing, surplus = wanted - set(have), set(have) - wanted
    model.objects.bulk_create(model(group=group, **dict(zip(names, pair, strict=True))) for pair in missing)
    model.objects.filter(pk__in=[have[pair].pk for pair in surplus]).delete()
    return told(group, {f"{right.codename}: {thing}" for thing, right in missing}, {f"{r.codename}: {t}" for t, r in surplus})


def told(group, added, removed):
    """What was done to a group, in words."""
    return [f"{group}: + {each}" for each in sorted(added)] + [f"{group}: - {each}" for each in sorted(removed)]
