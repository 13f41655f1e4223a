"""The plan of the programme (plan.csv) beside what is done (matrix.csv): each difference has its reason, and no others.

The plan says for each object, action and role "no" or how far it reaches. An applicant is anyone who holds a signed link
to the one thing they sent.
"""

import csv
from pathlib import Path

from .test_matrix import CELLS, DOCS

PLAN = Path(__file__).parent / "plan.csv"
# Objects of the plan whose models do not exist yet. A model that comes takes its line out of here.
NOT_YET = {"application (PII)", "agreement signature", "feedback", "metrics"}
# An object of the plan is several things of ours: what is public, what is drafted, and the record behind the page.
OURS = {
    "region page": ["region page"],
    "ambassador profile": ["profile (own)", "ambassadorship (own)", "ambassadorship (planned)"],
    "space (draft)": ["space (draft)"],
    "space (live)": ["space (live)"],
    "availability request": ["request for a space"],
    "event": ["event (live)", "event (draft)"],
    "story": ["story (live)", "story (draft)"],
    "announcement": ["announcement"],
}
OF_DRAFTS = {"never-published", "draft", "own-draft"}  # how far the plan reaches, when it means the draft
SAME = {"applicant": "anonymous"}  # without the link, which no model has yet
NO_ROW = "-"
LIST = "One list of pages, with an export that is staff's: it stands with the region page."
MODERATED = "A page is approved by publishing it; there is no other approval."
LINK = "What somebody sends is a submission, with states of its own; it becomes a space when its region lists it."
LADDER = "A volunteer writes once the ladder makes them a contributor."
ALL_LANGUAGES = "Ambassadors translate in all languages of their region."
ANYBODY = "The form is public: who is signed in as somebody else asks like any reader."
OWN_LINK = "Outside the workplace: by the link of the letters, or from one's own list of requests."
DIFFERENCES = {
    ("region page", "translate", "ambassador_a"): ALL_LANGUAGES,
    ("ambassador profile", "translate", "ambassador_a"): ALL_LANGUAGES,
    ("space (live)", "translate", "ambassador_a"): ALL_LANGUAGES,
    ("event", "translate", "ambassador_a"): ALL_LANGUAGES,
    ("region page", "approve", NO_ROW): MODERATED,
    ("event", "approve", NO_ROW): "Announcing an event publishes it.",
    ("announcement", "approve", NO_ROW): MODERATED,
    ("story", "approve", "ambassador_a"): "The region's ambassadors and editors moderate its stories.",
    ("space (live)", "approve", "ambassador_a"): "Closing a space that is listed is the ambassador's, as listing it was.",
    ("story", "translate", NO_ROW): "A story is a page like the others: `test_answers.py` asks its French draft.",
    ("story", "export", NO_ROW): LIST,
    ("announcement", "export", NO_ROW): LIST,
    ("space (live)", "add", NO_ROW): "A space begins as a draft.",
    ("space (live)", "export", NO_ROW): "One list of spaces, listed or not: it stands with the drafts.",
    ("space (draft)", "publish", NO_ROW): "Listing a space publishes its page: that is `approve`.",
    ("space (draft)", "translate", NO_ROW): "Translated once it is listed.",
    ("space (draft)", "add", "anonymous"): LINK,
    ("space (draft)", "add", "applicant"): LINK,
    ("space (draft)", "add", "volunteer"): LINK,
    ("space (draft)", "add", "ambassador_b"): LINK,
    ("space (draft)", "view", "applicant"): LINK,
    ("space (draft)", "view", "volunteer"): LINK,
    ("space (draft)", "change", "applicant"): LINK,
    ("space (draft)", "delete", "applicant"): LINK,
    ("space (live)", "change", "applicant"): LINK,
    ("availability request", "add", "translator"): ANYBODY,
    ("availability request", "add", "staff"): ANYBODY,
    ("availability request", "add", "superuser"): ANYBODY,
    ("availability request", "view", "applicant"): OWN_LINK,
    ("availability request", "view", "volunteer"): OWN_LINK,
    ("availability request", "change", "applicant"): OWN_LINK,
    ("availability request", "change", "volunteer"): OWN_LINK,
    ("availability request", "delete", NO_ROW): "Cancelled by its organiser; names and words go when their time is over.",
    ("availability request", "publish", NO_ROW): "A request has no page.",
    ("availability request", "translate", NO_ROW): "A request has no page.",
    ("story", "add", "volunteer"): LADDER,
    ("story", "change", "volunteer"): LADDER,
}


def plan():
    with PLAN.open() as file:
        for row in csv.DictReader(file):
            yield row.pop("object"), row.pop("action"), row


def row_of_ours(thing, action, reach):
    """The row of the matrix that the plan means."""
    names = sorted(OURS[thing], key=lambda name: ("draft" in name) != (reach in OF_DRAFTS))
    return next((CELLS[name, action] for name in names if (name, action) in CELLS), None)


def differences():
    for thing, action, roles in plan():
        if thing in NOT_YET:
            continue
        if row_of_ours(thing, action, "") is None:
            yield thing, action, NO_ROW
            continue
        for role, reach in roles.items():
            ours = row_of_ours(thing, action, reach)[SAME.get(role, role)]
            if ours != ("no" if reach == "no" else "yes"):
                yield thing, action, role


def test_each_difference_from_the_plan_has_its_reason():
    assert set(differences()) == set(DIFFERENCES)


def test_every_object_of_the_plan_is_there_or_named():
    assert {thing for thing, _action, _roles in plan()} == NOT_YET | set(OURS)
    assert {name for names in OURS.values() for name in names} <= {thing for thing, _action in CELLS}


def as_table():
    """The differences for people, those of one reason together."""
    lines = ["| Planned | Action | For whom | Why it is different |", "|---|---|---|---|"]
    for (thing, action, role), reason in DIFFERENCES.items():
        whom = "everybody" if role == NO_ROW else role.replace("_", " ")
        lines.append(f"| {thing} | {action} | {whom} | {reason} |")
    return "\n".join(lines)


def test_the_docs_name_the_differences():
    assert as_table() in DOCS.read_text()
