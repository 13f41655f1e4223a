"""Reviewing: what is translated and newer than what the public reads, side by side with it; published, or sent back."""

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic.base import BaseListingView, WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import HeaderButton

from portal.scopes import found
from regions.models import PageTranslation

from .board import BoardFilters, WorkplaceView
from .comparing import compare


class ReviewList(WorkplaceView, BaseListingView):
    """What waits for somebody who may publish it, what has waited longest first."""

    page_title = _("To review")
    index_url_name = "translating:review"
    index_results_url_name = "translating:review_results"
    verbose_name_plural = _("translations to review")
    filterset_class = BoardFilters
    paginate_by = 50
    is_searchable = True
    search_fields = ["title"]
    default_ordering = ("worked_at", "pk")
    template_name = "regions/translating/review_list.html"

    def get_base_queryset(self):
        waiting = PageTranslation.objects.released_by(self.request.user).to_review()
        return waiting.select_related("locale", "region", "page_type")

    @cached_property
    def columns(self):
        return [
            TitleColumn("title", label=_("Page"), get_url=lambda field: reverse("translating:review_one", args=[field.pk])),
            Column("language", label=_("Language"), accessor="language_in_words"),
            Column("region", label=_("Region"), accessor=lambda field: field.region or _("All regions")),
            Column("what", label=_("What it is"), accessor=what_it_is),
            Column("worked_at", label=_("Last translated"), accessor="worked_at"),
        ]

    @cached_property
    def header_buttons(self):
        return [HeaderButton(_("Board"), url=reverse("translating:board"), icon_name="table")]


def what_it_is(field):
    return _("an update of what is public") if field.page and field.page.live else _("new")


class AnswerForm(forms.Form):
    """What the reviewer has seen travels along, so that nobody publishes what they have not read."""

    seen = forms.CharField(widget=forms.HiddenInput)
    comment = forms.CharField(
        label=_("A word to the translators"),
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("When you send it back: what they shall look at. It is mailed to those who have worked on it."),
    )


class ReviewView(WorkplaceView, WagtailAdminTemplateMixin, FormView):
    """One translation, beside its original and what is public."""

    template_name = "regions/translating/review.html"
    form_class = AnswerForm

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        mine = self.mine.exclude(page=None).select_related("locale", "region", "page__locale", "original__locale")
        self.field = found(mine, kwargs["pk"])

    def dispatch(self, request, *args, **kwargs):
        if not PageTranslation.objects.released_by(request.user).filter(pk=self.field.pk).exists():
            raise PermissionDenied
        if not self.field.is_ready:
            messages.warning(request, _("There is nothing to review here at the moment."))
            return redirect("translating:review")
        return super().dispatch(request, *args, **kwargs)

    def get_initial(self):
        return {"seen": self.field.fingerprint()}

    def form_valid(self, form):
        sent_back = "send_back" in self.request.POST
        try:
            if sent_back:
                self.field.send_back(self.request.user, form.cleaned_data["comment"])
            else:
                self.field.publish(self.request.user, form.cleaned_data["seen"])
        except ValidationError as error:
            form.add_error(None if not hasattr(error, "error_dict") else "comment", error.messages)
            return self.form_invalid(form)
        words = _("Sent back. Those who have worked on it are told.") if sent_back else _("Published.")
        messages.success(self.request, words)
        return redirect("translating:review")

    def form_invalid(self, form):
        messages.validation_error(self.request, _("Nothing has changed yet. Please look at this again."), form)
        form.data = {**form.data.dict(), "seen": self.field.fingerprint()}
        return super().form_invalid(form)

    def get_page_title(self):
        return _("Review")

    def get_page_subtitle(self):
        return f"{self.field.title} ({self.field.language_in_words})"

    def get_breadcrumbs_items(self):
        return [
            *self.breadcrumbs_items,
            {"url": reverse("translating:board"), "label": _("Translations")},
            {"url": reverse("translating:review"), "label": _("To review")},
            {"url": "", "label": self.get_page_subtitle()},
        ]

    def get_context_data(self, **kwargs):
        strings = compare(self.field)
        return {
            **super().get_context_data(**kwargs),
            "field": self.field,
            "strings": strings,
            "new": sum(string.is_new for string in strings),
            "edit_url": reverse("wagtailadmin_pages:edit", args=[self.field.page_id]),
            "earlier": self.field.sent_back.select_related("by")[:5],
        }
