"""Motifs that look down on a chart: a coast with islands, soundings around a shoal, winds and a rose."""

import random
from itertools import groupby

from portal.drawing.pen import Point, Stroke, area, blob, curve, disc, swell
from portal.drawing.ridges import ridge
from portal.drawing.wind import lily, rose_points, rose_ticks, wind_nodes, winds

Dice = random.Random


def coast(dice: Dice) -> list[Stroke]:
    """A mainland on one side, islands before it, a passage between two anchorages."""
    side = dice.choice((0, 320))
    shore = _shore(dice, side)
    islands = _islands(dice, 320 - side)
    shapes = [area(_mainland(shore, side)), *(curve(island) for island in islands)]
    water = [curve(swell(island, factor)) for island in islands for factor in (1.22, 1.5)]
    off = [area(_mainland([(x + step, y) for x, y in shore], side)) for step in _offings(side)]
    start, end = min(shore, key=lambda p: abs(p[1] - 70)), _middle(islands[0])
    return [
        *_net(dice.uniform(120, 200), dice.uniform(30, 130), 150),
        Stroke("art-water", "".join(water + off)),
        Stroke("art-land", "".join(shapes)),
        Stroke("art-route", _passage(start, end)),
        Stroke("art-pin", disc(*start, 3.4) + disc(*end, 3.4)),
    ]


def soundings(dice: Dice) -> list[Stroke]:
    """A shoal with its depths: rings of equal depth around an island, and a lead line's dots."""
    cx, cy = dice.uniform(110, 210), dice.uniform(62, 98)
    heart = blob(dice, cx, cy, 52, 30, count=13)
    rings = [Stroke(f"art-depth art-depth-{i}", curve(swell(heart, 4.2 - 0.8 * i))) for i in range(4)]
    heights = "".join(curve(swell(heart, factor)) for factor in (0.72, 0.44, 0.2))
    dots = [(dice.uniform(8, 312), dice.uniform(8, 152)) for _ in range(70)]
    depths = [dot for dot in dots if abs(dot[0] - cx) > 64 or abs(dot[1] - cy) > 42]  # noqa: PLR2004
    return [
        *rings,
        Stroke("art-dots", "".join(disc(x, y, 0.9) for x, y in depths)),
        Stroke("art-land", curve(heart)),
        Stroke("art-hatch", heights),
        Stroke("art-pin", disc(*heart[dice.randrange(13)], 3.4)),
    ]


def rhumb(dice: Dice) -> list[Stroke]:
    """The net of winds with its rose, large, and a cape that reaches into it."""
    cx, cy = dice.choice((dice.uniform(76, 130), dice.uniform(190, 244))), 86
    cape = blob(dice, 320 - cx + dice.uniform(-20, 20), dice.choice((0, 160)), 96, 40, count=15)
    return [
        *_net(cx, cy, 210),
        Stroke("art-water", curve(swell(cape, 1.12)) + curve(swell(cape, 1.25))),
        Stroke("art-land", curve(cape)),
        *small_rose(cx, cy, 48),
    ]


def small_rose(cx: float, cy: float, radius: float) -> list[Stroke]:
    """A rose within a picture: its ring, its blades in two tones and the lily."""
    ring = disc(0, 0, radius * 0.62) + disc(0, 0, radius * 0.66) + rose_ticks(radius * 0.66)
    parts = [("art-ring", ring)]
    for _, group in groupby(rose_points(radius), key=lambda blade: blade["rank"]):
        blades = list(group)
        parts.append(("art-blade-light", "".join(blade["light"] for blade in blades)))
        parts.append(("art-blade", "".join(blade["dark"] for blade in blades)))
    parts.append(("art-north", lily(radius)))
    at = f"{cx:.1f} {cy:.1f}"
    return [Stroke(look, path, at) for look, path in parts]


def _net(cx: float, cy: float, radius: float) -> list[Stroke]:
    """The winds of a circle and its nodes."""
    lines = [Stroke(f"wind {colour}", path) for colour, path in winds(cx, cy, radius).items()]
    nodes = "".join(disc(x, y, 1.6) for x, y in wind_nodes(cx, cy, radius))
    return [*lines, Stroke("art-dots", nodes)]


def _shore(dice: Dice, side: float) -> list[Point]:
    """A coast from north to south with capes and bays."""
    inward = 1 if side == 0 else -1
    reach = ridge(dice, 92, 58, width=176)
    return [(side + inward * depth, along - 8) for along, depth in reach]


def _offings(side: float) -> tuple[float, ...]:
    """How far off the mainland its water lines run."""
    return (4, 9) if side == 0 else (-4, -9)


def _mainland(shore: list[Point], side: float) -> list[Point]:
    """The land behind a shore, out to beyond the frame."""
    far = -20 if side == 0 else 340
    return [*shore, (far, 170), (far, -10)]


def _islands(dice: Dice, side: float) -> list[list[Point]]:
    """Two to four islands in the open half of the picture."""
    towards = 1 if side else -1
    start = 200 if towards > 0 else 120
    spots = [(start + towards * (28 * i + dice.uniform(-8, 8)), 30 + 100 * ((i * 0.62) % 1)) for i in range(4)]
    return [blob(dice, x, y, dice.uniform(10, 24), dice.uniform(7, 15)) for x, y in spots[: dice.randint(2, 4)]]


def _middle(points: list[Point]) -> Point:
    """The middle of an outline."""
    return sum(x for x, _ in points) / len(points), sum(y for _, y in points) / len(points)


def _passage(start: Point, end: Point) -> str:
    """The way of a ship: a slack curve between two anchorages."""
    (x, y), (x2, y2) = start, end
    return f"M{x:.1f} {y:.1f}Q{(x + x2) / 2:.1f} {(y + y2) / 2 + 26:.1f} {x2:.1f} {y2:.1f}"
