"""How a record is kept in the admin: made first, then its page; facts edited on their own; verbs as buttons."""

from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.contrib.admin.utils import quote
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.widgets.button import Button
from wagtail.snippets.views.snippets import CreateView, DeleteView, EditView

from .scopes import ScopedInspectView, ScopedViewSet


@dataclass(frozen=True)
class Verb:
    """Something that can happen to a record: `name` is its method. `allowed(record)` says whether it can happen now.

    `needs` is the permission for it. `asks` names a field of the record for which a new value is asked first: the
    method is given it.
    """

    name: str
    label: str
    question: str
    allowed: Callable = lambda record: True
    icon: str = "arrow-right"
    asks: str = ""
    needs: str = "change"
    form: type | None = None  # asks more: `form(data, record=, user=)`; its `arguments` are those of the method
    leads_to: Callable | None = None  # leads_to(what the method returned) -> address of where to go next
    says: Callable | None = None  # says(what the method returned) -> what was done, in words
    shows: Callable | None = None  # shows(record) -> (label, value) of what one should see before

    def is_open_to(self, user, record, policy):
        """Whether this person may do it to this record now."""
        return self.allowed(record) and policy.user_has_permission_for_instance(user, self.needs, record)


MOVE = Verb(
    "move_to",
    _("Move to another region"),
    _("All its pages go along, and their old addresses lead to the new ones."),
    icon="arrow-right-full",
    asks="region",
    needs="move",
)


class WithVerbs:
    """Put before a view of one object: what can happen to it now, as buttons for those who may."""

    verbs = ()
    verb_url_name = None

    @cached_property
    def header_more_buttons(self):
        return [*super().header_more_buttons, *self.verb_buttons()]

    def verb_buttons(self):
        for verb in self.verbs:
            if verb.is_open_to(self.request.user, self.object, self.permission_policy):
                url = reverse(self.verb_url_name, args=[quote(self.object.pk), verb.name])
                yield Button(verb.label, url=url, icon_name=verb.icon, priority=5)


class VerbEditView(WithVerbs, EditView):
    """Edits something that verbs happen to."""


class VerbInspectView(WithVerbs, ScopedInspectView):
    """Shows something that verbs happen to, to those who may not edit it."""


class RecordCreateView(CreateView):
    """Makes the record and, in the same transaction, the draft of its page; then leads on to that page."""

    def save_instance(self):
        record = super().save_instance()
        self.face = record.make_face(by=self.request.user)
        return record

    def get_success_url(self):
        return reverse("wagtailadmin_pages:edit", args=[self.face.pk])


class RecordEditView(VerbEditView):
    """Edits facts: public at once, written down with what they were before."""

    fixed_fields = ("region",)  # a record changes its region by `move_to` only

    def get_form(self, form_class=None):
        form = super().get_form(form_class)
        for name in self.fixed_fields:
            if name in form.fields:
                form.fields[name].disabled = True
        return form

    def save_instance(self):
        before = {name: as_text(self.form.initial.get(name)) for name in self.form.changed_data}
        rows = self.object.logged_rows()
        record = super().save_instance()
        changes = {name: [before[name], as_text(self.form.cleaned_data.get(name))] for name in before}
        now = record.logged_rows()
        changes |= {name: [rows[name], now[name]] for name in rows if rows[name] != now[name]}
        record.log_facts(self.request.user, changes)
        if "slug" in before:
            record.faces_follow_slug(self.request.user)
        return record

    @cached_property
    def next_url(self):
        return get_valid_next_url_from_request(self.request)

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        if self.next_url:  # the form posts to action_url, which would drop where it came from
            context["action_url"] += "?" + urlencode({"next": self.next_url})
        return context

    def get_success_url(self):
        return self.next_url or super().get_success_url()

    @cached_property
    def header_more_buttons(self):
        return [*super().header_more_buttons, *self.page_buttons()]

    def page_buttons(self):
        for page in self.object.pages.select_related("locale"):
            if page.permissions_for_user(self.request.user).can_edit():
                url = reverse("wagtailadmin_pages:edit", args=[page.pk])
                yield Button(_("Page in %(language)s") % {"language": page.locale}, url=url, icon_name="doc-empty")


def as_text(value):
    """A fact as the log keeps it."""
    if isinstance(value, list | tuple):
        return [str(each) for each in value]
    return value if isinstance(value, bool | int | float | None) else str(value)


class RecordDeleteView(DeleteView):
    """Throws a record away with its pages; what something else needs says so."""

    def get_usage_url(self):
        return None  # its own pages would always be in the way

    def form_valid(self, form):
        try:
            return super().form_valid(form)
        except ValidationError as error:
            messages.error(self.request, " ".join(error.messages))
            return redirect(reverse(self.edit_url_name, args=[quote(self.object.pk)]))

    def delete_action(self):
        self.object.discard(by=self.request.user)


