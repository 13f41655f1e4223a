"""Who may what: each cell of matrix.csv is done, or refused with nothing changed, by the requests that a browser sends."""

import csv
from pathlib import Path
from unittest.mock import patch

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from stories.models import AnnouncementIndexPage, AnnouncementPage, StoryPage

from . import acts
from .knocking import forget
from .world import ROLES

pytestmark = pytest.mark.django_db
MATRIX = Path(__file__).parent / "matrix.csv"
DOCS = Path(__file__).parents[2] / "docs" / "permissions.md"
NAMED = ("space", "event", "ambassadorship", "colleague")
REFUSED = {302, 403, 404}
BOOKKEEPING = ("django_session", "wagtailusers_userprofile", "SAVEPOINT", "wagtailcore_editingsession")


def rows():
    with MATRIX.open() as file:
        return {(row.pop("object"), row.pop("action")): row for row in csv.DictReader(file)}


CELLS = rows()


def things(world):
    """Of each object the page that shows it and the record behind it, where there are such."""
    a = world.a
    shown = {name: getattr(a, name).pages.get(locale__language_code="en") for name in NAMED}
    return {
        "region page": (a.page, a.region),
        "region": (None, a.region),
        "profile (own)": (shown["ambassadorship"], a.ambassadorship),
        "profile (a colleague's)": (shown["colleague"], a.colleague),
        "ambassadorship (own)": (None, a.ambassadorship),
        "ambassadorship (a colleague's)": (None, a.colleague),
        "ambassadorship (planned)": (None, a.planned),
        "space (draft)": (None, a.draft_space),
        "space (own draft)": (None, a.own_draft_space),
        "space (live)": (shown["space"], a.space),
        "submitted space": (None, a.submission),
        "request for a space": (None, a.request),
        "case": (None, a.case),
        "terms of a region": (None, a.terms),
        "event (draft)": (None, a.draft_event),
        "event (live)": (shown["event"], a.event),
        "promised space": (None, a.booked),
        "place at an event": (None, a.seat),
        "training of a person": (None, a.training),
        "story (draft)": (a.draft_story, None),
        "story (own draft)": (a.own_draft_story, None),
        "story (live)": (a.story, None),
        "announcement": (world.announcement, None),
        "user group": (None, a.group),
        "glossary term": (None, world.glossary_term),
        "problem report": (None, a.problem),
        "award": (None, a.award),
        "picture": (None, a.picture),
        "document": (None, a.document),
        "translation (missing)": (None, a.missing),
        "translation (ready)": (None, a.ready),
        "offer to translate": (None, a.offer),
        "mail": (None, world.mail),
    }


FACTS = {
    "region": {"timezone": "Africa/Lagos"},
    "ambassadorship": {"away_until": "2040-01-01"},
    "usergroup": {"place": acts.WORD},
    "glossaryterm": {"translation": acts.WORD},
    "award": {"title": acts.WORD},
    "regionterms": {"answer_days": 9},
}
NEW = {
    "region": {"name": "Another", "slug": "another", "countries": ["KE"]},
    "ambassadorship": {"slug": "another"},
    "space": {"name": "Another", "slug": "another"},
    "event": {"name": "Another", "slug": "another"},
    "usergroup": {"name": "Another", "slug": "another"},
    "glossaryterm": {"term": "another"},
    "award": {"title": "Another"},
}
VERBS = {
    ("region", "approve"): ("close", {"status": "closed"}),
    ("ambassadorship (planned)", "approve"): ("appoint", {"pages__live": True}),
    ("space (draft)", "approve"): ("list", {"status": "listed"}),
    ("space (own draft)", "approve"): ("list", {"status": "listed"}),
    ("space (live)", "approve"): ("close", {"status": "closed"}),
    ("ambassadorship (own)", "confirm"): ("confirm", {"confirmed_at__isnull": False}),
    ("user group", "confirm"): ("confirm", {"confirmed_at__isnull": False}),
    ("user group", "close"): ("close", {"closed_at__isnull": False}),
    ("problem report", "approve"): ("settle", {"status": "settled", "answer": {"done": "Put right."}}),
    ("award", "approve"): ("revoke", {"revoked_at__isnull": False, "answer": {"revoke_reason": "Another space."}}),
    ("event (draft)", "publish"): ("announce", {"status": "scheduled"}),
    ("event (live)", "cancel"): ("cancel", {"status": "cancelled"}),
    ("event (live)", "postpone"): ("postpone", {"status": "postponed"}),
    ("event (live)", "reschedule"): (
        "reschedule",
        {"was_at__isnull": False, "answer": {"starts_wall": "2040-01-01 18:00", "ends_wall": "2040-01-01 20:00"}},
    ),
}


TRANSLATING = {
    "start": acts.start_translation,
    "review": acts.review_translation,
    "send back": acts.send_translation_back,
    "accept": acts.accept_offer,
}


SENT_IN = {
    "submitted space": {"view": acts.review, "approve": acts.decline},
    "request for a space": {
        "view": lambda request: acts.read(reverse("requests:request", args=[request.pk])),
        "add": lambda request: acts.ask_for(request.space),
        "change": acts.note_on,
        "approve": acts.accept,
        "export": acts.export_requests,
    },
    "promised space": {"plan": acts.plan_event},
    "training of a person": {"view": acts.inspect, "export": acts.export_trainings},
    "place at an event": {"add": lambda seat: acts.take_seat(seat.event)},
    "case": {"view": lambda case: acts.read(reverse("cases:case", args=[case.pk])), "approve": acts.close_case},
}


