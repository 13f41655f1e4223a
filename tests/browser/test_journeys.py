"""What people come for, from the first click to the last."""

import re

import pytest
from playwright.sync_api import expect

from .addresses import Addresses

pytestmark = pytest.mark.browser
TOO_QUICK = 2100  # milliseconds; the form refuses what is sent in less than two seconds


# -- Reading -----------------------------------------------------------------------------------------------------------


def switch_to(page, language):
    page.locator(".languages summary").click()
    page.locator(".languages li", has=page.locator(f"[lang={language}]")).get_by_role("link").click()


def test_a_reader_changes_the_language_and_back(open_page):
    page = open_page("/en/regions/kenya/")
    switch_to(page, "fr")
    page.wait_for_url("**/fr/regions/kenya/")
    assert page.locator("html").get_attribute("lang") == "fr"
    switch_to(page, "en")
    page.wait_for_url("**/en/regions/kenya/")
    page.assert_quiet()


def test_what_is_missing_in_a_language_is_said_there_and_leads_back(open_page, portal_url):
    original = Addresses(portal_url, "fr").soup("/fr/stories/").select_one("main h3 a[hreflang]")["href"]
    page = open_page(original)
    switch_to(page, "fr")
    page.wait_for_url("**/fr/not-yet/**")
    assert page.locator("html").get_attribute("lang") == "fr"
    expect(page.locator("h1")).to_contain_text("Français")
    assert page.locator("meta[name=robots]").get_attribute("content") == "noindex"
    page.locator(f"main a[href='{original}']").click()
    page.wait_for_url(f"**{original}")
    page.assert_quiet()


def test_spaces_are_filtered_without_scripts(open_page):
    page = open_page("/en/spaces/", javascript=False)
    page.locator("main [name=cost]").select_option("free")
    page.locator("main .more-filters summary").click()
    page.locator("main [name=region]").select_option("kenya")
    page.locator("main .filters [type=submit]").first.click()
    cards = page.locator("main .card.space")
    assert cards.count() >= 1
    assert page.locator("main .card .cost-free").count() == cards.count()
    assert page.locator("main .card a[href*='/regions/kenya/']").count() == cards.count()
    chips = page.locator(".chips a:not(.chips-all)")
    assert chips.count() == 2
    free = cards.count()
    chips.filter(has_text="free").or_(chips.filter(has_text="Free")).first.click()
    assert "cost=" not in page.path
    assert "region=kenya" in page.path
    assert chips.count() == 1
    assert cards.count() >= free
    page.assert_quiet()


def test_a_letter_reaches_an_ambassador(open_page, addresses):
    page = open_page(addresses["en"].of("write to an ambassador"), javascript=False)
    send = page.locator("main .form [type=submit]")
    page.locator("[name=sender]").fill("Wanjiru Kamau")
    page.locator("[name=email]").fill("wanjiru@example.net")
    page.locator("[name=text]").fill("Is the room with the tea urn free on Thursday?")
    send.click()
    expect(page.locator("main")).to_contain_text("too quick")

    page.wait_for_timeout(TOO_QUICK)
    page.locator("[name=email]").fill("wanjiru at home")
    send.click()
    field = page.locator(".field", has=page.locator("[name=email]"))
    expect(field.locator(".field-error")).to_be_visible()
    assert page.locator("[name=email]").get_attribute("aria-invalid") == "true"
    assert page.locator("[name=email]").input_value() == "wanjiru at home"
    assert page.locator("[name=text]").input_value() == "Is the room with the tea urn free on Thursday?"

    page.locator("[name=email]").fill("wanjiru@example.net")
    send.click()
    page.wait_for_url("**/contact/sent/")
    page.open("/demo/mail/")
    page.locator("main a", has_text="Wanjiru Kamau").first.click()
    expect(page.locator("main")).to_contain_text("Is the room with the tea urn free on Thursday?")
    expect(page.locator("main")).to_contain_text("wanjiru@example.net")
    assert page.context.cookies() == []
    page.assert_quiet()


def test_the_pages_around_a_letter_are_open_to_all(open_page, addresses):
    for path in (addresses["en"].of("write to an ambassador") + "sent/", "/demo/mail/"):
        page = open_page(path)
        page.assert_fits(320)
        page.assert_open_to_all()
        page.assert_quiet()


