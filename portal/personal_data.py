"""What the portal keeps about people, kind by kind: why, until when, and how it goes.

Each app describes its own kinds by the hook `register_personal_data`. One's own data, leaving, the table for readers
and the daily `apply_retention` all read this one list. A leaf: it knows no models.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from wagtail import hooks

MONTH = timedelta(days=30)
ON_RECORD = timedelta(days=3 * 365)  # how long it can be asked who had which role


@dataclass(frozen=True)
class PersonalData:
    """One kind of data about people. The first five are for readers, in their language."""

    key: str
    label: str
    why: str
    until: str
    erased_how: str
    export: Callable  # export(user) -> what is kept about them: [{label: value}]
    erase: Callable | None = None  # erase(user): they leave
    forget: Callable | None = None  # forget(now) -> how many were too old and went
    stays: str = ""  # what stays when somebody leaves, and why
    warn: Callable | None = None  # warn(user) -> what they should know before they leave: [sentence]
    order: int = 0


def kinds_of_data():
    """All kinds, the account itself first."""
    found = [kind for register in hooks.get_hooks("register_personal_data") for kind in register()]
    return sorted(found, key=lambda kind: kind.order)


def everything_about(user):
    """Each kind with what is kept of it about this person; what is empty is left out."""
    return [
        (kind, [{label: value for label, value in row.items() if value not in (None, "")} for row in kind.export(user)])
        for kind in kinds_of_data()
    ]