def act(world, thing, action):
    page, record = (
        each and type(each).objects.get(pk=each.pk) for each in things(world)[thing]
    )  # other tests have used the objects, too
    if (thing, action) in VERBS:
        verb, expected = VERBS[thing, action]
        return acts.do(record, verb, **expected)
    if thing in SENT_IN:
        return SENT_IN[thing][action](record)
    if thing in ("picture", "document"):
        return {
            "view": lambda: acts.choose(record),
            "add": lambda: acts.add_media(record),
            "change": lambda: acts.change_media(record),
        }[action]()
    if thing == "mail" or action in TRANSLATING:
        return acts.on_mail(record, action) if thing == "mail" else TRANSLATING[action](record)
    if page is None:
        facts = FACTS.get(record._meta.model_name, {"capacity": 7})
        return {
            "view": lambda: acts.read(record.get_absolute_url()) if thing == "user group" else acts.inspect(record),
            "add": lambda: acts.add_record(record, **NEW[record._meta.model_name]),
            "change": lambda: acts.change_record(record, **facts),
            "delete": lambda: acts.discard(record),
            "export": lambda: acts.export_records(record),
        }[action]()
    return act_on_page(world, thing, action, page, record)


def act_on_page(world, thing, action, page, record):
    draft = reverse("wagtailadmin_pages:view_draft", args=[page.pk])
    parents = {"region page": (page, StoryPage), "announcement": (AnnouncementIndexPage.objects.first(), AnnouncementPage)}
    parent, model = parents.get(thing, (world.a.page, StoryPage))
    return {
        "view": lambda: acts.read(page.get_url() if page.live else draft),
        "add": lambda: acts.add_page(parent, model),
        "change": lambda: acts.change_page(page),
        "publish": lambda: acts.publish_page(page),
        "submit": lambda: acts.submit_page(page),
        "approve": lambda: acts.approve_page(page, world.person("contributor")),
        "delete": lambda: acts.discard(record) if record and thing != "region page" else acts.delete_page(page),
        "translate": lambda: acts.translate_page(page),
        "release": lambda: acts.release_page(page),
        "export": acts.export_pages,
        "confirm": lambda: acts.confirm(record),
    }[action]()


class Statements(list):
    """What is sent to the database. Django's own list asks SQLite about each statement how its values are quoted."""

    def __call__(self, execute, sql, params, many, context):
        self.append(sql)
        return execute(sql, params, many, context)


def writes(statements):
    verbs = ("INSERT", "UPDATE", "DELETE")
    return [sql for sql in statements if sql.startswith(verbs) and not any(word in sql for word in BOOKKEEPING)]


def put_into_french(world):
    """Everything that has a page can be translated into French."""
    for record in (world.a.ambassadorship, world.a.colleague):
        record.pages.get(locale__language_code="en").prepare_translations(["fr"])
    world.announcement.prepare_translations(["fr"])


@pytest.mark.parametrize(("thing", "action"), list(CELLS), ids=lambda value: value)
def test_cell(world, commits_at_once, thing, action):
    if action in ("translate", "release"):
        put_into_french(world)
    what = act(world, thing, action)  # the same request by everybody, each time from the same state
    answers = {}
    for role in ROLES:
        with transaction.atomic():
            answers[role] = attempt(world, what, thing, action, role)
            transaction.set_rollback(True)
    assert answers == CELLS[thing, action]


def attempt(world, what, thing, action, role):
    """yes when it was done, no when it was refused and nothing has changed; anything else is said as it is."""
    client = Client()
    world.sign_in(client, role)
    assert what.done is None or not what.done()
    statements = Statements()
    with connection.execute_wrapper(statements), patch("django.test.client.store_rendered_templates", forget):
        answer = what.send(client)
    refused = REFUSED | {200} if action == "add" and what.done else REFUSED  # a form shown again, with its message
    if answer.status_code in refused and not writes(statements):
        return "no"
    if what.done is None:
        return "yes" if answer.status_code == 200 else f"{answer.status_code}"
    if what.done():
        return "yes"
    kept_as_draft = action == "publish" and CELLS[thing, "change"][role] == "yes"
    in_another_region = action == "add" and thing in ("picture", "document")
    return "no" if kept_as_draft or in_another_region else f"{answer.status_code}, {writes(statements)[:1]}"


def test_every_role_stands_in_the_matrix():
    assert {tuple(row) for row in CELLS.values()} == {tuple(ROLES)}
    assert {tuple(sorted(set(row.values()))) for row in CELLS.values()} <= {("no", "yes"), ("yes",)}


def as_table():
    """The matrix for people: who, besides staff and superusers."""
    lines = ["| Object | Action | Besides staff |", "|---|---|---|"]
    for (thing, action), row in CELLS.items():
        roles = [
            role.replace("_", " ") for role, answer in row.items() if answer == "yes" and role not in ("staff", "superuser")
        ]
        lines.append(f"| {thing} | {action} | {'everybody' if len(roles) == len(ROLES) - 2 else ', '.join(roles) or '–'} |")
    return "\n".join(lines)


def test_the_docs_say_the_same():
    assert as_table() in DOCS.read_text()
