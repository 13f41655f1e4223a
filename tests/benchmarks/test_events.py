"""A hundred times as many events: the calendar by list and month, feeds, API and the lists of the workplace, in one run.

Reported as ratios, never judged by seconds; that no page asks the database more often is the only thing that fails.
"""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from home.demo.scaling import copy_page, copy_record, write_pages
from stories.models import Event, EventPage
from tests.benchmarks.test_requests import measured
from tests.factories import UserFactory, announced_event, open_region

pytestmark = [pytest.mark.django_db, pytest.mark.benchmark]
FEW, MANY = 100, 10_000
DAYS = 900  # over which they are spread


def more(event, begin, end):
    """Copies of an event with its page, from number to number, spread over the years around now."""
    page, first = event.pages.get(), timezone.now().replace(minute=0, second=0, microsecond=0)
    parent = Page.objects.get(pk=page.get_parent().pk)
    records = []
    for number in range(begin, end):
        starts = first + timedelta(days=number * 97 % DAYS - DAYS // 3, hours=number % 11)
        copy = copy_record(event, number, name=f"Evening {number}")
        copy.starts_wall = copy.ends_wall = None
        copy.starts_at, copy.ends_at = starts, starts + timedelta(hours=2)
        copy.follow_clock()
        records.append(copy)
    records = Event.objects.bulk_create(records, 2000)
    pages = []
    for record in records:
        parent.numchild += 1
        made = copy_page(page, parent, parent.numchild, record.slug, record.key)
        made.event_id, made.title = record.pk, record.name
        pages.append(made)
    write_pages(EventPage, pages)
    Page.objects.filter(pk=parent.pk).update(numchild=parent.numchild)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # as a database does by itself, a minute later


def test_ten_thousand_events(client, capsys):
    region = open_region(name="Measured", slug="measured", languages=["en"])
    event = announced_event(region, name="Evening")
    UserFactory(email="sofia@example.org", is_superuser=True, is_staff=True)
    client.force_login(UserFactory(email="olga@example.org", is_superuser=True, is_staff=True))
    month = (datetime.now() + timedelta(days=40)).strftime("%Y-%m")
    addresses = {
        "list": "/en/events/",
        "month": f"/en/events/?month={month}",
        "month of a kind": f"/en/events/?month={month}&kind=meetup",
        "past": "/en/events/?when=past",
        "calendar feed": "/en/events/calendar.ics",
        "Atom feed": "/en/events/feed.atom",
        "API": "/api/v1/events?limit=20",
        "page of the region": "/en/regions/measured/",
        "list in the workplace": reverse("wagtailsnippets_stories_event:list"),
        "the desk": reverse("wagtailadmin_home"),
    }
    more(event, 1, FEW)
    few = {name: measured(client, address) for name, address in addresses.items()}
    more(event, FEW, MANY)
    with capsys.disabled():
        print(f"\n{FEW:,} events against {MANY:,}")  # noqa: T201
        for name, address in addresses.items():
            milliseconds, queries = measured(client, address)
            ratio = milliseconds / few[name][0]
            print(f"{name:22} {few[name][0]:7.1f} ms {milliseconds:7.1f} ms  ratio {ratio:.2f}, {queries} queries")  # noqa: T201
            assert queries == few[name][1], name
