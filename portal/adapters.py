from allauth.account.adapter import DefaultAccountAdapter
from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from .models.users import ERASED


class AccountAdapter(DefaultAccountAdapter):
    """What the portal says differently from allauth, and whom it takes in."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "too_many_login_attempts": _("Too many failed attempts. Wait ten minutes, then try again."),
    }

    def clean_email(self, email):
        """The addresses that stand on erased accounts are nobody's, and must stay free."""
        email = super().clean_email(email)
        if email.lower().endswith(f"@{ERASED}"):
            raise ValidationError(_("No mail can arrive at this address."))
        return email

    def send_mail(self, template_prefix, email, context):
        """In the language of who receives it, if we know it, and not of whoever caused it."""
        with translation.override(getattr(context.get("user"), "language", "") or translation.get_language()):
            super().send_mail(template_prefix, email, context)

    def render_mail(self, template_prefix, *args, **kwargs):
        """What it is for is the name of its template, as with our own letters."""
        message = super().render_mail(template_prefix, *args, **kwargs)
        message.purpose = template_prefix.rpartition("/")[2]
        return message

    def unstash_verified_email(self, request):
        """An invitation proves its own mailbox and no other: who signs up with another address confirms that one."""
        proved = super().unstash_verified_email(request)
        typed = request.POST.get("email", "").strip().lower()
        return proved if proved == typed else None
