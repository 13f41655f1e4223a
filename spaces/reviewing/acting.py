"""A verb is asked on a page of its own; then it happens, or it is said why not."""

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import FormView
from wagtail.admin import messages

from .acts import ACTS
from .review import SubmissionView


class Act(SubmissionView, FormView):
    template_name = "spaces/reviewing/act.html"

    def dispatch(self, request, *args, **kwargs):
        if kwargs["verb"] not in ACTS:
            raise Http404
        if not self.submission.may(kwargs["verb"]):
            messages.error(request, self.too_late())
            return redirect(self.review_url)
        return super().dispatch(request, *args, **kwargs)

    def too_late(self):
        """Who was quicker, or how it stands."""
        try:
            self.submission.check_step(self.kwargs["verb"], self.request.user)
        except ValidationError as error:
            return " ".join(error.messages)
        return _("This is not possible at the moment.")

    @cached_property
    def review_url(self):
        return reverse("submissions:review", args=[self.submission.pk])

    def get_form_class(self):
        return ACTS[self.kwargs["verb"]]

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "submission": self.submission}

    def get_initial(self):
        seen, last = self.request.GET.get("seen", ""), self.submission.steps.last()
        return {"seen": seen if seen.isdigit() else last and last.pk}

    def get_page_title(self):
        return self.get_form_class().button

    def get_page_subtitle(self):
        return str(self.submission)

    def form_valid(self, form):
        try:
            url = form.act(by=self.request.user)
        except ValidationError as error:
            messages.error(self.request, " ".join(error.messages))
            if error_code(error) in ("meanwhile", "not now"):
                return HttpResponseRedirect(self.review_url)
            return self.form_invalid(form)
        messages.success(self.request, form.done)
        return HttpResponseRedirect(url or self.review_url)

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return {**context, "submission": self.submission, "review_url": self.review_url, "media": context["form"].media}


def error_code(error):
    return getattr(error, "code", None)


act = Act.as_view()
