"""Looking at one letter: at a mail with the keys in it hidden, or at an example of a template. The HTML is in a frame.

The frame may do nothing: no script, no form, nothing from elsewhere, no way out. What staff see of a mail that somebody
wrote to somebody else through us is the envelope only: who carries letters does not read them.
"""

from functools import cached_property
from types import SimpleNamespace

from django.conf import settings
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView, View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import Button
from wagtail.models import ModelLogEntry

from portal.discretion import hide_keys
from portal.framing import in_a_frame
from portal.languages import direction, own_name, tag
from portal.letters import as_html
from portal.mail import compose
from portal.mail_templates import mail_template
from portal.models import OutgoingMail
from portal.scopes import found

from .acts import ACTS
from .lists import MailList, TemplateList


def text_for(user, mail):
    """The words of a mail as this person may read them, or None."""
    if mail.is_erased or (mail.reply_to and not user.is_superuser):
        return None
    return hide_keys(mail.body)


class MailView(WagtailAdminTemplateMixin, TemplateView):
    """One mail: its envelope, its words, what came of each attempt, what can be done."""

    template_name = "portal/admin/mail/mail.html"
    header_icon = "mail"
    _show_breadcrumbs = True

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.object = found(OutgoingMail.objects.all(), kwargs["pk"])

    def get_page_title(self):
        return hide_keys(self.object.subject) or _("(erased)")

    def get_breadcrumbs_items(self):
        mail = {"url": reverse("outbox:index"), "label": MailList.page_title}
        return [*self.breadcrumbs_items, mail, {"url": "", "label": self.get_page_title()}]

    @cached_property
    def header_more_buttons(self):
        return [
            Button(act.button, url=reverse(f"outbox:{name}", args=[self.object.pk]), icon_name=act.header_icon, priority=10)
            for name, act in ACTS.items()
            if act.is_possible(self.object)
        ]

    def get_context_data(self, **kwargs):
        mail = self.object
        return {
            **super().get_context_data(**kwargs),
            "mail": mail,
            "text": text_for(self.request.user, mail),
            "direction": direction(mail.language),
            "tag": tag(mail.language),
            "language": own_name(mail.language),
            "headers": {**mail.headers, "Message-ID": mail.message_id},
            "log": ModelLogEntry.objects.for_instance(mail).select_related("user"),
            "unfinished": max(mail.attempts - len(mail.tries), 0),
        }


class MailHtml(View):
    """What the mail program of the receiver shows, with the keys hidden."""

    def get(self, request, pk):
        mail = found(OutgoingMail.objects.all(), pk)
        text = text_for(request.user, mail)
        if text is None:
            raise Http404
        html = hide_keys(mail.html) if mail.html else as_html(hide_keys(mail.subject), text, mail.language)
        return in_a_frame(HttpResponse(html))


class ExampleView(WagtailAdminTemplateMixin, TemplateView):
    """An example of one letter in one language."""

    template_name = "portal/admin/mail/template.html"
    header_icon = "mail"
    _show_breadcrumbs = True

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.letter = example(kwargs["name"], kwargs["language"])

    def get_page_title(self):
        return self.letter.template.label

    def get_breadcrumbs_items(self):
        steps = [("outbox:index", MailList.page_title), ("outbox:templates", TemplateList.page_title)]
        above = [{"url": reverse(name), "label": label} for name, label in steps]
        return [*self.breadcrumbs_items, *above, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs):
        languages = [(code, own_name(code)) for code, _name in settings.LANGUAGES]
        return {**super().get_context_data(**kwargs), "letter": self.letter, "languages": languages}


class ExampleHtml(View):
    def get(self, request, name, language):
        letter = example(name, language)
        return in_a_frame(HttpResponse(as_html(letter.subject, letter.body, language)))


def example(name, language):
    """The example of a template in a language, or 404."""
    template = mail_template(name)
    if template is None or language not in dict(settings.LANGUAGES):
        raise Http404
    subject, body = compose(template.subject_template, template.body_template, template.example(), language)
    return SimpleNamespace(
        template=template,
        subject=" ".join(subject.split()),
        body=body,
        language=language,
        tag=tag(language),
        direction=direction(language),
        calendar=template.calendar().as_ics().decode() if template.calendar else "",
    )
