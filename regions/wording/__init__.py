"""Help with words while one translates: the glossary, what was translated before, a machine, and the editor around them."""
