"""From "we have a room" to the directory, over HTTP: who sends it in has no account, who decides is an ambassador."""

import re
import time
from datetime import timedelta
from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from portal import links
from portal.models import OutgoingMail
from regions.keeping.asking import keep_true
from regions.models import Team
from spaces.models import Space, SpaceSubmission
from spaces.models.submissions import STATUS
from tests.factories import SpaceFactory, UserFactory, appointed, open_region, submitted_space
from tests.spaces.submitting import Reader

pytestmark = pytest.mark.django_db


@pytest.fixture
def kenya():
    return open_region(name="Kenya", slug="kenya", languages=["en", "fr"])


@pytest.fixture
def amina(kenya):
    person = UserFactory(first_name="Amina", email="amina@example.org", language="en")
    appointed(kenya, person=person)
    return person


def link_in(letter, part):
    return re.search(rf"https?://[^/\s]+(/\w[\w-]*/{part}/\S+/)", letter.body).group(1)


def last_letter(to, purpose):
    return next(mail for mail in OutgoingMail.objects.filter(purpose=purpose).order_by("-pk") if to in mail.to)


def act(client, one, verb, **typed):
    """Press a button on the page of the review, and the one on the page that asks."""
    client.get(reverse("submissions:review", args=[one.pk]))
    url = reverse("submissions:act", args=[one.pk, verb])
    form = BeautifulSoup(client.get(url).content, "html.parser").select_one("[name=seen]")
    return client.post(url, {"seen": form["value"], **typed}, follow=True)


@pytest.mark.parametrize(("language", "region_languages"), [("en", ["en", "fr"]), ("es", ["es", "en"])])
def test_from_a_proposal_to_the_directory(client, language, region_languages):
    region = open_region(name="Kenya", slug="kenya", language=region_languages[0], languages=region_languages)
    amina = UserFactory(first_name="Amina", email="amina@example.org", language=language)
    appointed(region, person=amina)
    # Somebody finds the form from the directory, and fills it in.
    reader = Reader(client, language)
    reader.open(f"/{language}/spaces/")
    assert f"/{language}/spaces/submit/" in {link.get("href") for link in reader.soup.select("main a")}
    reader.to("check")
    reader.wait_a_moment()
    reader.press("send")
    assert reader.path == f"/{language}/spaces/submit/sent/"
    # A mail scanner opens the link, and nothing happens; the button confirms.
    confirm = link_in(last_letter("wanjiru@example.org", "submission_address"), "spaces/submit/confirm")
    assert client.get(confirm).status_code == 200
    one = SpaceSubmission.objects.get()
    assert one.status == "submitted"
    status = client.post(confirm)["Location"]
    assert status.startswith(f"/{language}/status/")
    assert client.get(status).status_code == 200
    # The ambassador finds it on the desk, and asks.
    assert "amina@example.org" in last_letter("amina@example.org", "submission_waits").to
    client.force_login(amina)
    assert reverse("submissions:review", args=[one.pk]) in client.get(reverse("wagtailadmin_home")).content.decode()
    act(client, one, "ask", text="¿Which floor?")
    client.logout()
    # The answer, by the link of the letter.
    status = link_in(last_letter("wanjiru@example.org", "submission_ask"), "status")
    assert "¿Which floor?" in client.get(status).content.decode()
    page = client.post(status, {"act": "answer", "text": "The second."}, follow=True)
    assert "The second." in page.content.decode()
    # It is listed, and everybody finds it.
    client.force_login(amina)
    listed = act(client, one, "list", publish="live", summary="A hall.", getting_in="The blue door.")
    space = Space.objects.get()
    assert listed.redirect_chain == [(reverse("wagtailadmin_pages:edit", args=[space.pages.get().pk]), 302)]
    client.logout()
    address = link_in(last_letter("wanjiru@example.org", "submission_list"), "regions")
    found = client.get(f"/{language}/spaces/?q=Blue+Hall").content.decode()
    assert address in found
    page = client.get(address).content.decode()
    assert "Blue Hall" in page
    assert "A hall." in page
    assert "wanjiru@example.org" not in page.lower()  # a host is told by name, never by address
    assert address in client.get(status).content.decode()
    # The map and the machines find it, too.
    marks = client.get(f"/spaces/clusters.json?bbox=36,-2,37,-1&zoom=12&language={language}").json()["marks"]
    assert [one["name"] for mark in marks for one in mark["spaces"]] == ["Blue Hall"]
    assert [one["id"] for one in client.get("/api/v1/spaces?q=Blue").json()["items"]] == [space.slug]
    stays_true_until_it_closes(client, space, address)


