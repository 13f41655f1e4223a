"""As in production, with a mail server of our own that is broken on purpose. Claims end quickly, for runs of minutes."""

import os

from portal.settings.base import *

SECRET_KEY = "faults only"
ALLOWED_HOSTS = ["127.0.0.1"]
DELIVERY_BACKEND = "portal.delivery.SMTPBackend"
EMAIL_HOST, EMAIL_PORT = "127.0.0.1", int(os.environ.get("SINK_PORT", "1"))
EMAIL_TIMEOUT = int(os.environ.get("MAIL_TIMEOUT", "5"))
MAIL_CLAIM = timedelta(seconds=int(os.environ.get("MAIL_CLAIM_SECONDS", "3")))
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
LOGGING["root"]["level"] = "INFO"
