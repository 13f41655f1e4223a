"""From the letter to the answer: what the link opens and refuses, what each answer does; reports and what becomes of them."""

import re
from datetime import timedelta

import pytest
from django.core import signing
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from wagtail.models import ModelLogEntry

from portal.links import sign
from portal.models import OutgoingMail
from regions.keeping.asking import keep_true
from regions.keeping.forms import ReportForm
from regions.models import Membership, ProblemReport, Role
from spaces.models import Space, SpaceHost
from tests.factories import UserFactory, UserGroupFactory, appointed, listed_space, open_region, publish_in
from tests.portal.protected import posted

pytestmark = pytest.mark.django_db
YEAR = timedelta(days=365)


@pytest.fixture
def kenya():
    return open_region(name="Kenya", slug="kenya", language="en", languages=["en", "fr"])


@pytest.fixture
def amina(kenya):
    return appointed(kenya, person=UserFactory(first_name="Amina", email="amina@example.org", language="fr"))


@pytest.fixture
def hub(kenya, amina):
    space = listed_space(kenya, name="Hub", confirmed_at=timezone.now() - YEAR)
    publish_in(space.pages.get(), "fr", title="Le Hub")
    SpaceHost.objects.create(space=space, name="Hana", email="hana@example.org")
    return space


def ask(now=None):
    keep_true(now or timezone.now())


def link_in(letter, base=re.compile(r"http://127\.0\.0\.1:8000(/[\w/-]+/confirm/[\w:.-]+/)")):
    return base.search(letter.body).group(1)


def link_of(address):
    letters = OutgoingMail.objects.filter(purpose="ask_to_confirm").order_by("-pk")
    return link_in(next(letter for letter in letters if letter.to == [address]))


def state():
    return [
        list(Space.objects.order_by("pk").values()),
        list(ProblemReport.objects.values()),
        list(Membership.objects.values()),
        ModelLogEntry.objects.count(),
        OutgoingMail.objects.count(),
    ]


def is_refused(client, link, status, words, answer="right"):
    """Both ways say why, and nothing has changed."""
    before = state()
    for response in (client.get(link), client.post(link, {"answer": answer, "text": "Moved"})):
        assert (response.status_code, words in response.content.decode()) == (status, True)
    assert state() == before


# -- The link --------------------------------------------------------------------------------------------------------


def test_the_page_shows_what_the_public_reads_and_decides_nothing(client, hub):
    ask()
    link, before = link_of("hana@example.org"), state()
    response = client.get(link)
    page = response.content.decode()
    for words in (
        "Is this still right",
        "Hub",
        "Ngong Road 112",
        "All this is still right",
        "We have closed",
        "Tell what has changed",
    ):
        assert words in page
    assert "hana@example.org" not in page
    assert "noindex" in page
    assert not response.cookies
    assert state() == before


def test_a_nonsense_answer_changes_nothing(client, hub):
    ask()
    link, before = link_of("hana@example.org"), state()
    assert client.post(link, {"answer": "yes"}).status_code == 302
    assert client.post(link).status_code == 302
    assert state() == before


def test_all_right_is_one_press_without_an_account(client, hub):
    ask()
    link = link_of("hana@example.org")
    answer = client.post(link, {"answer": "right"})
    assert (answer.status_code, "confirmed today" in answer.content.decode()) == (200, True)
    hub.refresh_from_db()
    assert (hub.confirmed_as, hub.confirmed_by, hub.is_confirmed_by_host, hub.is_stale) == ("owner", None, True, False)
    entry = ModelLogEntry.objects.for_instance(hub).get(action="portal.confirmed")
    assert entry.data == {"as": "owner", "link": True}
    page = client.get(hub.pages.get(locale__language_code="en").get_url()).content.decode()
    assert "Confirmed 0" in page
    assert "by its host" in page
    is_refused(client, link, 410, "answered already")


def test_signed_in_it_says_who(client, hub):
    hana = UserFactory(first_name="Hana", email="hana@example.org")
    ask()
    client.force_login(UserFactory(first_name="Juma", email="juma@example.org"))
    link = link_of("hana@example.org")
    assert client.get(link).status_code == 200
    client.force_login(hana)
    client.post(link, {"answer": "right"})
    hub.refresh_from_db()
    assert (hub.confirmed_by, hub.confirmed_as) == (hana, "owner")


