"""How a public form is answered: show it, check it, do it once, lead on to the thanks."""

from django.http import HttpResponseRedirect
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import FormView

from portal.models import Submission
from portal.protection import network_of


# Exempt, because the token against forged requests needs a cookie, and what it protects is the power of who is signed
# in. These forms act without any account: a forged request could do no more than anybody may do with a form of his own.
# Never kept by a cache, because each form that is opened carries its own time and key.
@method_decorator([csrf_exempt, never_cache], name="dispatch")
class ProtectedFormView(FormView):
    """A page with a `ProtectedForm`: give it `form_class`, `template_name`, `success_url`, and what to do in `act`.

    It uses no session, no cookie and no messages; `success_url` is the page that says thank you.
    """

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "network": network_of(self.request)}

    def post(self, request, *args, **kwargs):
        form = self.get_form()
        if form.is_trapped:
            return HttpResponseRedirect(self.get_success_url())
        return self.form_valid(form) if form.is_valid() else self.form_invalid(form)

    def form_valid(self, form):
        address = Submission.objects.once(form.submission_key, form.form_name, lambda: self._done(form))
        return HttpResponseRedirect(address)

    def act(self, form):
        """Do what the form asks, in the transaction that also remembers it. May return the address to lead on to."""
        form.save()

    def _done(self, form):
        return self.act(form) or str(self.get_success_url())
