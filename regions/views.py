from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language

from portal.alternates import same_view_alternates
from portal.views.protected import ProtectedFormView

from .forms import LetterForm
from .models import Ambassadorship, Region, UserGroup


def group(request, slug):
    """A user group: its channels, languages and place."""
    shown = UserGroup.objects.shown().prefetch_related("channels")
    found = get_object_or_404(shown, slug=slug)
    region = Region.objects.shown_in(get_language()).filter(pk=found.region_id).first()
    request.page_changed_at = found.updated_at
    return render(
        request,
        "regions/group.html",
        {"group": found, "region": region, "alternates": same_view_alternates(request)},
    )


def shown_ambassador(slug):
    """The ambassador of this address, as the public may see them, or 404."""
    found = Ambassadorship.objects.current().shown_in(get_language()).with_names(get_language())
    return get_object_or_404(found, slug=slug)


class ContactAmbassador(ProtectedFormView):
    """Write to an ambassador by a form that hides the address."""

    form_class = LetterForm
    template_name = "regions/contact_ambassador.html"

    @cached_property
    def ambassadorship(self):
        return shown_ambassador(self.kwargs["slug"])

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "ambassadorship": self.ambassadorship}

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            **kwargs, ambassadorship=self.ambassadorship, alternates=same_view_alternates(self.request)
        )

    def get_success_url(self):
        return reverse("letter_sent", args=[self.ambassadorship.slug])


contact_ambassador = ContactAmbassador.as_view()


def letter_sent(request, slug):
    """Thanks, and what happens next."""
    return render(
        request,
        "regions/letter_sent.html",
        {"ambassadorship": shown_ambassador(slug), "alternates": same_view_alternates(request)},
    )
