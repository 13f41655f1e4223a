"""The demo sends no mail. Here one reads what it would have sent, and follows the links in it."""

from functools import wraps

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from portal.models import OutgoingMail


def demo_only(view):
    """Anywhere else these pages would show everybody's mail to everybody: there is no such address."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not settings.PORTAL_DEMO:
            raise Http404
        response = view(request, *args, **kwargs)
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return require_safe(never_cache(guarded))


@demo_only
def mail_list(request):
    mails = Paginator(OutgoingMail.objects.defer("body", "html", "attachments"), 50)
    return render(request, "portal/demo_mail.html", {"mails": mails.get_page(request.GET.get("page"))})


@demo_only
def mail_detail(request, pk):
    return render(request, "portal/demo_mail_detail.html", {"mail": get_object_or_404(OutgoingMail, pk=pk)})
