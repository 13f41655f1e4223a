"""What is the same everywhere. `dev`, `test`, `demo` and `production` add only what differs.

Everything an operator may set comes from the environment (or a file `.env` beside manage.py); docs/operators.md lists it.
"""

import zoneinfo
from datetime import timedelta
from importlib.util import find_spec
from pathlib import Path

import environ
from csp.constants import NONE, SELF

from portal.languages import own_name

from .accounts import *

BASE_DIR = Path(__file__).resolve().parents[2]
env = environ.Env()
env.read_env(BASE_DIR / ".env")
VAR_DIR = Path(env("VAR_DIR", default=str(BASE_DIR / "var")))
VAR_DIR.mkdir(parents=True, exist_ok=True)

DEBUG = False
DEMO_PASSWORD = "portolan"
PORTAL_DEMO = False  # True only in the demo's settings: demo accounts, readable mails

INSTALLED_APPS = [
    "home",
    "stories",
    "spaces",
    "regions",
    "portal",
    "wagtail_localize",
    "wagtail_localize.locales",  # replaces wagtail.locales
    "wagtail.contrib.redirects",
    "wagtail.contrib.table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django_countries",
    "django_tasks",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "django.contrib.sitemaps",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "portal.middleware.ReadersPagesMiddleware",
    "portal.middleware.ConditionalMiddleware",
    "portal.middleware.LastModifiedMiddleware",
    "portal.api.middleware.ApiMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "portal.middleware.LanguageFromAddressMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "regions.middleware.RolesEndMiddleware",
    "regions.middleware.BoardMiddleware",
    "portal.doors.DoorsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "regions.wording.machine.MachineFailuresMiddleware",
    "portal.middleware.SecondStepMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "portal.middleware.PolicyMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.context_processors.reader",
            ],
        },
    },
]
FORM_RENDERER = "portal.forms.PortalFormRenderer"

# -- Data --------------------------------------------------------------------------------------------------------------

DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'portolan.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # Write-ahead log and immediate transactions: four writers at once then have no errors, without them three of four fail.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-20000;"
        ),
    }
else:
    DATABASES["default"].update(CONN_MAX_AGE=60, CONN_HEALTH_CHECKS=True)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env("REDIS_URL", default="")
if REDIS_URL:
    CACHES = {
        "default": {
            "BACKEND": "django_redis.cache.RedisCache",
            "LOCATION": REDIS_URL,
            # A portal without its cache is slow; a portal that answers 500 because of it is down.
            "OPTIONS": {"IGNORE_EXCEPTIONS": True, "SOCKET_CONNECT_TIMEOUT": 0.5, "SOCKET_TIMEOUT": 0.5},
            "KEY_PREFIX": "portolan",
        }
    }
else:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "portolan"}}

TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}

# -- Languages ---------------------------------------------------------------------------------------------------------

# Another language needs no code: docs/translators.md says how. The first one is that of the global pages.
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [
    (code, own_name(code)) for code in env.list("LANGUAGES", default=["en", "es", "fr", "ar", "zh-hant"])
]
LANGUAGE_CODE = LANGUAGES[0][0]
USE_I18N = WAGTAIL_I18N_ENABLED = True
LOCALE_PATHS = [BASE_DIR / "portal" / "locale"]
WAGTAILLOCALIZE_DISABLE_ON_DELETE = True  # else the work of translators goes with a page that is deleted by mistake
TIME_ZONE = "UTC"
USE_TZ = True
FORMAT_MODULE_PATH = ["portal.formats"]
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False  # else a submit puts the source text live in the target language

# A machine whose translations people confirm or change: deepl, google or libretranslate. Off unless it is named.
MACHINES = {"deepl": "DeepL", "google": "Google", "libretranslate": "LibreTranslate"}
MACHINE_TRANSLATOR = env("MACHINE_TRANSLATOR", default="").lower()
if MACHINE_TRANSLATOR:
    options = {"URL": env("MACHINE_TRANSLATOR_URL", default=""), "KEY": env("MACHINE_TRANSLATOR_KEY", default="")}
    options["TIMEOUT"] = env.int("MACHINE_TRANSLATOR_TIMEOUT", default=20)  # seconds
    engine = f"regions.wording.engines.{MACHINES.get(MACHINE_TRANSLATOR, 'Engine')}"
    WAGTAILLOCALIZE_MACHINE_TRANSLATOR = {"CLASS": engine, "OPTIONS": options}

