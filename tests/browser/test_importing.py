"""An ambassador brings spaces in from a table, in a real browser and on a phone."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
TABLE = """name;where;address;lat;lon;people;what
Blue Room;Nakuru;Market Road 4;-0.3031;36.0800;20;good light
Nowhere;Nakuru;Market Road 5;-0.30;abc;10;
"""


def test_a_table_becomes_spaces_to_look_at(visitor):
    page = visitor("ambassador.kenya")
    page.open("/admin/import-spaces/")
    page.assert_fits(320)
    page.locator("main [type=file]").set_input_files({"name": "rooms.csv", "mimeType": "text/csv", "buffer": TABLE.encode()})
    page.get_by_role("button", name="Look at its columns").click()
    page.wait_for_url("**/columns/")
    page.locator("[name=city]").select_option(label="where")  # no column is called city: one says which it is
    page.locator("main form [type=submit]").first.click()
    page.wait_for_url("**/preview/")
    page.assert_fits(320)
    expect(page.locator("main table")).to_contain_text("lon: “abc” is not a number")
    page.get_by_role("button", name="Import: 1 new, 0 changed").click()
    expect(page.locator("main")).to_contain_text("refused")  # all or nothing, unless one says otherwise
    page.get_by_label("Leave out the refused rows").check()
    page.get_by_role("button", name="Import: 1 new, 0 changed").click()
    page.wait_for_url("**/result/")
    page.get_by_role("link", name="Look at them and list them").click()
    page.wait_for_url("**/spaces/space/?status=imported")
    expect(page.locator("main table")).to_contain_text("Blue Room")
    reader = visitor()
    reader.open("/en/spaces/?q=Blue+Room")
    expect(reader.locator("#found")).to_contain_text("0 spaces")
    page.assert_quiet()
