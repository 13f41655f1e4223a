from .pages import SpaceIndexPage, SpacePage
from .spaces import Space, SpaceHost

__all__ = ["Space", "SpaceHost", "SpaceIndexPage", "SpacePage"]
