"""Keeping it true: who is asked whether a record still holds, what they answer, and what readers report."""
