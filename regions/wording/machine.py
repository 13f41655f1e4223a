"""What happens when a machine does not translate: the person reads why, and nothing has changed."""

from django.conf import settings
from django.core import checks
from django.shortcuts import redirect
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request

from .engines import MachineFailed


class MachineFailuresMiddleware:
    """wagtail-localize's views ask the machine before they write anything, and let its failures through."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if not isinstance(exception, MachineFailed):
            return None
        messages.error(request, str(exception))
        return redirect(get_valid_next_url_from_request(request) or "wagtailadmin_home")


@checks.register
def the_machine_is_known(app_configs, **kwargs):
    """A misspelt machine would only be noticed by the first translator who opens a page."""
    name = settings.MACHINE_TRANSLATOR
    if name and name not in settings.MACHINES:
        known = ", ".join(settings.MACHINES)
        return [checks.Error(f"MACHINE_TRANSLATOR is {name!r}; it can be {known}, or empty.", id="wording.E001")]
    return []
