"""The editor of translations with its words: suggestions, glossary, directions, and what a machine said."""

import os

import pytest

from tests.regions.machine import running_machine

from .serving import served_portal
from .watching import axe_source

pytestmark = pytest.mark.browser
FIND = """([language, slug]) => fetch(`/admin/api/main/pages/?locale=${language}&slug=${slug}`,
  {headers: {Accept: "application/json"}})
  .then(answer => answer.json()).then(found => found.items[0].id)"""
BARRIERS = """() => axe.run(".wording", {resultTypes: ["violations"]}).then(found => found.violations.map(one => one.help))"""
TWICE = "Rasha Khalil, translator"  # stands on two pages of the demo
STORY, ANNOUNCEMENT = "which-way-does-the-arrow-go", "storm-season-check-your-spaces"


@pytest.fixture(scope="module")
def portal_url():
    """A portal of its own, with a machine that is on this computer."""
    with running_machine() as machine:
        machine.says = lambda text: f"آلة: {text}"
        set_to = {"MACHINE_TRANSLATOR": "libretranslate", "MACHINE_TRANSLATOR_URL": f"{machine.url}/translate"}
        os.environ.update(set_to)
        try:
            with served_portal() as url:
                yield url
        finally:
            for name in set_to:
                os.environ.pop(name)


@pytest.fixture
def at_work(visitor):
    """Somebody in front of the editor of one page."""

    def at_work(name, language, slug, **way):
        page = visitor(name, **way)
        page.open("/admin/")
        number = page.evaluate(FIND, [language, slug])
        page.open(f"/admin/pages/{number}/edit/").page.wait_for_load_state("networkidle")
        return page

    return at_work


def row_of(page, original):
    return page.locator("li", has=page.locator("> p", has_text=original)).last


def write(page, row, text):
    row.get_by_role("button", name="Edit").or_(row.get_by_role("button", name="Translate", exact=True)).click()
    row.locator("textarea").fill(text)


def save(page, row):
    with page.expect_response(lambda answer: "/wording/" in answer.url):
        row.get_by_role("button", name="Save").click()


def attributes(place):
    return [place.get_attribute("lang"), place.get_attribute("dir")]


def test_what_was_said_before_is_used_and_saved(at_work):
    page = at_work("translator.ar", "ar", STORY)
    row = row_of(page, TWICE)
    said = row.locator("div > p").first.inner_text()
    assert attributes(row.locator("> p")) == ["en", "ltr"]
    assert attributes(row.locator("> p + div p")) == ["ar", "rtl"]
    write(page, row, "")
    save(page, row)
    assert row.locator(".wording-before p").all_inner_texts() == [said]
    row.get_by_role("button", name="Use this translation").click()
    field = row.locator("textarea")
    field.wait_for()
    assert field.input_value() == said
    assert attributes(field) == ["ar", "rtl"]
    assert field.evaluate("field => field === document.activeElement && getComputedStyle(field).direction") == "rtl"
    assert page.locator(".wording-voice").inner_text() == "The text stands in the field. Save it, or change it first."
    field.press("Enter")
    row.get_by_role("button", name="Edit").wait_for()
    page.page.wait_for_load_state("networkidle")
    page.reload()
    assert row.locator("> p + div").inner_text().strip() == said
    page.assert_quiet()


def test_the_agreed_word_is_shown_and_missed(at_work):
    page = at_work("translator.zh-hant", "zh-hant", ANNOUNCEMENT)
    row = row_of(page, "Storm warning")
    assert row.locator("mark").all_inner_texts() == ["host"]
    assert row.locator(".wording-terms dt").all_inner_texts() == ["host"]
    assert row.locator(".wording-terms dd bdi").all_inner_texts() == ["場地主人"]
    assert attributes(row.locator("> p + div p")) == ["zh-Hant", "ltr"]
    assert row.locator(".wording-warning").count() == 0
    write(page, row, "風雨警報：出門前請先確認")
    warning = "The glossary says 場地主人 for “host”; it is not in your text."
    assert row.locator(".wording-warning").all_inner_texts() == [warning]
    assert row.locator("textarea").get_attribute("aria-describedby") == row.locator(".wording-warnings").get_attribute("id")
    row.locator("textarea").fill("風雨警報：出門前請先和場地主人確認")
    assert row.locator(".wording-warning").count() == 0
    row.locator("textarea").fill("風雨警報")
    save(page, row)
    assert row.locator(".wording-warning").all_inner_texts() == [warning]
    assert page.get_by_text("Convert to alias page").count() == 0
    assert page.get_by_text("Stop Synced translation").locator("visible=true").count() == 0
    page.assert_quiet()


def test_what_a_machine_said_is_marked_until_somebody_confirms_it(at_work):
    page = at_work("translator.ar", "ar", ANNOUNCEMENT)
    row = row_of(page, "Storm warning")
    write(page, row, "")
    save(page, row)
    page.get_by_role("button", name="Translate with LibreTranslate").first.click()
    page.get_by_text("Successfully translated with LibreTranslate.").wait_for()
    mark = row.locator(".wording-unconfirmed")
    mark.wait_for()
    assert "Suggested by LibreTranslate, not confirmed." in mark.inner_text()
    said = row.locator("> p + div").inner_text().strip()
    assert said.startswith("آلة: Storm warning")
    assert "errored" in row.get_attribute("class")
    with page.expect_response(lambda answer: "/wording/" in answer.url):
        row.get_by_role("button", name="Confirm").click()
    mark.wait_for(state="detached")
    assert page.locator(".wording-voice").inner_text() == "Confirmed."
    page.reload()
    page.locator(".wording-terms").first.wait_for()
    assert row.locator("> p + div").inner_text().strip() == said
    assert (row.get_attribute("class"), mark.count()) == ("complete", 0)
    page.assert_quiet()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_boxes_are_open_to_all_and_fit(at_work, scheme):
    page = at_work("translator.ar", "ar", ANNOUNCEMENT, scheme=scheme)
    page.locator(".wording-terms").first.wait_for()
    write(page, row_of(page, "Storm warning"), "تحذير")
    page.locator(".wording-warning").wait_for()
    page.evaluate(axe_source())
    assert page.evaluate(BARRIERS) == []
    page.set_viewport_size({"width": 320, "height": 900})
    wide = page.evaluate(
        "Math.max(...[...document.querySelectorAll('.wording')].map(box => box.getBoundingClientRect().right))"
    )
    assert wide <= 320
    page.assert_quiet()


def test_the_words_are_missing_and_the_editor_works_on(at_work):
    page = at_work("translator.ar", "ar", ANNOUNCEMENT)
    page.route("**/admin/wording/*/", lambda route: route.fulfill(status=503, body="no"))
    page.reload()
    page.get_by_role("alert").get_by_text("Glossary and suggestions could not be loaded.").wait_for()
    assert page.locator(".wording").count() == 0
    page.unroute("**/admin/wording/*/")
    page.get_by_role("button", name="Try again").click()
    page.locator(".wording-terms").first.wait_for()
    assert page.get_by_text("Glossary and suggestions could not be loaded.").count() == 0
