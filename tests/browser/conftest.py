"""A real portal, served as in production, and Debian's Chromium in front of it."""

import pytest

from .addresses import LANGUAGES, Addresses
from .serving import served_portal
from .watching import WatchedPage, chromium, new_context

PASSWORD = "portolan"


@pytest.fixture(scope="session")
def portal_url():
    with served_portal() as url:
        yield url


@pytest.fixture(scope="session")
def browser():
    with chromium() as found:
        yield found


@pytest.fixture(scope="session")
def addresses(portal_url):
    """`addresses["ar"].of("space")` is the path of a space in Arabic."""
    return {language: Addresses(portal_url, language) for language in LANGUAGES}


@pytest.fixture(scope="session")
def reading_contexts(browser, portal_url):
    """One context for each way of reading, since opening one takes longer than opening a page in it."""
    kept = {}

    def reading_context(**way):
        key = tuple(sorted(way.items()))
        if key not in kept:
            kept[key] = new_context(browser, portal_url, **way)
        return kept[key]

    yield reading_context
    for context in kept.values():
        context.close()


@pytest.fixture
def open_page(reading_contexts, portal_url):
    """Opens a path as a reader without an account does."""
    opened = []

    def open_page(path, scheme="light", width=1280, javascript=True, status=200):
        context = reading_contexts(scheme=scheme, width=width, javascript=javascript)
        context.clear_cookies()
        opened.append(WatchedPage(context, portal_url))
        return opened[-1].open(path, status)

    yield open_page
    for each in opened:
        each.close()


@pytest.fixture
def visitor(browser, portal_url):
    """Somebody with a browser of their own, signed in when a name is given: `visitor("staff")` is staff@example.org."""
    contexts = []

    def visitor(name=None, **way):
        contexts.append(new_context(browser, portal_url, **way))
        page = WatchedPage(contexts[-1], portal_url)
        if name:
            sign_in(page, f"{name}@example.org")
        return page

    yield visitor
    for context in contexts:
        context.close()


def sign_in(page, email):
    page.open("/en/account/login/")
    page.locator("[name=login]").fill(email)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("main form [type=submit]").first.click()
    page.wait_for_url("**/en/account/")
