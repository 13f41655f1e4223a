"""From a missing page to a published translation, as translators and reviewers do it; and who may not."""

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook
from wagtail.models import Page
from wagtail_localize.models import StringTranslation

from portal.models import User
from regions.models import PageTranslation, Team, TranslationBatch
from tests.factories import UserFactory, open_region, told_story
from tests.translating import publish_translation, segments_of, translate, translation_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("commits_at_once")]
Status = PageTranslation.Status


@pytest.fixture
def kenya():
    return open_region(name="Kenya", languages=["en", "fr", "ar"])


@pytest.fixture
def peru():
    return open_region(name="Peru", languages=["es", "fr"], language="es")


@pytest.fixture
def story(kenya):
    return told_story(kenya, title="Forty evenings")


def member_of(role, language="", region=None, name=""):
    person = UserFactory(first_name=name or f"{role.title()}{language}{region.pk if region else ''}")
    Team.objects.ensure(role, region=region, language=language).admit(person)
    return person


def browser(person):
    client = Client()
    client.force_login(User.objects.get(pk=person.pk))
    return client


def field(page, language):
    return PageTranslation.objects.get(key=page.translation_key, locale__language_code=language)


def rows(response):
    """The board as it is read: {title: {language: words}}."""
    soup = BeautifulSoup(response.content, "html.parser")
    heads = [head.get_text(strip=True) for head in soup.select("table thead th")][1:]
    found = {}
    for row in soup.select("table tbody tr"):
        title = row.select_one(".title-wrapper").get_text(strip=True)
        for noise in row.select(".w-sr-only, .people-label"):
            noise.decompose()
        cells = [" ".join(cell.get_text(" ", strip=True).split()) for cell in row.select("td")[1:]]
        found[title] = dict(zip(heads, cells, strict=True))
    return found


def board(person, **query):
    return browser(person).get(reverse("translating:board"), query)


def put_string(client, page, language, number, text):
    segment = segments_of(page)[number]
    url = reverse("wagtail_localize:edit_string_translation", args=[translation_of(page, language).pk, segment.pk])
    return client.put(url, f"value={text}", "application/x-www-form-urlencoded")


# -- The whole way -----------------------------------------------------------------------------------------------------


def test_start_translate_review_publish_change_update(story, kenya):
    fatou, remy = member_of("translator", "fr", name="Fatou"), member_of("reviewer", "fr", name="Remy")
    translator, reviewer = browser(fatou), browser(remy)
    assert rows(board(fatou, q="Forty")) == {"Forty evenings": {"French": "Start"}}

    opened = translator.post(reverse("translating:start"), {"start": field(story, "fr").pk})
    page = Page.objects.get(translation_key=story.translation_key, locale__language_code="fr")
    assert opened.url == reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert (page.live, page.alias_of_id) == (False, None)
    assert translator.get(opened.url).status_code == 200

    put_string(translator, story, "fr", 0, "Quarante soirs")
    assert rows(board(fatou, q="Forty"))["Forty evenings"] == {"French": "50 %"}
    assert b"Forty evenings" not in reviewer.get(reverse("translating:review")).content
    put_string(translator, story, "fr", 1, "Quarante soirs.")
    assert rows(board(fatou, q="Forty"))["Forty evenings"] == {"French": "Waits for review"}
    assert rows(board(remy, q="Forty"))["Forty evenings"] == {"French": "Review"}
    assert b"Forty evenings" in reviewer.get(reverse("translating:review")).content

    review = reverse("translating:review_one", args=[field(story, "fr").pk])
    shown = BeautifulSoup(reviewer.get(review).content, "html.parser")
    cells = [[cell.get_text(strip=True) for cell in row.select("td")] for row in shown.select(".review-strings tbody tr")]
    assert cells == [["Forty evenings", "Quarante soirs", "–"], ["Forty evenings.", "Quarante soirs.", "–"]]
    seen = shown.select_one("[name=seen]")["value"]

    mail.outbox.clear()
    reviewer.post(review, {"seen": seen, "comment": "Soirées, please.", "send_back": "1"})
    assert field(story, "fr").status == Status.SENT_BACK
    (letter,) = mail.outbox
    assert letter.to == [fatou.email]
    assert "Soirées, please." in letter.body
    assert "Forty evenings" in letter.body

    put_string(translator, story, "fr", 1, "Quarante soirées.")
    seen = BeautifulSoup(reviewer.get(review).content, "html.parser").select_one("[name=seen]")["value"]
    mail.outbox.clear()
    reviewer.post(review, {"seen": seen, "publish": "1"})
    page.refresh_from_db()
    assert (page.live, page.title, page.specific.summary) == (True, "Quarante soirs", "Quarante soirées.")
    assert [letter.to for letter in mail.outbox] == [[fatou.email]]
    assert rows(board(fatou, q="soirs")) == {}
    assert rows(board(fatou, q="Forty"))["Forty evenings"] == {"French": "Published"}

    story.summary = "Fifty evenings."
    story.save_revision().publish()
    assert rows(board(fatou, q="Forty"))["Forty evenings"] == {"French": "Stale 50 %"}
    public = Client().get(page.get_url())
    assert b"Quarante soir\xc3\xa9es." in public.content
    put_string(translator, story, "fr", 1, "Cinquante soirées.")
    shown = BeautifulSoup(reviewer.get(review).content, "html.parser")
    cells = [[cell.get_text(strip=True) for cell in row.select("td")] for row in shown.select(".review-strings tbody tr")]
    assert cells[1] == ["Fifty evenings.", "Cinquante soirées.", "Quarante soirées."]
    assert cells[0][2] == "the same"
    reviewer.post(review, {"seen": shown.select_one("[name=seen]")["value"], "publish": "1"})
    assert rows(board(fatou, q="Forty"))["Forty evenings"] == {"French": "Published"}
    assert b"Cinquante soir\xc3\xa9es." in Client().get(page.get_url()).content


