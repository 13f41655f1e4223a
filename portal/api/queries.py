"""What a list may be asked: language, page, and the filters of the directory, out of the same FilterSets."""

from typing import Annotated, Literal

import django_filters
from django.conf import settings
from django.http import Http404
from django.utils.translation import override
from ninja import Field, Schema
from pydantic import create_model

from .paging import LEAST, MOST, USUAL
from .problems import WrongParameters

LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)
LONGEST = 200
MOST_CODES = 200


class ItemQuery(Schema):
    lang: Literal[LANGUAGES] = Field(
        settings.LANGUAGE_CODE,
        description="The language in which pages are preferred. Each page says which language it really is in.",
    )


class ListQuery(ItemQuery):
    limit: int = Field(USUAL, ge=LEAST, le=MOST, description="How many at the most.", json_schema_extra={"example": 20})
    cursor: str | None = Field(None, max_length=100, description="From `next` of the page before. Do not make one yourself.")


def query_for(filters, descriptions):
    """The schema of everything that a list with these filters may be asked. `descriptions`: {filter: in words}."""
    fields = {name: field_for(each, descriptions[name]) for name, each in filters.base_filters.items()}
    return create_model(f"{filters.__name__}Query", __base__=ListQuery, **fields)


EMPTY = Literal[""]  # a form sends what was left empty, and "on" for what is ticked: the address of a page works here, too


def field_for(each, description):
    choices = each.extra.get("choices")
    codes = tuple(str(code) for code, _label in (choices() if callable(choices) else choices or []))
    if isinstance(each, django_filters.MultipleChoiceFilter):
        return list[Literal[codes]], Field([], description=description)
    if isinstance(each, django_filters.BooleanFilter):
        return Literal["true", "false", "on", ""] | None, Field(None, description=description)
    if isinstance(each, django_filters.NumberFilter):
        number = Annotated[int, Field(ge=each.extra["min_value"], le=each.extra["max_value"])]
        return number | EMPTY | None, Field(None, description=description)
    if codes and len(codes) <= MOST_CODES:
        return Literal[("", *codes)] | None, Field(None, description=description)
    return str | None, Field(None, description=description, max_length=LONGEST)


def narrowed(request, query, filters):
    """The queryset behind bound filters; what they do not understand is a problem, and so is a parameter nobody knows."""
    unknown = sorted(set(request.GET) - set(type(query).model_fields))
    if unknown:
        raise WrongParameters([(name[:LONGEST], "There is no such parameter.") for name in unknown])
    with override("en"):
        wrong = [(name, " ".join(messages)) for name, messages in filters.errors.items()]
    if wrong:
        raise WrongParameters(wrong)
    return filters.qs


def found_or_404(queryset, slug):
    found = queryset.filter(slug=slug).first()
    if found is None:
        raise Http404
    return found
