"""Pages for when something is wrong. 400 and 500 stand on their own: no database, no session, no host."""

from django.shortcuts import render


def not_found(request, exception=None):
    return render(request, "404.html", status=404)


def permission_denied(request, exception=None):
    return render(request, "403.html", status=403)


def csrf_failed(request, reason=""):
    return permission_denied(request)


def bad_request(request, exception=None):
    return render(request, "400.html", status=400)


def server_error(request):
    return render(request, "500.html", status=500)