def test_nobody_publishes_what_they_have_not_seen(story):
    remy = member_of("reviewer", "fr")
    story.prepare_translations(["fr"])
    translate(story, "fr")
    client, url = browser(remy), reverse("translating:review_one", args=[field(story, "fr").pk])
    seen = BeautifulSoup(client.get(url).content, "html.parser").select_one("[name=seen]")["value"]
    translate(story, "fr", prefix="autre")
    answer = client.post(url, {"seen": seen, "publish": "1"})
    assert b"Somebody has changed this translation since you opened it" in answer.content
    assert field(story, "fr").status == Status.READY
    fresh = BeautifulSoup(answer.content, "html.parser").select_one("[name=seen]")["value"]
    client.post(url, {"seen": fresh, "publish": "1"})
    assert field(story, "fr").status == Status.PUBLISHED


def test_sending_back_needs_a_word(story):
    remy = member_of("reviewer", "fr")
    story.prepare_translations(["fr"])
    translate(story, "fr")
    url = reverse("translating:review_one", args=[field(story, "fr").pk])
    answer = browser(remy).post(url, {"seen": "x", "comment": " ", "send_back": "1"})
    assert b"Say what the translators shall look at." in answer.content
    assert field(story, "fr").status == Status.READY


def test_half_a_translation_is_not_published_by_any_way(story):
    remy = member_of("reviewer", "fr")
    story.prepare_translations(["fr"])
    translate(story, "fr", only=1)
    page = Page.objects.get(translation_key=story.translation_key, locale__language_code="fr")
    assert not page.specific.permissions_for_user(remy).can_publish()
    browser(remy).post(reverse("wagtailadmin_pages:edit", args=[page.pk]), {"action": "publish"})
    page.refresh_from_db()
    assert not page.live
    translate(story, "fr")
    assert page.specific.permissions_for_user(remy).can_publish()
    browser(remy).post(reverse("wagtailadmin_pages:edit", args=[page.pk]), {"action": "publish"})
    page.refresh_from_db()
    assert page.live


def test_a_text_that_does_not_fit_is_said_and_nothing_goes_live(story):
    remy = member_of("reviewer", "fr")
    story.prepare_translations(["fr"])
    translate(story, "fr")
    StringTranslation.objects.filter(context__path="summary").update(data="x" * 301)
    client, url = browser(remy), reverse("translating:review_one", args=[field(story, "fr").pk])
    seen = BeautifulSoup(client.get(url).content, "html.parser").select_one("[name=seen]")["value"]
    answer = client.post(url, {"seen": seen, "publish": "1"})
    assert answer.status_code == 200
    assert b"Summary: Too long: 301 signs, at most 300 fit." in answer.content
    assert not Page.objects.get(translation_key=story.translation_key, locale__language_code="fr").live


