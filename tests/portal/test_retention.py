"""What is kept about people goes when it was promised to go; the table says so, and the command does it."""

import io
from datetime import timedelta
from uuid import uuid4

import pytest
from allauth.account.models import EmailAddress
from bs4 import BeautifulSoup
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import PageLogEntry

from home.founding import BODIES
from home.models import StandardPage
from portal.blocks import BODY, RETENTION
from portal.models import OutgoingMail, Submission, User
from portal.personal_data import kinds_of_data
from regions.models import AmbassadorPage, Ambassadorship, Membership
from spaces.models import Space, SpaceHost
from tests.factories import UserFactory, appointed, listed_space, open_region, publish_in

pytestmark = pytest.mark.django_db
NOTHING = {kind.key: 0 for kind in kinds_of_data() if kind.forget}


def ago(**long):
    return timezone.now() - timedelta(**long)


def apply(*options):
    """What the command says, by kind."""
    out = io.StringIO()
    call_command("apply_retention", *options, stdout=out)
    lines = [line.split() for line in out.getvalue().splitlines()]
    assert {" ".join(line[2:]) for line in lines} == {"would go" if options else "gone"}
    return {line[0].removesuffix(":"): int(line[1]) for line in lines}


def check(gone, model, kept):
    """A rehearsal tells the number and changes nothing; the real thing leaves what is young; then nothing is left to do."""
    before = list(model.objects.order_by("pk").values())
    assert apply("--dry-run") == {**NOTHING, **gone}
    assert list(model.objects.order_by("pk").values()) == before
    assert apply() == {**NOTHING, **gone}
    assert list(model.objects.order_by("pk")) == sorted(kept, key=lambda row: row.pk)
    assert apply() == NOTHING


def test_where_nothing_is_old_nothing_goes():
    assert NOTHING.keys() >= {"account", "sessions", "letters", "forms", "roles", "terms", "hosts"}
    assert apply() == NOTHING


def test_accounts_that_were_never_confirmed_go_after_thirty_days():
    def account(name, days, verified=False, **fields):
        user = UserFactory(first_name=name, date_joined=ago(days=days), **fields)
        EmailAddress.objects.create(user=user, email=user.email, verified=verified, primary=True)
        return user

    account("Old", 31)
    kept = [
        account("Young", 29),
        account("Confirmed", 400, verified=True),
        account("Known", 400, last_login=ago(days=300)),
        account("Root", 400, is_superuser=True),
        UserFactory(first_name="Invited", date_joined=ago(days=400)),  # by staff: nobody has asked for a confirmation yet
    ]
    check({"account": 1}, User, kept)


def test_an_unconfirmed_account_that_something_points_at_stays():
    term = appointed(open_region(), person=UserFactory(date_joined=ago(days=400)))
    term.person.groups.clear()
    EmailAddress.objects.create(user=term.person, email=term.person.email, verified=False)
    assert apply() == NOTHING
    assert User.objects.filter(pk=term.person.pk).exists()


def test_sessions_go_when_they_have_ended():
    for days in (-1, 1):
        store = SessionStore()
        store["x"] = 1
        store.save()
        Session.objects.filter(pk=store.session_key).update(expire_date=timezone.now() + timedelta(days=days))
    young = Session.objects.get(expire_date__gt=timezone.now())
    check({"sessions": 1}, Session, [young])


def write(**fields):
    return OutgoingMail.objects.create(to=["alice@example.org"], subject="Hello", body="Dear Alice", **fields)


def test_the_text_of_letters_goes_thirty_days_after_delivery():
    personal = {"html": "<p>", "headers": {"X-Who": "Alice"}, "attachments": [["a", "", "text/plain"]]}
    erased = [write(sent_at=ago(days=31), **personal), write(given_up_at=ago(days=31), needs_somebody=True, **personal)]
    kept = [write(sent_at=ago(days=29)), write(created_at=ago(days=31))]
    check({"letters": 2}, OutgoingMail, [*erased, *kept])
    for mail in erased:
        mail.refresh_from_db()
        assert (mail.subject, mail.body, mail.html, mail.headers, mail.attachments) == ("", "", "", {}, [])
        assert (mail.to, mail.needs_somebody) == (["alice@example.org"], False)
    for mail in kept:
        mail.refresh_from_db()
        assert (mail.subject, mail.body) == ("Hello", "Dear Alice")


