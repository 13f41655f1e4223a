"""Lists that show their beginning and say how long they are."""

from django.db.models import Count, Window


def counted(queryset, limit):
    """The first few of a list and the length of it all, in one query: {"first": [...], "count": 120}."""
    first = list(queryset.annotate(length_of_all=Window(Count("pk")))[:limit])
    return {"first": first, "count": first[0].length_of_all if first else 0}
