"""Facts in the shape in which they are kept and compared: what a file tells, and what stands here."""

from .cleaning import FACTS


def wanted_facts(reading):
    """What the file tells, in the shape in which it is kept for the next comparison."""
    return {field: as_kept(field, value) for field, value in reading.facts.items()}


def facts_of(space):
    return plain_facts(space) | {"tags": sorted(tag.name.lower() for tag in space.tags.all())}


def plain_facts(space):
    """All but the tags, which stand in a table of their own."""
    return {field: as_kept(field, getattr(space, field)) for field in FACTS}


def as_kept(field, value):
    if field == "country":
        return getattr(value, "code", value)
    if field == "price":
        return None if value is None else f"{value:.2f}"
    return sorted(value) if isinstance(value, list | tuple) else value
