"""The account itself: who one is here, how one signs in, where one is signed in. See `portal.personal_data`."""

from functools import partial

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.models import EditingSession
from wagtail.models import ModelLogEntry, Page, PageSubscription
from wagtail.users.models import UserProfile

from .erasing import unname
from .languages import language_name
from .models import User
from .personal_data import MONTH, PersonalData

# Where allauth remembers who has given the password and not yet the second step.
HALF_SIGNED_IN = "account_authentication_methods_user"


def export_account(user):
    profile = UserProfile.objects.filter(user=user).first()
    return [
        {
            gettext("Name"): user.get_full_name(),
            gettext("E-mail address"): user.email,
            gettext("Language"): language_name(user.language) if user.language else "",
            gettext("Time zone"): profile.current_time_zone if profile else "",
            gettext("Opened"): user.date_joined,
            gettext("Last signed in"): user.last_login,
        }
    ]


def erase_account(user):
    for profile in UserProfile.objects.filter(user=user):
        if profile.avatar:
            transaction.on_commit(partial(profile.avatar.storage.delete, profile.avatar.name))
        profile.delete()
    PageSubscription.objects.filter(user=user).delete()
    EditingSession.objects.filter(user=user).delete()
    Page.objects.filter(locked_by=user).update(locked=False, locked_at=None, locked_by=None)
    user.groups.clear()
    user.user_permissions.clear()
    user.email, user.first_name, user.last_name, user.language = user.erased_address, "", "", ""
    user.is_active = user.is_staff = user.is_superuser = False
    user.last_login = None
    user.set_unusable_password()
    user.save()
    user.end_sessions()
    unname(ModelLogEntry.objects.for_instance(user), f"erased-{user.pk}")


def forget_unconfirmed(now):
    """Who signed up with an address, never confirmed it and was never here: the address may be somebody else's."""
    unused = User.objects.filter(last_login=None, date_joined__lt=now - MONTH, is_superuser=False, groups=None)
    unconfirmed = EmailAddress.objects.filter(verified=False).values("user")
    confirmed = EmailAddress.objects.filter(verified=True).values("user")
    return sum(is_deleted(user) for user in unused.filter(pk__in=unconfirmed).exclude(pk__in=confirmed))


def is_deleted(user):
    try:
        with transaction.atomic():
            user.delete()
    except ProtectedError:  # already somebody's ambassador, on paper
        return False
    return True


def export_signing_in(user):
    addresses = [
        {gettext("E-mail address"): row.email, gettext("Confirmed"): gettext("yes") if row.verified else gettext("no")}
        for row in EmailAddress.objects.filter(user=user).order_by("pk")
    ]
    steps = [
        {
            gettext("Second step"): names_of_steps()[row.type],
            gettext("Set up"): row.created_at,
            gettext("Last used"): row.last_used_at,
        }
        for row in Authenticator.objects.filter(user=user).order_by("pk")
    ]
    return addresses + steps


def names_of_steps():
    return {
        Authenticator.Type.TOTP: gettext("code from an app"),
        Authenticator.Type.WEBAUTHN: gettext("security key"),
        Authenticator.Type.RECOVERY_CODES: gettext("recovery codes"),
    }


def erase_signing_in(user):
    Authenticator.objects.filter(user=user).delete()
    EmailAddress.objects.filter(user=user).delete()


def sessions_of(user):
    """Only those who sign in have a session at all, so this looks at all of them; their content is sealed."""
    for session in Session.objects.filter(expire_date__gt=timezone.now()).order_by("expire_date"):
        content = session.get_decoded()
        if str(user.pk) in (content.get(SESSION_KEY), content.get(HALF_SIGNED_IN)):
            yield session


def export_sessions(user):
    return [{gettext("Ends"): session.expire_date} for session in sessions_of(user)]


def erase_sessions(user):
    for session in sessions_of(user):
        session.delete()


def forget_sessions(now):
    return Session.objects.filter(expire_date__lt=now).delete()[0]


KINDS = [
    PersonalData(
        key="account",
        label=_("Accounts: name, e-mail address, language"),
        why=_("So that you can sign in, and others know with whom they work."),
        until=_("As long as you wish. An account whose address is never confirmed goes after 30 days."),
        erased_how=_("Your name, address, language and password are erased, and you lose every role."),
        stays=_("An empty entry without name and address, because decisions and the log point at it."),
        export=export_account,
        erase=erase_account,
        forget=forget_unconfirmed,
        order=0,
    ),
    PersonalData(
        key="signing-in",
        label=_("Means of signing in: confirmed addresses, second step"),
        why=_("So that nobody else gets into your account."),
        until=_("As long as the account, or until you remove them."),
        erased_how=_("They are deleted."),
        export=export_signing_in,
        erase=erase_signing_in,
        order=10,
    ),
    PersonalData(
        key="sessions",
        label=_("Sessions: where you are signed in"),
        why=_("So that you need not sign in for every page."),
        until=_("Until you sign out, or two weeks."),
        erased_how=_("They are deleted, and you are signed out everywhere."),
        export=export_sessions,
        erase=erase_sessions,
        forget=forget_sessions,
        order=20,
    ),
]
