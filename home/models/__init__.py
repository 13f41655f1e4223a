from .menus import Menu, MenuItem
from .pages import HomePage, StandardPage
from .site_texts import SiteTexts

__all__ = ["HomePage", "Menu", "MenuItem", "SiteTexts", "StandardPage"]
