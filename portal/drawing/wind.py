"""The winds and the rose of a portolan chart: sixteen nodes on a circle, joined as the chart makers did."""

from itertools import combinations

from portal.drawing.pen import Point, line, number, on_circle

POINTS = ("N", "NNE", "NE", "ENE", "E", "ESE", "SE", "SSE", "S", "SSW", "SW", "WSW", "W", "WNW", "NW", "NNW")
TURN = 360 / len(POINTS)

#: Nodes nearer than this many steps are not joined: their lines would only crowd the rim.
NEAREST = 4
#: Length and breadth of a rose's points, as parts of its radius: principal winds, half winds, quarter winds.
RANKS = {"principal": (1.0, 0.125), "half": (0.76, 0.105), "quarter": (0.56, 0.062)}


def wind_nodes(cx: float, cy: float, radius: float) -> list[Point]:
    """The sixteen nodes, from north by east."""
    return [on_circle(cx, cy, radius, TURN * i) for i in range(len(POINTS))]


def winds(cx: float, cy: float, radius: float) -> dict[str, str]:
    """The lines between the nodes of a circle: eight winds in ink, half winds green, quarter winds red.

    A line between nodes i and j runs at right angles to the bearing halfway between them, so that i + j alone
    says which wind it follows: the colour of every line on the chart tells a sailor its course.
    """
    nodes = wind_nodes(cx, cy, radius)
    paths = {"ink": "", "green": "", "red": ""}
    for i, j in combinations(range(len(nodes)), 2):
        if NEAREST <= j - i <= len(nodes) - NEAREST:
            paths[wind_of(i, j)] += line([nodes[i], nodes[j]])
    return paths


def wind_of(i: int, j: int) -> str:
    """The colour of the wind along the line between two nodes."""
    if (i + j) % 2:
        return "red"
    return "green" if (i + j) % 4 else "ink"


def rank(index: int) -> str:
    """Whether a point of the rose is a principal wind, a half wind or a quarter wind."""
    if index % 2:
        return "quarter"
    return "half" if index % 4 else "principal"


def rose_points(radius: float) -> list[dict]:
    """The sixteen points of a rose around 0,0, shortest first so that the long ones lie on top.

    Each has its `name`, `bearing`, `rank`, `is_north` and the two halves of its blade: `dark` and `light`.
    """
    order = sorted(range(len(POINTS)), key=lambda i: (RANKS[rank(i)][0], i))
    return [_blade(i, radius) for i in order]


def _blade(index: int, radius: float) -> dict:
    """One point of the rose: a kite split along its middle into a dark and a light half."""
    length, breadth = (part * radius for part in RANKS[rank(index)])
    bearing = TURN * index
    tip, waist = on_circle(0, 0, length, bearing), breadth * 1.75
    halves = {
        side: line([tip, on_circle(0, 0, waist, bearing + turn), (0, 0)], closed=True)
        for side, turn in (("dark", 35), ("light", -35))
    }
    return {"name": POINTS[index], "bearing": bearing, "rank": rank(index), "is_north": index == 0, **halves}


def rose_ticks(radius: float) -> str:
    """The ring's scale: a stroke for each of the thirty-two winds, longer for the principal ones."""
    reach = [radius * (1.12 if i % 4 == 0 else 1.07) for i in range(32)]
    bearings = [360 / 32 * i for i in range(32)]
    return "".join(line([on_circle(0, 0, radius, b), on_circle(0, 0, r, b)]) for b, r in zip(bearings, reach, strict=True))


def lily(radius: float) -> str:
    """The lily that marks north, standing on the tip of the rose's north point."""
    top, unit = -radius, radius / 46
    shape = (
        "M0 -16C3.4 -11 3.6 -8 1.6 -4.6C4.4 -9.4 9.6 -8.6 8.6 -4.2C8.2 -2.4 6 -2.2 5.4 -3.8"
        "C4.6 -1.4 3 -1 1.8 -.6L2.6 2.6H-2.6L-1.8 -.6C-3 -1 -4.6 -1.4 -5.4 -3.8"
        "C-6 -2.2 -8.2 -2.4 -8.6 -4.2C-9.6 -8.6 -4.4 -9.4 -1.6 -4.6C-3.6 -8 -3.4 -11 0 -16Z"
    )
    return _placed(shape, unit, top)


def _placed(shape: str, unit: float, top: float) -> str:
    """A small shape (M, C, L, H with absolute numbers) scaled and moved up."""
    parts, vertical = [], False
    for word in shape.replace("M", " M ").replace("C", " C ").replace("L", " L ").replace("H", " H ").split():
        if word.rstrip("Z") == "" or word in "MCLH":
            parts.append(word)
            vertical = False
            continue
        value = float(word.rstrip("Z")) * unit
        parts.append(number(value + top if vertical else value) + ("Z" if word.endswith("Z") else ""))
        vertical = not vertical
    return " ".join(parts)
