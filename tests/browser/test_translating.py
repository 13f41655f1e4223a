"""A page through all hands in a real browser: started, translated into Arabic and Chinese, reviewed, published, changed."""

import re

import pytest
from playwright.sync_api import expect

from .test_journeys import edit_address

pytestmark = pytest.mark.browser
WORDS = {"ar": "خريطة لكل حيّ", "zh-hant": "每個街區一張地圖"}


def board(page, title, language):
    """The line of one page on the board of one language."""
    page.open(f"/admin/translations/?q={title.replace(' ', '+')}&language={language}")
    return page.locator("table tbody tr").first


def publish(page):
    page.locator("footer [data-w-dropdown-target=toggle]").first.click()
    page.locator("[name=action-publish]").click()
    expect(page.locator(".messages")).to_contain_text("published")


def review(page, title):
    page.open("/admin/translations/review/")
    page.get_by_role("link", name=title).first.click()
    page.get_by_role("button", name="Approve and publish").click()
    expect(page.locator(".messages")).to_contain_text("Published")


def translate_everything(page, words):
    """Press "Translate" beside each string, type, save; what is saved says so."""
    editor = page.locator(".js-translation-editor")
    editor.get_by_role("button", name=re.compile("^(Translate|Edit)$")).first.wait_for()
    while editor.get_by_role("button", name="Translate", exact=True).count():
        editor.get_by_role("button", name="Translate", exact=True).first.click()
        field = editor.locator("textarea").first
        field.fill(words)
        direction = field.evaluate("field => getComputedStyle(field).direction + getComputedStyle(field).unicodeBidi")
        assert direction in ("rtlplaintext", "ltrplaintext", "rtlnormal", "rtlisolate")
        with page.expect_response(lambda answer: answer.request.method == "PUT"):  # the field closes before it is saved
            editor.get_by_role("button", name="Save", exact=True).first.click()
        expect(editor.locator("textarea")).to_have_count(0)


@pytest.mark.parametrize("language", WORDS)
def test_from_missing_to_stale_and_back(visitor, language):
    staff, title = visitor("superuser"), f"A walk {language}"
    address = f"/en/{title.lower().replace(' ', '-')}/"
    home = re.search(r"pages/(\d+)/", edit_address(staff, "/en/"))[1]
    staff.open(f"/admin/pages/add/home/standardpage/{home}/").page.wait_for_load_state("networkidle")
    staff.locator("[name=title]").press_sequentially(title)
    expect(staff.locator("[name=slug]")).to_have_value(address.split("/")[2])  # it follows a tenth of a second later
    staff.locator("[name=summary]").fill("One map for every block.")
    publish(staff)

    reviewer = visitor(f"reviewer.{language}")
    board(reviewer, title, language).get_by_role("button", name="Start").click()
    reviewer.wait_for_url("**/admin/pages/*/edit/")
    edited = reviewer.path
    translate_everything(reviewer, WORDS[language])
    review(reviewer, title)
    expect(board(reviewer, title, language)).to_contain_text("Published")
    public = visitor().open(address.replace("/en/", f"/{language}/"))
    expect(public.locator("h1")).to_contain_text(WORDS[language])
    expect(public.locator(".outdated")).to_have_count(0)

    staff.open(edit_address(staff, address))
    staff.locator("[name=summary]").fill("Two maps for every block.")
    publish(staff)
    expect(board(reviewer, title, language)).to_contain_text("Stale")
    public = visitor().open(public.path)  # somebody else: what a reader has seen stays in their browser for a minute
    expect(public.locator(".outdated a")).to_have_attribute("href", address)
    public.assert_open_to_all()

    reviewer.open(edited)
    translate_everything(reviewer, WORDS[language] + " 2")
    review(reviewer, title)
    public = visitor().open(public.path)
    expect(public.locator(".outdated")).to_have_count(0)
    for page in (staff, reviewer, public):
        page.assert_quiet()