def test_two_on_one_page_see_each_other_and_nobody_writes_over_anybody(story):
    fatou, remy = member_of("translator", "fr", name="Fatou"), member_of("reviewer", "fr", name="Remy")
    story.prepare_translations(["fr"])
    page = Page.objects.get(translation_key=story.translation_key, locale__language_code="fr")
    hers, his = browser(fatou), browser(remy)
    for client in (hers, his):
        client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    presence = reverse("translating:presence", args=[translation_of(story, "fr").pk])
    assert hers.post(presence).json()["names"] == []
    assert his.post(presence).json()["names"] == [fatou.get_full_name()]
    assert browser(member_of("translator", "ar")).post(presence).status_code == 404

    assert put_string(hers, story, "fr", 0, "Quarante soirs").json()["error"] is None
    refused = put_string(his, story, "fr", 0, "Quarante soirées").json()
    assert fatou.get_full_name() in refused["error"]
    assert "Quarante soirs" in refused["error"]
    assert refused["data"] == "Quarante soirées"  # what he typed stays before him
    assert put_string(hers, story, "fr", 0, "Quarante longs soirs").json()["error"] is None  # her own words are no news to her
    his.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert put_string(his, story, "fr", 0, "Quarante soirées").json()["error"] is None


def test_an_original_that_changes_while_somebody_writes(story):
    fatou = member_of("translator", "fr")
    story.prepare_translations(["fr"])
    segment = segments_of(story)[1]
    url = reverse("wagtail_localize:edit_string_translation", args=[translation_of(story, "fr").pk, segment.pk])
    put_string(browser(fatou), story, "fr", 0, "Quarante soirs")
    story.summary = "Fifty evenings."
    story.save_revision().publish()
    answer = browser(fatou).put(url, "value=Quarante soirs.", "application/x-www-form-urlencoded").json()
    assert answer["data"] == "Quarante soirs."
    assert "has just changed" in answer["error"]
    assert (field(story, "fr").done, field(story, "fr").total) == (1, 2)  # nothing that was translated is lost


# -- Several at once ---------------------------------------------------------------------------------------------------


def test_several_pages_are_started_in_a_batch_that_one_can_watch(kenya):
    stories = [told_story(kenya, title=f"Story {number}") for number in range(3)]
    fatou = member_of("translator", "fr")
    client = browser(fatou)
    wanted = [field(each, "fr").pk for each in stories]
    answer = client.post(reverse("translating:start"), {"start": wanted})
    batch = TranslationBatch.objects.get()
    assert answer.url == reverse("translating:batch", args=[batch.pk])
    shown = client.get(answer.url)
    assert (batch.started, batch.wanted, bool(batch.finished_at)) == (3, [], True)
    assert b"3 of 3 pages are started." in shown.content
    assert "Refresh" not in shown
    assert [field(each, "fr").status for each in stories] == [Status.IN_PROGRESS] * 3
    assert browser(member_of("translator", "ar")).get(answer.url).status_code == 404


def test_started_twice_it_is_the_same_draft(story):
    fatou = member_of("translator", "fr")
    client = browser(fatou)
    first = client.post(reverse("translating:start"), {"start": field(story, "fr").pk})
    second = client.post(reverse("translating:start"), {"start": field(story, "fr").pk})
    assert first.url == second.url
    assert Page.objects.filter(translation_key=story.translation_key).count() == 2


def test_a_region_page_is_prepared_on_the_way(kenya, story):
    kenya.languages = [*kenya.languages, "es"]
    kenya.save()
    rosa = member_of("translator", "es")
    browser(rosa).post(reverse("translating:start"), {"start": field(story, "es").pk})
    assert kenya.page_in("es").alias_of_id is None
    assert field(kenya.page_in("en"), "es").status == Status.IN_PROGRESS


# -- Who sees what -----------------------------------------------------------------------------------------------------


def test_everybody_sees_their_own_part_of_the_board(kenya, peru, story):
    told_story(peru, title="Cuarenta tardes")
    seen = {}
    for name, person in {
        "french": member_of("translator", "fr"),
        "french in Kenya": member_of("translator", "fr", kenya),
        "arabic": member_of("translator", "ar"),
        "ambassador of Peru": member_of("ambassador", region=peru),
        "staff": member_of("staff"),
    }.items():
        seen[name] = {title: list(cells) for title, cells in rows(board(person, q="evenings")).items()} | {
            title: list(cells) for title, cells in rows(board(person, q="tardes")).items()
        }
    assert seen["french"] == {"Forty evenings": ["French"], "Cuarenta tardes": ["French"]}
    assert seen["french in Kenya"] == {"Forty evenings": ["French"]}
    assert seen["arabic"] == {"Forty evenings": ["Arabic"]}
    assert list(seen["ambassador of Peru"]) == ["Cuarenta tardes"]
    assert set(seen["staff"]) == {"Forty evenings", "Cuarenta tardes"}


@pytest.mark.parametrize("role", ["contributor", "volunteer"])
def test_who_neither_translates_nor_publishes_has_no_board(kenya, story, role):
    assert board(member_of(role, region=kenya)).status_code == 302


