"""Proposing a space with the keyboard alone, on a phone, in light and dark; and what the region's ambassador sees of it."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
TOO_QUICK = 2100  # milliseconds; the form refuses what is sent in less than two seconds
PHONE = 320


def type_into(page, **typed):
    """With the keyboard: by Tab from where one is to the field, then its text."""
    for name, text in typed.items():
        reach(page, f"[name={name}]")
        page.keyboard.press("ControlOrMeta+a")
        page.keyboard.type(text)


def reach(page, selector):
    for _press in range(80):
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{selector} is not reached with the keyboard")


def tick(page, name):
    reach(page, f"[name={name}]")
    page.keyboard.press("Space")


def go_on(page, heading):
    page.keyboard.press("Enter")
    expect(page.locator("main h1")).to_have_text(heading)
    page.assert_fits(PHONE)
    page.assert_open_to_all()


def test_a_space_is_proposed_with_the_keyboard_on_a_phone(open_page):
    page = open_page("/en/spaces/submit/", width=PHONE)
    reach(page, "[name=name]")
    go_on(page, "Which place is it?")
    expect(page.locator(".form-errors li")).to_have_count(2)
    type_into(page, name="Quiet corner", city="Nairobi")
    go_on(page, "Where does it stand?")
    type_into(page, address="Riverside 4", position="-1.2701, 36.8001")
    go_on(page, "What is the room like?")
    type_into(page, capacity="9")
    go_on(page, "What does it cost?")
    reach(page, "[name=cost]")
    go_on(page, "What its host declares")
    for name in ("supports_free_software", "has_basic_resources", "not_commercialised", "host_agrees"):
        tick(page, name)
    go_on(page, "Who are you?")
    type_into(page, submitter="Njeri Mwangi", email="njeri@example.org")
    go_on(page, "Check and send")
    page.emulate_media(color_scheme="dark")
    page.assert_open_to_all()
    page.wait_for_timeout(TOO_QUICK)
    reach(page, "button[value=send]")
    go_on(page, "Look into your mailbox")
    page.assert_quiet()


def test_without_scripts_and_from_right_to_left(open_page):
    page = open_page("/ar/spaces/submit/", width=PHONE, javascript=False)
    page.locator("[name=name]").fill("غرفة هادئة")
    page.locator("[name=city]").fill("القاهرة")
    page.locator("button[value=next]").click()
    assert page.locator("main [name=country]").input_value() == "EG"
    page.assert_fits(PHONE)
    page.assert_quiet()


def test_an_ambassador_decides(visitor):
    page = visitor("ambassador.kenya")
    page.open("/admin/submissions/")
    page.get_by_role("link", name=re.compile("upstairs room")).first.click()
    expect(page.locator(".review-checks li")).to_have_count(7)
    expect(page.locator(".review-table mark").first).to_be_visible()
    page.get_by_role("link", name="Ask for more").click()
    page.locator("[name=text]").fill("Is it another room than the one that is listed?")
    page.locator("main form [type=submit]").first.click()
    expect(page.locator(".review-history")).to_contain_text("Is it another room")
    page.assert_quiet()
