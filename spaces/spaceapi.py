"""A space as a SpaceAPI document, version 15 (https://spaceapi.io). A leaf: it is handed spaces and addresses.

What the format asks for and nobody has told us stays away, rather than be invented: whether a space is open now, whom to
write to. What it has no name for stands under `ext_portal`.
"""

from .facts import facts

EXTENSION = ("kind", "capacity", "facilities", "step_free", "cost", "price", "currency", "tags", "confirmed_at")


def document(space, url, logo, hint=""):
    """`url` is the page here, `logo` a picture of the space, `hint` says how to find the door."""
    known = facts(space, url)
    return {
        "api_compatibility": ["15"],
        "space": space.name,
        "logo": logo,
        "url": space.website or url,
        "location": {
            "address": f"{space.stands_at}, {space.country.name}",
            "lat": space.latitude,
            "lon": space.longitude,
            "timezone": known["timezone"],
            "country_code": space.country.code,
            **({"hint": hint} if hint else {}),
        },
        "contact": {},
        "links": [{"name": space.region.name, "url": url}],
        "ext_portal": {name: known[name] for name in EXTENSION} | {"confirmed_by_host": not space.awaits_host},
    }


def directory(spaces):
    """{name: address}; of two that bear the same name, the second says where it is."""
    found = {}
    for space, address in spaces:
        names = (space.name, f"{space.name} ({space.city})", f"{space.name} ({space.slug})")
        found[next(name for name in names if name not in found)] = address
    return found
