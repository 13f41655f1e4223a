"""The tests' settings for servers of their own, on the database that DATABASE_URL names."""

from portal.settings.test import *  # noqa: F403

ALLOWED_HOSTS = ["127.0.0.1"]
