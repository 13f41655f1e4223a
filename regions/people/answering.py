"""The page behind the link of an invitation: says who asks for what, and takes the answer.

Opening it decides nothing and needs no cookie, so it does no harm when a mail scanner follows the link.
"""

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache

from portal.alternates import same_view_alternates
from portal.links import LinkBroken, LinkError
from portal.models import User
from regions.models import Invitation

GONE, NOT_FOUND = 410, 404


@method_decorator(never_cache, name="dispatch")
class InvitationPage(View):
    """Who is invited sees what it is about; the answer is a button."""

    template_name = "regions/people/invitation.html"

    def dispatch(self, request, *args, token):
        try:
            self.invitation = Invitation.objects.held_with(token)
        except LinkError as error:
            return self.closed(str(error), NOT_FOUND if isinstance(error, LinkBroken) else GONE)
        why = self.invitation.why_closed()
        if why:
            is_mine = request.user.is_authenticated and self.invitation.accepted_by_id == request.user.pk
            return self.closed(why, GONE, is_mine=is_mine)
        return super().dispatch(request, *args, token=token)

    def get(self, request, token):
        return self.page({"invitation": self.invitation, "team": self.invitation.team, **self.about_reader()})

    def post(self, request, token):
        answers = {"accept": self.accept, "decline": self.decline, "sign-up": self.sign_up}
        answer = answers.get(request.POST.get("answer"))
        try:
            return answer() if answer else redirect(request.path)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return redirect(request.path)

    # -- Answers -------------------------------------------------------------------------------------------------------

    def accept(self):
        if not self.request.user.is_authenticated:
            return redirect(self.address("account_login"))
        person = User.objects.get(pk=self.request.user.pk)
        self.invitation.accept(person)
        update_session_auth_hash(self.request, person)  # a new role ends all sessions but this one
        team = {"role": self.invitation.team.get_role_display(), "place": ", ".join(self.invitation.team.place_names())}
        words = _("Welcome! Your role: %(role)s, %(place)s.") if team["place"] else _("Welcome! Your role: %(role)s.")
        messages.success(self.request, words % team)
        may_enter = User.objects.get(pk=person.pk).has_perm("wagtailadmin.access_admin")
        return redirect("wagtailadmin_home" if may_enter else "account_home")

    def decline(self):
        """Said by the holder of the link: somebody who wants no account shall not need one to say no."""
        person = self.request.user if self.request.user.is_authenticated else None
        if person and not self.invitation.is_for(person):
            raise ValidationError(_("This invitation is for another e-mail address."))
        self.invitation.decline(person)
        return self.page({"is_declined": True})

    def sign_up(self):
        """The link came to this mailbox, so nobody is asked to confirm the address once more."""
        if self.request.user.is_authenticated:
            return redirect(self.request.path)
        get_adapter().stash_verified_email(self.request, self.invitation.email)
        return redirect(self.address("account_signup"))

    # -- Pages ---------------------------------------------------------------------------------------------------------

    def address(self, name):
        """Another page, from which one comes back to this one."""
        return f"{reverse(name)}?{urlencode({'next': self.request.path})}"

    def about_reader(self):
        """Who is reading, as far as it matters for the answer."""
        person = self.request.user
        if not person.is_authenticated:
            return {"reader": "stranger", "sign_in_url": self.address("account_login")}
        if self.invitation.is_for(person):
            return {"reader": "invited", "why_not": self.invitation.why_not(person)}
        is_unconfirmed = person.email.lower() == self.invitation.email
        return {"reader": "unconfirmed" if is_unconfirmed else "somebody else"}

    def closed(self, why, status, **context):
        return self.page({"why_closed": why, **context}, status)

    def page(self, context, status=200):
        context["alternates"] = same_view_alternates(self.request)
        return render(self.request, self.template_name, context, status=status)
