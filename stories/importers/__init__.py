"""Events out of calendars of others."""
