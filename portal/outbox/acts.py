"""What staff do with a mail, each asked on a page of its own: once more, at once, not any more."""

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from portal.discretion import hide_keys
from portal.mail import hand_over
from portal.models import OutgoingMail
from portal.scopes import found


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Why"),
        required=False,
        max_length=200,
        help_text=_("Stands in the log for ever: no names and no addresses, please."),
    )


class ActView(WagtailAdminTemplateMixin, FormView):
    """A question and a button. When it is not possible any more, the page of the mail says why."""

    template_name = "portal/admin/mail/act.html"
    form_class = forms.Form
    question = button = done = ""
    is_serious = False
    _show_breadcrumbs = True

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.object = found(OutgoingMail.objects.all(), kwargs["pk"])

    def dispatch(self, request, *args, **kwargs):
        if not self.is_possible(self.object):
            messages.error(request, _("This is not possible at the moment."))
            return redirect(self.get_success_url())
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self):
        return self.button

    def get_success_url(self):
        return reverse("outbox:mail", args=[self.object.pk])

    def get_breadcrumbs_items(self):
        above = [
            {"url": reverse("outbox:index"), "label": _("Mail")},
            {"url": self.get_success_url(), "label": hide_keys(self.object.subject) or _("(erased)")},
        ]
        return [*self.breadcrumbs_items, *above, {"url": "", "label": self.button}]

    def form_valid(self, form):
        try:
            with transaction.atomic():
                self.act(form)
        except ValidationError as error:
            messages.error(self.request, " ".join(error.messages))
        else:
            messages.success(self.request, self.done)
        return super().form_valid(form)

    def get_context_data(self, **kwargs):
        return {**super().get_context_data(**kwargs), "view": self, "back_url": self.get_success_url()}


class SendAgain(ActView):
    button = _("Send again")
    header_icon = "mail"
    question = _(
        "The same mail goes out once more, to those who have not got it; if all have, to all. It keeps its number "
        "(Message-ID), so that where it has arrived already it is usually shown only once. Links that have expired stay so."
    )
    done = _("The mail is on its way once more.")

    @staticmethod
    def is_possible(mail):
        return mail.may_be_sent_again()

    def act(self, form):
        self.object.send_again(by=self.request.user)
        hand_over(self.object)


class SendNow(ActView):
    button = _("Send now")
    header_icon = "arrow-right-full"
    question = _("The next attempt is made at once, and not at its time.")
    done = _("The mail is on its way.")

    @staticmethod
    def is_possible(mail):
        return mail.may_be_sent_now()

    def act(self, form):
        self.object.send_now(by=self.request.user)
        hand_over(self.object)


class GiveUp(ActView):
    form_class = ReasonForm
    button = _("Give up")
    header_icon = "cross"
    question = _("No further attempt is made, and it needs nobody any more. Whoever should have got it is not told.")
    done = _("The mail is given up.")
    is_serious = True

    @staticmethod
    def is_possible(mail):
        return mail.may_be_given_up()

    def act(self, form):
        self.object.give_up(by=self.request.user, reason=form.cleaned_data["reason"])


ACTS = {"again": SendAgain, "now": SendNow, "give_up": GiveUp}
