"""The door for gunicorn. WSGI, not ASGI: Django's middleware costs six times as much under ASGI."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.production")
application = get_wsgi_application()
