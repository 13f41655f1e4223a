"""The demo's accounts, one for each role. Their password is known to everybody, so they exist in the demo only."""

from functools import cache

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ImproperlyConfigured

from portal.models import User
from regions.models import LANGUAGE_ROLES, Role, Team

PASSWORD = settings.DEMO_PASSWORD
REGION_ROLES = [Role.EDITOR, Role.CONTRIBUTOR, Role.VOLUNTEER]


@cache
def hashed(password):
    """Hashed once for all of them: a good hash takes a fifth of a second."""
    return make_password(password)


def account(name, first_name="", last_name="", **fields):
    """The account `<name>@example.org`."""
    if not settings.PORTAL_DEMO:
        raise ImproperlyConfigured("The demo's accounts exist only under portal.settings.demo: everybody knows their password.")
    email = f"{name}@example.org"
    user = User.objects.filter(email=email).first()
    if user is None:
        user = User.objects.create(email=email, password=hashed(PASSWORD), first_name=first_name, last_name=last_name, **fields)
        EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user


def make_programme():
    """The superuser, staff, an assessor, and a translator and a reviewer for each language."""
    superuser = account("superuser", "Sofia", "Castellanos", is_superuser=True, is_staff=True)
    for role, first_name, last_name in ((Role.STAFF, "Joris", "Vandamme"), (Role.ASSESSOR, "Leila", "Mansouri")):
        Team.objects.ensure(role).admit(account(str(role), first_name, last_name), by=superuser)
    for code, name in settings.LANGUAGES:
        for role in LANGUAGE_ROLES:
            person = account(f"{role}.{code}", name, role.label.capitalize(), language=code)
            Team.objects.ensure(role, language=code).admit(person, by=superuser)
    return superuser


def make_region_team(region, by):
    for role in REGION_ROLES:
        person = account(f"{role}.{region.slug}", role.label.capitalize(), region.name, language=region.language)
        region.grant(person, role, by=by)


def host_account(region):
    """Whoever opens the region's first space signs in as host.<region>@example.org."""
    return account(f"host.{region.slug}", "Host", region.name, language=region.language)


def ambassador_account(region, table, number):
    """The first ambassador of a region signs in as ambassador.<region>@example.org."""
    name = f"ambassador.{region.slug}" if number == 0 else f"ambassador{number + 1}.{region.slug}"
    return account(name, table["first_name"], table["last_name"], language=region.language)


def addresses():
    """Every demo account with its role, for the list that `make run` prints."""
    return list(User.objects.filter(email__endswith="@example.org").order_by("pk").values_list("email", flat=True))
