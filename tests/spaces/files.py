"""Files of spaces, made by the tests: a zoo of what people and programs write."""

import io
import json

from openpyxl import Workbook

COLUMNS = "id name kind address city country latitude longitude capacity cost facilities website".split()
TABLE = """
1|Lamp Room|hackerspace|Moi Avenue 1|Nairobi|Kenya|-1.2841|36.8233|30|free|wifi; power|
2|Baobab Hall|library|Nyali Road 9|Mombasa|KE|-4.0435|39.6682|120|donation|wifi|
3|Lake House|cafe|Oginga Odinga 4|Kisumu|KEN|-0.0917|34.7680|12|free||https://lake.example.org
"""
ROWS = [line.split("|") for line in TABLE.strip().splitlines()]


def rows(**changes):
    """Three good rows; `rows(r2={"latitude": "x"})` changes a cell of the second."""
    table = [list(row) for row in ROWS]
    for number, cells in changes.items():
        for column, value in cells.items():
            table[int(number[1:]) - 1][COLUMNS.index(column)] = value
    return table


def csv_file(table=None, columns=COLUMNS, separator=","):
    lines = [columns, *(ROWS if table is None else table)]
    quoted = [[f'"{cell}"' if separator in str(cell) or "\n" in str(cell) else str(cell) for cell in line] for line in lines]
    return "\n".join(separator.join(line) for line in quoted).encode()


def xlsx_file(table=None, columns=COLUMNS):
    book = Workbook()
    for line in [columns, *(ROWS if table is None else table)]:
        book.active.append(line)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def geojson_file(table=None):
    features = []
    for row in ROWS if table is None else table:
        facts = dict(zip(COLUMNS, row, strict=True))
        point = {"type": "Point", "coordinates": [float(facts.pop("longitude")), float(facts.pop("latitude"))]}
        features.append({"type": "Feature", "id": facts.pop("id"), "geometry": point, "properties": facts})
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def spaceapi_file(*documents):
    return json.dumps(list(documents) if len(documents) != 1 else documents[0]).encode()


def spaceapi_document(**changes):
    document = {
        "api": "0.13",
        "space": "Lamp Room",
        "logo": "http://lamp.example.org/logo.png",
        "url": "http://lamp.example.org/",
        "location": {"address": "Moi Avenue 1, 00100 Nairobi, Kenya", "lat": -1.2841, "lon": 36.8233},
        "contact": {"email": "keeper@example.org"},
        "state": {"open": None},
        "issue_report_channels": ["email"],
    }
    return {key: value for key, value in (document | changes).items() if value is not ...}
