"""Towns on the water: a harbour by day, a city by night."""

from home.demo.pictures.brush import (
    GOLD,
    INK,
    LAMP,
    LAND,
    NIGHT,
    SEA,
    SHEET,
    VERMILION,
    Canvas,
    Colour,
    Dice,
    mix,
)
from home.demo.pictures.landscapes import daylight, ridge
from home.demo.pictures.water import boat, ripples

#: How many windows are lit.
LIT_HOUSES, LIT_TOWERS = 0.5, 0.36


def harbour(canvas: Canvas, dice: Dice) -> None:
    """A quay with gabled houses and boats at anchor before it."""
    haze, land = daylight(canvas, dice, 380)
    canvas.shape([*ridge(dice, 330, 150), (1200, 400), (0, 400)], mix(haze, land, 0.3))
    tones = (mix(haze, land, 0.62), mix(LAND, VERMILION, 0.45), mix(LAND, GOLD, 0.5), mix(haze, land, 0.85))
    houses(canvas, dice, 410, tones)
    sea = mix(SEA, haze, 0.3)
    for step in range(60):
        canvas.box(0, 410 + step * 4.5, 1200, 6, mix(mix(sea, haze, 0.4), mix(sea, NIGHT, 0.3), step / 60))
    ripples(canvas, dice, 410, mix(sea, SHEET, 0.4))
    for i, x in enumerate(sorted(dice.sample(range(90, 1150, 170), dice.randint(3, 5)))):
        boat(canvas, x + dice.uniform(-30, 30), 500 + (i % 3) * 48, 50 + (i % 3) * 16)


def houses(canvas: Canvas, dice: Dice, foot: float, tones: tuple) -> None:
    """A row of houses with gables and windows, some of them lit."""
    x = dice.uniform(-40, 0)
    while x < canvas.width:
        wide, high, tone = dice.uniform(54, 100), dice.uniform(60, 150), dice.choice(tones)
        top, gable = foot - high, dice.uniform(12, 40)
        canvas.shape([(x, foot), (x, top), (x + wide / 2, top - gable), (x + wide, top), (x + wide, foot)], tone)
        for row in range(int(high // 34)):
            for part in (0.16, 0.44, 0.72):
                pane = LAMP if dice.random() < LIT_HOUSES else mix(tone, INK, 0.35)
                canvas.box(x + wide * part, top + 10 + row * 34, wide * 0.13, 17, pane)
        x += wide + dice.choice((1, 1, 1, 18))


def city_by_night(canvas: Canvas, dice: Dice) -> None:
    """A city on the water after dark: stars joined to a figure, lit windows, their light on the water."""
    canvas.sky(NIGHT, mix(SEA, VERMILION, dice.uniform(0.1, 0.4)), 430)
    for _ in range(160):
        place, size = (dice.uniform(0, 1200), dice.uniform(0, 300)), dice.choice((0.8, 1, 1.6))
        canvas.disc(*place, size, mix(LAMP, SHEET, dice.random()))
    figure = [(dice.uniform(80, 500) * 0.3 + 130 * i + 60, dice.uniform(50, 190)) for i in range(6)]
    canvas.line(figure, mix(SEA, LAMP, 0.35), 1)
    for star in figure:
        canvas.disc(*star, 3.6, LAMP)
    canvas.glow(980, 120, 170, mix(SEA, LAMP, 0.5), strength=0.5)
    canvas.disc(980, 120, 40, LAMP)
    for back, tone in ((90, mix(SEA, NIGHT, 0.45)), (0, mix(NIGHT, SEA, 0.2))):
        _towers(canvas, dice, 450, back, tone)
    canvas.box(0, 450, 1200, 230, mix(NIGHT, SEA, 0.3))
    for _ in range(240):
        x, y = dice.uniform(0, 1200), 456 + 200 * dice.random() ** 1.5
        tone = mix(mix(NIGHT, SEA, 0.3), LAMP, dice.uniform(0.1, 0.6))
        canvas.line([(x, y), (x + dice.uniform(8, 50), y)], tone, 1.6)


def _towers(canvas: Canvas, dice: Dice, foot: float, more: float, tone: Colour) -> None:
    """A row of flat-roofed buildings with lit windows."""
    x = dice.uniform(-50, 0)
    while x < canvas.width:
        wide, high = dice.uniform(46, 110), dice.uniform(70, 170) + more
        canvas.box(x, foot - high, wide, high, tone)
        for column in range(int(wide // 18)):
            for row in range(int(high // 22)):
                if dice.random() < LIT_TOWERS:
                    light = mix(LAMP, GOLD, dice.random() * 0.7)
                    canvas.box(x + 7 + column * 18, foot - high + 9 + row * 22, 7, 10, light)
        x += wide + dice.choice((2, 2, 26))
