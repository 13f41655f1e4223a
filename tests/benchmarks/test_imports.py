"""How an import grows with its rows: ten times as many may take ten times as long, and a tenth more."""

import time

import pytest

from spaces.importers.formats import read
from spaces.importers.spaces import import_spaces
from spaces.models import Space
from tests.factories import open_region

pytestmark = [pytest.mark.django_db, pytest.mark.benchmark]
HEAD = "id,name,kind,address,city,country,latitude,longitude,capacity,cost,tags\n"


def many(count):
    """Rooms a kilometre apart from one another, all over a country."""
    lines = [
        f"{n},Room {n * 7919 % 99991} {chr(97 + n % 26) * 6},library,Road {n},Nairobi,KE,"
        f"{-4 + (n // 200) * 0.04:.4f},{34.5 + (n % 200) * 0.03:.4f},20,free,maps;talks"
        for n in range(count)
    ]
    return (HEAD + "\n".join(lines)).encode()


def seconds(content, **ways):
    begun = time.perf_counter()
    report = import_spaces([read("many.csv", content)], "many", **ways)
    return time.perf_counter() - begun, report


def test_ten_thousand_rows(capsys, django_assert_max_num_queries):
    open_region(name="Kenya", countries=["KE"])
    few, _report = seconds(many(1_000), dry_run=True)
    with django_assert_max_num_queries(1_000):  # SQLite takes some thirty rows at once; not one query for each row
        first, report = seconds(many(10_000))
    assert report.counts["new"] == Space.objects.count() > 5_000  # the others are like a neighbour
    again, report = seconds(many(10_000))
    assert report.counts["new"] == report.counts["changed"] == 0
    with capsys.disabled():
        print(f"\n10,000 rows: {first:.1f} s; again {again:.1f} s; 1,000 rows (dry) {few:.1f} s; ratio {first / few:.1f}")  # noqa: T201
