"""The admin is a workplace: what needs somebody, a menu by jobs, pages that begin at home, a guide for each role."""

import json
import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from portal.jobs import Job, group_by_job, items_of
from portal.models import User
from portal.views.guides import GUIDES
from portal.workplace import SHOWN, TAKEN, ActionItem, HeldRole, action_items
from regions.models import Role, Team
from tests.factories import open_region, told_story

pytestmark = pytest.mark.django_db
ADMIN = reverse("wagtailadmin_home")
ELSEWHERE = re.compile(r'(?:href|src|action)="((?:https?:)?//[^"]+)"')


@pytest.fixture
def staff(client):
    person = User.objects.create_user("staff@example.org", "a long pass phrase", first_name="Joris")
    Team.objects.ensure(Role.STAFF).admit(person)
    client.force_login(person)
    return person


@pytest.fixture
def region():
    return open_region(name="Kenya")


def sign_in(client, region, role="ambassador", email="amina@example.org"):
    person = User.objects.create_user(email, "a long pass phrase", first_name="Amina")
    region.grant(person, role)
    client.force_login(person)
    return person


def home(client):
    return client.get(ADMIN).content.decode()


def sidebar(client):
    """What the script of the menu is given."""
    page = home(client)
    return json.loads(re.search(r'<script id="wagtail-sidebar-props" type="application/json">(.*?)</script>', page)[1])


def item(label="A room waits", **facts):
    return ActionItem(**{"label": label, "url": "/admin/somewhere/", "kind": "Rooms", **facts})


class TestWhatNeedsYou:
    def test_what_an_app_registers_is_shown_to_the_right_person(self, client, staff, region):
        mine = item("Ngong Road hub waits to be listed", place="Kenya", since=timezone.now() - timedelta(days=3))
        with hooks.register_temporarily("register_action_items", lambda user: [mine] if user == staff else []):
            page = home(client)
            assert re.search(
                r'<a class="work-link" href="/admin/somewhere/"><bdi>Ngong Road hub waits to be listed</bdi>', page
            )
            assert "3\xa0days ago" in page
            assert "Nothing waits for you." not in page
            sign_in(client, region)
            assert "Ngong Road hub" not in home(client)

    def test_nothing_waits(self, client, staff):
        page = home(client)
        assert "Nothing waits for you." in page
        assert reverse("workplace_guides") in page

    def test_kinds_stand_in_their_order_and_the_oldest_first(self, staff):
        now = timezone.now()
        found = [
            item("new", since=now),
            item("no date"),
            item("old", since=now - timedelta(days=9)),
            item("a draft", kind="Drafts", order=10),
        ]
        with hooks.register_temporarily("register_action_items", lambda user: found):
            drafts, rooms = action_items(staff)
        assert (drafts.kind, [each.label for each in rooms.items]) == ("Drafts", ["old", "new", "no date"])

    def test_what_came_this_minute_came_just_now(self, client, staff):
        with hooks.register_temporarily("register_action_items", lambda user: [item(since=timezone.now())]):
            assert ">just now</time>" in home(client)

    def test_of_many_some_are_shown_and_the_rest_are_counted(self, client, staff):
        many = [item(f"Room {n}", more_url="/admin/all-of-them/") for n in range(SHOWN + 12)]
        with hooks.register_temporarily("register_action_items", lambda user: many):
            page = home(client)
        assert page.count('class="work-link"') == SHOWN
        assert re.search(r'<a href="/admin/all-of-them/">\s*and 12 more\s*</a>', page)

    def test_more_than_were_counted_are_not_counted(self, client, staff):
        with hooks.register_temporarily("register_action_items", lambda user: [item()] * TAKEN):
            assert "and many more" in home(client)

    def test_a_title_is_no_markup(self, client, staff):
        with hooks.register_temporarily("register_action_items", lambda user: [item("<script>alert(1)</script>")]):
            assert "<script>alert(1)" not in home(client)