def test_a_link_that_lost_a_character_or_was_made_for_something_else(client, hub):
    ask()
    link = link_of("hana@example.org")
    is_refused(client, link[:-2] + "/", 404, "This link is broken")
    is_refused(client, reverse("confirm", args=[sign("invitation", hub)]), 404, "This link is broken")
    is_refused(client, reverse("confirm", args=[sign("confirm", hub)]), 404, "This link is broken")
    other_kind = sign("confirm", hub, kind="regions.region", question=1, to="")
    is_refused(client, reverse("confirm", args=[other_kind]), 404, "This link is broken")
    token = link.split("/")[-2]
    content = signing.loads(token, salt="portal.links.confirm")
    nobody = sign("confirm", 987654, **{name: content[name] for name in ("kind", "question", "to")})
    is_refused(client, reverse("confirm", args=[nobody]), 410, "expired")


def test_a_link_for_another_record_does_nothing_to_this_one(client, kenya, hub):
    attic = listed_space(kenya, name="Attic")
    SpaceHost.objects.create(space=attic, name="Juma", email="juma@example.org")
    ask()
    content = signing.loads(link_of("hana@example.org").split("/")[-2], salt="portal.links.confirm")
    forged = sign("confirm", attic, **{name: content[name] for name in ("kind", "question", "to")})
    is_refused(client, reverse("confirm", args=[forged]), 410, "does not answer for this entry any more")


def test_a_link_expires(client, hub, settings):
    ask()
    link = link_of("hana@example.org")
    assert client.get(link).status_code == 200
    settings.CONFIRMATION_LINKS_LAST = timedelta(0)
    is_refused(client, link, 410, "expired")


def test_who_is_no_host_any_more_answers_no_more(client, hub):
    ask()
    link = link_of("hana@example.org")
    hub.hosts.all().delete()
    is_refused(client, link, 410, "does not answer for this entry any more")


def test_the_link_of_the_first_letter_works_after_the_reminder_and_in_any_language(client, hub):
    ask()
    link = link_of("hana@example.org")
    ask(timezone.now() + timedelta(days=14))
    assert OutgoingMail.objects.filter(purpose="ask_to_confirm", to=["hana@example.org"]).count() == 2
    french = client.get(link.replace("/en/", "/fr/"))
    assert (french.status_code, 'lang="fr"' in french.content.decode()) == (200, True)
    assert client.post(link, {"answer": "right"}).status_code == 200


# -- Something changed -----------------------------------------------------------------------------------------------


def test_what_has_changed_goes_to_the_ambassador_and_ends_the_letters(client, hub):
    ask()
    link = link_of("hana@example.org")
    answer = client.post(link, {"answer": "changed", "text": "We moved to number 114."})
    assert "Your words are with" in answer.content.decode()
    report = ProblemReport.objects.get()
    assert (report.kind, report.text, report.by_owner, report.email) == ("changed", "We moved to number 114.", True, "")
    letter = OutgoingMail.objects.get(purpose="problem_reported")
    assert (letter.to, letter.headers["Content-Language"]) == (["amina@example.org"], "fr")
    assert "number 114" in letter.body
    hub.refresh_from_db()
    assert (hub.ask_at.date(), hub.confirmed_as) == (timezone.now().date() + timedelta(days=180), "")
    for days in range(14, 180, 14):
        ask(timezone.now() + timedelta(days=days))
    assert OutgoingMail.objects.filter(to=["hana@example.org"]).count() == 1


@pytest.mark.parametrize("text", ["", "x" * 3001, "a\x00b"])
def test_without_usable_words_it_is_asked_again(client, hub, text):
    ask()
    link, before = link_of("hana@example.org"), state()
    page = client.post(link, {"answer": "changed", "text": text})
    assert (page.status_code, "field-error" in page.content.decode()) == (200, True)
    assert state() == before


def test_the_same_complaint_is_not_taken_for_ever(client, hub):
    ask()
    link = link_of("hana@example.org")
    for number in range(3):
        client.post(link, {"answer": "changed", "text": f"Moved {number}"})
    page = client.post(link, {"answer": "changed", "text": "Moved again"}).content.decode()
    assert "several times already" in page
    assert "Moved again" in page
    assert ProblemReport.objects.count() == 3


# -- Closed, and back again ------------------------------------------------------------------------------------------


