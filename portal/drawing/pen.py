"""The pen: turns points into short SVG path texts, and seeds into dice that always fall the same way."""

import hashlib
import math
import random
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

Point = tuple[float, float]


class Stroke(NamedTuple):
    """One path of a drawing: `look` is its CSS class, `path` its SVG path data, `at` where its origin is."""

    look: str
    path: str
    at: str = ""


def dice_of(seed: object) -> random.Random:
    """Dice for a seed: the same on every machine and in every process, which `hash()` is not."""
    digest = hashlib.sha256(str(seed).encode()).digest()
    return random.Random(int.from_bytes(digest[:8], "big"))  # noqa: S311 (it draws)


def number(value: float) -> str:
    """A number with at most one decimal, without useless zeros: 3.0 -> "3", 0.52 -> "0.5"."""
    text = f"{value:.1f}"
    return "0" if text == "-0.0" else text.removesuffix(".0")


def line(points: Iterable[Point], closed: bool = False) -> str:
    """Straight strokes through the points."""
    steps = [f"{number(x)} {number(y)}" for x, y in points]
    return "M" + "L".join(steps) + ("Z" if closed else "")


def steps(points: list[Point]) -> str:
    """A long line as a path of relative steps in tenths, which is half as long as absolute numbers."""
    if not points:
        return ""
    tenths = [(round(x * 10), round(y * 10)) for x, y in points]
    moves = [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(tenths) if a != b]
    start = "M" + _tenths(tenths[0][0]) + " " + _tenths(tenths[0][1])
    text = "l" + " ".join(_tenths(value) for move in moves for value in move).replace(" -", "-")
    return (start + text + ("Z" if points[0] == points[-1] else "")) if len(moves) > 1 else ""


def _tenths(value: int) -> str:
    """15 -> "1.5", -5 -> "-.5", 20 -> "2"."""
    whole, part = divmod(abs(value), 10)
    return ("-" if value < 0 else "") + (str(whole) if whole or not part else "") + (f".{part}" if part else "")


def area(points: Iterable[Point]) -> str:
    """A shape with straight sides."""
    return line(points, closed=True)


def box(x: float, y: float, width: float, height: float) -> list[Point]:
    """A rectangle's corners."""
    return [(x, y), (x + width, y), (x + width, y + height), (x, y + height)]


def curve(points: Sequence[Point]) -> str:
    """A closed soft shape through the points (Catmull-Rom, written as cubic curves)."""
    count, parts = len(points), [f"M{number(points[0][0])} {number(points[0][1])}"]
    for i in range(count):
        before, here, there, after = (points[(i + step) % count] for step in (-1, 0, 1, 2))
        first = [here[axis] + (there[axis] - before[axis]) / 6 for axis in (0, 1)]
        second = [there[axis] - (after[axis] - here[axis]) / 6 for axis in (0, 1)]
        parts.append("C" + " ".join(number(value) for value in (*first, *second, *there)))
    return "".join(parts) + "Z"


def disc(x: float, y: float, radius: float) -> str:
    """A full circle as a path."""
    radius = round(radius, 1)  # before it is doubled: an arc that is a hair too short bulges
    r, across = number(radius), number(2 * radius)
    return f"M{number(x - radius)} {number(y)}a{r} {r} 0 1 0 {across} 0a{r} {r} 0 1 0 -{across} 0Z"


def on_circle(cx: float, cy: float, radius: float, bearing: float) -> Point:
    """The point at a compass bearing (0 is north, 90 east) and distance from a centre."""
    angle = math.radians(bearing)
    return cx + radius * math.sin(angle), cy - radius * math.cos(angle)


def blob(dice: random.Random, cx: float, cy: float, rx: float, ry: float, *, count: int = 11) -> list[Point]:
    """The outline of an island: an ellipse whose shore goes in and out by chance."""
    reach = [dice.uniform(0.72, 1.14) for _ in range(count)]
    shore = [on_circle(0, 0, reach[i], 360 * i / count) for i in range(count)]
    return [(cx + x * rx, cy + y * ry) for x, y in shore]


def swell(points: Sequence[Point], factor: float) -> list[Point]:
    """The same outline drawn larger or smaller around its middle."""
    cx, cy = (sum(point[axis] for point in points) / len(points) for axis in (0, 1))
    return [(cx + (x - cx) * factor, cy + (y - cy) * factor) for x, y in points]
