"""Every kind of page, in a left-to-right and a right-to-left language: open to all, quiet, and fitting every screen."""

import pytest

from .addresses import KINDS, LANGUAGES

pytestmark = pytest.mark.browser
every_page = pytest.mark.parametrize("kind", KINDS)
both_directions = pytest.mark.parametrize("language", LANGUAGES)


def status_of(kind):
    return 404 if kind == "not found" else 200


@both_directions
@every_page
def test_a_page_has_no_barriers_and_fits(open_page, addresses, language, kind):
    page = open_page(addresses[language].of(kind), status=status_of(kind))
    page.assert_fits(1280)
    page.assert_open_to_all()
    page.assert_fits(320)
    page.emulate_media(color_scheme="dark")
    page.assert_open_to_all()
    page.assert_quiet()


@both_directions
@every_page
def test_a_page_reads_without_scripts_and_sets_no_cookie(open_page, addresses, language, kind):
    page = open_page(addresses[language].of(kind), scheme="dark", javascript=False, status=status_of(kind))
    assert page.locator("main").count() == 1
    assert page.locator("main h1").count() == 1
    assert page.locator("main h1").inner_text().strip()
    assert page.locator("html").get_attribute("dir") == ("rtl" if "/ar/" in page.path else "ltr")
    assert [cookie["name"] for cookie in page.context.cookies()] == (["csrftoken"] if kind == "sign in" else [])
    page.assert_quiet()


@both_directions
def test_the_search_finds_something_and_nothing(open_page, addresses, language):
    assert open_page(addresses[language].of("search")).locator(".result-list li").count()
    assert not open_page(addresses[language].of("search that finds nothing")).locator(".result-list li").count()
