from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone

from portal.personal_data import kinds_of_data


class Command(BaseCommand):
    """For cron, once a day: what the page about privacy promises is kept here, and nowhere else."""

    help = "Erase the data about people that was kept for long enough."

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="say how many would go, and change nothing")

    def handle(self, *args, **options):
        done = "would go" if options["dry_run"] else "gone"
        for kind in kinds_of_data():
            if kind.forget:
                self.stdout.write(f"{kind.key}: {self.forget(kind, options['dry_run'])} {done}")

    @transaction.atomic
    def forget(self, kind, is_rehearsal):
        """A rehearsal does it all and takes it back, so its number is the true one."""
        count = kind.forget(timezone.now())
        transaction.set_rollback(is_rehearsal)
        return count
