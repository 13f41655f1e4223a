"""On the water: ripples and a boat under sail."""

from home.demo.pictures.brush import INK, LAND, SEA, SHEET, VERMILION, Canvas, Colour, Dice, mix


def ripples(canvas: Canvas, dice: Dice, top: float, tone: Colour) -> None:
    """Level strokes on water, longer the nearer they are."""
    for _ in range(130):
        depth = dice.random() ** 1.6
        x, y = dice.uniform(-40, 1200), top + 8 + depth * (660 - top)
        canvas.line([(x, y), (x + 14 + depth * 80, y)], tone, 0.8 + depth)


def boat(canvas: Canvas, x: float, y: float, size: float) -> None:
    """A boat under sail with its pennant."""
    canvas.line([(x, y), (x, y - size * 2.5)], INK, 2.4)
    canvas.shape([(x - 4, y - size * 2.3), (x - 4, y - size * 0.32), (x - size * 0.95, y - size * 0.32)], SHEET)
    canvas.shape([(x + 4, y - size * 2), (x + size * 0.9, y - size * 0.32), (x + 4, y - size * 0.32)], LAND)
    hull = [(-1, -0.2), (1.1, -0.26), (0.7, 0.2), (-0.75, 0.2)]
    canvas.shape([(x + dx * size, y + dy * size) for dx, dy in hull], mix(INK, SEA, 0.2))
    canvas.shape([(x, y - size * 2.5), (x + size * 0.4, y - size * 2.4), (x, y - size * 2.28)], VERMILION)
