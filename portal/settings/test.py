"""For the test suite: quick passwords, mails in memory, files in a folder of its own."""

import tempfile

from .base import *

SECRET_KEY = "tests only"
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
MEDIA_ROOT = tempfile.mkdtemp(prefix="portolan-media-")
DELIVERY_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
SERVE_MEDIA = True
