"""Readers say that something is wrong, without an account."""

from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import cached_property

from portal.alternates import same_view_alternates
from portal.views.protected import ProtectedFormView

from .forms import ReportForm
from .showing import public_link, readable_record


class ReportPage(ProtectedFormView):
    """What is wrong with a space, a group or what is said about an ambassador."""

    form_class = ReportForm
    template_name = "regions/keeping/report.html"

    @cached_property
    def record(self):
        return readable_record(self.kwargs["kind"], self.kwargs["slug"])

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "record": self.record}

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs, **about(self.record, self.request))

    def get_success_url(self):
        return reverse("report_sent", kwargs=self.kwargs)


def report_sent(request, kind, slug):
    """Thanks, and what happens next."""
    return render(request, "regions/keeping/report_sent.html", about(readable_record(kind, slug), request))


def about(record, request):
    return {"record": record, "link": public_link(record, request), "alternates": same_view_alternates(request)}