def stays_true_until_it_closes(client, space, address):
    """A year later its host is asked, and all is still right; another year later it has closed."""
    language = address.split("/")[1]
    for years, answer, is_found in ((1, "right", True), (2, "closed", False)):
        keep_true(timezone.now() + years * timedelta(days=366))
        question = link_in(last_letter("wanjiru@example.org", "ask_to_confirm"), "confirm")
        assert "Blue Hall" in client.get(question).content.decode()
        client.post(question, {"answer": answer})
        space.refresh_from_db()
        assert space.confirmed_as == "owner"
        assert (address in client.get(f"/{language}/spaces/?q=Blue+Hall").content.decode()) == is_found
    assert space.status == "closed"
    assert client.get(address).status_code == 404
    assert client.get("/api/v1/spaces?q=Blue").json()["items"] == []
    assert "Blue Hall" in last_letter("amina@example.org", "problem_reported").subject


# -- The page behind the link ------------------------------------------------------------------------------------------


def test_who_sent_it_corrects_withdraws_and_sends_again(client, kenya):
    one = submitted_space(kenya)
    status = one.path()
    page = BeautifulSoup(client.get(status).content, "html.parser")
    assert page.select_one("meta[name=robots]")["content"] == "noindex"
    facts = page.select_one("main a[href$='/facts/']")["href"]
    reader = Reader(client, "en").open(facts)
    assert reader.value("position") == "-1.3, 36.78"
    data = {name: value for name, value in reader.data("").items() if value != [""]}
    answer = client.post(facts, {**data, "capacity": "0"})
    assert 'id="id_capacity_error"' in answer.content.decode()
    assert client.post(facts, {**data, "capacity": "55", "price": ""})["Location"] == status
    one.refresh_from_db()
    assert (one.capacity, one.status, one.name) == (55, "confirmed", data["name"][0])
    client.post(status, {"act": "withdraw"})
    one.refresh_from_db()
    assert one.status == "withdrawn"
    assert client.get(facts)["Location"] == status
    client.post(status, {"act": "send_again"})
    one.refresh_from_db()
    assert [step.verb for step in one.steps.all()] == ["submit", "confirm", "correct", "withdraw", "send_again"]


def test_what_is_not_possible_any_more_is_said_and_changes_nothing(client, kenya, amina):
    one = submitted_space(kenya)
    one.ask("Which floor?", amina)
    one.decline("No light.", amina)
    one.reopen(amina)
    before = one.steps.count()
    answer = client.post(one.path(), {"act": "answer", "text": "The second."})
    assert (answer.status_code, one.steps.count()) == (409, before)
    assert "Meanwhile this has happened: Looked at again (Amina Otieno)" in answer.content.decode()
    assert client.post(one.path(), {"act": "explode"}).status_code == 302
    assert one.steps.count() == before


def test_an_answer_without_words_is_asked_for_again(client, kenya, amina):
    one = submitted_space(kenya)
    one.ask("Which floor?", amina)
    for text in ("", "\x00\x07", "x" * 1_000_000):
        answer = client.post(one.path(), {"act": "answer", "text": text})
        assert 'id="id_text_error"' in answer.content.decode()
    one.refresh_from_db()
    assert one.status == "asked"


def test_links_that_open_nothing_say_why(client, kenya):
    one = submitted_space(kenya)
    wrong_purpose = links.sign("invitation", one, key=one.key)
    for token in ("nonsense", one.path().split("/")[-2][:-3], wrong_purpose):
        for name in ("status", "correct_submission", "confirm_submission"):
            answer = client.get(reverse(name, args=[token]))
            assert (answer.status_code, "This link is broken." in answer.content.decode()) == (404, True)
    # A link to confirm opens no status page, and the other way round.
    assert client.get(reverse("status", args=[one.confirmation_path().split("/")[-2]])).status_code == 404
    # Of a row that was forgotten, also when its number is used again; and after a year.
    another = reverse("status", args=[links.sign(STATUS, one, key="somebodyelse")])
    assert client.get(another).status_code == 410
    status = one.path()
    one.delete()
    assert "This link has expired." in client.get(status).content.decode()