class TestDrafts:
    @pytest.fixture
    def handed_in(self, region):
        writer = User.objects.create_user("writer@example.org", "a long pass phrase", first_name="Wanjiru")
        story = told_story(region)
        story.title = "What a table changed"
        story.save_revision(user=writer)
        story.get_workflow().start(story, writer)
        return story

    def test_a_draft_that_was_handed_in_stands_on_the_desk_of_those_who_approve(self, client, handed_in):
        client.force_login(User.objects.create_superuser("root@example.org", "a long pass phrase"))
        page = home(client)
        assert "Wanjiru handed in “What a table changed”" in page
        assert reverse("wagtailadmin_pages:edit", args=[handed_in.pk]) in page
        assert '<span class="work-place"><bdi>Kenya</bdi></span>' in page

    def test_and_on_nobody_elses(self, client, handed_in):
        sign_in(client, open_region(name="Taiwan"))
        assert "What a table changed" not in home(client)

    def test_ten_drafts_take_no_more_queries_than_two(self, handed_in, region, django_assert_max_num_queries):
        root = User.objects.create_superuser("root@example.org", "a long pass phrase")
        for number in range(9):
            story = told_story(region, title=f"Story {number}")
            story.get_workflow().start(story, root)
        with django_assert_max_num_queries(26):
            (drafts,) = action_items(root)
        assert len(drafts.items) == 10


class TestWhoIsHere:
    def test_name_and_roles(self, client, staff):
        roles = [HeldRole("staff", "Programme staff"), HeldRole("reviewer", "Language reviewer, French")]
        with hooks.register_temporarily("register_roles_in_words", lambda user: roles):
            page = home(client)
        assert "Welcome, Joris" in page
        assert "Language reviewer, French" in page

    def test_what_one_may_not_edit_any_more_is_not_among_the_recent_edits(self, client, region):
        person, story = sign_in(client, region, "editor"), told_story(region, title="Once upon a room")
        story.save_revision(user=person, log_action=True)
        assert "Once upon a room" in home(client)
        other = open_region(name="Taiwan")
        story.move(other.page_in("en"), pos="last-child")
        client.force_login(User.objects.get(pk=person.pk))
        assert "Once upon a room" not in home(client)


class Kept(MenuItem):
    def is_shown(self, request):
        return not self.name.startswith("hidden")


class TestMenu:
    def menu(self, rf, staff, *entries):
        request, items = rf.get(ADMIN), []
        request.user = staff
        with hooks.register_temporarily("register_job_menu_items", lambda: entries):
            group_by_job(request, items)
        names = {name: each for each in items if (name := each.name) in {"one", "two", "hidden"} or name.startswith("job-")}
        return items, names

    def test_two_things_of_a_job_are_a_group(self, rf, staff):
        entries = [(Job.PROGRAMME, Kept(name, f"/{name}/", name=name, order=1)) for name in ("one", "two")]
        _items, names = self.menu(rf, staff, *entries)
        assert {"one", "two"} <= {each.name for each in names["job-programme"].menu.registered_menu_items}

    def test_what_is_not_shown_counts_for_nothing(self, rf, staff):
        entries = [("nowhere", Kept("one", "/one/", name="one")), (Job.PEOPLE, Kept("Hidden", "/h/", name="hidden"))]
        _items, names = self.menu(rf, staff, *entries)
        assert not {"one", "hidden"} & set(names)

    def test_jobs_come_in_their_order_before_the_pages(self, rf, staff):
        entries = [(job, Kept(f"{job}{n}", f"/{n}/", name=f"{job}{n}")) for job in reversed(Job) for n in (1, 2)]
        items, names = self.menu(rf, staff, *entries)
        ordered = [each.name for each in sorted(items, key=lambda each: each.order) if each.name in names]
        assert ordered == [f"job-{job}" for job in Job]
        assert max(each.order for each in names.values()) < 100

    def test_a_single_thing_is_no_group_and_keeps_its_own_place_elsewhere(self, rf, staff, monkeypatch):
        monkeypatch.setattr("portal.jobs.items_of", lambda job: [alone] if job == Job.PEOPLE else [])
        alone = Kept("one", "/one/", name="one", order=700)
        _items, names = self.menu(rf, staff)
        assert (names["one"].url, names["one"].order < 100, alone.order) == ("/one/", True, 700)

    def test_a_viewset_joins_by_its_menu_hook(self):
        with hooks.register_temporarily(Job.EVENTS.hook, lambda: Kept("one", "/one/", name="one")):
            assert "one" in {each.name for each in items_of(Job.EVENTS)}
        assert "one" not in {each.name for each in items_of(Job.EVENTS)}

    def test_no_report_is_offered_to_whom_its_door_is_closed(self, client, region, staff):
        report = reverse("wagtailadmin_reports:site_history")
        assert report in json.dumps(sidebar(client))
        sign_in(client, region)
        assert "/reports/" not in json.dumps(sidebar(client))


