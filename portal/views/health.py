"""What machines ask: is it alive, is it ready, what may be indexed, whom to tell about a hole."""

import logging
from datetime import timedelta
from functools import cache as remember
from uuid import uuid4

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from portal.languages import tag

logger = logging.getLogger(__name__)

# The admin, accounts, and addresses that are somebody's own: those of signed links and of the demo's mails.
NOT_FOR_ROBOTS = ["/admin/", "/demo/", "/*/account/", "/*/host/", "/*/preferences/", "/*/status/", "/*/translate/confirm/"]


@require_safe
@never_cache
def healthz(request):
    """The process answers. Nothing else is asked, so a slow database does not get it restarted."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
@never_cache
def readyz(request):
    """All that a page needs is there. Says which check failed, and never why: that is in the log."""
    checks = {"database": database_answers, "cache": cache_keeps, "migrations": migrations_are_applied}
    answers = {name: passes(check) for name, check in checks.items()}
    return JsonResponse(answers, status=200 if all(answers.values()) else 503)


@require_safe
def robots(request):
    """What may be indexed, and where the list of pages is."""
    lines = ["User-agent: *", "Allow: /", *(f"Disallow: {path}" for path in NOT_FOR_ROBOTS)]
    lines += ["", f"Sitemap: {request.build_absolute_uri('/sitemap.xml')}"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")


@require_safe
def security_txt(request):
    """Whom to tell about a hole (RFC 9116)."""
    today = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0)
    lines = [
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {today + timedelta(days=365):%Y-%m-%dT%H:%M:%SZ}",
        f"Preferred-Languages: {', '.join(tag(code) for code, _name in settings.LANGUAGES)}",
        f"Canonical: {request.build_absolute_uri('/.well-known/security.txt')}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def passes(check):
    """Whatever goes wrong with a check is a no."""
    try:
        return bool(check())
    except Exception:
        logger.exception("Not ready: %s", check.__name__)
        return False


def database_answers():
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return cursor.fetchone() == (1,)


def cache_keeps():
    key, value = f"readyz:{uuid4()}", uuid4().hex
    cache.set(key, value, 10)
    kept = cache.get(key)
    cache.delete(key)
    return kept == value


@remember
def migrations_are_applied():
    """Reads every migration file, so a process remembers the good answer; the bad one is an error and is not kept."""
    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if missing:
        raise RuntimeError(f"Not applied: {', '.join(str(migration) for migration, _backwards in missing)}")
    return True
