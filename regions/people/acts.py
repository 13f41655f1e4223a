"""What can be done on the screen: inviting, and changing one role or invitation, each asked on a page of its own."""

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.shortcuts import redirect
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from portal.scopes import found
from regions.models import Ambassadorship, Role

from .columns import name_of
from .forms import EndForm, InvitationForm, LastDayForm
from .scope import grants_somewhere, invitations_of, may_change, memberships_of


class ActView(WagtailAdminTemplateMixin, FormView):
    """A question, perhaps with a field, and a button. What is not one's own does not exist (404)."""

    template_name = "regions/people/act.html"
    form_class = forms.Form
    header_icon = "group"
    success_url = reverse_lazy("people:index")
    question = button = done = ""
    is_serious = False

    def dispatch(self, request, *args, **kwargs):
        if not grants_somewhere(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self):
        team = {"url": reverse("people:index"), "label": _("Team")}
        return [*self.breadcrumbs_items, team, {"url": "", "label": self.page_title, "sublabel": self.get_page_subtitle()}]

    def form_valid(self, form):
        try:
            with transaction.atomic():
                self.act(form)
        except ValidationError as error:
            beside = hasattr(error, "error_dict") and set(error.error_dict) <= set(form.fields)
            form.add_error(None, error if beside else error.messages)
            return self.form_invalid(form)
        messages.success(self.request, self.done)
        return super().form_valid(form)

    def form_invalid(self, form):
        messages.validation_error(self.request, _("Nothing has changed yet. Please look at this again."), form)
        return super().form_invalid(form)

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return {**context, "view": self, "media": context["form"].media}


class InviteView(ActView):
    template_name = "regions/people/invite.html"
    form_class = InvitationForm
    page_title = _("Invite somebody")

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "user": self.request.user}

    def act(self, form):
        invitation = form.save()
        self.done = _("The invitation is on its way to %(address)s.") % {"address": invitation.email}


class ChangeView(ActView):
    """Changes one thing: first it is looked for among one's own, then it is asked whether one may."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.object = found(self.rows(request.user), kwargs["pk"])

    def dispatch(self, request, *args, **kwargs):
        if not self.is_allowed(request.user):
            raise PermissionDenied
        if self.is_over():
            messages.error(request, self.over)
            return redirect(self.success_url)
        return super().dispatch(request, *args, **kwargs)


class MembershipView(ChangeView):
    over = _("This role has ended already.")

    def rows(self, user):
        return memberships_of(user)

    def is_allowed(self, user):
        return may_change(user, self.object)

    def is_over(self):
        return not self.object.is_running

    def get_page_subtitle(self):
        return f"{name_of(self.object.person)} ({self.object.team})"


class EndRole(MembershipView):
    form_class = EndForm
    page_title = button = _("End this role")
    question = _("The role ends now. What the person has open in the workplace stops with the next click.")
    done = _("The role has ended.")
    is_serious = True

    def act(self, form):
        self.object.end(by=self.request.user, reason=form.cleaned_data["reason"])


class ChangeLastDay(MembershipView):
    form_class = LastDayForm
    page_title = button = _("Change the last day")
    done = _("The last day has been changed.")

    def get_initial(self):
        return {"until": self.object.until}

    def has_term(self):
        """Whether the role comes from an ambassadorship, which would set its last day again."""
        team = self.object.team
        terms = Ambassadorship.objects.current().in_region(team.region).filter(person=self.object.person)
        return team.role == Role.AMBASSADOR and terms.exists()

    def act(self, form):
        if self.has_term():
            raise ValidationError(_("This role lasts as long as the ambassadorship: change the term there."))
        self.object.change_last_day(form.cleaned_data["until"], by=self.request.user)


class InvitationView(ChangeView):
    over = _("This invitation has been answered or withdrawn already.")

    def rows(self, user):
        return invitations_of(user)

    def is_allowed(self, user):
        return self.object.team.may_be_granted_by(user)

    def is_over(self):
        return bool(self.object.accepted_at or self.object.withdrawn_at)

    def get_page_subtitle(self):
        return f"{self.object.email} ({self.object.team})"


class RenewInvitation(InvitationView):
    page_title = button = _("Send it again")
    question = _("A new letter with a new link goes out, and there is another month to answer. The old link stops working.")
    done = _("The invitation is on its way once more.")

    def act(self, form):
        self.object.renew(by=self.request.user)


class WithdrawInvitation(InvitationView):
    page_title = button = _("Withdraw the invitation")
    question = _("Its link stops working. Whoever follows it reads that the invitation was withdrawn; no letter is sent.")
    done = _("The invitation has been withdrawn.")
    is_serious = True

    def act(self, form):
        self.object.withdraw(by=self.request.user)
