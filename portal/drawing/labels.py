"""Where the names of pins stand on a chart: beside the pin, on the chart, and never on one another."""

import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

#: How far (in heights of a line) a name may move up or down from its pin before it is left out.
SHIFTS = (0, -0.55, 0.55, -1.1, 1.1, -1.7, 1.7, -2.4, 2.4, -3.2, 3.2)
GAP, PIN = 10, 6

Box = tuple[float, float, float, float]


class Label(NamedTuple):
    """The name of a pin and its place; `shown` is false if it found no room (a list has it too)."""

    name: str
    x: float
    y: float
    anchor: str
    box: Box
    shown: bool = True
    is_moved: bool = False


def place_labels(points: Iterable[tuple], width: float = 1000, height: float = 460, size: float = 18) -> list[Label]:
    """Labels for (name, x, y) points, in their order; those with least room choose their place first."""
    points = list(points)
    pins = [(x - PIN, y - PIN, x + PIN, y + PIN) for _, x, y in points]
    labels: dict[int, Label] = {}
    for index in sorted(range(len(points)), key=lambda i: (-_neighbours(points, i), i)):
        taken = [label.box for label in labels.values() if label.shown]
        others = taken + pins[:index] + pins[index + 1 :]
        labels[index] = _best(points[index], others, (width, height), size)
    return [labels[index] for index in range(len(points))]


def text_width(name: str, size: float) -> float:
    """About how wide a name is: letters of East Asia take a full square, capitals more than small letters."""
    wide = sum(unicodedata.east_asian_width(letter) in "WF" for letter in name)
    high = sum(letter.isupper() for letter in name)
    return size * (wide * 1.02 + high * 0.72 + (len(name) - wide - high) * 0.56)


def _neighbours(points: list[tuple], index: int) -> int:
    """How many other pins lie so near that their names may meet."""
    _, x, y = points[index]
    return sum(abs(x - other[1]) < 150 and abs(y - other[2]) < 40 for other in points) - 1  # noqa: PLR2004


def _best(point: tuple, taken: list[Box], frame: tuple, size: float) -> Label:
    """The first free place, nearest to the pin first; right before left."""
    options = [_option(point, side, shift, size) for shift in SHIFTS for side in ("start", "end")]
    inside = (label for label in options if _inside(label.box, frame))
    free = (label for label in inside if not any(overlap(label.box, box) for box in taken))
    return next(free, options[0]._replace(shown=False))


def _option(point: tuple, side: str, shift: float, size: float) -> Label:
    """A label to the right ("start") or left ("end") of its pin, moved by so many lines."""
    name, x, y = point
    wide = text_width(name, size)
    edge = x + GAP if side == "start" else x - GAP
    middle = y + shift * size
    left = edge if side == "start" else edge - wide
    box = (left, middle - size * 0.55, left + wide, middle + size * 0.55)
    return Label(name, round(edge, 1), round(middle + size * 0.32, 1), side, box, is_moved=abs(shift) > 1)


def overlap(one: Box, other: Box) -> bool:
    """Whether two boxes (left, top, right, bottom) share any surface."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _inside(box: Box, frame: tuple) -> bool:
    """Whether a box stays within the chart, clear of its border."""
    return box[0] > GAP and box[1] > GAP and box[2] < frame[0] - GAP and box[3] < frame[1] - GAP
