"""Pictures of every kind of page, to look at: `python -m tests.browser.screenshots FOLDER [KIND ...]`."""

import argparse
from pathlib import Path

from .addresses import KINDS, LANGUAGES, Addresses
from .serving import served_portal
from .watching import WatchedPage, chromium, new_context

WAYS = {
    "light": ("en", {"scheme": "light"}),
    "dark": ("en", {"scheme": "dark"}),
    "narrow": ("en", {"scheme": "light", "width": 320}),
    "arabic": ("ar", {"scheme": "light"}),
    "arabic-narrow-dark": ("ar", {"scheme": "dark", "width": 320}),
}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("kinds", nargs="*", metavar="KIND", help=f"all, or some of: {', '.join(KINDS)}")
    chosen = parser.parse_args()
    chosen.folder.mkdir(parents=True, exist_ok=True)
    with served_portal() as portal_url, chromium() as browser:
        addresses = {language: Addresses(portal_url, language) for language in LANGUAGES}
        for way, (language, options) in WAYS.items():
            page = WatchedPage(new_context(browser, portal_url, **options), portal_url)
            for kind in chosen.kinds or KINDS:
                page.goto(portal_url + addresses[language].of(kind))
                page.screenshot(path=chosen.folder / f"{kind.replace(' ', '-')}-{way}.png", full_page=True)


if __name__ == "__main__":
    main()
