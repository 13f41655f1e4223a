"""For tests of the form: somebody who fills it in, as a browser without scripts does."""

import time

from bs4 import BeautifulSoup

from portal import protection
from spaces.submitting.forms import SubmissionForm

ANSWERS = {
    "place": {"name": "Blue Hall", "kind": "library", "city": "Nairobi"},
    "where": {"country": "KE", "address": "Moi Avenue 3", "position": "-1.2835, 36.8219"},
    "room": {
        "capacity": "60",
        "facilities": ["wifi", "power"],
        "step_free": "partly",
        "summary": "A hall above\na bakery.",
        "opening_hours": "Tuesdays",
        "website": "hall.example.org",
    },
    "cost": {"cost": "hourly", "price": "500", "currency": "kes"},
    "declarations": dict.fromkeys(["supports_free_software", "has_basic_resources", "not_commercialised", "host_agrees"], "on"),
    "you": {"submitter": "Wanjiru Kamau", "email": "wanjiru@example.org", "relation": "host"},
}


class Reader:
    """Has one page on the screen, types into its fields and presses its buttons."""

    def __init__(self, client, language):
        self.client, self.language = client, language

    def open(self, path=""):
        return self.shown(self.client.get(path or f"/{self.language}/spaces/submit/", follow=True))

    def shown(self, answer):
        self.answer = answer
        self.path = answer.redirect_chain[-1][0] if getattr(answer, "redirect_chain", None) else answer.request["PATH_INFO"]
        self.soup = BeautifulSoup(answer.content, "html.parser")
        self.typed, self.topped = {}, {}
        return self

    @property
    def text(self):
        return " ".join(self.soup.main.get_text(" ").split())

    @property
    def step(self):
        field = self.soup.select_one("main [name=step]")
        return field and field["value"]

    @property
    def errors(self):
        return [item.get_text(strip=True) for item in self.soup.select(".form-errors li")]

    @property
    def form(self):
        """The one with what is asked: the page has another for going back."""
        return self.soup.select_one("main form.form")

    def value(self, name):
        return dict(self.fields()).get(name, "")

    def fields(self):
        """(name, value) as a browser would send them."""
        for field in self.form.select("input, select, textarea"):
            kind = field.get("type")
            if field.name == "select":
                chosen = field.select_one("option[selected]") or field.select_one("option")
                yield field["name"], chosen["value"]
            elif field.name == "textarea":
                yield field["name"], field.get_text().removeprefix("\n")
            elif kind not in ("checkbox", "radio") or field.has_attr("checked"):
                yield field["name"], field.get("value", "on" if kind == "checkbox" else "")

    def type(self, **typed):
        """None takes a tick away."""
        self.typed |= typed
        return self

    carry = type  # into a hidden field, as nobody does

    def wait_a_moment(self):
        """As if the page had been opened a minute ago."""
        self.type(form_opened=protection.opening_token(SubmissionForm.form_name, opened_at=time.time() - 60))

    def data(self, button):
        data = {}
        for name, value in self.fields():
            data.setdefault(name, []).append(value)
        data |= {name: value for name, value in self.typed.items() if value is not None}
        data = {name: value for name, value in data.items() if self.typed.get(name, "") is not None}
        return {**data, "to": button}

    def press(self, button):
        return self.shown(self.client.post(f"/{self.language}/spaces/submit/", self.data(button), follow=True))

    def to(self, step, **typed):
        """Fill in everything before this step; `typed` instead of the usual."""
        self.open()
        for name, answers in ANSWERS.items():
            if name == step:
                return self
            self.type(**answers, **{each: typed[each] for each in typed if each in FIELDS[name] and each not in answers})
            self.typed |= {each: value for each, value in typed.items() if each in FIELDS[name]}
            self.press("next")
            assert self.step != name, self.errors
        return self


FIELDS = {name: set(answers) for name, answers in ANSWERS.items()}
