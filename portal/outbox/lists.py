"""The list of mails, with filters; and the list of all letters that the portal writes."""

import django_filters
from django import forms
from django.conf import settings
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.generic.base import BaseListingView, WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import HeaderButton

from portal.languages import own_name
from portal.mail_templates import mail_templates
from portal.models import OutgoingMail

SHOWN = {
    "needs": _("needs somebody"),
    "waiting": _("waiting"),
    "failed": _("waiting after a failure"),
    "given-up": _("given up"),
    "sent": _("sent"),
}


class MailFilters(WagtailFilterSet):
    """By how it stands, what it is for, and when it was written."""

    status = django_filters.ChoiceFilter(
        label=_("How it is"), choices=list(SHOWN.items()), method="with_status", widget=forms.RadioSelect, empty_label=_("All")
    )
    purpose = django_filters.ChoiceFilter(label=_("What for"), widget=forms.RadioSelect, empty_label=_("All"))
    created_at = django_filters.DateFromToRangeFilter(label=_("Written"), widget=DateRangePickerWidget)

    class Meta:
        model = OutgoingMail
        fields = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.filters["purpose"].extra["choices"] = purposes()

    def with_status(self, mails, name, value):
        return {
            "needs": mails.needing_somebody,
            "waiting": mails.waiting,
            "failed": mails.waiting().filter(attempts__gt=0).all,
            "given-up": mails.exclude(given_up_at=None).all,
            "sent": mails.exclude(sent_at=None).all,
        }[value]()


def purposes():
    """What mails are for that are there, each in words."""
    words = {template.name: template.label for template in mail_templates()}
    there = OutgoingMail.objects.order_by("purpose").exclude(purpose="").values_list("purpose", flat=True).distinct()
    return [(purpose, words.get(purpose, purpose)) for purpose in there]


class SubjectColumn(TitleColumn):
    """What a mail is about, and to whom it goes."""

    cell_template_name = "portal/admin/mail/subject_cell.html"


class StatusColumn(Column):
    cell_template_name = "portal/admin/mail/status_cell.html"


class MailList(BaseListingView):
    """Every mail, the newest first."""

    page_title = _("Mail")
    header_icon = "mail"
    template_name = "wagtailadmin/generic/listing.html"
    results_template_name = "portal/admin/mail/list_results.html"
    index_url_name = "outbox:index"
    index_results_url_name = "outbox:index_results"
    verbose_name_plural = _("mails")
    filterset_class = MailFilters
    default_ordering = ("-created_at", "-pk")
    paginate_by = 50
    is_searchable = True

    def get_base_queryset(self):
        return OutgoingMail.objects.defer("body", "html", "attachments")

    def search_queryset(self, queryset):
        return queryset.with_words(self.search_query) if self.is_searching else queryset

    @cached_property
    def columns(self):
        return [
            SubjectColumn("subject", label=_("Subject and receiver"), url_name="outbox:mail"),
            StatusColumn("status", label=_("How it is")),
            DateColumn("created_at", label=_("Written"), sort_key="created_at"),
        ]

    @cached_property
    def header_buttons(self):
        return [HeaderButton(_("How letters look"), url=reverse("outbox:templates"), icon_name="view")]


class TemplateList(WagtailAdminTemplateMixin, TemplateView):
    """All letters that the portal writes, with a way to each in each language."""

    template_name = "portal/admin/mail/templates.html"
    page_title = _("How letters look")
    header_icon = "mail"

    def get_breadcrumbs_items(self):
        mail = {"url": reverse("outbox:index"), "label": MailList.page_title}
        return [*self.breadcrumbs_items, mail, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs):
        languages = [(code, own_name(code)) for code, _name in settings.LANGUAGES]
        return {**super().get_context_data(**kwargs), "letters": mail_templates(), "languages": languages}
