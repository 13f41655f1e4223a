"""The drawn picture of a story: one of several motifs, always the same one for the same seed."""

from portal.drawing import night, plans, views
from portal.drawing.pen import Stroke, dice_of

#: What a picture may show; the first three look down on a chart, the others out from a ship.
MOTIFS = {
    "coast": plans.coast,
    "soundings": plans.soundings,
    "rhumb": plans.rhumb,
    "hills": views.hill_country,
    "harbour": views.harbour,
    "night": night.night,
}
TONES = ("sea", "gold", "leaf", "vermilion")


def draw_story(seed: object) -> dict:
    """A picture of 320 by 160: its `motif`, its `tone` (both become classes) and its `strokes`."""
    dice = dice_of(f"story {seed}")
    motif = dice.choice(sorted(MOTIFS))
    return {"motif": motif, "tone": dice.choice(TONES), "strokes": draw_motif(motif, seed)}


def draw_motif(motif: str, seed: object) -> list[Stroke]:
    """The strokes of one motif, lowest first."""
    return MOTIFS[motif](dice_of(f"{motif} {seed}"))
