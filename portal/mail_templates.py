"""All letters of the portal, with an example of each, so that they can be looked at before anybody receives one.

Each app registers its own by the hook `register_mail_templates`: a function that gives a list of `MailTemplate`s. A test
fails for a template that nobody has registered. A leaf: the examples make the objects that they need.
"""

from collections.abc import Callable
from dataclasses import dataclass

from wagtail import hooks


@dataclass(frozen=True)
class MailTemplate:
    """A letter that the portal writes. `example()` is a context with invented people, who live at example.org."""

    name: str  # as in `queue_mail(to, name, ...)`; also its address in the workplace
    label: str  # what it is for: "An invitation to take on a role"
    example: Callable
    group: str = ""  # whose letters these are: "People"
    folder: str = "emails"
    order: int = 100
    calendar: Callable | None = None  # calendar() -> the `CalendarEntry` that travels with it

    @property
    def subject_template(self):
        return f"{self.folder}/{self.name}{'.subject' if self.folder == 'emails' else '_subject'}.txt"

    @property
    def body_template(self):
        return f"{self.folder}/{self.name}{'' if self.folder == 'emails' else '_message'}.txt"


def mail_templates():
    """All of them, in order; those of one group stand together."""
    found = [template for register in hooks.get_hooks("register_mail_templates") for template in register()]
    return sorted(found, key=lambda template: (template.order, str(template.group)))


def mail_template(name):
    """The one of this name, or None."""
    return next((template for template in mail_templates() if template.name == name), None)
