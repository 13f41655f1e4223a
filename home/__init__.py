"""The front door: home page, standard pages, menus, site texts and the demo. It may import from everyone."""
