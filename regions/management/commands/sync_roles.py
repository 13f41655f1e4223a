from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import transaction

from regions.models import LANGUAGE_ROLES, PROGRAMME_ROLES, REGION_ROLES, Membership, Region, Team


class Command(BaseCommand):
    help = "Brings teams, permissions and people in line: each region and language has its teams, what ended has ended."

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="say what would change, and change nothing")

    def handle(self, *args, **options):
        with transaction.atomic():
            changes = [*end_what_expired(), *make_teams(), *(line for team in Team.objects.all() for line in team.sync())]
            transaction.set_rollback(options["dry_run"])
        for line in changes:
            self.stdout.write(line)
        done = "to change" if options["dry_run"] else "changed"
        self.stdout.write(f"{len(changes)} {done}." if changes else "Everything is as it should be.")


def end_what_expired():
    for membership in Membership.objects.expired().select_related("person", "team"):
        membership.end(reason="expired")
        yield f"{membership.team}: {membership.person.email} until {membership.until}"


def make_teams():
    """The teams that every open region, every language and the programme have."""
    places = [({"region": region}, role) for region in Region.objects.open() for role in REGION_ROLES]
    places += [({"language": code}, role) for code, _name in settings.LANGUAGES for role in LANGUAGE_ROLES]
    places += [({}, role) for role in PROGRAMME_ROLES]
    for place, role in places:
        if not Team.objects.filter(role=role, region=place.get("region"), language=place.get("language", "")).exists():
            yield f"+ {Team.objects.ensure(role, **place)}"
