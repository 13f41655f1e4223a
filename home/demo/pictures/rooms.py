"""Indoors: the room of a space, with windows, tables, chairs, shelves and lamps."""

from home.demo.pictures.brush import (
    GOLD,
    INK,
    LAMP,
    LAND,
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
from home.demo.pictures.furniture import plant, tables
from home.demo.pictures.landscapes import ridge

WALLS = (*(mix(tone, PAPER, 0.72) for tone in (SEA, GOLD, LEAF, VERMILION)), mix(LAND, SHEET, 0.4))
EVENINGS, GAPS = 0.4, 0.16
FLOOR = 480


def room(canvas: Canvas, dice: Dice) -> None:
    """A room by day or in the evening; no two have the same windows, tables and shelves."""
    wall, evening = dice.choice(WALLS), dice.random() < EVENINGS
    wall = mix(wall, NIGHT, 0.45) if evening else wall
    canvas.sky(mix(wall, INK, 0.08), wall, FLOOR)
    _floor(canvas, mix(mix(GOLD, LAND, 0.4), INK, 0.5 if evening else 0.12))
    count = dice.randint(2, 4)
    wide = 1040 / count
    shelf = dice.randrange(count)
    for i in range(count):
        x = 80 + wide * i
        if i == shelf:
            _shelf(canvas, dice, x, wide - 50, wall)
        else:
            _window(canvas, dice, x, wide - 50, evening)
    _lamps(canvas, dice, evening)
    accent = dice.choice((SEA, LEAF, VERMILION, mix(GOLD, INK, 0.2)))
    tables(canvas, dice, accent)
    plant(canvas, dice, dice.choice((64, 1136)))


def _floor(canvas: Canvas, tone: Colour) -> None:
    """Boards that run towards the back wall."""
    canvas.box(0, FLOOR, 1200, 200, tone)
    for i in range(-16, 17):
        canvas.line([(600 + i * 60, FLOOR), (600 + i * 140, 676)], mix(tone, INK, 0.18), 1.4)
    canvas.box(0, FLOOR - 12, 1200, 12, mix(tone, SHEET, 0.45))


def _window(canvas: Canvas, dice: Dice, x: float, wide: float, evening: bool) -> None:
    """A tall window with a view of hills or sea; by day its light falls on the floor."""
    top, high = 90, 290
    light = mix(NIGHT, SEA, 0.4) if evening else mix(SHEET, SEA, 0.14)
    canvas.box(x - 9, top - 9, wide + 18, high + 18, SHEET, radius=4)
    canvas.box(x, top, wide, high, light)
    for step, tone in enumerate((0.35, 0.7)):
        view = [(x + px, py) for px, py in ridge(dice, top + 210 + step * 40, 90 - 40 * step, wide)]
        canvas.shape([*view, (x + wide, top + high), (x, top + high)], mix(light, LEAF if step else SEA, tone * 0.8))
    for part in (1 / 3, 2 / 3):
        canvas.box(x + wide * part - 3, top, 6, high, SHEET)
    canvas.box(x, top + 96, wide, 6, SHEET)
    canvas.box(x - 20, top + high + 8, wide + 40, 12, SHEET, radius=3)
    if not evening:
        canvas.veil([(x, FLOOR), (x + wide, FLOOR), (x + wide + 130, 676), (x + 60, 676)], SHEET, 0.22)


def _shelf(canvas: Canvas, dice: Dice, x: float, wide: float, wall: Colour) -> None:
    """Shelves with books, or a chart on the wall above them."""
    wood = mix(GOLD, INK, 0.45)
    for row in range(3):
        foot = 236 + row * 100
        canvas.box(x, foot, wide, 9, wood)
        at = x + 8
        while at < x + wide - 40:
            thick, high = dice.uniform(9, 24), dice.uniform(40, 74)
            tone = dice.choice((SEA, VERMILION, GOLD, LEAF, LAND, INK, SHEET))
            canvas.box(at, foot - high, thick, high, mix(tone, wall, 0.15), radius=1)
            at += thick + (dice.uniform(14, 46) if dice.random() < GAPS else 1.5)


def _lamps(canvas: Canvas, dice: Dice, evening: bool) -> None:
    """Lamps that hang over the tables; in the evening they glow."""
    count, tone = dice.randint(2, 4), dice.choice((INK, VERMILION, GOLD, SEA))
    for i in range(count):
        x, y = 1200 * (i + 0.5) / count, dice.uniform(120, 150)
        canvas.glow(x, y + 40, 250, LAMP, strength=0.62 if evening else 0.2)
        canvas.line([(x, 0), (x, y)], INK, 2)
        canvas.shape([(x - 15, y), (x + 15, y), (x + 54, y + 44), (x - 54, y + 44)], tone)
        canvas.disc(x, y + 46, 15, LAMP, 0.6)
