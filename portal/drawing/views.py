"""Motifs seen from a ship: hill country, a harbour with masts."""

import random

from portal.drawing.pen import Stroke, area, box, disc, line
from portal.drawing.ridges import flanks, ground, rays, ridge

Dice = random.Random
WIDTH, HALF = 320, 0.5
#: How many windows of a quay are lit, and how many houses stand apart from the next.
LIT, GAPS = 0.62, 0.3


def hill_country(dice: Dice) -> list[Stroke]:
    """Three ridges one behind another, a low sun, and a house whose door is painted."""
    far, middle, near = ridge(dice, 96, 50), ridge(dice, 116, 40), ridge(dice, 142, 26)
    sun = dice.uniform(50, 270), dice.uniform(34, 62)
    house = near[dice.randrange(10, 24)]
    return [
        Stroke("art-rays", rays(*sun)),
        Stroke("art-sun", disc(*sun, dice.uniform(13, 20))),
        Stroke("art-far", ground(far)),
        Stroke("art-middle", ground(middle)),
        Stroke("art-hatch", flanks(dice, middle, 16)),
        Stroke("art-near", ground(near)),
        *_house(*house),
    ]


def _house(x: float, y: float) -> list[Stroke]:
    """A small house on a ridge."""
    wall = [(x - 5, y + 4), (x - 5, y - 4), (x, y - 9), (x + 5, y - 4), (x + 5, y + 4)]
    return [Stroke("art-wall", area(wall)), Stroke("art-mark", area(box(x - 1.3, y - 2.5, 2.6, 6.5)))]


def harbour(dice: Dice) -> list[Stroke]:
    """A quay with houses, boats before it, and their masts' reflections."""
    quay, boats = 96, sorted(dice.sample(range(30, 300, 44), dice.randint(3, 4)))
    houses, lights = _row(dice, quay)
    drawn = [_boat(dice, x + dice.uniform(-8, 8), 120 + 14 * (i % 2)) for i, x in enumerate(boats)]
    return [
        Stroke("art-rays", rays(dice.uniform(40, 280), 26)),
        Stroke("art-far", ground(ridge(dice, 84, 40))),
        Stroke("art-middle", houses),
        Stroke("art-lights", lights),
        Stroke("art-sea", area(box(-4, quay, 328, 70))),
        Stroke("art-ripples", _ripples(dice, quay)),
        *(Stroke(look, "".join(boat[look] for boat in drawn)) for look in drawn[0]),
    ]


def _row(dice: Dice, quay: float) -> tuple[str, str]:
    """Gabled houses along a quay, and their windows."""
    walls, lights, x = "", "", dice.uniform(-12, 0)
    while x < WIDTH:
        wide, high = dice.uniform(15, 27), dice.uniform(14, 36)
        top = quay - high
        gable = (x + wide / 2, top - dice.uniform(4, 11))
        walls += area([(x, quay), (x, top), gable, (x + wide, top), (x + wide, quay)])
        panes = [(x + wide * part, top + 4 + row * 9) for part in (0.2, 0.6) for row in range(int(high // 11))]
        lights += "".join(area(box(*pane, 3, 4)) for pane in panes if dice.random() < LIT)
        x += wide + (dice.uniform(4, 16) if dice.random() < GAPS else 0.6)
    return walls, lights


def _boat(dice: Dice, x: float, y: float) -> dict[str, str]:
    """A boat at anchor: hull, mast, sail (set, half set or furled), pennant, reflection."""
    size, mast = dice.uniform(15, 21), dice.uniform(46, 66)
    top, boom, set_to = y - mast, y - 9, dice.choice((0.12, 0.62, 0.95))
    hull = [(x - size, y - 4), (x + size * 1.15, y - 6), (x + size * 0.72, y + 5), (x - size * 0.74, y + 5)]
    sail = [(x - 1.6, top + 7), (x - 1.6, boom), (x - 1.6 - size * set_to, boom)]
    jib = [(x + 1.6, top + 12), (x + size * 1.05, y - 7), (x + 1.6, boom - 3)]
    return {
        "art-mast": line([(x, y - 4), (x, top)]) + line([(x - size, boom), (x, boom)]) + line([(x, top + 4), hull[1]]),
        "art-sail": area(sail) + (area(jib) if set_to > HALF else ""),
        "art-hull": area(hull),
        "art-mark": area([(x, top), (x + 9, top + 2.6), (x, top + 5.2)]),
        "art-ripple": line([(x - 1, y + 9), (x + 1.4, y + 15)]) + line([(x + 1, y + 17), (x - 1, y + 24)]),
    }


def _ripples(dice: Dice, top: float) -> str:
    """Short level strokes on water, wider apart the nearer they are."""
    marks = [(dice.uniform(-6, 310), top + 4 + 58 * dice.random() ** 1.5) for _ in range(46)]
    return "".join(line([(x, y), (x + (y - top) * 0.3 + dice.uniform(4, 9), y)]) for x, y in marks)
