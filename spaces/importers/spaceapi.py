"""Hackerspaces as SpaceAPI documents (https://spaceapi.io), 0.8 to 15, as they are found in the wild."""

import html
import re

import nh3
from django.utils.translation import gettext as _

from .documents import load
from .tables import Raw, Table, as_text, check_rows, checked, fail
from .words import country_code

FIELDS = ("name", "website", "address", "city", "country", "latitude", "longitude", "kind", "source_id", "source_url")
UNDERSTOOD = {"api", "api_compatibility", "space", "url", "location", "logo", "lat", "lon", "address"}
WEB_ADDRESS = re.compile(r"https?://[^/\s]+\.[^\s]+$")
POSTCODE = re.compile(r"\b[\w-]*\d[\w-]*\b")


def read(name, content):
    rows = []
    for number, (address, document) in enumerate(documents_in(load(content)), start=1):
        check_rows(number)
        rows.append(checked(row_of(number, document, address)))
    return Table(name, list(FIELDS), rows, {field: field for field in FIELDS})


def documents_in(data):
    """(where it was found, document) for each: a file holds one, a list of them, or a collection by address."""
    if isinstance(data, dict) and "space" in data:
        return [("", data)]
    if isinstance(data, list):
        return [("", inner(document)) for document in data]
    if isinstance(data, dict) and data and all(isinstance(value, str) for value in data.values()):
        fail(_("This is a directory of addresses: fetch the documents it names, and import those."))
    if isinstance(data, dict) and data and all(isinstance(value, dict) for value in data.values()):
        return [(str(address), inner(document)) for address, document in data.items()]
    return fail(_("The file is not a SpaceAPI document: it names no space."))


def inner(document):
    """Collectors wrap the document: {"url": ..., "data": {...}}."""
    wrapped = document.get("data") if isinstance(document, dict) else None
    return wrapped if isinstance(wrapped, dict) and "space" in wrapped else document


def row_of(number, document, address):
    raw = Raw(number, dict.fromkeys(FIELDS, ""))
    if not isinstance(document, dict):
        raw.problems.append(("", _("is not a SpaceAPI document")))
        return raw
    location = document.get("location")
    location = location if isinstance(location, dict) else document  # before 0.13 it stood at the top
    place = plain(location.get("address") or document.get("address"))
    parts = [part.strip() for part in re.split(r"[,\n]", place) if part.strip()]
    url = plain(document.get("url"))
    raw.cells |= {
        "name": plain(document.get("space")),
        "website": url if WEB_ADDRESS.match(url) else "",
        "address": place,
        "city": city_in(parts),
        "country": country_in(location, parts),
        "latitude": plain(location.get("lat")),
        "longitude": plain(location.get("lon", location.get("lng"))),
        "kind": "hackerspace",
        "source_id": (url or plain(document.get("space"))).rstrip("/").partition("://")[2].casefold()
        or plain(document.get("space")),
        "source_url": address if address.startswith(("http://", "https://")) else "",
    }
    left_out = sorted(str(key) for key in set(document) - UNDERSTOOD if document[key] not in (None, "", [], {}))
    if left_out:
        raw.losses.append(_("left out: %(names)s") % {"names": ", ".join(left_out)})
    if url and not raw.cells["website"]:
        raw.losses.append(_("website “%(address)s” is not a web address") % {"address": url[:80]})
    return raw


def plain(value):
    """Text without markup, on one line; objects are nothing that can be read."""
    if isinstance(value, dict | list):
        return ""
    text = as_text(value)
    if "<" in text or "&" in text:
        text = html.unescape(nh3.clean(re.sub(r"(?i)<br\s*/?>", ", ", text), tags=set()))
    return " ".join(text.split())


def country_in(location, parts):
    """The code where it is told (since 15), else the name at the end of the address. What is no country is not told."""
    told = [plain(location.get("country_code")), plain(location.get("country")), parts[-1] if parts else ""]
    return next((found for found in map(country_code, told) if found), "")


def city_in(parts):
    """In "Street 5, 53111 Bonn, Germany" the city stands before the country, behind its postcode."""
    if len(parts) < 2:  # noqa: PLR2004 (nothing but a street or a town)
        return ""
    found = " ".join(POSTCODE.sub("", parts[-2]).split())
    return found if len(parts) > 2 else ""  # noqa: PLR2004 (street and country alone)
