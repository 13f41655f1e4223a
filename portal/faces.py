"""How a list shows a record: as a link to its page in the reader's language, or, marked, in another."""

import re
from dataclasses import dataclass

from django.utils.translation import get_language
from wagtail.models import Page

SIMPLE = re.compile(r"[a-z0-9/_-]+")  # what an address says as it is


@dataclass(frozen=True)
class FaceLink:
    """Title, address and language of the page that shows a record. `image_id` and `summary` come along for cards."""

    title: str
    url: str
    language: str
    summary: str = ""
    image_id: int | None = None

    @property
    def is_foreign(self):
        return self.language != get_language()


def link_to(record, request=None):
    """The link to a record that came `.with_face(language)`; None when the public has no page of it."""
    face = getattr(record, "face", None)
    if not face:
        return None
    url = Page(url_path=face["url_path"]).get_url(request)
    return FaceLink(face["title"], url, face["language"], face["summary"], face["image_id"])


def link_to_page(page, request=None):
    """The same for a page that came in a list of pages."""
    return FaceLink(page.title, page.get_url(request), page.locale.language_code, getattr(page, "summary", ""))


class Addresses:
    """Addresses of many pages. What comes before the path below a home page is asked of Wagtail once for each home page."""

    def __init__(self, request=None):
        self.request, self.before = request, {}

    def of(self, url_path):
        """`/home/regions/kenya/lamp-room/` as an address."""
        _empty, home, rest = url_path.split("/", 2)
        if home not in self.before or not SIMPLE.fullmatch(rest):
            url = Page(url_path=url_path).get_url(self.request)
            if not url or not url.endswith(rest):
                return url
            self.before[home] = url[: len(url) - len(rest)]
        return self.before[home] + rest
