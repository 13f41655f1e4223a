"""For the test suite: quick passwords, mails in memory, files in a folder of its own."""

import hashlib
import os
import tempfile

from .base import *

SECRET_KEY = "tests only"
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
STAFF_NEED_SECOND_STEP = False  # the tests of it switch it on
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
MEDIA_ROOT = tempfile.mkdtemp(prefix="portolan-media-")
DELIVERY_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
SERVE_MEDIA = True

# The test database is kept between runs under a name that changes with whatever it was made from.
STATIC_ROOT.mkdir(exist_ok=True)
made_from = [*BASE_DIR.glob("*/migrations/0*.py"), *BASE_DIR.glob("home/demo/**/*.*"), BASE_DIR / "home/founding.py"]
digest = hashlib.sha256(b"".join(path.read_bytes() for path in sorted(made_from) if path.suffix != ".pyc")).hexdigest()[:12]
is_file = DATABASES["default"]["ENGINE"].endswith("sqlite3")
DATABASES["default"]["TEST"] = {"NAME": str(VAR_DIR / f"test-{digest}.sqlite3") if is_file else f"test_{digest}"}
if is_file:  # nobody needs it after a power cut
    DATABASES["default"]["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"

# Tests clear the cache: each process that runs them at the same time has a database of its own in Redis.
if REDIS_URL:
    server, _, number = REDIS_URL.rpartition("/")
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    CACHES["default"]["LOCATION"] = f"{server}/{int(number) + worker}"