def test_after_three_years_nothing_says_who_was_written_to():
    long_ago = {"subject": "", "body": "", "sent_at": ago(days=1100)}
    OutgoingMail.objects.create(to=["alice@example.org"], created_at=ago(days=1100), sent_at=ago(days=1100))
    kept = [
        OutgoingMail.objects.create(to=["alice@example.org"], created_at=ago(days=1090), **long_ago),
        write(created_at=ago(days=1100)),  # still waiting, against all hope
    ]
    check({"letters": 1}, OutgoingMail, kept)


def test_forms_are_forgotten_after_thirty_days():
    rows = [Submission.objects.create(key=uuid4(), form="letter") for _ in range(2)]
    for row, days in zip(rows, (31, 29), strict=True):
        Submission.objects.filter(pk=row.pk).update(created_at=ago(days=days))
    check({"forms": 1}, Submission, [rows[1]])


def test_roles_are_forgotten_three_years_after_their_end():
    region, held = open_region(), []
    for days in (1100, 1090, None):
        membership = region.grant(UserFactory(), "editor")
        Membership.objects.filter(pk=membership.pk).update(granted_at=ago(days=2000), ended_at=days and ago(days=days))
        held.append(membership)
    check({"roles": 1}, Membership, held[1:])


def test_terms_and_their_pages_are_forgotten_three_years_after_their_end():
    region = open_region()
    terms = [appointed(region, person=UserFactory(first_name=name)) for name in ("Amina", "Bob", "Cleo")]
    pages = [page.pk for page in terms[0].pages.all()]
    publish_in(terms[0].pages.get(), "fr", title="Amina, en français")
    for term, days in zip(terms, (1100, 1090), strict=False):
        Ambassadorship.objects.filter(pk=term.pk).update(ends=ago(days=days).date())
    check({"terms": 1}, Ambassadorship, terms[1:])
    assert sorted(AmbassadorPage.objects.values_list("title", flat=True)) == ["Bob Otieno", "Cleo Otieno"]
    assert set(PageLogEntry.objects.filter(page__in=pages).values_list("label", flat=True)) == {f"ambassadorship-{terms[0].pk}"}


def test_hosts_are_forgotten_a_year_after_the_space_has_closed():
    region, hosts = open_region(), []
    for days, closed in ((370, True), (360, True), (370, False)):
        space = listed_space(region)
        hosts.append(SpaceHost.objects.create(space=space, name="Amina", email="amina@example.org"))
        if closed:
            space.close()
        Space.objects.filter(pk=space.pk).update(updated_at=ago(days=days))
    check({"hosts": 1}, SpaceHost, hosts[1:])


# -- The table ---------------------------------------------------------------------------------------------------------


def soup(response):
    return BeautifulSoup(response.content, "html.parser")


@pytest.mark.parametrize("language", ["en", "es", "fr", "ar", "zh-hant"])
def test_the_page_about_privacy_has_a_row_for_each_kind(client, language):
    response = client.get(StandardPage.objects.get(slug="privacy", locale__language_code=language).get_url())
    table = soup(response).select_one("table.retention")
    rows = table.select("tbody tr")
    assert table.caption.text
    assert len(rows) == len(kinds_of_data()) >= 10
    assert all(len(row.find_all(["th", "td"])) == len(table.select("thead th")) == 4 for row in rows)
    assert all(cell.text.strip() for cell in table.find_all(["th", "td"]))


def test_the_table_costs_no_query(client, django_assert_max_num_queries):
    client.get("/en/privacy/")
    with django_assert_max_num_queries(0):
        kinds_of_data()


def test_every_kind_that_is_erased_or_forgotten_says_how_and_keys_are_all_different():
    kinds = kinds_of_data()
    assert len({kind.key for kind in kinds}) == len({kind.order for kind in kinds}) == len(kinds)
    assert [kind.key for kind in kinds if kind.erase is None and not kind.stays] == ["forms"]


def test_a_newly_founded_portal_has_it_and_only_pages_of_text_may():
    assert BODIES["privacy"] == [("retention", None)]
    page = StandardPage(title="Privacy", slug="privacy-2", body=BODIES["privacy"])
    assert [block.block_type for block in page.body] == ["retention"]
    assert "retention" not in dict(BODY)
    name, block = RETENTION
    assert (name, block.is_previewable) == ("retention", True)


def test_it_can_be_seen_before_it_is_chosen(client):
    client.force_login(UserFactory(is_superuser=True))
    block = StandardPage.body.field.stream_block.child_blocks["retention"]
    page = client.get(f"/admin/block-preview/?id={block.definition_prefix}")
    assert len(soup(page).select("table.retention tbody tr")) == len(kinds_of_data())
