"""Offers to help translate, in the workplace: a list, and one page on which each is answered."""

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic.base import BaseListingView, WagtailAdminTemplateMixin

from portal.languages import language_name
from portal.scopes import found
from regions.models import TranslationOffer

from .scope import answers_offers


class ForThoseWhoAnswer:
    header_icon = "mail"

    def dispatch(self, request, *args, **kwargs):
        if not answers_offers(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @property
    def mine(self):
        return TranslationOffer.objects.decided_by(self.request.user).select_related("region", "decided_by")


class OfferList(ForThoseWhoAnswer, BaseListingView):
    """Who offers to help, the oldest first."""

    page_title = _("Offers to translate")
    index_url_name = "translating:offers"
    verbose_name_plural = _("offers")
    paginate_by = 50
    is_searchable = False
    default_ordering = ("created_at", "pk")

    def get_base_queryset(self):
        return self.mine.open()

    @cached_property
    def columns(self):
        return [
            TitleColumn("name", label=_("Name"), get_url=lambda offer: reverse("translating:offer", args=[offer.pk])),
            Column("language", label=_("Language"), accessor=lambda offer: language_name(offer.language)),
            Column("region", label=_("Region"), accessor=lambda offer: offer.region or _("All regions")),
            Column("created_at", label=_("Offered"), accessor="created_at"),
        ]


class AnswerForm(forms.Form):
    words = forms.CharField(
        label=_("A personal line"),
        required=False,
        max_length=255,
        help_text=_("It stands in the letter: a welcome, or why it does not fit."),
    )


class OfferView(ForThoseWhoAnswer, WagtailAdminTemplateMixin, FormView):
    """One offer: who it is, and the answer."""

    template_name = "regions/translating/offer.html"
    form_class = AnswerForm
    page_title = _("Offer to translate")

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.offer = found(self.mine, kwargs["pk"])

    def get_breadcrumbs_items(self):
        offers = {"url": reverse("translating:offers"), "label": OfferList.page_title}
        return [*self.breadcrumbs_items, offers, {"url": "", "label": self.offer.name}]

    def form_valid(self, form):
        words, is_yes = form.cleaned_data["words"], "accept" in self.request.POST
        try:
            with transaction.atomic():
                (self.offer.accept if is_yes else self.offer.decline)(self.request.user, words)
        except ValidationError as error:
            beside = hasattr(error, "error_dict") and "words" in error.error_dict
            form.add_error("words" if beside else None, error.messages)
            self.offer.refresh_from_db()
            return self.form_invalid(form)
        done = _("They are invited; the role begins when they agree.") if is_yes else _("They are told.")
        messages.success(self.request, done)
        return redirect("translating:offers")

    def get_context_data(self, **kwargs):
        return {**super().get_context_data(**kwargs), "offer": self.offer}
