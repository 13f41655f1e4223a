"""The motif of the coast at night, seen from a ship."""

import random

from portal.drawing.pen import Point, Stroke, area, box, disc, line, on_circle
from portal.drawing.ridges import ground, ridge

Dice = random.Random
SIZES = (0.6, 0.6, 0.9, 1.3)
MIDDLE = 160


def night(dice: Dice) -> list[Stroke]:
    """Stars, a figure joined by lines as navigators learnt it, a lighthouse and its beam."""
    stars = [(dice.uniform(4, 316), dice.uniform(4, 112), dice.choice(SIZES)) for _ in range(80)]
    moon, figure = (dice.uniform(40, 280), dice.uniform(22, 44)), _figure(dice)
    cape = [(x, y * 0.5 + 66) for x, y in ridge(dice, 146, 30)]
    foot = cape[dice.randrange(5, 28)]
    lamp = foot[0], foot[1] - 27
    side = 1 if lamp[0] < MIDDLE else -1
    beam = [lamp, on_circle(*lamp, 330, side * 84), on_circle(*lamp, 330, side * 97)]
    return [
        Stroke("art-night", area(box(-4, -4, 328, 168))),
        Stroke("art-stars", "".join(disc(*star) for star in stars)),
        Stroke("art-figure", line(figure)),
        Stroke("art-bright", "".join(disc(x, y, 1.9) for x, y in figure)),
        Stroke("art-moon", _crescent(*moon, 12)),
        Stroke("art-beam", area(beam)),
        Stroke("art-tower", _tower(foot, lamp)),
        Stroke("art-bright", disc(*lamp, 3.2)),
        Stroke("art-nightland", ground(cape)),
    ]


def _tower(foot: Point, lamp: Point) -> str:
    """The tower of the lighthouse, from its foot to its lamp."""
    base, (x, y) = foot[1] + 6, lamp
    return area([(x - 4, base), (x - 2.4, y), (x + 2.4, y), (x + 4, base)])


def _figure(dice: Dice) -> list[Point]:
    """The stars of one constellation, from west to east."""
    start, step = dice.uniform(20, 120), dice.uniform(20, 32)
    return [(start + step * i + dice.uniform(-6, 6), dice.uniform(18, 84)) for i in range(6)]


def _crescent(x: float, y: float, radius: float) -> str:
    """A young moon."""
    r, inner, across = f"{radius:.1f}", f"{radius * 1.25:.1f}", f"{radius * 2:.1f}"
    return f"M{x:.1f} {y - radius:.1f}a{r} {r} 0 1 1 0 {across}a{inner} {inner} 0 0 0 0 -{across}Z"
