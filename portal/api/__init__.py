"""The read API: what is public, for other programs. `v1` is the object that Django mounts; each storey adds its router."""
