"""Production on plain http for one machine: SQLite, tasks at once, mails kept and readable at /demo/mail/.

The demo accounts have a password that everybody knows, so these settings answer to this machine only.
"""

from django.core.management.utils import get_random_secret_key

from .base import *

PORTAL_DEMO = True
STAFF_NEED_SECOND_STEP = False
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", *env.list("ALLOWED_HOSTS", default=[])]
DELIVERY_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
SERVE_MEDIA = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True

VAR_DIR.mkdir(parents=True, exist_ok=True)
key_file = VAR_DIR / "secret_key"
if not key_file.exists():
    key_file.write_text(get_random_secret_key())
    key_file.chmod(0o600)
SECRET_KEY = key_file.read_text()