def test_a_host_closes_at_once_and_the_ambassador_brings_the_very_pages_back(client, hub, amina):
    english, french = (hub.pages.get(locale__language_code=code) for code in ("en", "fr"))
    arabic_draft_title = "A draft that was never public"
    french.title = arabic_draft_title
    french.save_revision()
    ask()
    link = link_of("hana@example.org")
    assert "out of the directory now" in client.post(link, {"answer": "closed"}).content.decode()
    hub.refresh_from_db()
    assert hub.status == "closed"
    assert [client.get(page.get_url()).status_code for page in (english, french)] == [404, 404]
    report = ProblemReport.objects.get()
    assert (report.kind, report.by_owner) == ("closed", True)
    is_refused(client, link, 410, "answered already", "closed")

    client.force_login(amina.person)
    desk = client.get(reverse("wagtailadmin_home")).content.decode()
    assert "Hub" in desk
    verb = reverse(Space.snippet_viewset.get_url_name("verb"), args=[hub.pk, "reopen"])
    assert client.get(verb).status_code == 200
    client.post(verb)
    client.logout()
    hub.refresh_from_db()
    assert hub.status == "listed"
    assert [client.get(page.get_url()).status_code for page in (english, french)] == [200, 200]
    page = client.get(french.get_url()).content.decode()
    assert "Le Hub" in page
    assert arabic_draft_title not in page
    ask(timezone.now() + timedelta(days=1))
    assert client.get(link_of("hana@example.org")).status_code == 200


def test_an_ambassador_who_stops_changes_nothing_by_it(client, amina):
    root = UserFactory(first_name="Root", email="root@example.org", is_superuser=True)
    ask()
    link = link_of("amina@example.org")
    assert link.startswith("/fr/")
    page = client.get(link.replace("/fr/", "/en/")).content.decode()
    assert "I do not do this any more" in page
    answer = client.post(link.replace("/fr/", "/en/"), {"answer": "closed"}).content.decode()
    assert "Staff have been told" in answer
    assert OutgoingMail.objects.get(purpose="problem_reported").to == [root.email]
    assert client.get(amina.pages.get().get_url()).status_code == 200


def test_a_group_is_confirmed_by_the_ambassador_who_may_close_it(client, kenya, amina):
    group = UserGroupFactory(region=kenya, name="Mappers")
    amina.confirm(by=amina.person)
    ask()
    link = link_of("amina@example.org").replace("/fr/", "/en/")
    page = client.get(link).content.decode()
    assert "Sign in and change it in the workplace" in page
    assert "Tell what has changed" not in page
    assert client.post(link, {"answer": "changed", "text": "x"}).status_code == 302
    assert not ProblemReport.objects.exists()
    client.post(link, {"answer": "closed"})
    group.refresh_from_db()
    assert group.closed_at is not None
    assert client.get(group.get_absolute_url()).status_code == 404
    group.reopen()
    assert client.get(group.get_absolute_url()).status_code == 200


def test_in_two_languages_confirmed_a_year_later_asleep_awake_and_closed(client, hub):
    now = timezone.now()
    hub.confirm(is_owner=True, now=now - YEAR)
    for number in range(180, 300):
        ask(now - YEAR + timedelta(days=number))
    hub.refresh_from_db()
    assert hub.status == "dormant"
    assert "Hub" not in client.get("/en/spaces/").content.decode()
    asleep = OutgoingMail.objects.get(purpose="fallen_asleep")
    assert client.get(hub.pages.get(locale__language_code="fr").get_url()).status_code == 200
    client.post(link_in(asleep), {"answer": "right"})
    hub.refresh_from_db()
    assert (hub.status, hub.dormant_since) == ("listed", None)
    for language, name in (("en", "Hub"), ("fr", "Le Hub")):
        page = client.get(f"/{language}/spaces/").content.decode()
        assert name in page
    hub.close()
    assert "Le Hub" not in client.get("/fr/spaces/").content.decode()


def test_the_host_of_a_space_from_elsewhere_declares_it_by_the_link(client, hub):
    Space.objects.update(source="elsewhere", source_id="7", **dict.fromkeys(Space.DECLARATIONS, False))
    ask()
    link = link_of("hana@example.org")
    page = client.get(link).content.decode()
    assert all(f'name="{name}"' in page for name in Space.DECLARATIONS)
    assert 'value="right"' not in page  # it would end the question with nothing declared
    before = state()
    refused = client.post(link, {"answer": "declared", "host_agrees": "on"})
    assert 'id="id_has_basic_resources_error"' in refused.content.decode()
    assert state() == before
    thanks = client.post(link, {"answer": "declared", **dict.fromkeys(Space.DECLARATIONS, "on")})
    assert "The page now says that you confirmed it today." in thanks.content.decode()
    hub.refresh_from_db()
    assert (hub.awaits_host, hub.confirmed_as, hub.confirmed_by) == (False, "owner", None)
    assert client.get(link).status_code == 410


