"""Room for deep calls at once: CPython gives each 16 KB of its stack back to the system the moment they are left.

A page is drawn some hundred calls deep, so a loop in a template often stands just at such an edge and asks for memory
at every turn: a seventh of the time of the whole suite. A frame as wide as this one makes the next piece large enough.
"""

LOCALS = 17_000  # of eight bytes each: the piece after them is as large again

names = "=".join(f"_{number}" for number in range(LOCALS))
space = {}
exec(f"def with_room(act):\n    if act is None:\n        {names} = None\n    return act()", space)  # noqa: S102 (of numbers alone)
with_room = space["with_room"]
