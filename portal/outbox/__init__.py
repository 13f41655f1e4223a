"""The mail of the portal in the workplace: what waits, what failed, what was sent; and how every letter looks."""
