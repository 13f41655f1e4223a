"""What ended, closed, or was never meant for the public stays behind its door."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupCollectionPermission, Page

from home.models import Menu, StandardPage
from portal.models import User
from regions.forms import LetterForm
from regions.models import Ambassadorship, Role, Team
from regions.permissions import region_collection
from spaces.models import Space
from stories.models import AnnouncementIndexPage, AnnouncementPage
from tests.factories import SpaceFactory, announced_event, appointed, listed_space, open_region, publish_in, told_story
from tests.portal.protected import posted
from tests.translating import translate

pytestmark = pytest.mark.django_db


@pytest.fixture
def kenya():
    return open_region(name="Kenya", languages=["en", "fr"])


def sign_in(client, name, team):
    person = User.objects.create_user(f"{name}@example.org", "a long pass phrase")
    team.admit(person)
    client.force_login(person)
    return person


def test_closing_a_region_closes_everything_below_it(client, kenya):
    pages = [
        listed_space(kenya).pages.get(),
        announced_event(kenya).pages.get(),
        appointed(kenya).pages.get(),
        told_story(kenya),
    ]
    assert {client.get(page.get_url()).status_code for page in pages} == {200}
    kenya.close()
    assert {client.get(page.get_url()).status_code for page in pages} == {404}
    assert not Page.objects.filter(pk__in=[page.pk for page in pages], live=True).exists()


def test_a_story_that_was_planned_does_not_appear_in_a_closed_region(kenya):
    story = told_story(kenya)
    story.unpublish()
    story.go_live_at = timezone.now() + timedelta(hours=1)
    story.save_revision(approved_go_live_at=story.go_live_at)
    assert story.revisions.exclude(approved_go_live_at=None).exists()
    kenya.close()
    assert not story.revisions.exclude(approved_go_live_at=None).exists()


def test_a_term_that_ended_ends_the_page(client, kenya):
    url = appointed(kenya).pages.get().get_url()
    assert client.get(url).status_code == 200
    Ambassadorship.objects.update(ends=timezone.localdate() - timedelta(days=1))
    assert client.get(url).status_code == 404


def test_an_alias_is_never_served_as_a_translation(client, kenya):
    space = listed_space(kenya, name="Hub")
    publish_in(kenya.page_in("en"), "fr")
    french = publish_in(space.pages.get(), "fr", title="Le carrefour")
    assert client.get(french.get_url()).status_code == 200
    Page.objects.filter(pk=french.pk).update(alias_of=space.pages.get(locale__language_code="en"))
    assert client.get(french.get_url())["Location"] == f"/fr/not-yet/{space.key}/"
    assert Space.objects.shown_in("fr").get(pk=space.pk).face["language"] == "en"


def test_a_reviewer_who_takes_a_translation_down_leaves_the_original(client):
    french = StandardPage.objects.get(slug="privacy", locale__language_code="fr")
    sign_in(client, "reviewer", Team.objects.ensure(Role.REVIEWER, language="fr"))
    client.post(reverse("wagtailadmin_pages:unpublish", args=[french.pk]), {"include_descendants": False})
    family = StandardPage.objects.filter(translation_key=french.translation_key)
    assert list(family.filter(live=False).values_list("locale__language_code", flat=True)) == ["fr"]


def test_an_original_takes_its_translations_along(client):
    english = StandardPage.objects.get(slug="privacy", locale__language_code="en")
    client.force_login(User.objects.create_superuser("root@example.org", "a long pass phrase"))
    client.post(reverse("wagtailadmin_pages:unpublish", args=[english.pk]), {"include_descendants": False})
    assert not StandardPage.objects.filter(translation_key=english.translation_key, live=True).exists()


def test_a_language_team_edits_translations_and_no_originals(client):
    colombia = open_region(name="Colombia", language="es", languages=["es", "en"])
    kenya = open_region(name="Kenya", languages=["en", "es"])
    spanish = sign_in(client, "translator", Team.objects.ensure(Role.TRANSLATOR, language="es"))
    may_edit = {region.name: region.page_in("es").permissions_for_user(spanish).can_edit() for region in (colombia, kenya)}
    assert may_edit == {"Colombia": False, "Kenya": True}
    english = User.objects.create_user("english@example.org", "a long pass phrase")
    Team.objects.ensure(Role.REVIEWER, language="en").admit(english)
    assert not colombia.page_in("en").permissions_for_user(english).can_publish()  # nothing is translated yet
    translate(colombia.page_in("es"), "en")
    assert colombia.page_in("en").permissions_for_user(english).can_publish()
    assert not kenya.page_in("en").permissions_for_user(english).can_edit()
    get_involved = StandardPage.objects.get(slug="get-involved", locale__language_code="en")
    assert not get_involved.permissions_for_user(english).can_edit()


def test_two_regions_of_one_name_do_not_share_pictures_or_teams(kenya):
    kenya.rename("kenya-east")
    other = open_region(name="Kenya", slug="kenya")
    assert region_collection(kenya) != region_collection(other)
    groups = GroupCollectionPermission.objects.filter(collection=region_collection(other)).values_list("group__team__region")
    assert {pk for (pk,) in groups} == {other.pk}


def test_the_demos_password_opens_nothing_elsewhere(client, settings):
    person = User.objects.create_user("staff@example.org", "portolan")
    assert client.login(email=person.email, password="portolan") is False
    settings.PORTAL_DEMO = True
    assert client.login(email=person.email, password="portolan") is True


def test_a_line_break_in_a_name_is_no_way_into_the_head_of_a_mail(client, kenya):
    amina = appointed(kenya)
    typed = posted(LetterForm, sender="A\nBcc: x@example.org", email="charlie@example.org", text="Hello")
    response = client.post(f"/en/ambassadors/{amina.slug}/contact/", typed)
    assert response.status_code == 302


def test_an_unknown_host_is_a_bad_request(client):
    response = client.get("/en/", headers={"host": "evil.example"})
    assert response.status_code == 400
    assert "We did not understand that" in response.content.decode()


def test_a_forged_post_is_refused_in_the_portals_own_words(kenya, client):
    client.handler.enforce_csrf_checks = True
    response = client.post("/fr/")
    assert response.status_code == 403
    assert '<html lang="fr"' in response.content.decode()


def test_a_date_alone_never_earns_a_not_modified(client, kenya):
    first = client.get("/en/regions/kenya/")
    again = client.get("/en/regions/kenya/", headers={"if-modified-since": first["Last-Modified"]})
    assert again.status_code == 200


def test_an_announcement_is_not_listed_before_it_begins(client):
    parent = AnnouncementIndexPage.objects.get(locale__language_code="en")
    later = timezone.now() + timedelta(days=9)
    announcement = AnnouncementPage(title="Later", locale=parent.locale, starts=later)
    parent.add_child(instance=announcement)
    announcement.save_revision().publish()
    assert "Later" not in client.get("/en/announcements/").content.decode()
    announcement.starts = timezone.now() - timedelta(minutes=1)
    announcement.save_revision().publish()
    assert "Later" in client.get("/en/announcements/").content.decode()


def test_an_address_that_a_story_has_is_refused_beside_the_field(kenya):
    told_story(kenya, title="The tea urn")
    space = SpaceFactory.build(region=kenya, slug="the-tea-urn")
    with pytest.raises(ValidationError) as refused:
        space.full_clean()
    assert list(refused.value.message_dict) == ["slug"]


def test_a_second_menu_in_the_same_place_is_refused():
    menu = Menu.objects.get(place="main")
    with pytest.raises(ValidationError) as refused:
        Menu(place="main", locale=menu.locale).full_clean()
    assert list(refused.value.message_dict) == ["place"]


def test_a_moved_story_belongs_to_its_new_region(kenya):
    india = open_region(name="India")
    story = told_story(kenya)
    assert story.region == kenya
    story.move(india.page_in("en"), pos="last-child")
    story.refresh_from_db()
    assert story.region == india


def test_a_page_of_a_list_is_its_own_canonical_address(client, kenya):
    for number in range(26):
        listed_space(kenya, name=f"Room {number}")
    page = client.get("/en/spaces/?page=2&cost=free").content.decode()
    assert '<link rel="canonical" href="http://testserver/en/spaces/?page=2">' in page
