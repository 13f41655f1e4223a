"""Who, and which place: regions, their people and their groups. It may import from the portal alone."""
