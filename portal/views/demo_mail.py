"""The demo sends no mail. Here one reads what it would have sent, and follows the links in it."""

from base64 import b64decode
from functools import wraps
from io import BytesIO

from csp.constants import SELF
from csp.decorators import csp_update
from django.conf import settings
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from portal.framing import in_a_frame
from portal.languages import direction
from portal.letters import as_html
from portal.lists import Pages
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
    mails = Pages(OutgoingMail.objects.defer("body", "html", "attachments"), 50)
    return render(request, "portal/demo_mail.html", {"mails": mails.get_page(request.GET.get("page"))})


@demo_only
@csp_update({"frame-src": [SELF]})
def mail_detail(request, pk):
    mail = get_object_or_404(OutgoingMail, pk=pk)
    context = {"mail": mail, "text": on_this_host(request, mail.body), "attached": [each[0] for each in mail.attachments]}
    return render(request, "portal/demo_mail_detail.html", context | {"direction": direction(mail.language)})


@demo_only
def mail_html(request, pk):
    """The HTML as a mail program would show it; its links open in the window, as there."""
    mail = get_object_or_404(OutgoingMail, pk=pk)
    if mail.html:
        html = on_this_host(request, mail.html)
    else:
        html = as_html(mail.subject, on_this_host(request, mail.body), mail.language, own_host=request.get_host())
    html = html.replace("<head>", '<head><base target="_top">', 1)
    return in_a_frame(HttpResponse(html), sandbox="allow-top-navigation-by-user-activation")


@demo_only
def mail_attachment(request, pk, number):
    """What travels with a mail: an entry for the calendar, to be opened in a calendar."""
    mail = get_object_or_404(OutgoingMail, pk=pk)
    if number >= len(mail.attachments):
        raise Http404
    name, content, content_type = mail.attachments[number]
    return FileResponse(BytesIO(b64decode(content)), as_attachment=True, filename=name, content_type=content_type)


def on_this_host(request, text):
    """Links lead to where the demo is looked at, whatever its settings call it."""
    return text.replace(settings.WAGTAILADMIN_BASE_URL, f"{request.scheme}://{request.get_host()}")
