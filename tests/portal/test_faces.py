"""Records and faces: one page for each record and language, made, moved and closed by the record only."""

import pytest
from django.core.exceptions import ValidationError
from django.db.models import F, ProtectedError
from wagtail.models import Locale, Page

from portal.models import Face
from regions.models import RegionPage
from spaces.models import Space, SpacePage
from tests.factories import UserFactory, listed_space, open_region, publish_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def region():
    return open_region(name="Kenya")


@pytest.fixture
def space(region):
    return listed_space(region, name="Ngong Road hub")


def test_listing_a_space_makes_one_live_page_in_the_first_language(space):
    page = space.pages.get()
    assert (page.title, page.slug, page.live, page.locale.language_code) == ("Ngong Road hub", "ngong-road-hub", True, "en")
    assert page.translation_key == space.key
    assert page.get_parent().specific == space.region.page_in("en")


def test_making_the_page_again_returns_the_one_that_is_there(space):
    assert space.make_face() == space.pages.get()
    assert SpacePage.objects.filter(space=space).count() == 1


def test_a_second_page_in_the_same_language_is_refused(space):
    parent = space.region.page_in("en")
    with pytest.raises(ValidationError):
        parent.add_child(instance=SpacePage(title="Again", space=space, locale=parent.locale, slug="again"))
    with pytest.raises(ValidationError):
        space.pages.get().copy(update_attrs={"slug": "copied"})
    with pytest.raises(ValidationError):
        space.pages.get().copy_for_translation(parent.locale)
    assert space.pages.count() == 1


def test_a_page_cannot_change_its_record(space):
    other = listed_space(space.region, name="Another room")
    page = space.pages.get()
    page.space = other
    with pytest.raises(ValidationError, match="cannot change the record"):
        page.save()
    assert SpacePage.objects.get(pk=page.pk).space == space


def test_a_tampered_revision_shows_the_rows_own_record(space):
    other = listed_space(space.region, name="Another room")
    revision = space.pages.get().save_revision()
    revision.content["space"] = other.pk
    revision.save()
    revision.publish()
    assert space.pages.get().space == space


def test_translations_are_drafts_with_their_parents_and_never_aliases(space):
    page = space.pages.get()
    page.prepare_translations(["fr", "ar"])
    made = SpacePage.objects.filter(translation_key=space.key).exclude(pk=page.pk).order_by("locale__language_code")
    assert [(p.locale.language_code, p.live, p.alias_of_id) for p in made] == [("ar", False, None), ("fr", False, None)]
    parents = RegionPage.objects.filter(region=space.region).exclude(locale__language_code="en")
    assert sorted((p.locale.language_code, p.live, p.alias_of_id) for p in parents) == [
        ("ar", False, None),
        ("fr", False, None),
    ]


def test_preparing_again_leaves_a_live_translation_alone(space):
    french = publish_in(space.pages.get(), "fr", title="Le carrefour")
    space.pages.get(locale__language_code="en").prepare_translations(["fr"])
    french.refresh_from_db()
    assert (french.title, french.live) == ("Le carrefour", True)


def test_closing_takes_down_every_language_and_every_schedule(space, client):
    french = publish_in(space.pages.get(), "fr", title="Le carrefour")
    publish_in(space.region.page_in("en"), "fr")
    assert client.get(french.get_url()).status_code == 200
    space.close()
    assert [page.live for page in space.pages.all()] == [False, False]
    assert client.get(french.get_url()).status_code == 404


def test_what_may_not_be_shown_does_not_stay_published(space):
    space.close()
    page = space.pages.get()
    page.save_revision().publish()
    assert SpacePage.objects.get(pk=page.pk).live is False


def test_deleting_a_record_with_pages_is_refused(space):
    with pytest.raises(ProtectedError):
        space.delete()
    assert Space.objects.filter(pk=space.pk).exists()


def test_renaming_changes_the_address_in_every_language_and_the_old_one_redirects(space, client, commits_at_once):
    old = space.pages.get().get_url()
    space.rename("ngong-road-workshop")
    assert [page.slug for page in space.pages.all()] == ["ngong-road-workshop"]
    response = client.get(old)
    assert response.status_code == 301
    assert response["Location"].endswith("/ngong-road-workshop/")


def test_moving_takes_all_pages_along_and_the_old_address_leads_on(space, client, commits_at_once):
    taiwan = open_region(name="Taiwan", languages=["en", "fr"])
    publish_in(space.pages.get(), "fr", title="Le carrefour")
    old = space.pages.get(locale__language_code="en").get_url()
    space.move_to(taiwan)
    parents = {page.get_parent().specific.region for page in space.pages.all()}
    assert (parents, Space.objects.get(pk=space.pk).region) == ({taiwan}, taiwan)
    response = client.get(old)
    assert (response.status_code, response["Location"]) == (301, "/en/regions/taiwan/ngong-road-hub/")


def test_moving_to_a_region_without_a_page_in_one_of_the_languages_changes_nothing(space):
    publish_in(space.pages.get(), "ar", title="المفترق")
    taiwan = open_region(name="Taiwan", languages=["en"])
    with pytest.raises(ValidationError, match="Taiwan has no page in Arabic yet"):
        space.move_to(taiwan)
    assert Space.objects.get(pk=space.pk).region != taiwan
    assert {page.get_parent().specific.region for page in space.pages.all()} == {space.region}


def test_nobody_is_offered_to_copy_move_or_delete(space):
    superuser = UserFactory(is_superuser=True)
    may = space.pages.get().permissions_for_user(superuser)
    assert (may.can_edit(), may.can_publish()) == (True, True)
    assert (may.can_copy(), may.can_move()) == (False, False)
    assert SpacePage.can_create_at(space.region.page_in("en")) is False


def test_every_face_carries_the_key_of_its_record(space):
    assert Face.__subclasses__()
    for face in Face.__subclasses__():
        assert not face.objects.exclude(translation_key=F(f"{face.record_field}__key")).exists()


@pytest.mark.parametrize(("translated", "shown"), [("default", "en"), ("translated", "fr"), ("untranslated", "en")])
def test_a_list_shows_the_page_in_the_readers_language_or_marks_another(space, translated, shown):
    if translated == "translated":
        publish_in(space.pages.get(), "fr", title="Le carrefour")
    reader = "en" if translated == "default" else "fr"
    found = Space.objects.shown_in(reader).get(pk=space.pk)
    assert found.face["language"] == shown
    assert found.face["title"] == ("Le carrefour" if shown == "fr" else "Ngong Road hub")


def test_a_record_whose_page_is_a_draft_is_not_listed(space):
    assert Space.objects.shown_in("en").filter(pk=space.pk).exists()
    space.pages.get().unpublish()
    assert not Space.objects.shown_in("en").filter(pk=space.pk).exists()


@pytest.mark.parametrize("count", [3, 20])
def test_a_list_with_pages_is_one_query(region, count, django_assert_num_queries):
    for number in range(count):
        listed_space(region, name=f"Room number {number}")
    with django_assert_num_queries(1):
        assert len(Space.objects.shown_in("fr").in_region(region)) == count


def test_slugs_are_free_of_all_pages(region):
    Page.objects.get(pk=region.page_in("en").pk).add_child(
        instance=Page(title="Room", slug="room", locale=Locale.get_default())
    )
    assert listed_space(region, name="Room").slug == "room-2"
