"""Where: rooms in which the community can meet. It may import from regions and the portal."""