# -- Editing -----------------------------------------------------------------------------------------------------------


def edit_address(page, path):
    """Where Wagtail edits the page at this public path, as its userbar says."""
    page.open(path)
    link = page.locator("wagtail-userbar a[href*='/admin/pages/'][href*='/edit/']").first
    return re.search("/admin/.*", link.get_attribute("href"))[0]


def publish_summary(page, address, words):
    """Write a page's summary and publish it; returns what was there before."""
    page.open(address)
    field = page.locator("[name=summary]")
    before = field.input_value()
    field.fill(words)
    page.locator("footer [data-w-dropdown-target=toggle]").first.click()
    page.locator("[name=action-publish]").click()
    expect(page.locator(".messages")).to_contain_text("published")
    return before


def edit_and_restore(page, visitor, path):
    """The public sees a new summary, and then the old one again."""
    address = edit_address(page, path)
    before = publish_summary(page, address, "Written in the browser a moment ago.")
    expect(visitor().open(path).locator(".lede")).to_have_text("Written in the browser a moment ago.")
    publish_summary(page, address, before)
    expect(visitor().open(path).locator(".lede")).to_have_text(before)
    page.assert_quiet()


def test_staff_edit_a_page_and_restore_it(visitor):
    edit_and_restore(visitor("staff"), visitor, "/en/get-involved/")


def test_an_ambassador_edits_their_region(visitor):
    edit_and_restore(visitor("ambassador.kenya"), visitor, "/en/regions/kenya/")


def test_an_ambassador_is_refused_another_region(visitor):
    address = edit_address(visitor("staff"), "/en/regions/greece/")
    before = visitor().open("/en/regions/greece/").locator("main").inner_text()
    page = visitor("ambassador.kenya")
    page.open(address, status=404)
    token = next(cookie["value"] for cookie in page.context.cookies() if cookie["name"] == "csrftoken")
    answer = page.request.post(
        address,
        form={"csrfmiddlewaretoken": token, "title": "Kenya too", "summary": "Ours now", "action-publish": "action-publish"},
        headers={"Referer": page.portal_url + address},
        max_redirects=0,
    )
    assert answer.status == 404
    assert visitor().open("/en/regions/greece/").locator("main").inner_text() == before
    page.assert_quiet()


SPACE = {"name": "Harbour shed", "address": "Quay 1", "city": "Mombasa", "latitude": "-4.05", "longitude": "39.66"}


def add_space(page):
    """Fill the form for a new space and save it."""
    page.open("/admin/snippets/spaces/space/")
    page.locator("a[href$='/spaces/space/add/']").first.click()
    for name, words in {**SPACE, "capacity": "12"}.items():
        page.locator(f"[name={name}]").fill(words)
    page.locator("[name=country]").select_option("KE")
    page.locator("[name=region]").select_option(label="Kenya")
    for name in ("supports_free_software", "has_basic_resources", "not_commercialised", "host_agrees"):
        page.locator(f"[name={name}]").check()
    page.locator("footer [type=submit]").first.click()
    page.wait_for_url(re.compile(r"/admin/pages/\d+/edit/"))


def test_staff_make_a_space_and_list_it(visitor):
    page = visitor("staff")
    add_space(page)
    expect(page.locator("main")).to_contain_text("Facts, the same in every language")
    expect(page.locator("main dl").first).to_contain_text("Mombasa")
    assert visitor().open("/en/spaces/?q=Harbour+shed").locator(".card").count() == 0

    page.get_by_role("link", name="Edit facts").click()
    page.locator("header").get_by_role("button", name="Actions").click()
    page.get_by_role("link", name="List this space").click()
    page.get_by_role("button", name="List this space").click()
    expect(page.locator(".messages")).to_contain_text("Done")
    page.assert_quiet()

    reader = visitor().open("/en/spaces/?q=Harbour+shed")
    reader.get_by_role("link", name="Harbour shed", exact=True).click()
    expect(reader.locator("h1")).to_have_text("Harbour shed")
    expect(reader.locator(".facts")).to_contain_text("Quay 1, Mombasa")
    reader.assert_quiet()
