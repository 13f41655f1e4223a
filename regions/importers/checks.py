"""Whether a file is a community index at all: every row is looked at before anything is done with the first."""

import re

from portal.imports import ImportFailed, Problem

from .resources import Resource

NEEDED = {"id": str, "type": str, "folder": str, "locationSet": dict, "strings": dict}
POSSIBLE = {"account": str, "order": int, "languageCodes": list, "area_centres": dict}
WORDS = {str: "a text", int: "a whole number", float: "a number", dict: "an object", list: "a list", bool: "true or false"}
UNSTORABLE = re.compile(r"[\x00\ud800-\udfff]")  # PostgreSQL refuses the first, UTF-8 the others
POINT_LENGTHS = (2, 3)  # the third number is a radius


def read_resources(data):
    """The rows of the index, or ImportFailed with all that is wrong with them."""
    problems = [Problem(message, field) for field, message in file_problems(data)]
    if problems:
        raise ImportFailed(*problems)
    resources, ids = [], {}
    for row, each in enumerate(data["resources"], start=1):
        found = list(row_problems(each, ids))
        resource = None if found else Resource(row, each, data["types"].get(each["type"], {}))
        if resource and not resource.community:
            found = [("strings", "neither a name nor a community")]
        problems += [Problem(message, field, row, label_of(each)) for field, message in found]
        resources.append(resource)
        ids.setdefault(label_of(each), row)
    if problems:
        raise ImportFailed(*problems)
    return resources


def label_of(each):
    found = each.get("id") if type(each) is dict else None
    return found if type(found) is str else "no id"


def is_wrong(value, kind):
    """What to say about a value that is not of this kind."""
    return "" if type(value) is kind else f"must be {WORDS[kind]}, is {WORDS.get(type(value), 'null')}"


def file_problems(data):
    if wrong := is_wrong(data, dict):
        yield "", f"the file {wrong}"
        return
    for key, kind in {"resources": list, "types": dict}.items():
        if key not in data:
            yield key, "missing"
        elif wrong := is_wrong(data[key], kind):
            yield key, wrong
        elif key == "types":
            for name, template in data[key].items():
                yield from dict_of_texts(f"types.{name}", template)


def dict_of_texts(field, value):
    if wrong := is_wrong(value, dict):
        yield field, wrong
        return
    for key, text in value.items():
        yield from text_problems(f"{field}.{key}", text)


def text_problems(field, text):
    if wrong := is_wrong(text, str):
        yield field, wrong
    elif UNSTORABLE.search(text):
        yield field, "holds a character that cannot be stored"


def row_problems(each, ids):
    if wrong := is_wrong(each, dict):
        yield "", wrong
        return
    found = list(key_problems(each))
    yield from found or content_problems(each, ids)


def key_problems(each):
    """Keys that are missing, or whose values are of the wrong kind."""
    yield from ((key, "missing") for key in NEEDED if key not in each)
    for key, kind in (NEEDED | POSSIBLE).items():
        if key in each and kind is str:
            yield from text_problems(key, each[key])
        elif key in each and (wrong := is_wrong(each[key], kind)):
            yield key, wrong


def content_problems(each, ids):
    if not each["id"].strip():
        yield "id", "empty"
    elif each["id"] in ids:
        yield "id", f"the same as in row {ids[each['id']]}"
    yield from dict_of_texts("strings", each["strings"])
    for code in each.get("languageCodes", []):
        yield from text_problems("languageCodes", code)
    for area, centre in each.get("area_centres", {}).items():
        yield from point_problems(f"area_centres.{area}", centre)
    places = each["locationSet"].get("include")
    if wrong := is_wrong(places, list):
        yield "locationSet.include", wrong if "include" in each["locationSet"] else "missing"
        return
    for place in places:
        check = text_problems if type(place) is str else point_problems
        yield from check("locationSet.include", place)


def point_problems(field, point):
    is_point = type(point) is list and len(point) in POINT_LENGTHS and all(type(n) in (int, float) for n in point)
    if not is_point:
        yield field, "must be a point, [longitude, latitude]"
    elif not (-180 <= point[0] <= 180 and -90 <= point[1] <= 90):  # noqa: PLR2004 -- degrees of the earth
        yield field, f"[{point[0]}, {point[1]}] is no point on the earth: longitude comes first"
