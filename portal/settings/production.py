"""For the real portal, behind a web server that speaks TLS. What must be set fails at the start when it is missing."""

from .base import *

SECRET_KEY = env("SECRET_KEY")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[f"https://{host}" for host in ALLOWED_HOSTS])
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = True
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXIES", default=1)  # else everybody is one network to the limits
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = env.int("HSTS_SECONDS", default=31_536_000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_NAME = "__Host-csrf"
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
DELIVERY_BACKEND = "portal.delivery.SMTPBackend"
vars().update(env.email("EMAIL_URL", default="smtp://localhost:25"))
EMAIL_BACKEND = "portal.mail.OutboxBackend"  # EMAIL_URL names one too; the outbox stays in front of it
