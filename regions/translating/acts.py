"""What is done from the board: translations are started, a batch is watched, what has lost its original is repaired."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views import View
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from portal.scopes import found
from regions.models import PageTranslation, TranslationBatch

from .board import WorkplaceView
from .starting import begin

MOST = 200  # pages in one batch


class StartView(WorkplaceView, View):
    """One page is started at once and opened; several go into a task. What is not one's own is not there (404)."""

    http_method_names = ["post"]

    def post(self, request):
        wanted = request.POST.getlist("start")[:MOST]
        fields = [found(self.mine.to_start() | self.mine.exclude(page=None), pk) for pk in dict.fromkeys(wanted)]
        if not fields:
            messages.error(request, _("Choose what shall be started."))
            return redirect("translating:board")
        if len(fields) > 1:
            return redirect("translating:batch", begin(fields, request.user).pk)
        try:
            page = fields[0].start(request.user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return redirect("translating:board")
        return redirect("wagtailadmin_pages:edit", page.pk)


class BatchView(WorkplaceView, WagtailAdminTemplateMixin, TemplateView):
    """How far a batch is. The page looks again by itself until it is done."""

    template_name = "regions/translating/batch.html"
    page_title = _("Starting translations")

    def get_breadcrumbs_items(self):
        board = {"url": reverse("translating:board"), "label": _("Translations")}
        return [*self.breadcrumbs_items, board, {"url": "", "label": self.page_title}]

    def get(self, request, pk):
        batch = found(TranslationBatch.objects.filter(by=request.user), pk)
        response = self.render_to_response(self.get_context_data(batch=batch))
        if batch.finished_at is None:
            response["Refresh"] = "2"
        return response


class OrphanView(WorkplaceView, WagtailAdminTemplateMixin, TemplateView):
    """A translation whose original is gone: it is kept as a page of its own, or taken down."""

    template_name = "regions/translating/orphan.html"
    page_title = _("The original is gone")

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.field = found(self.mine.orphaned().exclude(page=None).select_related("page", "locale"), kwargs["pk"])

    def dispatch(self, request, *args, **kwargs):
        if not PageTranslation.objects.released_by(request.user).filter(pk=self.field.pk).exists():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self):
        board = {"url": reverse("translating:board"), "label": _("Translations")}
        return [*self.breadcrumbs_items, board, {"url": "", "label": self.field.title}]

    def get_context_data(self, **kwargs):
        return {**super().get_context_data(**kwargs), "field": self.field}

    def post(self, request, pk):
        if "keep" in request.POST:
            self.field.keep_as_original(request.user)
            messages.success(request, _("It is a page of its own now, and others can be translated from it."))
        else:
            self.field.take_down(request.user)
            messages.success(request, _("It is taken down."))
        return redirect("translating:board")