def test_a_space_that_was_declared_asks_for_no_declaration(client, hub):
    ask()
    link = link_of("hana@example.org")
    page = client.get(link).content.decode()
    assert ('name="host_agrees"' in page, 'value="right"' in page) == (False, True)
    before = state()
    assert client.post(link, {"answer": "declared", **dict.fromkeys(Space.DECLARATIONS, "on")}).status_code == 302
    assert state() == before


def test_a_host_with_an_account_wakes_it(client, hub):
    hana = UserFactory(first_name="Hana", email="hana@example.org")
    hana.emailaddress_set.create(email=hana.email, verified=True, primary=True)
    hub.hosts.get().save()
    hub.go_dormant()
    client.force_login(hana)
    assert "All this is still true" in client.get(reverse("hosted_spaces")).content.decode()
    client.post(reverse("confirm_space", args=[hub.slug]))
    hub.refresh_from_db()
    assert (hub.status, hub.confirmed_by, hub.confirmed_as) == ("listed", hana, "owner")


# -- Readers' reports ------------------------------------------------------------------------------------------------


def report_url(record):
    return reverse("report", kwargs={"kind": record.kind_in_address, "slug": record.slug})


def test_space_group_and_ambassador_lead_to_the_form(client, kenya, hub, amina):
    group = UserGroupFactory(region=kenya, name="Mappers")
    pages = {
        hub: hub.pages.get(locale__language_code="en").get_url(),
        group: group.get_absolute_url(),
        amina: amina.pages.get().get_url(),
    }
    for record, url in pages.items():
        assert report_url(record) in client.get(url).content.decode()
        response = client.get(report_url(record))
        assert (response.status_code, bool(response.cookies)) == (200, False)


def test_a_report_reaches_the_ambassador_and_asks_the_host(client, hub):
    answer = client.post(
        report_url(hub), posted(ReportForm, kind="place", text="The door is round the corner.", email="otto@example.org")
    )
    assert answer["Location"] == reverse("report_sent", kwargs={"kind": "space", "slug": hub.slug})
    assert "Your report has arrived" in client.get(answer["Location"]).content.decode()
    report = ProblemReport.objects.get()
    assert (report.record, report.region, report.kind, report.email, report.by_owner) == (
        hub,
        hub.region,
        "place",
        "otto@example.org",
        False,
    )
    letter = OutgoingMail.objects.get(purpose="problem_reported")
    assert letter.to == ["amina@example.org"]
    assert "round the corner" in letter.body
    assert "otto" not in f"{letter.body}{letter.reply_to}{letter.subject}"
    ask()
    assert OutgoingMail.objects.filter(purpose="ask_to_confirm", to=["hana@example.org"]).count() == 1


def test_a_report_starts_the_path_once_and_never_right_after_an_answer(hub):
    now = timezone.now()
    hub.confirm(now=now - timedelta(days=30))
    ProblemReport.objects.file(hub, "hours", "Closed on Mondays", now=now)
    assert hub.due_at == now
    hub.confirm(is_owner=True, now=now)
    ProblemReport.objects.file(hub, "hours", "Closed on Mondays", now=now + timedelta(days=6))
    assert Space.objects.get().due_at == now + timedelta(days=180)
    ProblemReport.objects.file(hub, "hours", "Closed on Mondays", now=now + timedelta(days=8))
    assert Space.objects.get().due_at == now + timedelta(days=8)
    ProblemReport.objects.file(hub, "hours", "Closed on Mondays", now=now + timedelta(days=9))
    assert Space.objects.get().due_at == now + timedelta(days=8)


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({}, "kind"),
        ({"kind": "nonsense"}, "kind"),
        ({"kind": "other"}, "text"),
        ({"kind": "closed", "text": "x" * 3001}, "text"),
        ({"kind": "closed", "text": "a\x00b"}, "text"),
        ({"kind": "closed", "email": "not an address"}, "email"),
    ],
)
def test_bad_input_is_told_beside_the_field_and_nothing_is_kept(client, hub, typed, field):
    before = state()
    response = client.post(report_url(hub), posted(ReportForm, **typed))
    assert list(response.context["form"].errors) == [field]
    assert typed.get("text", "")[:20] in response.content.decode()
    assert state() == before


