"""What the portal draws by code: winds, roses, charts, stories and portraits, all as data for SVG paths.

Nothing here knows Django. Every function is pure: the same arguments (or seed) give the same drawing.
"""

from portal.drawing.fitted import Fitted, fitted, world
from portal.drawing.labels import Label, place_labels
from portal.drawing.land import degree_border, land_path, land_rings, project
from portal.drawing.locator import distance_rings, land_around
from portal.drawing.person import draw_person
from portal.drawing.ridges import hills
from portal.drawing.story import MOTIFS, draw_motif, draw_story
from portal.drawing.wind import POINTS, lily, rose_points, rose_ticks, wind_nodes, winds

__all__ = [
    "MOTIFS",
    "POINTS",
    "Fitted",
    "Label",
    "degree_border",
    "distance_rings",
    "draw_motif",
    "draw_person",
    "draw_story",
    "fitted",
    "hills",
    "land_around",
    "land_path",
    "land_rings",
    "lily",
    "place_labels",
    "project",
    "rose_points",
    "rose_ticks",
    "wind_nodes",
    "winds",
    "world",
]
