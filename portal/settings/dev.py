"""For working on the code: debug pages, plain static files, mails in the terminal."""

from .base import *

DEBUG = True
STAFF_NEED_SECOND_STEP = False
SECRET_KEY = "development only"
ALLOWED_HOSTS = ["*"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
SERVE_MEDIA = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
