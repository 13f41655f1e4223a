"""A contributor drafts and sends; the region's ambassador reads, publishes or sends back; other regions see nothing of it."""

import pytest
from django.core import mail
from django.urls import reverse
from wagtail.models import TaskState, Workflow

from portal.models import User
from regions.models import ensure_moderation
from stories.models import AnnouncementPage, StoryPage
from tests.factories import UserFactory, appointed, open_region, told_story
from tests.permissions.acts import form_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def kenya(commits_at_once):
    User.objects.create_superuser("superuser@example.org", "a long pass phrase")
    return open_region(name="Kenya", languages=["en", "fr"])


@pytest.fixture
def bob(kenya):
    """Who drafts in Kenya."""
    person = UserFactory(first_name="Bob", last_name="Kamau")
    kenya.grant(person, "contributor")
    return User.objects.get(pk=person.pk)


@pytest.fixture
def amina(kenya):
    """Kenya's ambassador."""
    return appointed(kenya, person=UserFactory(first_name="Amina", last_name="Otieno", language="fr")).person


def sign_in(client, person):
    client.force_login(User.objects.get(pk=person.pk))


def draft(client, kenya, title="Rain on the roof", **extra):
    url = reverse("wagtailadmin_pages:add", args=["stories", "storypage", kenya.page_in("en").pk])
    client.post(url, {**form_at(url, "page-edit-form"), "title": title, "slug": "rain", **extra})
    return StoryPage.objects.get(title=title)


def editor(page):
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def decide(client, page, action, comment=""):
    state = page.current_workflow_task_state
    url = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, action, state.pk])
    return client.post(url, {"comment": comment})


def test_from_draft_to_published(client, kenya, bob, amina):
    sign_in(client, bob)
    story = draft(client, kenya, **{"action-submit": "1"})
    assert (story.live, story.owner, story.workflow_in_progress) == (False, bob, True)
    letters = [(letter.to, letter.subject) for letter in mail.outbox]
    assert letters == [([amina.email], letters[0][1])]
    assert "Kenya" in letters[0][1]
    assert "Rain on the roof" in mail.outbox[0].body
    assert editor(story) in mail.outbox[0].body

    sign_in(client, amina)
    desk = client.get(reverse("wagtailadmin_home")).content.decode()
    assert "Rain on the roof" in desk
    decide(client, story, "approve")
    story.refresh_from_db()
    assert (story.live, client.get(story.get_url()).status_code) == (True, 200)


def test_sent_back_with_a_comment(client, kenya, bob, amina):
    sign_in(client, bob)
    story = draft(client, kenya, **{"action-submit": "1"})
    sign_in(client, amina)
    decide(client, story, "reject", "Who said this?")
    story.refresh_from_db()
    assert (story.live, story.workflow_in_progress) == (False, False)
    assert TaskState.objects.get().comment == "Who said this?"
    sign_in(client, bob)
    assert client.get(editor(story)).status_code == 200


def test_nobody_else_sees_or_decides(client, kenya, bob, amina):
    taiwan = open_region(name="Taiwan", languages=["en"])
    stranger = appointed(taiwan, person=UserFactory(first_name="Mei")).person
    sign_in(client, bob)
    story = draft(client, kenya, **{"action-submit": "1"})
    for person, title_is_seen in ((amina, True), (stranger, False)):
        sign_in(client, person)
        assert ("Rain on the roof" in client.get(reverse("wagtailadmin_home")).content.decode()) is title_is_seen
    assert decide(client, story, "approve").status_code == 404
    sign_in(client, bob)
    assert decide(client, story, "approve").status_code == 302
    story.refresh_from_db()
    assert (story.live, story.workflow_in_progress) == (False, True)


def test_a_contributor_changes_no_public_page(client, kenya, bob):
    story = told_story(kenya)
    sign_in(client, bob)
    assert client.get(editor(story)).status_code == 302
    assert not story.permissions_for_user(bob).can_edit()


def test_announcements_are_no_business_of_a_region(client, kenya, amina):
    sign_in(client, amina)
    index = kenya.page_in("en").get_parent().get_siblings().get(slug="announcements")
    url = reverse("wagtailadmin_pages:add", args=["stories", "announcementpage", index.pk])
    assert client.post(url, form_at(url, "page-edit-form")).status_code == 404
    assert not AnnouncementPage.objects.exists()


def test_one_moderation_however_often_it_is_set_up():
    first = ensure_moderation()
    assert ensure_moderation() == first
    assert Workflow.objects.filter(name=first.name).count() == 1
