"""The drawn portrait of somebody who gave no photograph: a figure without a face, in tones of its own."""

import random

from portal.drawing.pen import Stroke, area, dice_of, disc
from portal.drawing.ridges import rays
from portal.drawing.story import TONES

Dice = random.Random
CURLS = ((21, 24), (23, 16.5), (29.5, 12.5), (36.5, 12.8), (41.5, 17.5), (43, 24.5))
#: Shoulders and what is worn over them, and what is on the head, in a picture of 64 by 64.
SHOULDERS = {
    "round": "M9 66C9 50 18 43.5 32 43.5S55 50 55 66Z",
    "square": "M8 66V54C8 48 13 45 24 43.5H40C51 45 56 48 56 54V66Z",
    "narrow": "M14 66C14 52 22 43.5 32 43.5S50 52 50 66Z",
}
COLLARS = {
    "none": "",
    "open": "M25 43L32 54L39 43L35.5 41H28.5Z",
    "scarf": "M22 42C26 47 38 47 42 42L44 47C38 53 26 53 20 47Z",
    "band": "M9.5 60C24 55 40 55 54.5 60V64H9.5Z",
}
HEADWEAR = {
    "none": "",
    "short": "M20.5 27C19 14 26 11.5 32 11.5S45 14 43.5 27C42 20 38 19 32 19S22 20 20.5 27Z",
    "bun": "M20.5 28C19 16 26 13 32 13S45 16 43.5 28C41 20 37 20 32 18C27 20 23 20 20.5 28Z" + disc(32, 10, 5.5),
    "long": "M19 46C17 20 20 11.5 32 11.5S47 20 45 46C42 44 43 28 41 22C35 22 28 20 24 21C21 28 22 44 19 46Z",
    "cap": "M20 24C20 14 26 11 32 11S44 14 44 24L50 26.5C46 28 40 26 32 24.5H20Z",
    "shawl": "M32 8.5C20 8.5 17 20 17.5 32C18 41 15 46 12 50C20 54 26 50 27 40C22 36 22 22 32 18.5"
    "C42 22 42 36 37 40C38 50 44 54 52 50C49 46 46 41 46.5 32C47 20 44 8.5 32 8.5Z",
    "curls": "".join(disc(x, y, 5.4) for x, y in CURLS),
    "brim": "M14 22C20 19.5 22 20 23 12C26 8.5 38 8.5 41 12C42 20 44 19.5 50 22C44 26.5 20 26.5 14 22Z",
}


def draw_person(seed: object) -> dict:
    """A portrait of 64 by 64: its two tones (classes) and its strokes, ground first."""
    dice = dice_of(f"person {seed}")
    tone, other = dice.sample(TONES, 2)
    return {"tone": tone, "other": other, "strokes": _strokes(dice)}


def _strokes(dice: Dice) -> list[Stroke]:
    """Ground, winds, hair behind, shoulders, neck, head, collar, what is worn on the head."""
    worn, skin = dice.choice(sorted(HEADWEAR)), dice.randint(1, 4)
    node = dice.uniform(8, 56), dice.uniform(4, 22)
    parts = [
        Stroke("face-ground", area([(0, 0), (64, 0), (64, 64), (0, 64)])),
        Stroke("face-winds", rays(*node, reach=80, count=16)),
        Stroke("face-clothes", SHOULDERS[dice.choice(sorted(SHOULDERS))]),
        Stroke(f"face-skin face-skin-{skin}", "M27.5 32H36.5V43C36.5 48 27.5 48 27.5 43Z"),
        Stroke("face-shade", "M27.5 38C30 41 34 41 36.5 38V41C34 43.5 30 43.5 27.5 41Z"),
        Stroke("face-trim", COLLARS[dice.choice(sorted(COLLARS))]),
        Stroke(f"face-skin face-skin-{skin}", _head(dice)),
        Stroke("face-trim" if worn in {"cap", "shawl", "brim"} else "face-hair", HEADWEAR[worn]),
    ]
    return [part for part in parts if part.path]


def _head(dice: Dice) -> str:
    """A head, rounder or longer."""
    wide, high = round(dice.uniform(10.4, 11.6), 1), dice.uniform(12, 13.6)
    half = f"a{wide:.1f} {high:.1f} 0 1 0"
    return f"M{32 - wide:.1f} 26{half} {2 * wide:.1f} 0{half} {-2 * wide:.1f} 0Z"
