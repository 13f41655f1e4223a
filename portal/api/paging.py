"""Pages of a long list that stay right while it grows: a cursor says after which row the next one begins."""

from base64 import urlsafe_b64decode, urlsafe_b64encode

from ninja import Field, Schema

from .problems import WrongParameters

LEAST, USUAL, MOST = 1, 50, 200


class Page(Schema):
    """What every list says about itself."""

    count: int = Field(description="How many there are in all, with these filters.", examples=[42])
    next: str | None = Field(
        description="The address of the next page; null on the last one. Follow it as it is.",
        examples=["https://portal.example.org/api/v1/spaces?cursor=MTIz"],
    )


def cut(request, queryset, cursor, limit):
    """The rows after the cursor, how many there are in all, and the address of the next page."""
    rows = queryset.order_by("pk")
    count = rows.count()
    found = list(rows.filter(pk__gt=read(cursor))[: limit + 1] if cursor else rows[: limit + 1])
    has_more = len(found) > limit
    found = found[:limit]
    return {"items": found, "count": count, "next": address_after(request, found[-1].pk) if has_more else None}


def address_after(request, pk):
    query = request.GET.copy()
    query["cursor"] = written(pk)
    return request.build_absolute_uri(f"{request.path}?{query.urlencode()}")


def written(pk):
    return urlsafe_b64encode(str(pk).encode()).decode().rstrip("=")


def read(cursor):
    try:
        pk = int(urlsafe_b64decode(cursor.encode("ascii") + b"=" * (-len(cursor) % 4)).decode("ascii"))
    except (ValueError, UnicodeError):
        pk = -1
    if not 0 <= pk < 2**63:
        raise WrongParameters([("cursor", "This is not a cursor of this list: follow the address in `next`.")])
    return pk
