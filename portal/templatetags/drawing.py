"""The tags that draw: `{% load drawing %}`, then rose, head_winds, world_chart, locator, drawn_picture,
drawn_person and cost_key. Everything they draw carries classes only; `components/drawing.css` has
the colours.
"""

from collections.abc import Iterable

from django import template

from portal import drawing

register = template.Library()
FOLDER = "includes/drawing/"
#: From this size (in pixels) on a rose has its ring's scale; below it the strokes would run together.
LARGE_ROSE = 96
WORLD = (1000, 460)


def _rose(radius: float, x: float = 0, y: float = 0, detailed: bool = True) -> dict:
    """What `_rose.html` needs."""
    ticks = drawing.rose_ticks(radius * 0.66) if detailed else ""
    rings = [radius * 0.62, radius * 0.66] if detailed else [radius * 0.62]
    points = drawing.rose_points(radius)
    return {"x": x, "y": y, "points": points, "rings": rings, "ticks": ticks, "lily": drawing.lily(radius)}


@register.inclusion_tag(FOLDER + "rose.html")
def rose(size: int = 40, css_class: str = "mark") -> dict:
    """The sixteen-point rose as an ornament of the page, `size` pixels wide; hidden from screen readers."""
    return {"size": size, "css_class": css_class, "rose": _rose(46, detailed=size >= LARGE_ROSE)}


@register.inclusion_tag(FOLDER + "head_winds.html")
def head_winds(latitude: float | None = None, longitude: float | None = None) -> dict:
    """The winds and the rose in the head of a page; with a place, its coast lies under them."""
    has_place = latitude is not None and longitude is not None
    x, y = (800, 200) if has_place else (960, 206)
    return {
        "land": drawing.land_around(float(latitude), float(longitude), 1600, 420, 7200) if has_place else "",
        "x": x,
        "y": y,
        "winds": drawing.winds(x, y, 360),
        "nodes": drawing.wind_nodes(x, y, 360),
        "rose": _rose(56, 1104, 252) if has_place else _rose(96, x, y),
    }


@register.inclusion_tag(FOLDER + "world_chart.html")
def world_chart(pins: Iterable, label: str = "") -> dict:
    """The chart of the world: a link for every pin with a place (name, url, latitude, longitude, lang)."""
    placed = [pin for pin in pins if pin.latitude is not None and pin.longitude is not None]
    points = [(str(pin.name), *drawing.project(float(pin.latitude), float(pin.longitude))) for pin in placed]
    marks = [
        {"pin": pin, "x": point[1], "y": point[2], "label": place}
        for pin, point, place in zip(placed, points, drawing.place_labels(points), strict=True)
    ]
    return {
        "label": label,
        "marks": marks,
        "land": drawing.land_path(*WORLD),
        "border": drawing.degree_border(*WORLD),
        "winds": drawing.winds(500, 235, 330),
        "outer_winds": drawing.winds(500, 235, 700),
        "nodes": drawing.wind_nodes(500, 235, 330),
        "rose": _rose(50, 104, 342),
    }


@register.inclusion_tag(FOLDER + "locator.html")
def locator(latitude: float, longitude: float, label: str = "") -> dict:
    """A small chart of the part of the world around one place, with a scale; without a place, nothing."""
    if latitude is None or longitude is None:
        return {}
    latitude, longitude = float(latitude), float(longitude)
    return {
        "label": label,
        "land": drawing.land_around(latitude, longitude),
        "winds": drawing.winds(160, 100, 190),
        "rings": drawing.distance_rings(),
    }


@register.inclusion_tag(FOLDER + "drawn_picture.html")
def drawn_picture(seed: object) -> dict:
    """The drawn picture of a story, different for every seed; an ornament, hidden from screen readers."""
    return drawing.draw_story(seed)


@register.inclusion_tag(FOLDER + "drawn_person.html")
def drawn_person(seed: object) -> dict:
    """The portrait of somebody without a photograph; an ornament, hidden from screen readers."""
    return drawing.draw_person(seed)


@register.inclusion_tag(FOLDER + "cost_key.html")
def cost_key(cost: str) -> dict:
    """The sign before a price: circle for "free", diamond for "paid", half-filled diamond for "donation"."""
    return {"cost": cost}
