"""The brush: a canvas painted at twice its size and reduced, so that every edge is smooth."""

import hashlib
import math
import random

from PIL import Image, ImageChops, ImageDraw

Colour = tuple[int, int, int]
Dice = random.Random
SCALE = 2

PAPER, SHEET, INK = (241, 238, 228), (251, 250, 245), (28, 39, 51)
SEA, VERMILION, GOLD, LEAF = (35, 89, 107), (168, 50, 26), (190, 145, 58), (61, 97, 68)
LAND, LAMP, NIGHT = (226, 216, 189), (255, 214, 140), (16, 32, 46)


def dice_of(seed: object) -> Dice:
    """Dice for a seed: the same on every machine and in every process."""
    digest = hashlib.sha256(str(seed).encode()).digest()
    return random.Random(int.from_bytes(digest[:8], "big"))  # noqa: S311 (it draws)


def mix(one: Colour, other: Colour, part: float) -> Colour:
    """A colour between two: part 0 is the first, 1 the second."""
    return tuple(round(a + (b - a) * part) for a, b in zip(one, other, strict=True))


class Canvas:
    """A surface measured in the finished picture's pixels."""

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width, height
        self.image = Image.new("RGB", (width * SCALE, height * SCALE), PAPER)
        self.pen = ImageDraw.Draw(self.image)

    def sky(self, top: Colour, foot: Colour, until: float) -> None:
        """A soft passage from one colour to another, from the top down to a height, and the second below."""
        ramp = Image.linear_gradient("L").resize((self.width * SCALE, round(until * SCALE)))
        self.pen.rectangle((0, 0, *self.image.size), fill=foot)
        blend = Image.composite(Image.new("RGB", ramp.size, foot), Image.new("RGB", ramp.size, top), ramp)
        self.image.paste(blend, (0, 0))

    def shape(self, points: list, fill: Colour) -> None:
        """A filled shape."""
        self.pen.polygon([(x * SCALE, y * SCALE) for x, y in points], fill=fill)

    def box(self, x: float, y: float, width: float, height: float, fill: Colour, *, radius: float = 0) -> None:
        """A filled rectangle, with round corners if asked."""
        corners = (x * SCALE, y * SCALE, (x + width) * SCALE, (y + height) * SCALE)
        self.pen.rounded_rectangle(corners, radius * SCALE, fill=fill)

    def disc(self, x: float, y: float, radius: float, fill: Colour, tall: float = 1) -> None:
        """A filled circle, or an ellipse `tall` times as high as wide."""
        wide, high = radius * SCALE, radius * tall * SCALE
        self.pen.ellipse((x * SCALE - wide, y * SCALE - high, x * SCALE + wide, y * SCALE + high), fill=fill)

    def line(self, points: list, fill: Colour, width: float = 1) -> None:
        """A stroke through points."""
        scaled = [(x * SCALE, y * SCALE) for x, y in points]
        self.pen.line(scaled, fill=fill, width=max(1, round(width * SCALE)), joint="curve")

    def veil(self, points: list, colour: Colour, strength: float) -> None:
        """A shape of see-through colour: light through a window, a shadow, mist."""
        mask = Image.new("L", self.image.size, 0)
        ImageDraw.Draw(mask).polygon([(x * SCALE, y * SCALE) for x, y in points], fill=round(255 * strength))
        self.image.paste(colour, (0, 0), mask)

    def glow(self, x: float, y: float, radius: float, colour: Colour, *, strength: float = 0.8) -> None:
        """Light around a lamp or the sun: strongest in the middle, gone at the radius."""
        size = round(2 * radius * SCALE)
        fade = [round((max(v - 75, 0) / 180) ** 1.6 * 255 * strength) for v in range(256)]
        mask = ImageChops.invert(Image.radial_gradient("L")).point(fade)
        mask = mask.resize((size, size))
        self.image.paste(colour, (round((x - radius) * SCALE), round((y - radius) * SCALE)), mask)

    def winds(self, x: float, y: float, ground: Colour, ink: Colour, *, strength: float = 0.16) -> None:
        """Winds from one node, as on a chart, hardly darker than their ground."""
        for i in range(32):
            angle = 2 * math.pi * i / 32
            end = (x + 1600 * math.sin(angle), y - 1600 * math.cos(angle))
            self.line([(x, y), end], mix(ground, ink, strength if i % 4 else strength * 1.7), 0.8)

    def finished(self) -> Image.Image:
        """The picture in its own size."""
        return self.image.resize((self.width, self.height), Image.Resampling.BOX)
