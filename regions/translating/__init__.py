"""The translators' workplace: the board, starting, reviewing, and those who offer to help."""
