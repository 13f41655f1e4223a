"""Examples of the letters about accounts. allauth writes them from templates, most of which are ours."""

from types import SimpleNamespace

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from .mail_templates import MailTemplate

ACCOUNTS = _("Accounts")


def link(path):
    return lambda: f"{settings.WAGTAILADMIN_BASE_URL}/en/account/{path}"


def account_letter(name, label, folder="account/email", **links):
    def example():
        scheme, _slashes, host = settings.WAGTAILADMIN_BASE_URL.partition("://")
        return {
            "request": SimpleNamespace(scheme=scheme, get_host=host),
            "timestamp": "2026-11-25 16:00",
            "ip": "192.0.2.17",
            "user_agent": "Firefox",
            "from_email": "amina@example.org",
            "to_email": "amina.otieno@example.org",
            **{key: address() for key, address in links.items()},
        }

    return MailTemplate(name, label, example, ACCOUNTS, folder, order=10)


def about_accounts():
    """For `register_mail_templates`."""
    confirm, reset = link("confirm-email/an-example/"), link("password/reset/key/an-example/")
    return [
        account_letter("email_confirmation", _("To confirm an address"), activate_url=confirm),
        account_letter("email_confirmation_signup", _("To confirm the address of a new account"), activate_url=confirm),
        account_letter("account_already_exists", _("There is an account already"), password_reset_url=link("password/reset/")),
        account_letter("unknown_account", _("There is no account with this address"), signup_url=link("signup/")),
        account_letter("password_reset_key", _("To choose a new password"), password_reset_url=reset),
        account_letter("password_changed", _("The password was changed")),
        account_letter("email_changed", _("The address was changed")),
        account_letter("email_confirm", _("An address was confirmed")),
        account_letter("totp_activated", _("A second step was set up"), folder="mfa/email"),
        account_letter("totp_deactivated", _("A second step was taken away"), folder="mfa/email"),
        account_letter("recovery_codes_generated", _("Recovery codes were made"), folder="mfa/email"),
    ]
