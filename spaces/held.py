"""Pages behind a signed link: the link is the key, so there is no account, no cookie, and no token against forged requests.

Opening one decides nothing, so it does no harm when a mail scanner follows it.
"""

from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from portal.alternates import same_view_alternates
from portal.links import LinkBroken, LinkError

GONE, NOT_FOUND, CONFLICT = 410, 404, 409


@method_decorator([csrf_exempt, never_cache], name="dispatch")
class HeldView(View):
    """Give it `hold`: what the link opens, or a `LinkError` that says why it opens nothing."""

    template_name = ""

    def hold(self, token, **kwargs):
        raise NotImplementedError

    def dispatch(self, request, *args, token, **kwargs):
        self.token = token
        try:
            self.hold(token, **kwargs)
        except LinkError as error:
            status = NOT_FOUND if isinstance(error, LinkBroken) else GONE
            return self.page({"why": str(error)}, status, "spaces/closed.html")
        return self.instead() or super().dispatch(request, *args, token=token, **kwargs)

    def instead(self):
        """Another answer than the page, where there is one."""

    def page(self, context, status=200, template=""):
        context |= {"alternates": same_view_alternates(self.request)}
        return render(self.request, template or self.template_name, context, status=status)
