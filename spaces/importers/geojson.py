"""Spaces as GeoJSON (RFC 7946): points, whose properties are the columns."""

from django.utils.translation import gettext as _

from .documents import load
from .tables import Raw, Table, as_text, check_columns, check_rows, checked, fail

PAIR = 2
LATITUDE, LONGITUDE = "geometry: latitude", "geometry: longitude"


def read(name, content):
    data = load(content)
    features = features_of(data)
    rows = []
    for number, feature in enumerate(features, start=1):
        check_rows(number)
        rows.append(checked(row_of(number, feature)))
    columns = list(dict.fromkeys(column for row in rows for column in row.cells))
    check_columns(columns or [LATITUDE])
    return Table(name, columns, rows, {"latitude": LATITUDE, "longitude": LONGITUDE})


def features_of(data):
    if isinstance(data, dict) and data.get("type") == "Feature":
        return [data]
    features = data.get("features") if isinstance(data, dict) else None
    if not isinstance(features, list):
        fail(_("The file is not GeoJSON: a FeatureCollection with a list of features is expected."))
    return features


def row_of(number, feature):
    raw = Raw(number, {LATITUDE: "", LONGITUDE: ""})
    if not isinstance(feature, dict):
        raw.problems.append(("", _("is not a feature")))
        return raw
    properties = feature.get("properties")
    for column, value in (properties if isinstance(properties, dict) else {}).items():
        if isinstance(value, dict):
            raw.losses.append(_("%(column)s left out") % {"column": column})
        else:
            raw.cells[str(column).strip()] = as_text(value)
    if "id" in feature and not isinstance(feature["id"], dict | list):
        raw.cells.setdefault("id", as_text(feature["id"]))
    put_point(raw, feature.get("geometry"))
    return raw


def put_point(raw, geometry):
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    point = geometry.get("coordinates") if kind == "Point" else None
    if not isinstance(point, list) or len(point) < PAIR:
        wrong = _("must be a Point, is %(kind)s") % {"kind": str(kind)[:30]} if kind != "Point" else _("has no coordinates")
        raw.problems.append(("geometry", wrong))
        return
    raw.cells[LONGITUDE], raw.cells[LATITUDE] = (as_text(degrees) for degrees in point[:PAIR])