class TestPages:
    def test_begin_at_ones_own_region(self, client, region):
        sign_in(client, region)
        page = region.page_in("en")
        with (
            hooks.register_temporarily("register_start_pages", lambda user: page),
            hooks.register_temporarily("register_start_pages", lambda user: None, order=-1),
        ):
            assert f'"url": "{reverse("wagtailadmin_explore", args=[page.pk])}"' in json.dumps(sidebar(client))
        assert client.get(reverse("wagtailadmin_explore", args=[page.pk])).status_code == 200

    def test_begin_at_the_root_for_a_superuser(self, client, region):
        client.force_login(User.objects.create_superuser("root@example.org", "a long pass phrase"))
        with hooks.register_temporarily("register_start_pages", lambda user: region.page_in("en")):
            assert f'"url": "{reverse("wagtailadmin_explore_root")}"' in json.dumps(sidebar(client))


class TestGuides:
    @pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.role)
    def test_each_has_a_handful_of_steps_and_opens_for_everybody_inside(self, client, region, guide):
        sign_in(client, region, "contributor")
        page = client.get(guide.url).content.decode()
        assert str(guide.title) in page
        assert 5 <= page.count("<li>\n<h2>") <= 9
        assert not ELSEWHERE.findall(without_the_note_on_scripts(page))

    @pytest.mark.parametrize("url", ["/admin/guide/", "/admin/guide/editor/"])
    def test_others_are_led_to_the_door(self, client, url):
        assert "login" in client.get(url)["Location"]
        client.force_login(User.objects.create_user("reader@example.org", "a long pass phrase"))
        assert client.get(url).status_code == 302

    def test_there_is_no_guide_for_a_role_that_is_none(self, client, staff):
        assert client.get("/admin/guide/emperor/").status_code == 404

    def test_ones_own_come_first(self, client, staff):
        with hooks.register_temporarily("register_roles_in_words", lambda user: [HeldRole("reviewer", "Reviewer")]):
            page = client.get(reverse("workplace_guides")).content.decode()
        assert page.index("For language reviewers") < page.index("What others do") < page.index("For contributors")

    def test_help_names_the_guides_and_nothing_outside(self, client, staff):
        menu = json.dumps(sidebar(client))
        assert reverse("workplace_guides") in menu
        assert "keyboard-shortcuts" in menu
        assert "wagtail.org" not in menu


def without_the_note_on_scripts(page):
    """Wagtail's note for browsers without scripts stands outside of every block, with a link to a page about them."""
    return re.sub(r"(?s)<noscript.*?</noscript>", "", page)


def test_the_first_page_and_an_editor_link_to_no_other_host(client, staff, region):
    editor = reverse("wagtailadmin_pages:edit", args=[region.page_in("en").pk])
    for url in (ADMIN, editor, reverse("workplace_guides")):
        page = client.get(url).content.decode()
        found = [each for each in ELSEWHERE.findall(without_the_note_on_scripts(page)) if "//localhost" not in each]
        assert found == []
