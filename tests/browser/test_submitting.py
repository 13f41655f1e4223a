"""Somebody lists a space in a real browser: pointing at the map, following the letters, until everybody finds it."""

import re

import pytest
from playwright.sync_api import expect

from .watching import WatchedPage

pytestmark = pytest.mark.browser
MAP = "[data-place-picker][data-ready]"


def go_on(page):
    page.locator("button[value=next]").click()


def describe_place(page: WatchedPage, language="en", name="Blue Hall"):
    """The first step, which leads to the map."""
    page.open(f"/{language}/spaces/submit/")
    page.locator("[name=name]").fill(name)
    page.locator("[name=kind]").select_option("library")
    page.locator("[name=city]").fill("Kisumu")
    go_on(page)
    return page.locator(MAP)


def click_at(page, shown, right, down):
    """Click on the map, at so much of its width and height."""
    shown.scroll_into_view_if_needed()
    box = shown.bounding_box()
    page.mouse.click(box["x"] + box["width"] * right, box["y"] + box["height"] * down)


def position(page):
    return [float(number) for number in page.locator("[name=position]").input_value().split(",")]


@pytest.mark.parametrize(("language", "scheme"), [("en", "light"), ("ar", "dark")])
def test_the_map_for_choosing_has_no_barriers_and_fits(open_page, language, scheme):
    page = open_page(f"/{language}/spaces/submit/", scheme=scheme)
    shown = describe_place(page, language)
    shown.wait_for()
    assert shown.evaluate("map => getComputedStyle(map).direction") == "ltr"
    expect(shown.locator(".place-town").first).to_have_text("Kisumu")
    page.assert_open_to_all()
    page.assert_fits(320)
    page.assert_quiet()


def test_a_click_a_key_and_typing_choose_the_same_thing(open_page):
    page = open_page("/en/spaces/submit/")
    shown = describe_place(page)
    click_at(page, shown, 0.6, 0.4)
    clicked = position(page)
    assert clicked[0] > -0.1022, "north of the middle of Kisumu"
    assert clicked[1] > 34.7617, "east of it"
    expect(shown.locator(".place-sign")).to_have_count(1)
    expect(page.locator(".place-picker [role=status]")).to_contain_text(f"{clicked[0]}, {clicked[1]}")
    shown.focus()
    page.keyboard.press("Enter")  # the middle, and no form is sent
    assert position(page) == pytest.approx([-0.10221, 34.76171], abs=0.01)
    page.locator("[name=position]").fill("-0.09, 34.75")
    expect(shown.locator(".place-sign")).to_have_count(1)
    page.locator("[name=position]").fill("nowhere")
    expect(shown.locator(".place-sign")).to_have_count(0)
    page.get_by_role("button", name="Take the middle of the map").click()
    expect(shown.locator(".place-sign")).to_have_count(1)
    page.assert_quiet()


def test_without_scripts_two_numbers_do(open_page):
    page = open_page("/en/spaces/submit/", javascript=False)
    describe_place(page)
    assert page.locator("[name=position]").is_visible()
    assert page.locator("[data-place-picker]").is_hidden()
    assert page.get_by_role("button", name="Take the middle of the map").is_hidden()
    page.locator("[name=address]").fill("Oginga Odinga Street 4")
    page.locator("[name=position]").fill("nowhere")
    go_on(page)
    expect(page.locator("#id_position_error")).to_contain_text("Two numbers")
    page.locator("[name=position]").fill("-0.0995, 34.7551")
    go_on(page)
    expect(page.locator("[name=capacity]")).to_be_visible()
    page.assert_quiet()


def test_from_the_form_to_the_map(visitor):
    sender, name = visitor(), "Lakeside Hall"
    click_at(sender, describe_place(sender, name=name), 0.5, 0.45)
    chosen = position(sender)
    sender.locator("[name=address]").fill("Oginga Odinga Street 4")
    go_on(sender)
    sender.locator("[name=capacity]").fill("0")
    go_on(sender)
    expect(sender.locator("#id_capacity_error")).to_be_visible()
    sender.locator("[name=capacity]").fill("25")
    go_on(sender)
    sender.locator("[name=cost][value=free]").check()
    go_on(sender)
    for declaration in sender.locator("main form.form [type=checkbox]").all():
        declaration.check()
    go_on(sender)
    sender.locator("[name=submitter]").fill("Wanjiru Kamau")
    sender.locator("[name=email]").fill("wanjiru@example.org")
    sender.locator("[name=relation][value=host]").check()
    go_on(sender)
    expect(sender.locator("main")).to_contain_text("Oginga Odinga Street 4")
    sender.wait_for_timeout(2500)  # who sends faster than people can is taken for a machine
    sender.locator("button.button[value=send]").click()
    sender.wait_for_url("**/spaces/submit/sent/")
    sender.assert_quiet()
    # The letter waits among the demo's mail; its link shows a button, and the button confirms the address.
    follow_letter(sender, "wanjiru@example.org")
    sender.locator("main form [type=submit]").first.click()
    sender.wait_for_url("**/en/status/**")
    expect(sender.locator("main")).to_contain_text(name)
    status = sender.path
    # The region's ambassador lists it, live at once.
    amina = visitor("ambassador.kenya")
    amina.open("/admin/")
    amina.get_by_role("link", name=re.compile(name)).first.click()
    amina.get_by_role("link", name=re.compile("^List")).first.click()
    amina.locator("[name=publish][value=live]").check()
    amina.locator("main form [type=submit]").last.click()
    amina.wait_for_url("**/admin/pages/*/edit/")
    # Everybody finds it, where it was pointed at.
    reader = visitor()
    reader.open(f"/en/spaces/?q={name.replace(' ', '+')}")
    expect(reader.locator("#found .card")).to_have_count(1)
    found = reader.page.request.get(f"{reader.portal_url}/api/v1/spaces?q={name.replace(' ', '%20')}").json()
    assert [found["items"][0][axis] for axis in ("latitude", "longitude")] == pytest.approx(chosen, abs=1e-5)
    reader.open(status)
    expect(reader.locator("main")).to_contain_text("It is listed")
    for page in (sender, amina, reader):
        page.assert_quiet()


def follow_letter(page, to):
    """Open the newest letter of the demo to somebody, and its first link that leads into the portal."""
    page.open("/demo/mail/")
    page.locator("main li, main tr").filter(has_text=to).first.get_by_role("link").first.click()
    page.locator("main a[href*='/spaces/submit/confirm/']").first.click()
