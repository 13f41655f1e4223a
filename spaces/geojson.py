"""Spaces as features of GeoJSON (RFC 7946). A leaf: it is handed spaces."""

from .facts import COLUMNS, facts

NOT_PROPERTIES = ("id", "latitude", "longitude")


def feature(space, url, columns=COLUMNS):
    known = facts(space, url)
    return {
        "type": "Feature",
        "id": known["id"],
        "geometry": {"type": "Point", "coordinates": [round(known["longitude"], 6), round(known["latitude"], 6)]},
        "properties": {name: known[name] for name in columns if name not in NOT_PROPERTIES},
    }
