"""What the public may know of a space, in one place: for the API, SpaceAPI, GeoJSON and tables. A leaf: it is handed spaces.

Codes instead of words, so that it means the same in every language. A host is never in it.
"""

COLUMNS = (
    *("id", "name", "url", "region", "kind", "address", "city", "country", "latitude", "longitude", "timezone"),
    *("capacity", "facilities", "step_free", "cost", "price", "currency", "website", "tags", "status", "confirmed_at"),
)


def facts(space, url):
    """All that the public may know of a space, by the names in `COLUMNS`; and how far it is, where nearness was asked for."""
    kilometres = getattr(space, "kilometres", None)
    return {
        **{name: getattr(space, name) for name in ("name", "kind", "address", "city", "latitude", "longitude", "capacity")},
        **{name: getattr(space, name) for name in ("facilities", "step_free", "cost", "currency", "website", "status")},
        "id": space.slug,
        "kilometres": None if kilometres is None else round(kilometres, 2),
        "url": url,
        "region": space.region.slug,
        "country": space.country.code,
        "timezone": str(space.zone),
        "price": None if space.price is None else float(space.price),
        "tags": sorted(tag.name for tag in space.tags.all()),
        "confirmed_at": space.confirmed_at.isoformat(timespec="seconds") if space.confirmed_at else None,
    }


def plain_row(space, url, columns=COLUMNS):
    """In the order of these columns, lists as texts."""
    known = facts(space, url)
    joined = {
        name: " ".join(known[name]) if name == "facilities" else ", ".join(known[name]) for name in ("facilities", "tags")
    }
    return [{**known, **joined}[name] for name in columns]
