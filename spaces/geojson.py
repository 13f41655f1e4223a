"""Spaces as open data: features of GeoJSON (RFC 7946), rows of CSV with the same facts. A leaf: it is handed spaces.

Codes instead of words, so that a file means the same in every language. A host is never in it.
"""

from portal.cells import safe_cell

COLUMNS = (
    *("id", "name", "url", "region", "kind", "address", "city", "country", "latitude", "longitude", "timezone"),
    *("capacity", "facilities", "step_free", "cost", "price", "currency", "website", "tags", "status", "confirmed_at"),
)
NOT_PROPERTIES = ("id", "latitude", "longitude")


def facts(space, url):
    """All that the public may know of a space, by the names in `COLUMNS`."""
    return {
        **{name: getattr(space, name) for name in ("name", "kind", "address", "city", "latitude", "longitude", "capacity")},
        **{name: getattr(space, name) for name in ("facilities", "step_free", "cost", "currency", "website", "status")},
        "id": space.slug,
        "url": url,
        "region": space.region.slug,
        "country": space.country.code,
        "timezone": str(space.zone),
        "price": None if space.price is None else float(space.price),
        "tags": sorted(tag.name for tag in space.tags.all()),
        "confirmed_at": space.confirmed_at.isoformat(timespec="seconds") if space.confirmed_at else None,
    }


def feature(space, url):
    known = facts(space, url)
    return {
        "type": "Feature",
        "id": known["id"],
        "geometry": {"type": "Point", "coordinates": [round(known["longitude"], 6), round(known["latitude"], 6)]},
        "properties": {name: known[name] for name in COLUMNS if name not in NOT_PROPERTIES},
    }


def row(space, url):
    known = facts(space, url)
    joined = {
        name: " ".join(known[name]) if name == "facilities" else ", ".join(known[name]) for name in ("facilities", "tags")
    }
    return [safe_cell({**known, **joined}[name]) for name in COLUMNS]
