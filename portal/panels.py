from collections.abc import Iterable
from datetime import datetime

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.html import format_html, format_html_join
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import Panel
from wagtail.permissions import policy_registry


class FactsPanel(Panel):
    """On a page's editor: the facts of the record that the page shows, and the way to change them."""

    def __init__(self, record, facts, **kwargs):
        super().__init__(heading=kwargs.pop("heading", _("Facts, the same in every language")), **kwargs)
        self.record, self.facts = record, facts

    def clone_kwargs(self):
        return {**super().clone_kwargs(), "record": self.record, "facts": self.facts}

    class BoundPanel(Panel.BoundPanel):
        def render_html(self, parent_context=None):
            record = getattr(self.instance, self.panel.record)
            rows = format_html_join("", "<dt>{}</dt><dd>{}</dd>", [fact(record, name) for name in self.panel.facts])
            note = _("Facts are not drafted: a change is public at once, on the pages of all languages.")
            links = format_html_join(" ", "<a class='button button-secondary' href='{}'>{}</a>", self.links(record))
            return format_html("<dl>{}</dl><p class='help'>{}</p><p>{}</p>", rows, note, links)

        def links(self, record):
            """To the facts and to what can happen to the record now, for those who may."""
            policy, viewset = policy_registry.get(record), type(record).snippet_viewset
            user = self.request.user
            if policy.user_has_permission_for_instance(user, "change", record):
                back = urlencode({"next": reverse("wagtailadmin_pages:edit", args=[self.instance.pk])})
                yield f"{reverse(viewset.get_url_name('edit'), args=[record.pk])}?{back}", _("Edit facts")
            for verb in viewset.verbs:
                if verb.is_open_to(user, record, policy):
                    yield reverse(viewset.get_url_name("verb"), args=[record.pk, verb.name]), verb.label


class VerbsPanel(Panel):
    """On a record's own form: what can happen to it now, as buttons in their order, for those who may."""

    class BoundPanel(Panel.BoundPanel):
        def is_shown(self):
            return bool(self.instance.pk) and bool(self.links)

        @cached_property
        def links(self):
            record, viewset, user = self.instance, type(self.instance).snippet_viewset, self.request.user
            fresh = type(record).objects.filter(pk=record.pk).first()  # not what was typed and refused
            verbs = [verb for verb in viewset.verbs if fresh and verb.is_open_to(user, fresh, policy_registry.get(record))]
            return [(reverse(viewset.get_url_name("verb"), args=[record.pk, verb.name]), verb.label) for verb in verbs]

        def render_html(self, parent_context=None):
            links = format_html_join(" ", "<a class='button button-small button-secondary' href='{}'>{}</a>", self.links)
            return format_html("<p class='verbs'>{}</p>", links)


def fact(record, name):
    """The label and the words of one fact."""
    field = record._meta.get_field(name)
    label = str(field.related_model._meta.verbose_name_plural if field.one_to_many else field.verbose_name)
    return label[:1].upper() + label[1:], in_words(record, name, field)


def in_words(record, name, field):
    value = getattr(record, name)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, models.Manager):
        value = list(value.all())
    if isinstance(value, Iterable) and not isinstance(value, str):
        words = dict(getattr(field, "get_codes", list)())
        return ", ".join(str(words.get(each) or getattr(each, "name", each)) for each in value) or "–"
    if isinstance(value, datetime):  # a wall time is told as it is, a moment by the reader's own clock
        return date_format(value if timezone.is_naive(value) else timezone.localtime(value), "DATETIME_FORMAT")
    display = getattr(record, f"get_{name}_display", None)
    value = display() if display else value
    return value if value not in (None, "") else "–"