def test_an_expired_link_says_so(client, kenya, monkeypatch):
    one = submitted_space(kenya)
    status, in_a_year = one.path(), time.time() + timedelta(days=366).total_seconds()
    monkeypatch.setattr("django.core.signing.time", SimpleNamespace(time=lambda: in_a_year))
    assert client.get(status).status_code == 410


def test_pressed_twice_the_address_is_confirmed_once(client, kenya):
    one = submitted_space(kenya)
    confirm = one.confirmation_path()
    for method in (client.get, client.post):
        assert method(confirm)["Location"] == one.path()
    assert one.steps.count() == 2


# -- The screen of the region ------------------------------------------------------------------------------------------


def test_everything_to_decide_on_stands_on_one_page(client, kenya, amina):
    hall = SpaceFactory(region=kenya, name="Proposed hall", address="Ngong Road 1", capacity=10)
    one = submitted_space(kenya, name="Proposed hall", is_middle_of_city=True)
    client.force_login(amina)
    page = BeautifulSoup(client.get(reverse("submissions:review", args=[one.pk])).content, "html.parser")
    checks = [item.get_text(" ", strip=True) for item in page.select(".review-checks li")]
    assert [check.split(":")[0] for check in checks] == ["In order"] * 5 + ["Look"] * 2
    assert "wanjiru@example.org" in page.get_text()
    assert [cell.get_text() for cell in page.select(".review-table mark")] == [hall.address, "10"]
    assert [link.get_text(strip=True) for link in page.select(".review-acts a")] == [
        "List it",
        "Ask for more",
        "Decline",
        "Hand over to another region",
    ]


def test_two_pages_were_open_and_the_second_reads_who_was_quicker(client, kenya, amina):
    brian = UserFactory(first_name="Brian", last_name="Mutua", email="brian@example.org")
    appointed(kenya, person=brian)
    one = submitted_space(kenya)
    client.force_login(brian)
    url = reverse("submissions:act", args=[one.pk, "list"])
    form = client.get(url)
    assert form.status_code == 200
    seen = one.steps.last().pk
    one.decline("No light.", amina)
    answer = client.post(url, {"seen": seen, "publish": "live"}, follow=True)
    assert "Meanwhile this has happened: Declined (Amina Otieno). Nothing was changed." in answer.content.decode()
    assert Space.objects.count() == 0


def test_words_in_another_language_are_not_put_on_the_page(client, kenya, amina):
    one = submitted_space(kenya, language="es", summary="Una sala sobre una panadería.")
    client.force_login(amina)
    form = BeautifulSoup(client.get(reverse("submissions:act", args=[one.pk, "list"])).content, "html.parser")
    assert form.select_one("[name=summary]").get_text(strip=True) == ""
    assert "Una sala sobre una panadería." in form.get_text()
    act(client, one, "list", publish="draft", summary="A room above a bakery.")
    assert Space.objects.get().pages.get().summary == "A room above a bakery."


def test_staff_hand_over_what_no_region_speaks_for(client, kenya, amina):
    one = submitted_space(None)
    joris = UserFactory(email="joris@example.org")
    Team.objects.ensure("staff").admit(joris)
    client.force_login(amina)
    assert client.get(reverse("submissions:review", args=[one.pk])).status_code == 404
    client.force_login(joris)
    answer = act(client, one, "list", publish="live")
    assert "Hand it over to a region first" in answer.content.decode()
    act(client, one, "hand_over", region=str(kenya.pk))
    one.refresh_from_db()
    assert one.region == kenya
    client.force_login(amina)
    assert client.get(reverse("submissions:review", args=[one.pk])).status_code == 200


@pytest.mark.parametrize("count", [3, 20])
def test_the_list_takes_as_many_queries_for_three_as_for_twenty(client, kenya, amina, django_assert_num_queries, count):
    for number in range(count):
        submitted_space(kenya, name=f"Hall {number}", email=f"w{number}@example.org")
    client.force_login(amina)
    client.get(reverse("submissions:index"))
    with django_assert_num_queries(LIST_QUERIES):
        page = client.get(reverse("submissions:index")).content.decode()
    assert page.count("Hall ") >= count
    assert "wanjiru" not in page.lower()


LIST_QUERIES = 19
