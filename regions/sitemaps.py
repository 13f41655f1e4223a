from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from portal.languages import tag
from portal.sitemaps import PortalSitemap

from .models import UserGroup


class GroupsSitemap(PortalSitemap):
    """The page of each user group, once for each of the portal's languages."""

    limit = 1000

    def items(self):
        return UserGroup.objects.shown().order_by("pk")

    def get_urls(self, page=1, site=None, protocol=None):
        return [entry for group in self.paginator.page(page).object_list for entry in self.entries(group)]

    def entries(self, group):
        addresses = {code: self.address(address_in(code, group)) for code, _name in settings.LANGUAGES}
        alternates = [{"lang_code": tag(code), "location": url} for code, url in addresses.items()]
        return [
            {"item": group, "location": url, "lastmod": group.updated_at, "alternates": alternates}
            for url in addresses.values()
        ]


def address_in(language, group):
    with override(language):
        return reverse("group", args=[group.slug])
