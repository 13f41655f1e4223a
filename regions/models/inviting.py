"""What is checked before somebody is invited: the address, the role, the terms, and how many there were today."""

from datetime import timedelta

from allauth.account.adapter import get_adapter
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import ModelLogEntry

from portal.models import User

A_DAY = 50  # how many invitations one person sends in a day


def cleaned(email):
    """The address as all of them are kept, and only if mail can arrive there."""
    email = email.strip().lower()
    try:
        validate_email(email)
        return get_adapter().clean_email(email)
    except ValidationError as error:
        raise ValidationError({"email": error.messages}) from error


def with_address(email, prefix=""):
    """A condition on people: whose address this is, confirmed or the one they sign in with."""
    confirmed = {f"{prefix}emailaddress__email__iexact": email, f"{prefix}emailaddress__verified": True}
    return Q(**{f"{prefix}email__iexact": email}) | Q(**confirmed)


def check_terms(team, email, by, until):
    if not team.may_be_granted_by(by):
        raise ValidationError({"role": _("You may not give this role here.")})
    if User.objects.filter(with_address(email), pk=by.pk).exists():
        raise ValidationError({"email": _("Nobody gives a role to themselves.")})
    if team.memberships.running().filter(with_address(email, "person__")).exists():
        raise ValidationError({"email": _("This person has this role already.")})
    if until and until < timezone.localdate():
        raise ValidationError({"until": _("This day has passed.")})
    sent = ModelLogEntry.objects.filter(user=by, action="portal.invited", timestamp__gt=timezone.now() - timedelta(days=1))
    if sent.count() >= A_DAY:
        message = _("You have sent %(number)s invitations within a day, which is as many as we allow. Go on tomorrow.")
        raise ValidationError(message % {"number": A_DAY})
