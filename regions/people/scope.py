"""Whose roles somebody may look after: ambassadors those in their own regions, staff all."""

from portal.permissions import oversees
from regions.models import Invitation, Membership, Region, Role, Team, roles_of


def led_by(user):
    """The regions whose ambassador somebody is."""
    return {team.region_id for team in roles_of(user) if team.role == Role.AMBASSADOR}


def grants_somewhere(user):
    return oversees(user) or bool(led_by(user))


def regions_of(user):
    regions = Region.objects.exclude(status=Region.Status.CLOSED)
    return regions if oversees(user) else regions.filter(pk__in=led_by(user))


def teams_of(user):
    return Team.objects.all() if oversees(user) else Team.objects.filter(region__in=led_by(user))


def memberships_of(user):
    """Also those that have ended: the address of one that was ended a moment ago shall say so."""
    found = Membership.objects.filter(team__in=teams_of(user))
    return found.select_related("person", "granted_by", "team__region", "team__group")


def invitations_of(user):
    return Invitation.objects.filter(team__in=teams_of(user)).select_related("invited_by", "team__region")


def roles_granted_by(user):
    """The roles that somebody may give in at least one place."""
    regions = [None, *regions_of(user)]
    return [role for role in Role if any(Team(role=role, region=region).may_be_granted_by(user) for region in regions)]


def may_change(user, membership):
    """Nobody ends or prolongs what they hold themselves; superusers answer for that."""
    is_own = membership.person_id == user.pk and not user.is_superuser
    return not is_own and membership.team.may_be_granted_by(user)


def at_the_door(request, kwargs):
    """The key to the doors of the screen, see `portal.doors`."""
    return grants_somewhere(request.user)
