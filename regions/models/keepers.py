"""Who keeps a region: whom to ask and to tell about what belongs to it."""

from portal.models import Addressee, User

from .ambassadors import Ambassadorship
from .memberships import Membership, Role


def keepers_of(regions, staff_only=False):
    """For each region its ambassadors (or their stand-ins), else those with the role, else staff: {region's pk: [Addressee]}.

    In a fixed number of queries, however many regions there are.
    """
    regions = {region.pk: region for region in regions}
    found = {pk: [] for pk in regions}
    if not staff_only:
        gather(found, regions, answering_ambassadors(regions))
        gather(found, regions, people_with(Role.AMBASSADOR, regions))
    if not all(found.values()):
        staff = [membership.person for membership in running(Role.STAFF)] or superusers()
        gather(found, regions, [(pk, person) for pk in regions for person in staff])
    return found


def gather(found, regions, pairs):
    """These people, for the regions that have nobody yet; nobody twice."""
    empty = {pk for pk, people in found.items() if not people}
    for pk, person in pairs:
        if pk in empty and person.is_active and person.email and person.email not in {each.email for each in found[pk]}:
            name, language = person.get_full_name(), person.language or regions[pk].language
            found[pk].append(Addressee(person.email, language, name, False))


def answering_ambassadors(regions):
    terms = Ambassadorship.objects.current().filter(region__in=regions).select_related("person", "stand_in__person")
    return [(term.region_id, term.who_answers.person) for term in terms.order_by("title", "starts", "pk")]


def people_with(role, regions):
    return [(each.team.region_id, each.person) for each in running(role).filter(team__region__in=regions)]


def running(role):
    held = Membership.objects.running().filter(team__role=role, person__is_active=True)
    return held.select_related("person", "team").order_by("pk")


def superusers():
    return User.objects.filter(is_superuser=True, is_active=True).order_by("pk")
