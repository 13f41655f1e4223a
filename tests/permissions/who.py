"""Sets of roles, by the region whose things they are let at: `CAN_EDIT["b"]` are those who may edit things of region B."""

from .world import ROLES


class Who(dict):
    """For each region a set of roles. `|` is both sets, `-` takes away."""

    @classmethod
    def of(cls, a="", b="", both=""):
        return cls({"a": {*a.split(), *both.split()}, "b": {*b.split(), *both.split()}})

    def __or__(self, other):
        return Who({side: self[side] | other[side] for side in self})

    def __sub__(self, other):
        return Who({side: self[side] - other[side] for side in self})

    @property
    def same_everywhere(self):
        return self["a"] == self["b"]


EVERYBODY = Who.of(both=" ".join(ROLES))
NOBODY = Who.of()
SIGNED_IN = EVERYBODY - Who.of(both="anonymous")
SUPERUSER = Who.of(both="superuser")
STAFF = Who.of(both="staff superuser")
# Who has a place in the workplace at all; who has a region; who writes, publishes or leads in some region.
WORKERS = SIGNED_IN - Who.of(both="volunteer host assessor")
REGIONAL = Who.of(both="contributor editor ambassador_a ambassador_b") | STAFF
PUBLISHERS = REGIONAL - Who.of(both="contributor")
LEADERS = PUBLISHERS - Who.of(both="editor")
# The same, of the region whose thing it is.
IN_IT = Who.of(a="contributor editor ambassador_a", b="ambassador_b") | STAFF
KEEPS_IT = IN_IT - Who.of(both="contributor")
LEADS_IT = KEEPS_IT - Who.of(both="editor")
TRANSLATES = Who.of(a="translator_a", both="translator reviewer")  # a French page of the region
REVIEWS = Who.of(both="reviewer")
STRANGERS = {"a": {"ambassador_b"}, "b": {"contributor", "editor", "ambassador_a", "translator_a"}}  # work here, but elsewhere
