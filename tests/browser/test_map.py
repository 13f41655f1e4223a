"""The directory and its map in a real browser: without a mouse, without a reload, without anybody else's host."""

import re

import pytest

from .watching import WatchedPage

pytestmark = pytest.mark.browser
ARABIC = pytest.mark.parametrize("language", ["en", "ar"])


@pytest.fixture
def directory(open_page):
    """Opens the directory and waits until the map has its marks."""

    def directory(query="", language="en", **way) -> WatchedPage:
        page = open_page(f"/{language}/spaces/{query}", **way)
        page.locator("#spaces-map[data-ready]").wait_for()
        return page

    return directory


def told(page):
    """What the marks of the map are called."""
    return page.evaluate("[...document.querySelectorAll('.map-mark')].map(mark => mark.getAttribute('aria-label'))")


def settled(page, condition):
    """Poll, since the strict policy forbids what playwright would do to wait."""
    for _again in range(60):
        if condition():
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"It never came to that at {page.path}: {told(page)}")


@ARABIC
def test_the_map_has_no_barriers_and_fits(directory, language):
    page = directory(language=language)
    assert page.locator("#spaces-map").evaluate("map => getComputedStyle(map).direction") == "ltr"
    page.assert_open_to_all()
    page.assert_fits(320)
    page.emulate_media(color_scheme="dark")
    page.assert_open_to_all()
    page.assert_quiet()


def test_without_scripts_a_drawn_chart_leads_to_pages_and_lists(open_page):
    page = open_page("/en/spaces/?country=KE", javascript=False)
    assert page.locator("#spaces-map").is_hidden()
    spots = page.locator(".spaces-chart .spot")
    assert spots.count() > 1
    hrefs = [spot.get_attribute("href") for spot in spots.all()]
    assert all(re.match(r"/en/regions/|\?.*near=", href) for href in hrefs)
    listed = next(href for href in hrefs if "near=" in href)
    page.open(f"/en/spaces/{listed}")
    assert page.locator("#found .card").count() > 1
    page.assert_quiet()


def test_every_mark_has_a_name_and_a_cluster_opens_by_keyboard(directory):
    page = directory()
    assert all(re.fullmatch(r"\d+ spaces?, \d+ free\. Zoom in|.+, .+", name) for name in told(page))
    before = told(page)
    page.locator(".map-mark").first.focus()
    page.keyboard.press("Enter")
    settled(page, lambda: told(page) != before)
    page.wait_for_timeout(300)
    assert page.evaluate("document.activeElement.closest('#spaces-map') !== null")
    page.assert_quiet()


def test_a_place_opens_its_spaces_and_escape_brings_the_focus_back(directory):
    page = directory("?q=Kilimani")
    mark = page.locator(".map-mark").first
    mark.focus()
    page.keyboard.press("Enter")
    popup = page.locator(".leaflet-popup")
    popup.locator("li a").wait_for()
    assert popup.locator("li a").first.inner_text() == "Kilimani Commons"
    assert page.evaluate("document.activeElement.textContent") == "Kilimani Commons"
    page.assert_open_to_all()
    page.keyboard.press("Escape")
    settled(page, lambda: popup.count() == 0)
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == mark.get_attribute("aria-label")
    page.assert_quiet()


def test_the_focus_stays_on_its_mark_while_the_map_moves(directory):
    page = directory("?country=KE")
    mark = page.locator(".map-mark").first
    mark.focus()
    name = mark.get_attribute("aria-label")
    for _step in range(2):
        with page.expect_response(lambda answer: "clusters.json" in answer.url):
            page.locator(".leaflet-control-zoom-in").evaluate("to => to.click()")
        page.wait_for_timeout(200)
    assert page.evaluate("document.activeElement !== document.body")
    assert name
    page.assert_quiet()


def test_filters_change_list_map_and_address_without_a_reload(directory):
    page = directory()
    page.evaluate("window.stillHere = true")
    count = page.locator("#found .count")
    everything, before = count.inner_text(), told(page)
    page.locator("[name=cost]").focus()
    page.locator("[name=cost]").select_option("paid")
    settled(page, lambda: count.inner_text() != everything and told(page) != before)
    assert page.path == "/en/spaces/?within=25&cost=paid"
    assert page.evaluate("document.activeElement.name") == "cost"
    assert "0 free" in count.inner_text()
    assert page.locator("[data-told]").inner_text() == count.inner_text()
    page.locator("#found .chips a").first.click()
    settled(page, lambda: count.inner_text() == everything)
    assert page.locator("[name=cost]").input_value() == ""
    assert page.evaluate("document.activeElement.id") == "found"
    page.go_back()
    settled(page, lambda: "0 free" in count.inner_text())
    assert page.locator("[name=cost]").input_value() == "paid"
    assert page.evaluate("window.stillHere") is True
    page.assert_quiet()


def test_a_bad_value_is_told_beside_its_field_and_keeps_what_was_typed(directory):
    page = directory()
    page.locator("[name=near]").fill("139.7, 35.6")
    error = page.locator('[data-field="near"] .field-error')
    error.wait_for()
    assert error.inner_text() == "Latitude comes first. Did you mean 35.6, 139.7?"
    assert page.locator("[name=near]").input_value() == "139.7, 35.6"
    page.assert_quiet()


def test_the_map_can_be_skipped(directory):
    page = directory()
    page.locator(".skip-map").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "found"
    page.assert_quiet()


@pytest.mark.parametrize("kind", ["space"])
def test_a_spaces_page_is_quiet_with_its_block_of_data(open_page, addresses, kind):
    page = open_page(addresses["en"].of(kind))
    assert page.locator('script[type="application/ld+json"]').count() == 1
    page.assert_quiet()
