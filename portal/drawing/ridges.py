"""Hills seen from the sea: ridge lines, as pilots drew them beside their charts."""

import random
from itertools import pairwise

from portal.drawing.pen import Point, area, dice_of, line, on_circle


def ridge(dice: random.Random, level: float, height: float, width: float = 320, depth: int = 5) -> list[Point]:
    """A ridge from left to right around a level, halved again and again (midpoint displacement)."""
    heights = [level - dice.uniform(0, height) for _ in range(3)]
    for _ in range(depth - 1):
        height *= 0.52
        between = [(a + b) / 2 + dice.uniform(-height, height) for a, b in pairwise(heights)]
        heights = [each for pair in zip(heights, between, strict=False) for each in pair] + heights[-1:]
    return [(width * i / (len(heights) - 1), y) for i, y in enumerate(heights)]


def ground(points: list[Point], width: float = 320, height: float = 160) -> str:
    """The surface below a ridge, down to the foot of the picture."""
    right, foot = width + 4, height + 4
    return area([*points, (right, points[-1][1]), (right, foot), (-4, foot), (-4, points[0][1])])


def flanks(dice: random.Random, points: list[Point], length: float = 22) -> str:
    """Hatching on the lee side of a ridge: short strokes down from where it falls."""
    falling = [(a, b) for a, b in pairwise(points) if b[1] > a[1]]
    strokes = []
    for (x, y), (x2, y2) in falling:
        for part in (0.15, 0.55, 0.9):
            x0, y0 = x + (x2 - x) * part, y + (y2 - y) * part
            reach = length * dice.uniform(0.4, 1)
            strokes.append(line([(x0, y0), (x0 - reach * 0.35, y0 + reach)]))
    return "".join(strokes)


def rays(x: float, y: float, reach: float = 400, count: int = 32) -> str:
    """Winds blowing from one node in every direction."""
    return "".join(line([(x, y), on_circle(x, y, reach, 360 / count * i)]) for i in range(count))


def hills(seed: object) -> dict[str, str]:
    """Two ridges (`far`, `near`) and the `winds` above them, for a picture of 320 by 160."""
    dice = dice_of(seed)
    return {
        "winds": rays(dice.uniform(60, 260), dice.uniform(10, 40)),
        "far": ground(ridge(dice, 104, 52)),
        "near": ground(ridge(dice, 132, 34)),
    }
