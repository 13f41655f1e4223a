"""The admin as a workplace: what needs somebody, in which roles they are here, where their pages begin.

The ground knows none of the answers. It asks the apps above through Wagtail's hooks, each with a function of the user:

* `register_action_items`: what waits for them, as `ActionItem`s, of each kind the oldest `TAKEN`, in a fixed number of queries;
* `register_roles_in_words`: the roles they hold, as `HeldRole`s;
* `register_start_pages`: the page at which their part of the tree begins, or None for the root.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from django.utils import timezone
from wagtail import hooks

SHOWN = 8  # of one kind on the admin's first page
TAKEN = 100  # of one kind, by the function that finds them: enough to say how many more there are


@dataclass(frozen=True)
class ActionItem:
    """One thing that waits for somebody, with a link straight to the act."""

    label: str  # in words: "Ngong Road hub waits to be listed"
    url: str
    kind: str  # the heading it stands under: "Drafts to look at"
    since: datetime | None = None
    place: str = ""  # a region's name
    order: int = 100  # of the heading among the others
    more_url: str = ""  # where all of this kind stand

    @property
    def is_new(self):
        return self.since is not None and timezone.now() - self.since < timedelta(minutes=1)


@dataclass(frozen=True)
class ActionGroup:
    """What waits, of one kind."""

    kind: str
    items: tuple

    @property
    def shown(self):
        return self.items[:SHOWN]

    @property
    def more(self):
        return len(self.items) - len(self.shown)

    @property
    def is_more_than_counted(self):
        return len(self.items) >= TAKEN

    @property
    def more_url(self):
        return self.items[0].more_url

    @property
    def order(self):
        return min(item.order for item in self.items)


class HeldRole(NamedTuple):
    """A role that somebody holds: its code, which is also the name of its guide, and its words: "Ambassador, Kenya"."""

    code: str
    words: str


def asked(hook, user):
    """What all functions registered with a hook say about this user."""
    for function in hooks.get_hooks(hook):
        yield from function(user)


def action_items(user):
    """What waits for somebody, by kind; inside a kind the oldest first."""
    kinds = defaultdict(list)
    for item in asked("register_action_items", user):
        kinds[str(item.kind)].append(item)
    groups = [ActionGroup(kind, tuple(sorted(items, key=age))) for kind, items in kinds.items()]
    return sorted(groups, key=lambda group: (group.order, group.kind))


def age(item):
    """For sorting: what has waited longest comes first, what has no date last."""
    return (item.since is None, item.since.timestamp() if item.since else 0)


def roles_in_words(user):
    return list(asked("register_roles_in_words", user))


def start_page(user):
    """Where somebody's own pages begin, or None: those who look after everything begin at the root."""
    if user.is_superuser:
        return None
    return next(filter(None, (function(user) for function in hooks.get_hooks("register_start_pages"))), None)
