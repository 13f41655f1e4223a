"""What the portal keeps about whoever is signed in: to read, to take along, to erase."""

from allauth.account.decorators import reauthentication_required
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from portal.personal_data import everything_about, kinds_of_data

SHOWN = 20  # of each kind; the file has them all


@require_safe
@login_required
@never_cache
def account_data(request):
    kept = [(kind, rows[:SHOWN], len(rows)) for kind, rows in everything_about(request.user)]
    return render(request, "portal/account_data.html", {"kept": kept, "shown": SHOWN})


@require_safe
@login_required
@never_cache
def account_export(request):
    """A file in English, whatever the page's language: its labels are for programs, too."""
    with translation.override("en"):
        kinds = [
            {"kind": kind.key, "label": kind.label, "why": kind.why, "until": kind.until, "data": rows}
            for kind, rows in everything_about(request.user)
        ]
        content = {"portal": settings.WAGTAIL_SITE_NAME, "made_at": timezone.now(), "kinds": kinds}
        return JsonResponse(
            content,
            json_dumps_params={"indent": 2, "ensure_ascii": False},
            headers={"Content-Disposition": f'attachment; filename="{settings.WAGTAIL_SITE_NAME.lower()}-data.json"'},
        )


@login_required
@reauthentication_required
@never_cache
def account_erase(request):
    """Says what goes and what stays, then does it: for who has just given the password once more."""
    if request.method == "POST":
        try:
            request.user.erase()
        except ValidationError as error:
            messages.error(request, error.message)
            return redirect("account_erase")
        logout(request)
        return redirect("account_erased")
    kinds = kinds_of_data()
    warnings = [sentence for kind in kinds if kind.warn for sentence in kind.warn(request.user)]
    return render(request, "portal/account_erase.html", {"kinds": kinds, "warnings": warnings})


@require_safe
def account_erased(request):
    """The farewell, for nobody in particular any more."""
    return render(request, "portal/account_erased.html")