def add_errors(form, error):
    """Beside the field that is to blame, if the form has it."""
    told = error.message_dict if hasattr(error, "error_dict") else {None: error.messages}
    for name, words in told.items():
        form.add_error(name if name in form.fields else None, words)


class VerbView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """Asks, on a page of its own, whether a verb of a record shall happen; then it happens."""

    template_name = "portal/admin/verb.html"
    any_permission_required = ["view"]
    model = None
    verbs = ()
    edit_url_name = inspect_url_name = index_url_name = header_icon = None
    _show_breadcrumbs = True

    def dispatch(self, request, *args, **kwargs):
        self.object = self.scoped_object
        self.verb = next((verb for verb in self.verbs if verb.name == kwargs["verb"]), None)
        if self.verb and not self.user_has_permission_for_instance(self.verb.needs, self.object):
            raise PermissionDenied
        if self.verb is None or not self.verb.allowed(self.object):
            messages.error(request, _("This is not possible at the moment."))
            return redirect(self.edit_url)
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def edit_url(self):
        """Where the object stands for this person: its form, or what can be read of it."""
        may_edit = self.user_has_permission_for_instance("change", self.object)
        return reverse(self.edit_url_name if may_edit else self.inspect_url_name, args=[quote(self.object.pk)])

    def get_page_title(self):
        return self.verb.label

    def get_page_subtitle(self):
        return str(self.object)

    def get_breadcrumbs_items(self):
        plural = self.model._meta.verbose_name_plural
        return [
            *self.breadcrumbs_items,
            {"url": reverse(self.index_url_name), "label": capfirst(plural)},
            {"url": self.edit_url, "label": str(self.object)},
            {"url": "", "label": self.verb.label},
        ]

    def get_form(self):
        """The question, when the verb asks for a value; a form without fields when it does not."""
        data = self.request.POST if self.request.method == "POST" else None
        if self.verb.form:
            files = self.request.FILES if self.request.method == "POST" else None
            return self.verb.form(data, files, record=self.object, user=self.request.user)
        fields = forms.fields_for_model(self.model, [self.verb.asks]) if self.verb.asks else {}
        form = type("VerbForm", (forms.Form,), fields)(data)
        if self.verb.asks == "region":
            regions = self.permission_policy.regions_for(self.request.user, self.verb.needs)
            form.fields["region"].queryset = regions.exclude(pk=self.object.region_id)
        return form

    def post(self, request, *args, **kwargs):
        form = self.get_form()
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        try:
            done = self.do(form)
        except ValidationError as error:
            if self.verb.form:  # what was typed stays
                add_errors(form, error)
                return self.render_to_response(self.get_context_data(form=form))
            messages.error(request, " ".join(error.messages))
            return redirect(self.edit_url)
        messages.success(request, self.verb.says(done) if self.verb.says else _("Done: %(verb)s.") % {"verb": self.verb.label})
        return redirect(self.verb.leads_to(done) if self.verb.leads_to else self.edit_url)

    def do(self, form):
        method = getattr(self.object, self.verb.name)
        if self.verb.form:
            return method(**form.arguments, by=self.request.user)
        return method(*form.cleaned_data.values(), by=self.request.user)

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        asks_more = self.verb.form is not None  # a template would call it
        shown = list(self.verb.shows(self.object)) if self.verb.shows else []
        return {
            "form": self.get_form(),
            **context,
            "verb": self.verb,
            "asks_more": asks_more,
            "edit_url": self.edit_url,
            "shown": shown,
        }


class VerbViewSet(ScopedViewSet):
    """The base of all that verbs happen to in the admin. Give it `model`, `panels`, `list_display` and `verbs`."""

    edit_view_class = VerbEditView
    inspect_view_class = VerbInspectView
    verbs = ()

    @property
    def verb_kwargs(self):
        return {"verbs": self.verbs, "verb_url_name": self.get_url_name("verb")}

    def get_edit_view_kwargs(self, **kwargs):
        return super().get_edit_view_kwargs(**{**self.verb_kwargs, **kwargs})

    def get_inspect_view_kwargs(self, **kwargs):
        return super().get_inspect_view_kwargs(**{**self.verb_kwargs, **kwargs})

    @property
    def verb_view(self):
        return self.construct_view(VerbView, verbs=self.verbs, **self.get_common_view_kwargs())

    def get_urlpatterns(self):
        converter = self.pk_path_converter
        return [*super().get_urlpatterns(), path(f"verb/<{converter}:pk>/<slug:verb>/", self.verb_view, name="verb")]


class RecordViewSet(VerbViewSet):
    """The base of all records in the admin."""

    add_view_class = RecordCreateView
    edit_view_class = RecordEditView
    delete_view_class = RecordDeleteView
