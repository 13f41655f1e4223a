"""Which team may do what, as Wagtail's own rows: pages, images and documents of a region or a language.

A leaf: it is handed regions and teams and imports no models of ours. Everything here may be run again at any time; it
adds what is missing and takes away what is too much.
"""

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

# What each role may do with the pages of its region or language. `change` alone means drafts: nothing goes live.
PAGE_ACTIONS = {
    "contributor": ["add"],
    "editor": ["add", "change", "publish"],
    "ambassador": ["add", "change", "publish", "lock", "unlock"],
    "translator": ["change"],
    "reviewer": ["change", "publish"],
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
# Records that staff keep in the admin; regions get theirs by scope, not by these global permissions.
STAFF_RECORDS = {
    "regions": ["region", "ambassadorship", "usergroup"],
    "spaces": ["space"],
    "stories": ["event"],
    "home": ["menu", "sitetexts"],
}


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
    if role in IN_THE_ADMIN:
        group.permissions.add(permission("wagtailadmin", "access_admin"))
    sync_page_rows(group, PAGE_ACTIONS.get(role, []), pages)
    if collection:
        sync_collection_rows(group, MEDIA_ACTIONS.get(role, []), collection)


def pages_to_translate(language, region_pages):
    """The pages of a language that its team may edit: translations, not what was first written in this language.

    The home page and the list of regions are left to staff, since rights on them would reach every region below.
    """
    global_pages = Page.objects.filter(depth=3, locale__language_code=language).exclude(slug="regions")
    return [*(global_pages if language != settings.LANGUAGE_CODE else []), *region_pages]


def permission(app, codename):
    return Permission.objects.get(content_type__app_label=app, codename=codename)


def sync_page_rows(group, actions, pages):
    rights = Permission.objects.filter(
        content_type__app_label="wagtailcore", codename__in=[f"{action}_page" for action in actions]
    )
    wanted = {(page.pk, right.pk) for page in pages for right in rights}
    rows = GroupPagePermission.objects.filter(group=group)
    have = set(rows.values_list("page_id", "permission_id"))
    rows.exclude(page_id__in={page for page, _ in wanted}).delete()
    GroupPagePermission.objects.bulk_create(
        GroupPagePermission(group=group, page_id=page, permission_id=right) for page, right in sorted(wanted - have)
    )


def sync_collection_rows(group, codenames, collection):
    rights = Permission.objects.filter(codename__in=codenames, content_type__app_label__in=MEDIA_APPS)
    GroupCollectionPermission.objects.filter(group=group, collection=collection).exclude(permission__in=rights).delete()
    for right in rights:
        GroupCollectionPermission.objects.get_or_create(group=group, collection=collection, permission=right)


def sync_staff(group):
    """The programme's staff: all pages, all media, all records. No users, groups, sites or settings."""
    sync_team(group, "staff", Page.objects.filter(depth=1), Collection.get_first_root_node())
    for app, models in STAFF_RECORDS.items():
        group.permissions.add(*Permission.objects.filter(content_type__app_label=app, content_type__model__in=models))
    group.permissions.add(permission("portal", "delete_faces"))