def test_nobody_starts_or_reviews_what_is_not_theirs(kenya, story):
    arabic, bob = member_of("reviewer", "ar"), member_of("ambassador", region=open_region(name="Chad"))
    story.prepare_translations(["ar"])
    translate(story, "ar")
    for person in (member_of("reviewer", "fr"), bob):
        assert browser(person).get(reverse("translating:review_one", args=[field(story, "ar").pk])).status_code == 404
    missing = field(story, "fr").pk
    for person in (arabic, bob):
        assert browser(person).post(reverse("translating:start"), {"start": missing}).status_code == 404
    assert field(story, "fr").status == Status.MISSING
    translator = member_of("translator", "ar")
    answer = browser(translator).get(reverse("translating:review_one", args=[field(story, "ar").pk]))
    assert answer.status_code == 302
    assert browser(arabic).get(reverse("translating:review_one", args=[field(story, "ar").pk])).status_code == 200
    assert not Page.objects.get(translation_key=story.translation_key, locale__language_code="ar").live


# -- Filters, files, figures -------------------------------------------------------------------------------------------


def test_filters_and_figures(kenya, story):
    other = told_story(kenya, title="Fifty evenings")
    other.prepare_translations(["fr"])
    fatou = member_of("translator", "fr", kenya)
    assert set(rows(board(fatou, q="evenings"))) == {"Forty evenings", "Fifty evenings"}
    assert set(rows(board(fatou, q="evenings", status="missing"))) == {"Forty evenings"}
    assert set(rows(board(fatou, q="evenings", status="in-progress"))) == {"Fifty evenings"}
    assert rows(board(fatou, q="evenings", status="nonsense")).keys() == {"Forty evenings", "Fifty evenings"}
    figures = BeautifulSoup(board(fatou).content, "html.parser").select(".board-figure")
    expected = {
        (label.label, PageTranslation.objects.concerning(fatou).filter(status=label).count())
        for label in (Status.MISSING, Status.IN_PROGRESS)
    }
    assert {(each.contents[1].strip(), int(each.b.text)) for each in figures} == expected


def test_the_same_as_a_file(kenya, story, tmp_path):
    story.title = "=1+1"
    story.save_revision().publish()
    fatou = member_of("translator", "fr", kenya)
    table = board(fatou, export="csv")
    lines = b"".join(table.streaming_content).decode("utf-8-sig").splitlines()
    assert any("'=1+1" in line and ",fr," in line and ",missing," in line for line in lines)
    assert len(lines) == 1 + PageTranslation.objects.concerning(fatou).count()
    file = tmp_path / "board.xlsx"
    file.write_bytes(b"".join(board(fatou, export="xlsx").streaming_content))
    cells = [[cell.value for cell in row] for row in load_workbook(file).active.iter_rows()]
    assert len(cells) == len(lines)


def test_as_many_queries_for_three_pages_as_for_twenty(kenya):
    staff = member_of("staff")
    client = browser(staff)
    counted = []
    for number in range(20):
        told_story(kenya, title=f"Story {number}").prepare_translations(["fr"])
        if number in (2, 19):
            client.get(reverse("translating:board"))
            with CaptureQueriesContext(connection) as queries:
                client.get(reverse("translating:board"), {"q": "Story"})
            counted.append(len(queries))
    assert counted[0] == counted[1]


def test_an_orphan_is_kept_as_a_page_of_its_own_or_taken_down(kenya):
    kept, dropped = told_story(kenya, title="Kept"), told_story(kenya, title="Dropped")
    for each in (kept, dropped):
        each.prepare_translations(["fr"])
        translate(each, "fr")
        publish_translation(each, "fr")
    orphans = [field(each, "fr") for each in (kept, dropped)]
    for each in (kept, dropped):
        Page.objects.get(pk=each.pk).specific.delete()
    remy = member_of("reviewer", "fr")
    client = browser(remy)
    assert set(rows(board(remy, status="orphaned"))) == {"fr: Kept", "fr: Dropped"}
    urls = [reverse("translating:orphan", args=[orphan.pk]) for orphan in orphans]
    assert client.get(urls[0]).status_code == 200
    client.post(urls[0], {"keep": "1"})
    client.post(urls[1], {"take_down": "1"})
    pages = {page.title: page.live for page in Page.objects.filter(translation_key__in=[each.key for each in orphans])}
    assert pages == {"fr: Kept": True, "fr: Dropped": False}
    assert rows(board(remy, status="orphaned")) == {}
    missing = PageTranslation.objects.filter(key=kept.translation_key, status=Status.MISSING)
    assert {each.locale.language_code for each in missing} == {"en", "ar"}
