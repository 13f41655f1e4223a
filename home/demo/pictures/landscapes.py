"""Outdoors: hill country, islands, and the light over them."""

from itertools import pairwise

from home.demo.pictures.brush import (
    GOLD,
    INK,
    LAMP,
    LEAF,
    NIGHT,
    PAPER,
    SEA,
    SHEET,
    VERMILION,
    Canvas,
    Colour,
    Dice,
    mix,
)
from home.demo.pictures.water import boat, ripples

RUST = mix(VERMILION, INK, 0.35)
#: Hours of a day: sky above, sky at the horizon, sun or moon, the tone of the land.
HOURS = (
    (mix(SEA, SHEET, 0.55), mix(PAPER, GOLD, 0.25), mix(SHEET, GOLD, 0.4), SEA),
    (mix(VERMILION, PAPER, 0.62), mix(PAPER, GOLD, 0.5), mix(VERMILION, GOLD, 0.45), RUST),
    (mix(LEAF, SHEET, 0.6), mix(PAPER, SHEET, 0.5), SHEET, LEAF),
    (mix(GOLD, SHEET, 0.45), mix(PAPER, SHEET, 0.3), mix(VERMILION, PAPER, 0.3), mix(GOLD, INK, 0.45)),
    (mix(NIGHT, SEA, 0.35), mix(SEA, GOLD, 0.4), mix(LAMP, SHEET, 0.5), mix(NIGHT, SEA, 0.6)),
)


def ridge(dice: Dice, level: float, height: float, width: float = 1200, depth: int = 8) -> list:
    """A ridge from left to right, broken in halves again and again."""
    heights = [level - dice.uniform(0, height) for _ in range(4)]
    for _ in range(depth - 1):
        height *= 0.5
        between = [(a + b) / 2 + dice.uniform(-height, height) for a, b in pairwise(heights)]
        heights = [each for pair in zip(heights, between, strict=False) for each in pair] + heights[-1:]
    return [(width * i / (len(heights) - 1), y) for i, y in enumerate(heights)]


def daylight(canvas: Canvas, dice: Dice, horizon: float) -> tuple[Colour, Colour]:
    """Sky, winds and sun; gives back the horizon's colour and the land's."""
    top, foot, sun, land = dice.choice(HOURS)
    canvas.sky(top, foot, horizon)
    x, y = dice.uniform(220, 980), dice.uniform(110, 260)
    canvas.winds(x, y, mix(top, foot, 0.5), mix(land, SHEET, 0.25), strength=0.12)
    canvas.glow(x, y, 300, mix(sun, SHEET, 0.4), strength=0.75)
    canvas.disc(x, y, dice.uniform(38, 64), sun)
    return foot, land


def hill_country(canvas: Canvas, dice: Dice) -> None:
    """Five ridges one behind another, hatched on one side, with houses on the nearest."""
    haze, land = daylight(canvas, dice, 520)
    for step in range(5):
        points = ridge(dice, 340 + step * 70, 190 - step * 28)
        tone = mix(haze, land, 0.22 + 0.19 * step)
        canvas.shape([*points, (1200, 680), (0, 680)], tone)
        _hatching(canvas, dice, points, mix(tone, INK, 0.2))
    for _ in range(dice.randint(2, 5)):
        _house(canvas, dice, *points[dice.randrange(40, len(points) - 40)])


def _hatching(canvas: Canvas, dice: Dice, points: list, tone: Colour) -> None:
    """Strokes down the falling side of a ridge."""
    for (x, y), (_, y2) in zip(points[::3], points[1::3], strict=False):
        if y2 > y:
            reach = dice.uniform(14, 54)
            canvas.line([(x, y + 1), (x - reach * 0.3, y + reach)], tone, 0.9)


def _house(canvas: Canvas, dice: Dice, x: float, y: float) -> None:
    """A house with a painted door and a lit window."""
    size = dice.uniform(13, 22)
    canvas.shape([(x - size, y + 14), (x - size, y - size), (x + size, y - size), (x + size, y + 14)], SHEET)
    canvas.shape([(x - size * 1.2, y - size), (x, y - size * 2), (x + size * 1.2, y - size)], VERMILION)
    canvas.box(x - size * 0.6, y - size * 0.6, size * 0.5, size * 0.6, LAMP)
    canvas.box(x + size * 0.15, y - size * 0.6, size * 0.5, 14 + size * 0.6, INK)


def islands(canvas: Canvas, dice: Dice) -> None:
    """Islands before a wide sea, a boat between them."""
    horizon = dice.uniform(290, 340)
    haze, land = daylight(canvas, dice, horizon)
    sea = mix(SEA, haze, 0.35)
    for step in range(90):
        y = horizon + (675 - horizon) * step / 90
        canvas.box(0, y, 1200, 8, mix(mix(sea, haze, 0.5), mix(sea, NIGHT, 0.35), step / 90))
    for step in range(4):
        tone = mix(haze, land, 0.35 + 0.2 * step)
        _island(canvas, dice, horizon + 6 + step * step * 22, 1 + step * 0.55, tone)
    ripples(canvas, dice, horizon, mix(sea, SHEET, 0.45))
    boat(canvas, dice.uniform(300, 900), dice.uniform(480, 560), dice.uniform(60, 90))


def _island(canvas: Canvas, dice: Dice, level: float, near: float, tone: Colour) -> None:
    """One island: a ridge that comes out of the water and goes back into it, with its reflection."""
    wide, left = dice.uniform(240, 420) * near, dice.uniform(-120, 980)
    crest = ridge(dice, 0, 1, wide)
    profile = [(left + x, level + (y - 0.5) * 90 * near * (x / wide) * (1 - x / wide) * 3) for x, y in crest]
    canvas.shape([(x, level + (level - y) * 0.35) for x, y in profile], mix(tone, SEA, 0.55))
    canvas.shape([*profile, (left + wide, level), (left, level)], tone)
    canvas.line([(left - 6, level), (left + wide + 6, level)], mix(tone, SHEET, 0.5), 1.4)
