"""Search: Wagtail's own backend with clean input, and the kinds of things that a reader can look for.

An app above registers what can be found with the hook `register_search_kinds`, see `Kind`.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Q
from modelsearch.backends import database
from modelsearch.query import Phrase, PlainText
from wagtail import hooks
from wagtail.models import Locale

from portal.languages import CJK

LONGEST_QUERY = 200
# SQLite's full text search takes these for syntax, and no database takes NUL.
NOT_WORDS = re.compile(r"""[\x00-\x1f"'*^:(){}\[\]<>\\|&!]+""")


def clean(words):
    """The words of a query, without anything that a search engine would take for an instruction."""
    return " ".join(NOT_WORDS.sub(" ", str(words)).split())[:LONGEST_QUERY]


def clean_query(query):
    if isinstance(query, str):
        return clean(query)
    if isinstance(query, PlainText | Phrase):
        query.query_string = clean(query.query_string)
    return query


def SearchBackend(params):
    """Wagtail's database backend, whose admin listings too answer 500 to a `"` on SQLite unless it is cleaned."""
    backend = database.SearchBackend(params)
    for verb in ("search", "autocomplete"):
        setattr(backend, verb, with_clean_query(getattr(backend, verb)))
    return backend


def with_clean_query(verb):
    def call(query, *args, **kwargs):
        return verb(clean_query(query), *args, **kwargs)

    return call


def is_unsegmented(words):
    """Chinese and Japanese do not put spaces between words, so the indexes cannot find a word in them."""
    return bool(CJK.search(words))


@dataclass(frozen=True)
class Kind:
    """Something that can be looked for: "spaces". `find(words, language)` returns a list or queryset of records or pages."""

    name: str
    label: str
    find: Callable
    template: str
    order: int = 100


def kinds():
    """Every kind that an app registered, in order."""
    registered = [kind for function in hooks.get_hooks("register_search_kinds") for kind in function()]
    return sorted(registered, key=lambda kind: kind.order)


def find_pages_of(model):
    """A finder of the pages of one kind: in the reader's language by the index, in unsegmented scripts by containment."""

    def find(words, language):
        locale = Locale.objects.get(language_code=language)
        pages = model.objects.live().public().filter(locale=locale).select_related("locale")
        if is_unsegmented(words):
            return pages.filter(Q(title__icontains=words) | Q(summary__icontains=words)).order_by("title")
        return pages.search(words)

    return find
