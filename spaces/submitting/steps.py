"""The steps of the form, one group of questions on a phone's screen each. A leaf."""

from typing import NamedTuple

from django.utils.translation import gettext_lazy as _


class Step(NamedTuple):
    """A group of questions: its name in the form, its heading, a line below it, and the fields."""

    name: str
    heading: str
    words: str
    fields: tuple


PLACE = Step("place", _("Which place is it?"), "", ("name", "kind", "city", "which_city"))
WHERE = Step(
    "where",
    _("Where does it stand?"),
    _("So that somebody who was never there finds the door."),
    ("country", "address", "position"),
)
ROOM = Step(
    "room",
    _("What is the room like?"),
    _("Only the number of people is needed. What you do not know, leave."),
    ("capacity", "facilities", "step_free", "summary", "getting_in", "opening_hours", "website"),
)
COST = Step("cost", _("What does it cost?"), _("Free and paid spaces stand side by side."), ("cost", "price", "currency"))
DECLARATIONS = Step(
    "declarations",
    _("What its host declares"),
    _("A space is listed when all four are true. If you are not the host, ask before you go on."),
    ("supports_free_software", "has_basic_resources", "not_commercialised", "host_agrees"),
)
YOU = Step(
    "you",
    _("Who are you?"),
    _("Your name and all addresses are read by those who decide, and by nobody else."),
    ("submitter", "email", "relation", "host_name", "host_email"),
)
CHECK = Step("check", _("Check and send"), _("This is what the region will read."), ("region", "same_as"))

STEPS = (PLACE, WHERE, ROOM, COST, DECLARATIONS, YOU, CHECK)
ASKED = STEPS[:-1]  # what is carried from one page to the next
FACTS = (PLACE, WHERE, ROOM, COST)  # what may be corrected later
BY_NAME = {step.name: step for step in STEPS}


def step_of(field):
    """The step in which something is asked."""
    return next((step for step in STEPS if field in step.fields), CHECK)


def after(step):
    return STEPS[min(STEPS.index(step) + 1, len(STEPS) - 1)]


def before(step):
    return STEPS[max(STEPS.index(step) - 1, 0)]
