"""A row of the OSM community index, read as the portal's words."""

import re
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import quote

from .language_codes import language_code
from .templates import fill, fill_sentences, one_line, usable

# What the types of the index are in the portal's words (regions.choices.CHANNELS); a type not named here is "other".
TYPES = {
    "chat": ["discord", "irc", "matrix", "signal", "slack", "telegram", "whatsapp", "xmpp", "zulip"],
    "code": ["github", "gitlab"],
    "forum": ["discourse", "forum", "reddit"],
    "group": ["group", "osm-lc", "youthmappers"],
    "mailinglist": ["mailinglist", "newsletter"],
    "meetup": ["meetup"],
    "social": ["bluesky", "facebook", "fediverse", "instagram", "linkedin", "mastodon", "threads", "twitter", "x"],
    "video": ["aparat", "tiktok", "youtube"],
    "website": ["osm", "url"],
    "wiki": ["wiki"],
}
KINDS = {name: kind for kind, names in TYPES.items() for name in names}
# "Free Software Hardware Movement - Matrix" and "... - Facebook" are channels of one community.
CHANNEL_WORDS = "Discord|Facebook|Mailing List|Mastodon|Matrix|Meetup|Signal|Slack|Telegram|Twitter|X"
CHANNEL_ENDING = re.compile(rf"(?: -| on)? (?:{CHANNEL_WORDS})$")


@dataclass(frozen=True)
class Resource:
    """One row of the index: one channel of a community, named and addressed by its type where it says nothing itself."""

    row: int
    data: dict
    template: dict

    @property
    def id(self):
        return self.data["id"]

    @property
    def type(self):
        return self.data["type"]

    @property
    def folder(self):
        return self.data["folder"]

    @property
    def order(self):
        return self.data.get("order", 0)

    @property
    def community_id(self):
        return self.string("communityID")

    @property
    def label(self):
        return f"{self.community} ({self.id})"

    def string(self, key):
        return one_line(self.data["strings"].get(key, ""))

    @cached_property
    def own_name(self):
        values = {"account": self.data.get("account"), "community": self.string("community")}
        return fill(self.string("name") or one_line(self.template.get("name", "")), values)

    @cached_property
    def community(self):
        return self.string("community") or CHANNEL_ENDING.sub("", self.own_name)

    @cached_property
    def url(self):
        account = quote(self.data.get("account", ""), safe="%#:@!/&=?+,;~()'$*")
        return usable(fill(self.string("url") or self.template.get("url", ""), {"account": account}))

    @property
    def channel(self):
        return {"kind": KINDS.get(self.type, "other"), "name": self.own_name or self.community, "url": self.url}

    @cached_property
    def point(self):
        """Longitude and latitude of the first point, or of the centre of the first area that has one."""
        centres = self.data.get("area_centres", {})
        places = self.data["locationSet"]["include"]
        points = [centres.get(place) if isinstance(place, str) else place for place in places]
        return next((tuple(point[:2]) for point in points if point), None)

    @cached_property
    def languages(self):
        return {code for code in map(language_code, self.data.get("languageCodes", [])) if code}

    @property
    def unknown_languages(self):
        return [code for code in self.data.get("languageCodes", []) if not language_code(code)]

    def text(self, key):
        """Its `description` or `extendedDescription`, with what the row itself knows filled in."""
        known = {"account": self.data.get("account"), "community": self.community, "url": self.url}
        return fill_sentences(self.string(key), known | {"signupUrl": usable(self.string("signupUrl"))})
