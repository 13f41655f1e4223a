"""The page of something that somebody sent, behind a signed link: `/<lang>/status/<token>/`. The link says what it is.

Each app registers its pages by the hook `register_status_pages`: [(purpose of the link, view)]. A view is called with the
request and the token, and says itself what is wrong with a link of its purpose.
"""

from datetime import timedelta

from django.views.decorators.csrf import csrf_exempt
from wagtail import hooks

from portal import links

FOR_EVER = timedelta(days=365 * 100)  # the page knows how long its links last


@csrf_exempt  # the link is the key: there is no account whose power could be borrowed
def status(request, token):
    pages = [page for register in hooks.get_hooks("register_status_pages") for page in register()]
    for purpose, view in pages:
        try:
            links.read(token, purpose, FOR_EVER)
        except links.LinkBroken:
            continue
        return view(request, token=token)
    return pages[0][1](request, token=token)  # any of them says that the link is broken
