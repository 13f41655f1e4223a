"""The workplace as each role finds it, and the pages of one's own account."""

import pytest

from .conftest import sign_in
from .watching import WatchedPage, new_context

pytestmark = pytest.mark.browser
RECORDS = ["spaces/space", "stories/event", "regions/region", "regions/ambassadorship", "regions/usergroup"]
MENU = {
    "staff": [
        "Region",
        "Spaces",
        "Events",
        "People",
        "Languages",
        "Programme",
        "Pages",
        "Images",
        "Documents",
        "Reports",
        "Settings",
        "Help",
    ],
    "ambassador.kenya": ["Region", "Spaces", "Events", "People", "Languages", "Pages", "Images", "Documents", "Help"],
    "contributor.kenya": ["Region", "Spaces", "Events", "Ambassadorships", "Pages", "Images", "Help"],
    "translator.fr": ["Languages", "Pages", "Help"],
    "reviewer.fr": ["Languages", "Pages", "Help"],
}
PLACES = {
    "staff": [
        *(f"/admin/snippets/{name}/" for name in [*RECORDS, "home/menu", "home/sitetexts"]),
        *(f"/admin/snippets/{name}/add/" for name in RECORDS),
        "/admin/pages/",
        "/admin/images/",
        "/admin/reports/site-history/",
        "/admin/people/",
    ],
    "ambassador.kenya": [
        *(f"/admin/snippets/{name}/" for name in RECORDS),
        "/admin/snippets/spaces/space/add/",
        "/admin/snippets/stories/event/add/",
        "/admin/snippets/regions/glossaryterm/",
        "/admin/snippets/regions/trainingrecord/",
        "/admin/import-events/",
        "/admin/pages/",
        "/admin/images/",
        "/admin/documents/",
        "/admin/people/",
        "/admin/guide/ambassador/",
    ],
    "contributor.kenya": ["/admin/pages/", "/admin/snippets/stories/event/add/", "/admin/guide/contributor/"],
    "translator.fr": [
        "/admin/pages/",
        "/admin/guide/translator/",
        "/admin/snippets/regions/glossaryterm/",
        "/admin/translations/",
        "/admin/translations/?language=fr",
    ],
    "reviewer.fr": ["/admin/translations/", "/admin/translations/review/", "/admin/translations/offers/"],
}
ACCOUNT = ["", "data/", "erase/", "events/", "spaces/", "spaces/kilimani-commons/hours/", "2fa/"]


@pytest.fixture(scope="module")
def at_work(browser, portal_url):
    """The page of somebody who is signed in already: `at_work("staff")`."""
    kept = {}

    def at_work(name):
        if name not in kept:
            kept[name] = WatchedPage(new_context(browser, portal_url), portal_url)
            sign_in(kept[name], f"{name}@example.org")
        kept[name].wrongs.clear()
        return kept[name]

    yield at_work
    for page in kept.values():
        page.context.close()


@pytest.mark.parametrize("name", MENU)
def test_the_menu_shows_what_one_may_use(at_work, name):
    page = at_work(name).open("/admin/")
    page.page.wait_for_load_state("networkidle")
    items = page.locator(".sidebar-main-menu__list > li.sidebar-menu-item").all()
    assert [item.inner_text().strip() for item in items] == MENU[name]
    page.assert_quiet()


@pytest.mark.parametrize(("name", "path"), [(name, path) for name, paths in PLACES.items() for path in paths])
def test_a_place_of_work_is_quiet(at_work, name, path):
    page = at_work(name)
    page.open(path).page.wait_for_load_state("networkidle")
    page.assert_quiet()


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("path", ACCOUNT)
def test_the_own_account_is_open_to_all(at_work, language, path):
    page = at_work("host.kenya").open(f"/{language}/account/{path}")
    page.assert_fits(1280)
    page.assert_open_to_all()
    page.assert_fits(320)
    page.emulate_media(color_scheme="dark")
    page.assert_open_to_all()
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": 1280, "height": 900})
    page.assert_quiet()


def test_an_event_with_its_verbs_and_its_door(at_work):
    """What happens to an event asks on pages of their own; the list at its door is read on a phone."""
    page = at_work("ambassador.kenya").open("/admin/snippets/stories/event/?status=scheduled&region=kenya&ordering=-starts_at")
    edit = page.locator("a[href*='/stories/event/edit/']").first.get_attribute("href")
    page.open(edit).page.wait_for_load_state("networkidle")
    verbs = [link.get_attribute("href") for link in page.locator(".verbs a").all()]
    page.locator("header [data-w-dropdown-target=toggle]").first.click()  # what is folded up is not in the page before
    door = page.locator("a[href*='/door/']").first.get_attribute("href")
    page.assert_quiet()
    assert [verb.rstrip("/").rpartition("/")[2] for verb in verbs][:3] == ["reschedule", "relocate", "go_online"]
    for verb in verbs:
        page.open(verb).page.wait_for_load_state("networkidle")
        page.assert_quiet()
    page.open(verbs[0])
    page.locator("#id_starts_wall").click()
    page.locator(".xdsoft_datetimepicker:visible").wait_for()
    for language in ("en", "ar"):
        page.open(door.replace("/en/", f"/{language}/"))
        page.assert_fits(320)
        page.assert_open_to_all()
    page.set_viewport_size({"width": 1280, "height": 900})
    page.assert_quiet()