# -- Files -------------------------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
# Leaflet's files come with django-leaflet, which is no app here: its other parts need GeoDjango.
STATICFILES_DIRS = [BASE_DIR / "static", ("leaflet", Path(find_spec("leaflet").origin).parent / "static" / "leaflet")]
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "portal.storage.HashedStaticFilesStorage"},
}
SERVE_MEDIA = False  # in production the web server does
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

# Land is drawn without asking anybody; streets come from here (https://tiles.example.org/{z}/{x}/{y}.png), once a reader asks.
MAP_TILES_URL, MAP_TILES_ATTRIBUTION = env("MAP_TILES_URL", default=""), env("MAP_TILES_ATTRIBUTION", default="")
MAP_TILES_CLOSEST_ZOOM = env.int("MAP_TILES_CLOSEST_ZOOM", default=19)

# -- Mail: every message is first a row, see portal/mail.py ------------------------------------------------------------

EMAIL_BACKEND = "portal.mail.OutboxBackend"
DELIVERY_BACKEND = "django.core.mail.backends.console.EmailBackend"
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="Portolan <portolan@example.org>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
EMAIL_TIMEOUT = 30  # seconds for each answer of the mail server; without it, one that says nothing holds a worker for ever
MAIL_CLAIM = timedelta(minutes=10)  # who takes a mail has this long to send it; then it is somebody else's

# -- Keeping records true: in days, see docs/keeping.md. Read by portal/timetables.py ---------------------------------

CONFIRMATIONS = {
    "spaces.space": {"after": 180, "remind": [14, 28], "keeper": 35, "tell": 42, "dormant": 90},
    "regions.usergroup": {"after": 365, "remind": [21], "keeper": 42, "tell": 60, "dormant": 180},
    "regions.ambassadorship": {"after": 180, "remind": [14], "keeper": 28, "tell": 42},
}

CONFIRMATION_LINKS_LAST = timedelta(days=400)  # a link in a letter still wakes what fell asleep

# -- What a browser may do with our pages ------------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "media-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
# Wagtail's choosers and wagtail-localize's editor still use inline scripts, Draft.js inline styles.
ADMIN_CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": CONTENT_SECURITY_POLICY["DIRECTIVES"]
    | {
        "script-src": [SELF, "'unsafe-inline'"],
        "style-src": [SELF, "'unsafe-inline'"],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF, "data:"],
        "frame-src": [SELF],
        "frame-ancestors": [SELF],
    }
}
PERMISSIONS_POLICY = {
    name: [] for name in ("accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "microphone", "usb")
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"

# -- Wagtail -----------------------------------------------------------------------------------------------------------

WAGTAIL_SITE_NAME = "Portolan"
WAGTAILADMIN_BASE_URL = env("BASE_URL", default="http://127.0.0.1:8000")
WAGTAILADMIN_LOGIN_URL = "the_one_door"  # allauth's, with its second step, for the site and for the admin
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_USER_TIME_ZONES = sorted(zone for zone in zoneinfo.available_timezones() if "/" in zone or zone == "UTC")
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAILADMIN_NOTIFICATION_INCLUDE_SUPERUSERS = False  # drafts are the business of their region
WAGTAIL_GRAVATAR_PROVIDER_URL = None  # the admin calls no other host
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_PASSWORD_RESET_ENABLED = False  # allauth's own
WAGTAILIMAGES_IMAGE_MODEL = "portal.Picture"
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 8 * 1024 * 1024
WAGTAILDOCS_EXTENSIONS = ["csv", "ics", "odp", "ods", "odt", "pdf", "txt"]
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "portal.search"}}
WAGTAILEMBEDS_RESPONSIVE_HTML = True
TAGGIT_CASE_INSENSITIVE = True
SECURITY_CONTACT = env("SECURITY_CONTACT", default="mailto:security@example.org")

# -- What goes wrong is written to standard error, where every way of running a server collects it -----------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "portal.discretion.DiscreetFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env("LOG_LEVEL", default="WARNING")},
    "loggers": {"django": {"handlers": ["console"], "level": "WARNING", "propagate": False}},
}
