from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone

from regions.keeping.asking import keep_true

WORDS = {
    "asked": "records asked about for the first time",
    "reminded": "records asked about again",
    "letters": "letters",
    "asleep": "records that fell asleep",
}


class Command(BaseCommand):
    """For cron, once a day. Interrupted or run twice, it takes every step once."""

    help = "Ask the owners of records whether they are still true, remind them, put to sleep what nobody answers for."

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="say how many, and change nothing")

    def handle(self, *args, **options):
        done = self.rehearse() if options["dry_run"] else keep_true(timezone.now())
        for name, count in done.items():
            self.stdout.write(f"{WORDS.get(name, name)}: {count}")
        if options["dry_run"]:
            self.stdout.write("A rehearsal: nothing has changed.")

    @transaction.atomic
    def rehearse(self):
        """Does it all and takes it back, so its numbers are the true ones."""
        done = keep_true(timezone.now())
        transaction.set_rollback(True)
        return done
