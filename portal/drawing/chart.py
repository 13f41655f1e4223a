"""A place on its part of the chart as a PNG, for those who share a page. Without words, so the same in every language.

Anything that has a place may be drawn so: a space by the sign of its cost, anything else by a plain pin.
"""

import math
from functools import lru_cache
from io import BytesIO
from itertools import combinations

from PIL import Image, ImageDraw

from portal.drawing.land import coasts
from portal.drawing.locator import HORIZON, cropped, from_centre
from portal.drawing.pen import Point, on_circle
from portal.drawing.wind import NEAREST, wind_nodes, wind_of

WIDTH, HEIGHT = 1200, 630  # what social networks show whole
FINER = 2  # drawn at twice the size and made smaller, so that lines are smooth
ACROSS = 2600  # kilometres
SEA, LAND, COAST, SHEET, INK = "#e6e9e2", "#e2d8bd", "#857548", "#fbfaf5", "#1c2733"
SHOAL, FAR_SHOAL = "#cfd9d8", "#dae1de"
WINDS = {"ink": "#d4d3cb", "green": "#cfd9cc", "red": "#e4d0c6"}
SIGNS = {"free": "#23596b", "donation": "#7d5a0e", "paid": "#7d5a0e", "": "#a8321a"}


@lru_cache(maxsize=64)
def draw_chart(latitude: float, longitude: float, sign: str = "") -> bytes:
    """The chart around a place, as the bytes of a PNG. `sign` is free, donation, paid or nothing."""
    size = (WIDTH * FINER, HEIGHT * FINER)
    image = Image.new("RGB", size, SEA)
    pen = ImageDraw.Draw(image)
    middle = (size[0] / 2, size[1] / 2)
    draw_winds(pen, middle, 560 * FINER)
    for coast in shores(latitude, longitude, size):
        draw_shoals(pen, coast)
    for coast in shores(latitude, longitude, size):
        pen.polygon(coast, fill=LAND)
        pen.line(coast, fill=COAST, width=2 * FINER, joint="curve")
    draw_frame(pen, size)
    draw_sign(pen, middle, sign)
    buffer = BytesIO()
    image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS).quantize(128).save(buffer, "PNG", optimize=True)
    return buffer.getvalue()


def shores(latitude: float, longitude: float, size: tuple[int, int]) -> list[list[Point]]:
    """The coasts around the place in pixels, cut to the picture."""
    scale = size[0] / ACROSS
    near = ([from_centre(point, (longitude, latitude)) for point in coast] for coast in coasts())
    shown = [coast for coast in near if min(math.hypot(x, y) for x, y in coast) < HORIZON]
    placed = ([(size[0] / 2 + x * scale, size[1] / 2 - y * scale) for x, y in coast] for coast in shown)
    return [coast for coast in (cropped(coast, *size) for coast in placed) if len(coast) > 3]  # noqa: PLR2004


def draw_winds(pen: ImageDraw.ImageDraw, middle: Point, radius: float) -> None:
    nodes = wind_nodes(*middle, radius)
    for i, j in combinations(range(len(nodes)), 2):
        if NEAREST <= j - i <= len(nodes) - NEAREST:
            pen.line([nodes[i], nodes[j]], fill=WINDS[wind_of(i, j)], width=FINER)


def draw_shoals(pen: ImageDraw.ImageDraw, coast: list[Point]) -> None:
    """Two tones of shallow water along a coast."""
    for width, tone in ((26, FAR_SHOAL), (11, SHOAL)):
        pen.line(coast, fill=tone, width=width * FINER, joint="curve")


def draw_frame(pen: ImageDraw.ImageDraw, size: tuple[int, int]) -> None:
    """The scale around the chart, a bar for every other part."""
    edge, far, low = 14 * FINER, size[0] - 14 * FINER, size[1] - 14 * FINER
    pen.rectangle([edge, edge, far, low], outline=COAST, width=FINER)
    step = (far - edge) / 24
    for number in range(0, 24, 2):
        left = edge + number * step
        for y in (edge, low - 8 * FINER):
            pen.rectangle([left, y, left + step, y + 8 * FINER], fill=COAST)


def draw_sign(pen: ImageDraw.ImageDraw, middle: Point, sign: str) -> None:
    """Rings around the place, and in them the sign: circle for free, diamond for paid, half a diamond for a donation."""
    x, y = middle
    for radius in (150, 96):
        pen.circle(middle, radius * FINER, outline=INK, width=FINER)
    pen.circle(middle, 54 * FINER, fill=SHEET, outline=SIGNS[sign], width=3 * FINER)
    tone, reach = SIGNS[sign], 34 * FINER
    corners = [on_circle(x, y, reach, bearing) for bearing in (0, 90, 180, 270)]
    if sign in ("", "free"):
        pen.circle(middle, 28 * FINER, fill=tone)
    elif sign == "paid":
        pen.polygon(corners, fill=tone)
    else:
        pen.polygon([corners[0], corners[2], corners[3]], fill=tone)
        pen.line([*corners, corners[0]], fill=tone, width=4 * FINER, joint="curve")
