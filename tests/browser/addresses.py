"""One address for every kind of page, found by following the portal's own lists."""

import re
from functools import cached_property
from urllib.parse import quote

import requests
from bs4 import BeautifulSoup

LANGUAGES = ["en", "ar"]
WORDS = {"en": "map", "ar": "خريطة"}
LISTS = ["regions", "ambassadors", "groups", "spaces", "events", "stories", "announcements"]
FIXED = {
    "home": "",
    **{f"list of {name}": f"{name}/" for name in LISTS},
    "standard page": "get-involved/",
    "search without words": "search/",
    "search that finds nothing": "search/?q=qqxxzz",
    "filters that match nothing": "spaces/?q=qqxxzz",
    "not found": "there-is-no-such-page/",
    "sign in": "account/login/",
    "ask for a space": "spaces/kilimani-commons/ask/",
    "protocols": "spaces/protocols/",
    "month of events": "events/?month=",
    "events that are over": "events/?when=past",
}
FIRST_OF = {
    "region": "regions",
    "ambassador": "ambassadors",
    "group": "groups",
    "space": "spaces",
    "event": "events",
    "story": "stories",
    "announcement": "announcements",
}
# Pages behind the links of letters: (a word of the subject, where the link leads, what comes behind it).
LETTERS = {
    "a host's page": ("Somebody asks for your space", "host", ""),
    "a host's request": ("Somebody asks for your space: First edits", "host", r"\d+/"),
    "a request that waits": ("First edits", "status", ""),
    "a request that was lost": ("Reading strings aloud", "status", ""),
    "a seat": ("Your place", "status", ""),
}
# Pages to which another one leads: (the kind of that page, the end of the address).
LINKED = {"write to an ambassador": ("ambassador", r"/contact/$"), "come to an event": ("event", r"/rsvp/$")}
KINDS = [*FIXED, "search", *FIRST_OF, *LINKED, *LETTERS, "not yet"]


class Addresses:
    """Asks the lists of one language of a running portal."""

    def __init__(self, portal_url, language):
        self.portal_url, self.language = portal_url, language

    def of(self, kind):
        """The path of a page of this kind."""
        if kind in FIXED:
            return f"/{self.language}/{FIXED[kind]}"
        if kind in FIRST_OF:
            return self.first_of(FIRST_OF[kind])
        if kind == "search":
            return f"/{self.language}/search/?q={quote(WORDS[self.language])}"
        if kind in LETTERS:
            return self.in_a_letter(*LETTERS[kind])
        if kind in LINKED:
            page, address = LINKED[kind]
            return self.link(self.of(page), address)
        return self.missing

    def in_a_letter(self, subject, place, behind):
        """The demo keeps its letters where everybody reads them."""
        for link in self.letters:
            if subject in link.get_text():
                found = re.search(rf"/\w+(/{place}/[\w:.-]+/){behind}", self.html(link["href"]))
                if found:
                    path = found.group(0) if behind else re.search(rf"/\w+/{place}/[\w:.-]+/", found.group(0)).group(0)
                    return f"/{self.language}{path[path.index(f'/{place}/') :]}"
        raise LookupError(f"No letter says {subject!r}.")

    @cached_property
    def letters(self):
        """The links to all letters, the latest first."""
        found = []
        for page in range(1, 20):
            links = self.soup(f"/demo/mail/?page={page}").select("main a[href^='/demo/mail/']")
            if found and links and links[0]["href"] == found[-len(links)]["href"]:  # behind the end it is the last one again
                break
            found += links
        return found

    @cached_property
    def missing(self):
        """Where a page that is not there in this language is said to be not there yet."""
        for name in LISTS:
            for link in self.soup(f"/{self.language}/{name}/").select("main h3 a[hreflang]"):
                found = self.link(link["href"], f"^/{self.language}/not-yet/")
                if found:
                    return found
        raise LookupError(f"Everything is there in {self.language}.")

    def first_of(self, name):
        """The first link of a list that stays in this language; else the first that leads to another one."""
        links = self.soup(f"/{self.language}/{name}/").select("main h3 a, main .announcement a, main ul.rows a")
        paths = [link["href"] for link in links]
        return next((path for path in paths if path.startswith(f"/{self.language}/")), paths[0])

    def link(self, path, pattern):
        """The first link on this page whose address matches."""
        found = self.soup(path).find("a", href=re.compile(pattern))
        return found["href"] if found else None

    def soup(self, path):
        return BeautifulSoup(self.html(path), "html.parser")

    def html(self, path):
        return requests.get(self.portal_url + path, timeout=30).text
