"""A browser's page, and everything on it that ought not to happen."""

from contextlib import contextmanager
from functools import cache
from pathlib import Path

AXE = Path(__file__).parent / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
FLAGS += ["--disable-component-update", "--disable-sync"]
# Chromium writes violations of the policy to its console as well; this says which directive and which address.
REPORT_VIOLATIONS = """addEventListener("securitypolicyviolation", event =>
  console.error(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`))"""
RUN_AXE = """tags => axe.run(document, {runOnly: tags, resultTypes: ["violations"]}).then(found =>
  found.violations.map(one => one.id + ": " + one.help + one.nodes.map(
    node => "\\n    " + node.target.join(" ") + " " + node.failureSummary.replace(/\\s+/g, " ")).join("")))"""

# Leaves out what stands in a box of its own that scrolls or cuts off.
WHAT_STICKS_OUT = """[...document.querySelectorAll("body *")].filter(element => {
  const box = element.getBoundingClientRect();
  if (!box.width || (box.right <= innerWidth + 1 && box.left >= -1)) return false;
  for (let around = element.parentElement; around; around = around.parentElement)
    if (getComputedStyle(around).overflowX !== "visible") return false;
  return true;
}).slice(0, 8).map(element => element.outerHTML.slice(0, 80))"""


@contextmanager
def chromium():
    """Debian's browser, driven by playwright. Nothing is downloaded."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        yield browser
        browser.close()


def new_context(browser, portal_url, scheme="light", width=1280, javascript=True):
    context = browser.new_context(
        base_url=portal_url,
        viewport={"width": width, "height": 900},
        color_scheme=scheme,
        java_script_enabled=javascript,
        reduced_motion="reduce",
        locale="en-GB",
    )
    context.set_default_timeout(10_000)
    context.add_init_script(REPORT_VIOLATIONS)
    return context


class WatchedPage:
    """Wraps playwright's page (`page`) and writes down errors, violations, failed answers and calls to other hosts."""

    def __init__(self, context, portal_url):
        self.portal_url = portal_url
        self.wrongs = []
        self.expected = set()  # addresses that are meant to answer with an error
        self.page = context.new_page()
        self.page.on("console", self._on_console)
        self.page.on("pageerror", lambda error: self.wrongs.append(f"script error: {error}"))
        self.page.on("request", self._on_request)
        self.page.on("response", self._on_response)

    def __getattr__(self, name):
        return getattr(self.page, name)

    def open(self, path, status=200):
        """Go to a path of the portal, which answers with this status."""
        if status != 200:
            self.expected.add(self.portal_url + path)
        response = self.page.goto(self.portal_url + path)
        assert response.status == status, f"{path} answers {response.status}"
        return self

    @property
    def path(self):
        return self.page.url.removeprefix(self.portal_url)

    def assert_quiet(self):
        """Nothing went wrong so far."""
        assert not self.wrongs, f"{self.path}\n" + "\n".join(self.wrongs)

    def assert_fits(self, width):
        """At this width nothing sticks out to the side."""
        self.page.set_viewport_size({"width": width, "height": 900})
        wide, room = self.page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
        assert wide <= room, f"{self.path} is {wide} px wide in a window of {room} px: {self._what_sticks_out()}"

    def assert_open_to_all(self, tags=TAGS):
        """axe finds no barrier."""
        if not self.page.evaluate("!!window.axe"):
            self.page.evaluate(axe_source())
        found = self.page.evaluate(RUN_AXE, tags)
        assert not found, f"{self.path}\n" + "\n".join(found)

    def _what_sticks_out(self):
        return self.page.evaluate(WHAT_STICKS_OUT)

    def _on_console(self, message):
        if message.type == "error" and message.location.get("url") not in self.expected:
            self.wrongs.append(f"console: {message.text} ({message.location.get('url')})")

    def _on_request(self, request):
        if not request.url.startswith((self.portal_url + "/", "data:", "blob:")):
            self.wrongs.append(f"another host: {request.url}")

    def _on_response(self, response):
        if response.status >= 400 and response.url not in self.expected:
            self.wrongs.append(f"{response.status}: {response.url}")


@cache
def axe_source():
    return AXE.read_text()
