from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _


@login_required
def account_home(request):
    """One's own account: who one is here, and what one may change."""
    return render(request, "portal/account.html")


def the_one_door(request):
    """Stands where Wagtail's own sign-in forms would be: those know no second step, and no limit of attempts.

    Who is signed in already and still sent here may not go where they wanted; the door would only send them back.
    """
    if not request.user.is_authenticated:
        return redirect_to_login(request.GET.get("next") or reverse("wagtailadmin_home"), "account_login")
    if not messages.get_messages(request):  # Wagtail's admin has said it already
        messages.error(request, _("Your account may not open that page."))
    return redirect("account_home")