def test_a_machine_is_thanked_and_a_crowd_is_slowed(client, hub):
    client.post(report_url(hub), posted(ReportForm, kind="closed", trap="buy"))
    assert not ProblemReport.objects.exists()
    for number in range(7):
        answer = client.post(report_url(hub), posted(ReportForm, kind="other", text=f"{number}", email="otto@example.org"))
    assert "Too many messages" in answer.content.decode()
    assert ProblemReport.objects.count() == 5


def test_what_the_public_does_not_see_cannot_be_reported(client, kenya, hub):
    draft = Space.objects.create(
        region=kenya, name="Draft", address="x", city="y", country="KE", latitude=1, longitude=1, capacity=3
    )
    hub.close()
    urls = [report_url(draft), report_url(hub), "/en/report/region/kenya/", "/en/report/space/nothing/"]
    assert [client.get(url).status_code for url in urls] == [404] * 4
    assert [client.post(url, posted(ReportForm, kind="closed")).status_code for url in urls] == [404] * 4
    assert not ProblemReport.objects.exists()


def test_the_ambassador_settles_it_and_the_reporter_is_told_in_their_language(client, hub, amina):
    url = report_url(hub).replace("/en/", "/fr/")
    client.post(url, posted(ReportForm, kind="hours", text="Fermé le lundi", email="otto@example.org"))
    report = ProblemReport.objects.get()
    assert report.language == "fr"
    client.force_login(amina.person)
    with override("en"):
        words = str(report)
    assert words in client.get(reverse("wagtailadmin_home")).content.decode()
    views = ProblemReport.snippet_viewset
    page = client.get(reverse(views.get_url_name("inspect"), args=[report.pk])).content.decode()
    assert "Fermé le lundi" in page
    verb = reverse(views.get_url_name("verb"), args=[report.pk, "settle"])
    assert verb in page
    client.post(verb, {"done": ""})
    assert ProblemReport.objects.get().is_open
    client.post(verb, {"done": "Corrigé."})
    report.refresh_from_db()
    assert (report.status, report.settled_by, report.done, report.email) == ("settled", amina.person, "Corrigé.", "")
    letter = OutgoingMail.objects.get(purpose="problem_settled")
    assert (letter.to, letter.headers["Content-Language"]) == (["otto@example.org"], "fr")
    assert "Corrigé." in letter.body
    client.post(verb, {"done": "Twice"})
    assert ProblemReport.objects.get().done == "Corrigé."


def test_what_is_said_about_an_ambassador_is_for_staff_alone(client, amina):
    root = UserFactory(first_name="Root", email="root@example.org", is_superuser=True)
    client.post(report_url(amina), posted(ReportForm, kind="misuse", text="secret complaint"))
    report = ProblemReport.objects.get()
    assert [letter.to for letter in OutgoingMail.objects.filter(purpose="problem_reported")] == [["root@example.org"]]
    inspect = reverse(ProblemReport.snippet_viewset.get_url_name("inspect"), args=[report.pk])
    listed = reverse(ProblemReport.snippet_viewset.get_url_name("list"))
    client.force_login(amina.person)
    assert client.get(inspect).status_code == 404
    assert str(report) not in client.get(listed).content.decode()
    client.force_login(root)
    assert client.get(inspect).status_code == 200
    assert str(report) in client.get(listed).content.decode()


def test_an_ambassador_answers_by_the_role_of_keeper_and_the_page_says_so(client, hub, amina):
    client.force_login(amina.person)
    client.post(reverse(Space.snippet_viewset.get_url_name("verb"), args=[hub.pk, "confirm"]))
    hub.refresh_from_db()
    assert (hub.confirmed_by, hub.confirmed_as, hub.is_confirmed_by_host) == (amina.person, "keeper", False)
    client.logout()
    page = client.get(hub.pages.get(locale__language_code="en").get_url()).content.decode()
    assert "by the region’s team" in page
    assert "by its host" not in page


def test_the_desk_names_what_nobody_answered_for(client, hub, amina):
    Space.objects.update(due_at=timezone.now() - timedelta(days=35))
    client.force_login(amina.person)
    desk = client.get(reverse("wagtailadmin_home")).content.decode()
    assert "Is what we tell about “Hub” still true?" in desk
    hub.refresh_from_db()
    hub.confirm(by=amina.person)
    assert "Is what we tell about “Hub” still true?" not in client.get(reverse("wagtailadmin_home")).content.decode()
    assert Role.AMBASSADOR in {team.team.role for team in Membership.objects.filter(person=amina.person)}
