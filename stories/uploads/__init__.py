"""Screens for importing calendars."""
