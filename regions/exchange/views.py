"""The screens: choosing what goes out, sending something in, and the report before anything is saved."""

from django.http import Http404, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView, View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from portal.languages import direction, language_name, tag
from portal.scopes import found

from .archives import FORMATS, archive
from .editor import file_of
from .forms import DownloadForm, UploadForm
from .judging import ACCEPTED, CONFLICT, REFUSED, UNCHANGED
from .keeping import keep, name_of, throw_away, waiting_files
from .scope import narrowed, translations_of
from .strings import load, sheets, with_languages
from .taking_in import Changed, Import

SHOWN = 300  # rows of each kind; the rest is counted


class Screen(WagtailAdminTemplateMixin, TemplateView):
    """The base of the screens."""

    header_icon = "download"

    def get_breadcrumbs_items(self):
        files = {"url": reverse("exchange:index"), "label": _("Translation files")}
        here = {"url": "", "label": self.get_page_title(), "sublabel": self.get_page_subtitle()}
        return [*self.breadcrumbs_items, here] if type(self) is Index else [*self.breadcrumbs_items, files, here]


class Index(Screen):
    """Everything that one translates: by language and region."""

    page_title = _("Translation files")
    template_name = "regions/exchange/index.html"

    def get_context_data(self, **kwargs):
        context = {"download_form": DownloadForm(user=self.request.user), "upload_form": UploadForm()}
        return super().get_context_data(**context, upload_url=reverse("exchange:upload"), **kwargs)


class Download(View):
    """A zip of the pages that were chosen, sent while it is made."""

    def get(self, request):
        form = DownloadForm(request.GET, user=request.user)
        if not form.is_valid():
            messages.error(request, _("Please choose a language and a format."))
            return redirect("exchange:index")
        chosen = form.cleaned_data
        translations = narrowed(translations_of(request.user), chosen["language"], chosen["region"])
        packed = archive(sheets(translations, chosen["only_open"]), FORMATS[chosen["file_format"]])
        response = StreamingHttpResponse(packed, content_type="application/zip")
        name = "-".join(filter(None, [chosen["region"] and chosen["region"].slug, chosen["language"], chosen["file_format"]]))
        response.headers["Content-Disposition"] = f'attachment; filename="{name}.zip"'
        return response


class OnePage(Screen):
    """One page in one language."""

    page_title = _("Translation files of a page")
    template_name = "regions/exchange/page.html"

    @cached_property
    def translation(self):
        return found(with_languages(translations_of(self.request.user)), self.kwargs["translation_id"])

    @cached_property
    def strings(self):
        strings = load([self.translation])
        if not strings:
            raise Http404
        return strings[0]

    def get_page_subtitle(self):
        return f"{self.strings.sheet.title} ({language_name(self.strings.sheet.language)})"

    def get_context_data(self, **kwargs):
        units = self.strings.sheet.units
        return super().get_context_data(
            upload_form=UploadForm(),
            upload_url=reverse("exchange:upload_page", args=[self.translation.pk]),
            translation=self.translation,
            page=self.strings.page,
            total=len(units),
            done=len([unit for unit in units if not unit.is_open]),
            **kwargs,
        )


def download_page(request, translation_id, file_format):
    if file_format not in FORMATS:
        raise Http404
    return file_of(found(with_languages(translations_of(request.user)), translation_id), FORMATS[file_format])


class Upload(View):
    """A file comes in: for all that one translates, or for one page."""

    http_method_names = ["post"]

    def post(self, request, translation_id=None):
        return keep(request, found(translations_of(request.user), translation_id) if translation_id else None)


class ReportView(Screen):
    """What would happen, row by row; with the buttons to do it, or to leave it."""

    page_title = _("What is in the file")
    template_name = "regions/exchange/report.html"

    @cached_property
    def kept(self):
        return found(waiting_files(self.request.user), self.kwargs["pk"])

    @cached_property
    def only(self):
        number = self.request.GET.get("page")
        return found(translations_of(self.request.user), number) if number else None

    @cached_property
    def sent(self):
        try:
            with self.kept.file.open("rb") as file:
                return Import(file.read(), name_of(self.kept), self.request.user, self.only)
        except FileNotFoundError as error:
            raise Http404 from error

    @property
    def back_url(self):
        return reverse("exchange:page", args=[self.only.pk]) if self.only else reverse("exchange:index")

    def get_page_subtitle(self):
        return name_of(self.kept)

    def get_context_data(self, **kwargs):
        report = self.sent.report()
        rows = {outcome: report.of(outcome) for outcome in (CONFLICT, REFUSED, ACCEPTED, UNCHANGED)}
        return super().get_context_data(
            report=report,
            counts=report.counts,
            may_save=bool(rows[ACCEPTED] or rows[CONFLICT]),
            back_url=self.back_url,
            conflicts=self.shown(rows[CONFLICT]),
            refused=self.shown(rows[REFUSED]),
            accepted=self.shown(rows[ACCEPTED]),
            unchanged=self.shown([row for row in rows[UNCHANGED] if row.reason]),
            **kwargs,
        )

    def shown(self, rows):
        """The first of them, each with how its language is written."""
        shown = [(row, tag(row.language) if row.language else "", direction(row.language or "en")) for row in rows[:SHOWN]]
        return {"rows": shown, "more": len(rows) - len(shown)}

    def post(self, request, pk):
        if "leave" in request.POST:
            throw_away(self.kept)
            messages.success(request, _("Nothing has changed. The file has been thrown away."))
            return redirect(self.back_url)
        chosen = request.POST.getlist("take")
        try:
            report = self.sent.save(request.POST.get("digest", ""), chosen)
        except Changed:
            messages.warning(request, _("Something has changed in the meantime, so nothing was saved. Please look again."))
            return redirect(request.get_full_path())
        throw_away(self.kept)
        self.tell(len(report.to_save(set(chosen))), report)
        return redirect(self.back_url)

    def tell(self, saved, report):
        left = report.counts[REFUSED] + report.counts[CONFLICT] + report.counts[ACCEPTED] - saved
        told = ngettext("%(number)d string was saved.", "%(number)d strings were saved.", saved) % {"number": saved}
        if left:
            told += " " + ngettext("%(number)d was not.", "%(number)d were not.", left) % {"number": left}
        messages.success(self.request, told)
