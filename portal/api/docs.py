"""The description of the API for people: rendered by the server from the same schema that programs read."""

import json

from django.conf import settings
from django.shortcuts import render
from django.utils.translation import override
from django.views.decorators.http import require_safe

from .v1 import api

EXAMPLE_HOST = "https://portal.example.org"


@require_safe
def docs(request):
    """In English, as the descriptions are."""
    schema = api.get_openapi_schema(path_prefix="")
    operations = [operation(path, each["get"], schema) for path, each in schema["paths"].items()]
    with override(settings.LANGUAGE_CODE):
        response = render(request, "portal/api_docs.html", {"info": schema["info"], "operations": operations})
    response["Content-Language"] = "en"
    return response


def operation(path, told, schema):
    answer = told["responses"][200]["content"]["application/json"]["schema"]
    return {
        "id": told["operationId"],
        "path": f"/api/v1{path}" if not path.startswith("/api") else path,
        "summary": told["summary"],
        "description": told.get("description", ""),
        "parameters": [parameter(each) for each in told["parameters"]],
        "example": json.dumps(example(answer, schema), indent=2, ensure_ascii=False),
        "fields": list(fields(answer, schema)),
        "statuses": sorted(told["responses"]),
    }


def parameter(told):
    shape = told["schema"]
    choices = next((each["enum"] for each in [shape, shape.get("items", {}), *shape.get("anyOf", [])] if "enum" in each), [])
    many = len(choices) > MOST_CHOICES
    return {
        **told,
        "kind": kind_of(shape),
        "choices": choices[:MOST_CHOICES],
        "has_more": many,
        "default": shape.get("default"),
    }


MOST_CHOICES = 16


def resolved(shape, schema):
    """The schema behind a reference."""
    name = shape.get("$ref", "").rpartition("/")[2]
    return schema["components"]["schemas"][name] if name else shape


def fields(shape, schema, prefix=""):
    """Every field of an answer, those inside of others with a dotted name: (name, kind, description)."""
    for name, told in resolved(shape, schema).get("properties", {}).items():
        yield {"name": f"{prefix}{name}", "kind": kind_of(told), "description": told.get("description", "")}
        inner = told.get("items", told)
        if "$ref" in inner:
            yield from fields(inner, schema, f"{prefix}{name}{'[]' if 'items' in told else ''}.")


def kind_of(told):
    """The type in a word or two: `string or null`."""
    kinds = [each.get("type", "object") for each in told.get("anyOf", [told])]
    return " or ".join("list" if kind == "array" else kind for kind in kinds)


def example(shape, schema):
    """An answer put together from the examples of its fields."""
    shape = resolved(shape, schema)
    if "properties" in shape:
        return {name: example(told, schema) for name, told in shape["properties"].items()}
    if "examples" in shape:
        return shape["examples"][0]
    return [example(shape["items"], schema)] if "items" in shape else None
