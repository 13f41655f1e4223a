"""The formats that spaces are imported from. The next one is a module with `read(name, content)`, named here."""

from pathlib import PurePath

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from . import csv, geojson, spaceapi, xlsx
from .tables import fail

FORMATS = {"csv": csv, "xlsx": xlsx, "geojson": geojson, "spaceapi": spaceapi}
LABELS = {
    "csv": gettext_lazy("CSV (a table as text)"),
    "xlsx": gettext_lazy("XLSX (a workbook of Excel or LibreOffice)"),
    "geojson": gettext_lazy("GeoJSON (points of a map)"),
    "spaceapi": gettext_lazy("SpaceAPI (hackerspaces)"),
}
ENDINGS = {"csv": "csv", "tsv": "csv", "txt": "csv", "xlsx": "xlsx", "geojson": "geojson", "json": "spaceapi"}


def format_of(name):
    """What the end of a file's name says about it, or ""."""
    return ENDINGS.get(PurePath(name).suffix.lower().lstrip("."), "")


def read(name, content, kind=""):
    """The table in a file, or ImportFailed."""
    kind = kind or format_of(name)
    if kind not in FORMATS:
        fail(_("What kind of file is %(name)s? Say csv, xlsx, geojson or spaceapi."), name=name)
    return FORMATS[kind].read(name, content)
