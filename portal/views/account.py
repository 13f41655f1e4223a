from django.contrib.auth.decorators import login_required
from django.shortcuts import render


@login_required
def account_home(request):
    """One's own account: who one is here, and what one may change."""
    return render(request, "portal/account.html")
