"""For readers who want to help translate: a form without an account, and the link that confirms their address."""

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from portal.alternates import same_view_alternates
from portal.forms import ProtectedForm
from portal.languages import language_name
from portal.links import LinkBroken, LinkError
from portal.views.protected import ProtectedFormView
from regions.models import PageTranslation, Region, TranslationOffer

NOT_FOUND, GONE = 404, 410


class OfferForm(ProtectedForm, forms.ModelForm):
    """What somebody is asked who wants to translate. Language and region come from where they clicked."""

    class Meta:
        model = TranslationOffer
        fields = ["language", "region", "name", "email", "text"]
        widgets = {
            "name": forms.TextInput({"autocomplete": "name"}),
            "email": forms.EmailInput({"autocomplete": "email"}),
            "text": forms.Textarea({"rows": 4}),
        }
        help_texts = {
            "email": _("We send one letter to confirm it. Only those who answer you see it."),
            "text": _("Which languages you speak, and whether you have translated before. A sentence is enough."),
        }

    language = forms.ChoiceField(label=_("Into which language"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = [(code, language_name(code)) for code, _name in settings.LANGUAGES]
        self.fields["region"].queryset = Region.objects.open()
        self.fields["region"].empty_label = _("All regions")

    def clean_name(self):
        return " ".join(self.cleaned_data["name"].split())

    def clean(self):
        cleaned = super().clean()
        region, language = cleaned.get("region"), cleaned.get("language")
        if region and language and language not in region.all_languages:
            words = _("%(region)s is not read in this language. Choose another one, or all regions.")
            self.add_error("region", words % {"region": region})
        return cleaned

    def save(self, commit=True):
        self.instance.reads_in = get_language()
        offer = super().save(commit)
        offer.ask_to_confirm()
        return offer


class OfferToTranslate(ProtectedFormView):
    """Somebody offers to help: the language is the one they read in, the region that of the page they missed."""

    form_class = OfferForm
    template_name = "regions/translating/offer_form.html"

    def get_initial(self):
        asked = self.request.GET.get("language", "")
        language = asked if asked in dict(settings.LANGUAGES) else get_language()
        return {"language": language, "region": self.region_of(self.request.GET.get("page", ""), language)}

    def region_of(self, key, language):
        try:
            field = PageTranslation.objects.filter(key=key).exclude(region=None).select_related("region").first()
        except (ValueError, ValidationError):  # not a key at all
            return None
        return field.region if field and language in field.region.all_languages else None

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs, alternates=same_view_alternates(self.request))

    def get_success_url(self):
        return reverse("translation_offer_sent")


@require_safe
def offer_sent(request):
    """Thanks, and: look into your mailbox."""
    return render(request, "regions/translating/offer_sent.html", {"alternates": same_view_alternates(request)})


@csrf_exempt  # the link is the key: whoever holds it may do this one thing, with or without a cookie
@never_cache
def confirm_offer(request, token):
    """The page behind the link of the letter: one button, so that a mail scanner decides nothing."""
    try:
        offer = TranslationOffer.held_with(token)
    except LinkError as error:
        status = NOT_FOUND if isinstance(error, LinkBroken) else GONE
        return render(request, "regions/translating/offer_confirm.html", {"why_closed": str(error)}, status=status)
    if request.method not in {"GET", "HEAD", "POST"}:
        raise Http404
    if request.method == "POST":
        offer.confirm()
        offer.refresh_from_db()
    return render(request, "regions/translating/offer_confirm.html", {"offer": offer})
