"""Portraits without faces: shoulders, a head, hair or a hat, before winds, in tones of their own."""

import math

from home.demo.pictures.brush import GOLD, INK, LEAF, PAPER, SEA, SHEET, VERMILION, Canvas, Colour, Dice, mix

SKINS = ((227, 189, 152), (201, 148, 106), (154, 102, 66), (107, 67, 44), (240, 208, 178))
HAIRS = ((43, 36, 32), (84, 54, 36), (150, 146, 140), (122, 72, 38), (24, 22, 24))
TONES = (SEA, GOLD, LEAF, VERMILION, mix(SEA, INK, 0.5))


def portrait(canvas: Canvas, dice: Dice) -> None:
    """One abstract person."""
    cloth, trim = dice.sample(TONES, 2)
    ground = mix(dice.choice(TONES), PAPER, dice.uniform(0.6, 0.8))
    canvas.sky(mix(ground, SHEET, 0.35), ground, 800)
    canvas.winds(dice.uniform(60, 740), dice.uniform(40, 240), ground, INK, strength=0.12)
    canvas.disc(400, 380, 290, mix(ground, SHEET, 0.3))
    skin, hair = dice.choice(SKINS), dice.choice(HAIRS)
    style = dice.choice((_short, _long, _bun, _curls, _cap, _shawl))
    style(canvas, hair, trim, True)
    _body(canvas, dice, cloth, trim, skin)
    canvas.disc(400, 320, dice.uniform(126, 138), skin, 1.2)
    style(canvas, hair, trim, False)


def _body(canvas: Canvas, dice: Dice, cloth: Colour, trim: Colour, skin: Colour) -> None:
    """Shoulders, neck and collar."""
    wide = dice.uniform(250, 300)
    canvas.disc(400, 830, wide, cloth, 1.02)
    canvas.box(346, 400, 108, 170, skin, radius=50)
    canvas.disc(400, 470, 54, mix(skin, INK, 0.18), 0.5)
    canvas.box(346, 380, 108, 84, skin, radius=40)
    collar = dice.choice(("open", "round", "scarf"))
    if collar == "open":
        canvas.shape([(340, 540), (400, 690), (460, 540), (432, 560), (400, 600), (368, 560)], trim)
        canvas.shape([(352, 545), (400, 640), (448, 545)], skin)
    elif collar == "scarf":
        canvas.disc(400, 566, 112, trim, 0.5)
        canvas.disc(400, 540, 70, mix(trim, INK, 0.25), 0.34)
    else:
        canvas.disc(400, 556, 72, trim, 0.52)
        canvas.disc(400, 546, 58, skin, 0.5)


def _arch(wide: float, foot: float, high: float) -> list:
    """A half ellipse over the middle of the picture; a negative `wide` turns it round."""
    turns = [math.pi * i / 40 for i in range(41)]
    return [(400 - wide * math.cos(turn), foot - high * math.sin(turn)) for turn in turns]


def _crown(canvas: Canvas, tone: Colour, low: float = 300) -> None:
    """Hair over the top of the head, parted."""
    parting = [(546, low), (520, low - 20), (470, 225), (400, 212), (320, 236), (284, low - 16), (254, low)]
    canvas.shape([*_arch(146, 310, 168), *parting], tone)


def _short(canvas: Canvas, hair: Colour, trim: Colour, behind: bool) -> None:
    """Short hair."""
    if not behind:
        _crown(canvas, hair)


def _long(canvas: Canvas, hair: Colour, trim: Colour, behind: bool) -> None:
    """Long hair, over the shoulders."""
    if behind:
        canvas.box(240, 200, 320, 420, hair, radius=140)
    else:
        _crown(canvas, hair, 360)


def _bun(canvas: Canvas, hair: Colour, trim: Colour, behind: bool) -> None:
    """Hair put up."""
    if behind:
        canvas.disc(400, 118, 66, hair)
    else:
        _crown(canvas, hair, 280)
        canvas.box(352, 138, 96, 15, trim, radius=7)


def _curls(canvas: Canvas, hair: Colour, trim: Colour, behind: bool) -> None:
    """Curls all around."""
    reach = range(-7, 8) if behind else range(-4, 5)
    for i in reach:
        angle = i * 0.26
        distance = 150 if behind else 132
        x, y = 400 + distance * math.sin(angle), 300 - distance * 1.1 * math.cos(angle)
        canvas.disc(x, y, 58 if behind else 46, hair)


def _cap(canvas: Canvas, hair: Colour, trim: Colour, behind: bool) -> None:
    """A cap with its brim to one side."""
    if behind:
        canvas.disc(400, 330, 146, hair, 1.05)
        return
    canvas.shape(_arch(148, 270, 140), trim)
    canvas.box(250, 252, 380, 32, mix(trim, INK, 0.25), radius=16)


def _shawl(canvas: Canvas, hair: Colour, trim: Colour, behind: bool) -> None:
    """A shawl over head and shoulders."""
    if behind:
        canvas.disc(400, 350, 204, trim, 1.12)
        canvas.shape([(210, 380), (150, 700), (650, 700), (590, 380)], mix(trim, INK, 0.12))
        return
    outer, inner = _arch(172, 320, 196), _arch(-122, 320, 120)
    canvas.shape([*outer, (560, 480), (430, 600), (524, 400), *inner, (276, 400), (370, 600), (240, 480)], trim)
    canvas.disc(400, 590, 130, mix(trim, INK, 0.08), 0.62)
