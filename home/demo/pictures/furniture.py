"""What stands in a room: tables with chairs and what people brought, and a plant."""

from home.demo.pictures.brush import (
    GOLD,
    INK,
    LAND,
    LEAF,
    SEA,
    SHEET,
    VERMILION,
    Canvas,
    Colour,
    Dice,
    mix,
)


def tables(canvas: Canvas, dice: Dice, accent: Colour) -> None:
    """One long table or two or three small ones, with chairs and what people brought."""
    count = dice.randint(1, 3)
    wide = 880 / count - 40
    for i in range(count):
        x, y = 170 + (880 / count) * i + 10, 505
        seats = max(2, int(wide // 130))
        for seat in range(seats):
            _chair(canvas, x + 10 + seat * (wide - 72) / (seats - 1), y - 62, accent)
        canvas.veil([(x + 10, 628), (x + wide - 10, 628), (x + wide + 24, 646), (x - 10, 646)], INK, 0.22)
        for leg in (x + 26, x + wide - 36):
            canvas.box(leg, y + 14, 10, 116, mix(GOLD, INK, 0.65))
        canvas.box(x, y, wide, 18, mix(GOLD, LAND, 0.45), radius=4)
        canvas.box(x, y + 13, wide, 6, mix(GOLD, INK, 0.35), radius=3)
        _things(canvas, dice, x, y, wide)


def _chair(canvas: Canvas, x: float, y: float, tone: Colour) -> None:
    """The back of a chair behind a table, and its legs."""
    canvas.box(x, y, 52, 46, tone, radius=9)
    canvas.box(x + 9, y + 10, 34, 9, mix(tone, SHEET, 0.35), radius=4)
    for leg in (x + 4, x + 42):
        canvas.box(leg, y + 40, 6, 140, mix(tone, INK, 0.5))


def _things(canvas: Canvas, dice: Dice, x: float, y: float, wide: float) -> None:
    """Laptops, cups and papers on a table."""
    at = x + 40
    while at < x + wide - 90:
        thing = dice.choice(("laptop", "cup", "papers"))
        if thing == "laptop":
            canvas.shape([(at, y), (at + 6, y - 42), (at + 66, y - 42), (at + 60, y)], mix(INK, SEA, 0.3))
            canvas.disc(at + 34, y - 21, 4, mix(SEA, SHEET, 0.5))
        elif thing == "cup":
            canvas.box(at, y - 20, 17, 20, dice.choice((SHEET, VERMILION, SEA)), radius=3)
        else:
            canvas.shape([(at, y), (at + 8, y - 7), (at + 64, y - 7), (at + 58, y)], SHEET)
        at += dice.uniform(80, 150)


def plant(canvas: Canvas, dice: Dice, x: float) -> None:
    """A plant in a pot beside the wall."""
    for i in range(13):
        lean, high = (i - 6) * dice.uniform(8, 13), dice.uniform(90, 190)
        left, right = (x + lean * 0.4 - 13, 560 - high * 0.6), (x + lean * 0.5 + 11, 560 - high * 0.5)
        leaf = [(x - 4, 560), left, (x + lean, 560 - high), right, (x + 4, 560)]
        canvas.shape(leaf, mix(LEAF, SHEET, dice.uniform(0, 0.35)))
    canvas.shape([(x - 40, 556), (x + 40, 556), (x + 28, 632), (x - 28, 632)], mix(VERMILION, LAND, 0.35))
