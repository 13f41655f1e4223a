"""For tests of asking for a space: somebody who reads pages, types into forms and presses buttons, without scripts."""

import time

from bs4 import BeautifulSoup

from portal import protection
from spaces.asking.forms import SendForm
from stories.attending.forms import SeatForm

WHAT = {
    "title": "Evening for new mappers",
    "community": "Nairobi Mappers",
    "people": "25",
    "needs": "A projector.",
    "organiser": "Wanjiru Kamau",
    "email": "wanjiru@example.org",
}
OPENED = (SendForm.form_name, SeatForm.form_name)
TICKED = ("checkbox", "radio")
CONTINUE = "form.ask-form button:not([name])"


def values_of(field):
    """What a field sends."""
    if field.name == "textarea":
        return [field.get_text().removeprefix("\n")]
    if field.name == "select":
        chosen = field.select("option[selected]") or field.select("option")[:1]
        return [option["value"] for option in chosen]
    return [field.get("value", "on" if field.get("type") in TICKED else "")]


class Person:
    """Has one page on the screen, and remembers what was typed."""

    def __init__(self, client):
        self.client, self.typed = client, []

    def open(self, path):
        return self.shown(self.client.get(path, follow=True))

    def shown(self, answer):
        self.answer = answer
        self.path = answer.redirect_chain[-1][0] if answer.redirect_chain else answer.request["PATH_INFO"]
        self.soup = BeautifulSoup(answer.content, "html.parser")
        return self

    @property
    def text(self):
        return " ".join(self.soup.main.get_text(" ").split())

    @property
    def errors(self):
        return [item.get_text(strip=True) for item in self.soup.select(".form-errors li, .form-errors > p:not(:has(strong))")]

    def value(self, name):
        field = self.soup.select_one(f"main [name={name}]")
        return values_of(field)[0]

    def fields(self, form):
        """{name: [value]} as a browser would send it."""
        data = {}
        for field in form.select("input, select, textarea"):
            kind = field.get("type")
            if not field.get("name") or (kind in TICKED and not field.has_attr("checked")):
                continue
            data.setdefault(field["name"], []).extend(values_of(field))
        if "form_opened" in data:  # as if the page had been opened a minute ago
            (name,) = [name for name in OPENED if protection.age(data["form_opened"][0], name) is not None]
            data["form_opened"] = protection.opening_token(name, opened_at=time.time() - 60)
        return data

    def data(self, button, **typed):
        """What pressing a button (found by CSS) sends, and to where."""
        button = self.soup.select_one(f"main {button}")
        form = button.find_parent("form")
        data = {**self.fields(form), **typed}
        if button.get("name"):
            data[button["name"]] = button.get("value", "")
        return button.get("formaction") or form.get("action") or self.path, data

    def press(self, button, **typed):
        self.typed += typed
        path, data = self.data(button, **typed)
        return self.shown(self.client.post(path, data, follow=True))
