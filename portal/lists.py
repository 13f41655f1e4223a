"""Lists that show their beginning and say how long they are; and long lists a page at a time."""

from django.core.paginator import EmptyPage, Paginator
from django.db.models import Count, Window

from portal.numbers import whole_number


def counted(queryset, limit):
    """The first few of a list and the length of it all, in one query: {"first": [...], "count": 120}."""
    first = list(queryset.annotate(length_of_all=Window(Count("pk")))[:limit])
    return {"first": first, "count": first[0].length_of_all if first else 0}


class Pages(Paginator):
    """A page for whatever an address asks for: behind the end the last one, before the beginning the first."""

    def get_page(self, number):
        try:
            return self.page(whole_number(number) or 1)
        except EmptyPage:
            return self.page(self.num_pages)
