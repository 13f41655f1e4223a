from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from portal.languages import CJK
from portal.personal_data import kinds_of_data

ERASED = "erased.invalid"  # the domain of accounts that are empty: by its name, no mail ever arrives there


class UserManager(BaseUserManager):
    def get_by_natural_key(self, email):
        return self.get(email__iexact=email)

    def create_user(self, email, password=None, **fields):
        if not email:
            raise ValueError("A user needs an e-mail address.")
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email, password=None, **fields):
        return self.create_user(email, password, **{"is_staff": True, "is_superuser": True, **fields})


class User(AbstractUser):
    """Somebody with an account: a volunteer, a host, an ambassador, staff. The e-mail address is the login."""

    username = None
    email = models.EmailField(_("e-mail address"), unique=True)
    language = models.CharField(_("language"), max_length=12, blank=True, help_text=_("In which we write to you."))
    session_version = models.PositiveIntegerField(default=0, editable=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = []

    objects = UserManager()

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        ordering = ["email"]
        permissions = [("oversee", "Oversees all regions")]

    def __str__(self):
        return self.get_full_name() or self.email

    def get_full_name(self):
        """The name as it is said: the family name comes first in Chinese, without a space."""
        if self.is_erased:
            return gettext("somebody who left")
        if CJK.search(self.last_name):
            return f"{self.last_name}{self.first_name}"
        return super().get_full_name()

    # -- Sessions ------------------------------------------------------------------------------------------------------

    def end_sessions(self):
        """Whoever is signed in with this account, anywhere, is signed out with the next click."""
        type(self).objects.filter(pk=self.pk).update(session_version=F("session_version") + 1)
        self.refresh_from_db(fields=["session_version"])

    def _get_session_auth_hash(self, secret=None):
        """What a session has to know. Django asks here for the present key and for those before it."""
        return salted_hmac(f"portal.session.{self.session_version}", self.password, secret, algorithm="sha256").hexdigest()

    # -- Leaving -------------------------------------------------------------------------------------------------------

    @property
    def erased_address(self):
        return f"erased-{self.pk}@{ERASED}"

    @property
    def is_erased(self):
        return not self.is_active and self.email == self.erased_address

    @property
    def is_last_superuser(self):
        others = type(self).objects.filter(is_superuser=True, is_active=True).exclude(pk=self.pk)
        return self.is_superuser and not others.exists()

    @transaction.atomic
    def erase(self):
        """Erase what the portal knows about this person, app by app; the emptied row stays for what points at it.

        The account itself comes last: what stands above it finds its rows by the name and the address.
        """
        list(type(self).objects.select_for_update().filter(is_superuser=True))  # of the last two, one at a time
        if self.is_last_superuser:
            raise ValidationError(_("Nobody else may do everything here. Make somebody else a superuser first, then leave."))
        for kind in reversed(kinds_of_data()):
            if kind.erase:
                kind.erase(self)
        log(instance=self, action="portal.erased", user=self)
